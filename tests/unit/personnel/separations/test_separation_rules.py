"""When somebody may retire, leave or take it back, and when few answers would tell who said what."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.personnel.appointments.states import AppointmentKind
from app.personnel.separations import rules
from app.personnel.separations.regimes import QUESTIONS, REGIMES
from app.personnel.separations.states import ItemState, SeparationKind, SeparationState
from app.platform.errors import Conflict, Invalid

FEDERAL, NEW_YORK = REGIMES["federal"], REGIMES["new-york"]
TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("born_on", "began_on", "expected"),
    [
        (dt.date(1964, 6, 1), dt.date(2020, 1, 1), dt.date(2026, 5, 31)),  # 62 with 5
        (dt.date(1966, 6, 1), dt.date(2004, 1, 1), dt.date(2022, 9, 30)),  # 56 and 4 months with 10, reduced
        (
            dt.date(1964, 2, 29),
            dt.date(2021, 12, 31),
            dt.date(2026, 12, 30),
        ),  # 62 on 28 February, service later
        (dt.date(1980, 2, 29), dt.date(2025, 1, 1), dt.date(2037, 2, 28)),  # 57 in a year without 29 February
    ],
)
def test_the_last_day_before_retirement_follows_from_age_and_service(born_on, began_on, expected):
    assert rules.eligible_on(FEDERAL, born_on, began_on) == expected
    assert rules.eligible_on(NEW_YORK, born_on, began_on) is None


@given(
    born_on=st.dates(dt.date(1940, 1, 1), dt.date(2000, 12, 31)),
    after=st.integers(18 * 366, 60 * 365),
    more=st.integers(1, 4000),
)
def test_longer_service_never_puts_retirement_off(born_on: dt.date, after: int, more: int):
    began_on = born_on + dt.timedelta(days=after)
    later = began_on + dt.timedelta(days=more)
    first, second = (rules.eligible_on(FEDERAL, born_on, day) for day in (began_on, later))
    assert first is not None
    assert second is not None
    assert began_on < first <= second


def test_a_retirement_before_age_and_service_names_the_day():
    born_on, began_on = dt.date(1970, 1, 1), dt.date(2020, 1, 1)
    with pytest.raises(Invalid) as refused:
        rules.check_retirement(FEDERAL, born_on, began_on, dt.date(2029, 12, 30))
    assert "31 December 2029" in refused.value.fields["last_day"]
    said = rules.check_retirement(FEDERAL, born_on, began_on, dt.date(2029, 12, 31))
    assert said == "Age and service reached on 31 December 2029 (5 U.S.C. 8412 and 5 CFR 842.204)."
    assert rules.check_retirement(FEDERAL, None, began_on, TODAY) is None
    with pytest.raises(Invalid):
        rules.check_retirement(FEDERAL, began_on, began_on, TODAY)
    with pytest.raises(Invalid):
        rules.demand_evidence(SeparationKind.RETIREMENT, None, " ")
    assert rules.demand_evidence(SeparationKind.RETIREMENT, None, "Letter") == "Letter"


@pytest.mark.parametrize(
    ("kind", "last_day", "sentence"),
    [
        (SeparationKind.RESIGNATION, dt.date(2024, 1, 1), "Service began"),
        (SeparationKind.RESIGNATION, dt.date(2026, 11, 19), "cannot be in the past"),
        (SeparationKind.RETIREMENT, dt.date(2027, 11, 22), "a year ahead"),
        (SeparationKind.DEATH, dt.date(2026, 11, 21), "cannot lie ahead"),
    ],
)
def test_a_last_day_that_cannot_be_is_refused(kind, last_day, sentence):
    with pytest.raises(Invalid) as refused:
        rules.check_last_day(kind, last_day, dt.date(2025, 3, 3), TODAY)
    assert sentence in refused.value.fields["last_day"]
    rules.check_last_day(SeparationKind.DEATH, dt.date(2026, 11, 19), dt.date(2025, 3, 3), TODAY)


def test_a_resignation_is_free_and_taken_back_by_the_rule_of_the_agency():
    with pytest.raises(Conflict, match="free to resign"):
        rules.check_refusal(SeparationKind.RESIGNATION, "No.")
    with pytest.raises(Invalid):
        rules.check_refusal(SeparationKind.RETIREMENT, " ")
    assert rules.may_take_back(FEDERAL, SeparationState.SUBMITTED)
    assert not rules.may_take_back(FEDERAL, SeparationState.ACCEPTED)
    assert not rules.may_take_back(NEW_YORK, SeparationState.SUBMITTED)
    assert rules.is_short_notice(FEDERAL, SeparationKind.RESIGNATION, dt.date(2026, 12, 3), TODAY)
    assert not rules.is_short_notice(FEDERAL, SeparationKind.RESIGNATION, dt.date(2026, 12, 4), TODAY)
    assert not rules.is_short_notice(FEDERAL, SeparationKind.DEATH, TODAY, TODAY)


def test_a_clearance_is_over_when_nothing_is_open():
    rules.demand_cleared([ItemState.DONE, ItemState.WAIVED])
    with pytest.raises(Conflict, match="2 steps are open"):
        rules.demand_cleared([ItemState.OPEN, ItemState.DONE, ItemState.OPEN])


def test_answers_are_told_from_five_on_question_by_question():
    few = [{"work": 4, "pay": 2}] * 4
    assert rules.averages(few) is None
    assert rules.averages([*few, {"work": 5}]) == {"work": (21, 5)}


@pytest.mark.parametrize("answers", [{"work": 0}, {"work": 6}, {"odd": 3}])
def test_answers_off_the_scale_are_refused(answers):
    with pytest.raises(Invalid):
        rules.check_answers(answers)
    assert rules.check_answers(dict.fromkeys(QUESTIONS)) == {}


@pytest.mark.parametrize(
    ("kind", "appointment", "term_ends_on", "field"),
    [
        ("removal", "permanent", None, "kind"),
        ("removal", "temporary", None, "kind"),
        ("end_of_term", "permanent", None, "kind"),
        ("end_of_term", "probational", None, "kind"),
        ("end_of_term", None, None, "kind"),
        ("end_of_term", "temporary", dt.date(2026, 12, 2), "last_day"),
        ("end_of_term", "temporary", dt.date(2026, 12, 1), None),
        ("end_of_term", "provisional", None, None),
        ("resignation", "permanent", None, None),
        ("death", None, None, None),
    ],
)
def test_what_is_decided_elsewhere_is_not_recorded_here(kind, appointment, term_ends_on, field):
    held = AppointmentKind(appointment) if appointment else None
    given = SeparationKind(kind), held, term_ends_on, dt.date(2026, 12, 1)
    if field is None:
        rules.check_recorded(*given)
        return
    with pytest.raises(Invalid) as refused:
        rules.check_recorded(*given)
    assert list(refused.value.fields) == [field]
