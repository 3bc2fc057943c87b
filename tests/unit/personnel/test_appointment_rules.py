"""Probation, first days, and who may be appointed where."""

from __future__ import annotations

import datetime as dt

import pytest

from app.personnel.appointments import rules
from app.personnel.appointments.rules import FIRST_YEAR, ProbationRule, probation_end
from app.personnel.appointments.states import AppointmentKind
from app.personnel.positions.states import PositionState
from app.platform.errors import Conflict, Invalid


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("starts_on", "months", "ends_on"),
    [
        ("2026-12-01", 12, "2027-11-30"),
        ("2027-01-01", 12, "2027-12-31"),
        ("2027-03-01", 12, "2028-02-29"),
        ("2028-02-28", 12, "2029-02-27"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-08-30", 6, "2027-02-28"),
        ("2026-08-28", 6, "2027-02-27"),
        ("2026-11-22", 1, "2026-12-21"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-11-22", 24, "2028-11-21"),
    ],
)
def test_probation_ends_the_day_before_the_anniversary(starts_on, months, ends_on):
    rule = ProbationRule(months, "a city's own rule")
    assert probation_end(day(starts_on), AppointmentKind.PROBATIONAL, rule) == day(ends_on)


@pytest.mark.parametrize("kind", [kind for kind in AppointmentKind if kind.value != "probational"])
def test_other_kinds_have_no_probation(kind):
    assert probation_end(day("2026-12-01"), kind, FIRST_YEAR) is None


def test_the_first_year_is_the_rule_unless_another_is_given():
    assert FIRST_YEAR.months == 12
    assert "5 CFR 315.801" in FIRST_YEAR.citation


def test_a_vacant_position_can_be_filled():
    rules.check_position(PositionState.ACTIVE, number="P-1", is_occupied=False)


@pytest.mark.parametrize(
    ("state", "is_occupied", "sentence"),
    [
        (PositionState.ABOLISHED, False, "Position P-1 was abolished. Nobody can be appointed to it."),
        (
            PositionState.ACTIVE,
            True,
            "Position P-1 is occupied. That service has to end first.",
        ),
    ],
)
def test_an_occupied_or_abolished_position_cannot(state, is_occupied, sentence):
    with pytest.raises(Conflict) as refused:
        rules.check_position(state, number="P-1", is_occupied=is_occupied)
    assert refused.value.message == sentence


def test_a_person_holds_one_position():
    rules.check_person(None, is_signer=False)
    with pytest.raises(Conflict, match="This person holds position P-9"):
        rules.check_person("P-9", is_signer=False)


def test_nobody_appoints_themselves():
    with pytest.raises(Conflict, match="You cannot appoint yourself"):
        rules.check_person(None, is_signer=True)


def test_a_successor_may_begin_on_the_last_day_of_the_one_before_not_earlier():
    rules.check_start(day("2026-11-20"), None)
    rules.check_start(day("2026-11-20"), day("2026-11-20"))
    with pytest.raises(Invalid) as refused:
        rules.check_start(day("2026-11-19"), day("2026-11-20"))
    assert refused.value.fields == {
        "starts_on": "The position was held until 20 November 2026. Enter that day or a later one"
    }


def test_nobody_begins_before_the_position_was_established():
    rules.check_established(day("1999-01-01"), None)
    rules.check_established(day("2001-07-01"), day("2001-07-01"))
    with pytest.raises(Invalid) as refused:
        rules.check_established(day("2001-06-30"), day("2001-07-01"))
    assert refused.value.fields == {"starts_on": "The position was established on 1 July 2001, not before"}


def test_what_has_ended_does_not_end_again():
    rules.check_live(None)
    with pytest.raises(Conflict):
        rules.check_live(day("2026-11-22"))
