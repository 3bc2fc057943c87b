"""What an employee may state as contacts."""

from __future__ import annotations

import pytest

from app.personnel.contacts.rules import Contacts, check, is_telephone
from app.platform.errors import Invalid


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("555 0142", True),
        ("+91 (22) 2222-3333 x12", True),
        ("5550142", True),
        ("12345", False),
        ("call me", False),
        ("555 0142; drop", False),
        ("", False),
    ],
)
def test_a_telephone_number_has_digits_and_the_usual_signs(text: str, expected: bool):
    assert is_telephone(text) is expected


@pytest.mark.parametrize(
    ("contacts", "fields"),
    [
        (Contacts(), set()),
        (Contacts(first_name="Ada", first_telephone="555 0142"), set()),
        (Contacts(first_name="Ada"), {"first_telephone"}),
        (Contacts(first_telephone="555 0142"), {"first_name"}),
        (Contacts(first_relation="sister"), {"first_name"}),
        (Contacts(telephone="none"), {"telephone"}),
        (Contacts(second_name="Ben", second_telephone="555 0143"), {"first_name"}),
    ],
)
def test_who_is_named_can_be_called(contacts: Contacts, fields: set[str]):
    faults: set[str] = set()
    try:
        check(contacts)
    except Invalid as error:
        faults = set(error.fields)
    assert faults == fields
