"""What an employee may state as contacts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.platform.errors import Invalid

_TELEPHONE = re.compile(r"\+?[\d\s()./x#-]+", re.IGNORECASE)
LEAST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Contacts:
    """The employee's own telephone and address, and up to two people to tell; empty texts are none."""

    telephone: str = ""
    address: str = ""
    first_name: str = ""
    first_relation: str = ""
    first_telephone: str = ""
    second_name: str = ""
    second_relation: str = ""
    second_telephone: str = ""


def is_telephone(text: str) -> bool:
    """Tell whether a text can be a telephone number of any country."""
    return bool(_TELEPHONE.fullmatch(text)) and sum(sign.isdigit() for sign in text) >= LEAST_DIGITS


def check(contacts: Contacts) -> None:
    """Raise Invalid at each field that is wrong or missing beside another."""
    faults = {}
    for name in ("telephone", "first_telephone", "second_telephone"):
        text = getattr(contacts, name)
        if text and not is_telephone(text):
            faults[name] = "Enter a telephone number, such as 555 0142"
    for place in ("first", "second"):
        name, telephone = getattr(contacts, f"{place}_name"), getattr(contacts, f"{place}_telephone")
        if name and not telephone:
            faults[f"{place}_telephone"] = "Enter the telephone number of this person"
        if telephone and not name:
            faults[f"{place}_name"] = "Enter the name of this person"
        if getattr(contacts, f"{place}_relation") and not name:
            faults[f"{place}_name"] = "Enter the name of this person"
    if contacts.second_name and not contacts.first_name:
        faults["first_name"] = "Enter the first person to tell before the second"
    if faults:
        raise Invalid(**faults)
