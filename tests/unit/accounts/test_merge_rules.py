"""When two accounts look like one person's, and when they do not."""

from __future__ import annotations

import datetime as dt

import pytest

from app.accounts.merges.rules import (
    Facts,
    check_choices,
    check_two_people,
    mailbox_form,
    match_keys,
    name_form,
    reasons,
    telephone_form,
)
from app.accounts.merges.states import MergeState, move
from app.platform.errors import Conflict, Forbidden, Invalid

BORN = dt.date(1990, 3, 27)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (Facts(name="Ann Ames"), Facts(name="Ann Ames"), []),
        (Facts(name="Ann Ames", birth_on=BORN), Facts(name="AMES, ann", birth_on=BORN), ["name_birth"]),
        (Facts(name="Ann Ames", birth_on=BORN), Facts(name="Ben Ames", birth_on=BORN), []),
        (Facts(name="Ann Ames", birth_on=BORN), Facts(name="Ann Ames", birth_on=dt.date(1990, 3, 28)), []),
        (Facts(birth_on=BORN), Facts(birth_on=BORN), []),
        (
            Facts(telephones=frozenset({"+1 212 555 0147"})),
            Facts(telephones=frozenset({"(212) 555-0147"})),
            ["telephone"],
        ),
        (Facts(telephones=frozenset({"555 0147"})), Facts(telephones=frozenset({"555 0147"})), []),
        (
            Facts(identity_numbers=frozenset({"AB-123 456"})),
            Facts(identity_numbers=frozenset({"ab123456"})),
            ["identity"],
        ),
        (Facts(email="Ann.Ames+jobs@gmail.com"), Facts(email="annames@googlemail.com"), ["mailbox"]),
        (Facts(email="ann.ames@city.example"), Facts(email="annames@city.example"), []),
        (
            Facts(name="José Núñez", address="48 Willow Street, Riverton"),
            Facts(name="Nunez Jose", address="48 willow street riverton"),
            ["name_address"],
        ),
        (Facts(name="Ann Ames", address="48 Willow"), Facts(name="Ben Ames", address="48 Willow"), []),
        (Facts(), Facts(), []),
    ],
)
def test_reasons_are_what_both_share(one, other, found):
    assert reasons(one, other) == found
    assert reasons(other, one) == found


def test_the_strongest_reason_stands_first():
    facts = Facts(
        name="Ann Ames",
        email="ann@city.example",
        birth_on=BORN,
        telephones=frozenset({"+1 212 555 0147"}),
        identity_numbers=frozenset({"AB123456"}),
        address="48 Willow Street",
    )
    assert reasons(facts, facts) == ["identity", "name_birth", "telephone", "mailbox", "name_address"]
    assert len(match_keys(facts)) == 5


@pytest.mark.parametrize(
    ("form", "given", "kept"),
    [
        (name_form, "  Zoë  O'Brien-Smith ", "brien o smith zoe"),
        (name_form, "अनिता शर्मा", "अनिता शर्मा"),
        (name_form, "", ""),
        (telephone_form, "+44 20 7946 0018", "079460018"),
        (telephone_form, "212 555 0147 ext 12", "125550147"),
        (telephone_form, "12345", ""),
        (mailbox_form, "A.B+x@GMAIL.com", "ab@gmail.com"),
        (mailbox_form, "a+b+c@city.example", "a@city.example"),
        (mailbox_form, "nonsense", ""),
    ],
)
def test_values_are_compared_in_one_form(form, given, kept):
    assert form(given) == kept


def test_facts_of_several_sources_are_one_persons():
    one = Facts(name="Ann Ames", telephones=frozenset({"1"}))
    other = Facts(name="A. Ames", birth_on=BORN, telephones=frozenset({"2"}), address="here")
    assert one.joined(other) == Facts(
        name="Ann Ames", birth_on=BORN, telephones=frozenset({"1", "2"}), address="here"
    )


def test_two_people_decide_and_neither_on_their_own_account():
    check_two_people(actor_id="c", proposed_by="p", accounts=("a", "b"))
    for actor in ("p", "a", "b"):
        with pytest.raises(Forbidden):
            check_two_people(actor_id=actor, proposed_by="p", accounts=("a", "b"))


def test_every_clash_is_decided():
    check_choices({"x": 1, "y": 2}, {"x": "kept", "y": "absorbed", "z": "?"})
    for choices in ({}, {"x": "kept"}, {"x": "kept", "y": "both"}):
        with pytest.raises(Invalid):
            check_choices({"x": 1, "y": 2}, choices)


def test_a_merge_goes_one_way():
    assert move(MergeState.PROPOSED, MergeState.DONE) is MergeState.DONE
    assert move(MergeState.DONE, MergeState.UNDONE) is MergeState.UNDONE
    for present, wanted in ((MergeState.REFUSED, MergeState.DONE), (MergeState.UNDONE, MergeState.DONE)):
        with pytest.raises(Conflict):
            move(present, wanted)
