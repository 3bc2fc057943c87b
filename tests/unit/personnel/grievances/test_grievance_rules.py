"""The procedures as they are laid down, how their days are counted, what is refused."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from app.personnel.grievances import rules
from app.personnel.grievances.rules import Limit, Silence, Unit, procedures
from app.personnel.grievances.states import TRANSITIONS, GrievanceState, move
from app.platform.errors import Conflict, Invalid

DAY = dt.date
THANKSGIVING, CHRISTMAS = DAY(2026, 11, 26), DAY(2026, 12, 25)


def test_the_procedures_are_those_of_their_sources():
    laid_down = {
        name: (
            procedure.file_within.words,
            [
                (step.answer_within.words, step.appeal_within and step.appeal_within.words)
                for step in procedure.steps
            ],
            procedure.silence.value,
            procedure.last_silence.value,
            procedure.outside,
        )
        for name, procedure in procedures().items()
    }
    ten = ("10 business days", "10 business days")
    assert laid_down == {
        "larkhaven": (
            "30 calendar days",
            [ten, ten, ("15 business days", "20 business days")],
            "moves_on",
            "outside",
            "Arbitration",
        ),
        "california": (
            "10 business days",
            [
                ten,
                ("15 business days", "10 business days"),
                ("15 business days", "10 business days"),
                ("20 business days", None),
            ],
            "may_go_on",
            "stays",
            None,
        ),
        "iowa": (
            "14 calendar days",
            [("14 calendar days", "7 calendar days")] * 2 + [("30 calendar days", "30 calendar days")],
            "may_go_on",
            "outside",
            "Appeal to the board",
        ),
    }


def test_each_step_but_the_last_has_a_time_to_go_on_and_every_source_its_day():
    for procedure in procedures().values():
        assert all(step.appeal_within for step in procedure.steps[:-1])
        assert (procedure.steps[-1].appeal_within is None) == (procedure.outside is None)
        assert procedure.read == DAY(2026, 11, 22)
        assert procedure.citation


@pytest.mark.parametrize(
    ("day", "limit", "holidays", "last"),
    [
        (DAY(2026, 11, 20), Limit(10, Unit.BUSINESS), (THANKSGIVING,), DAY(2026, 12, 7)),
        (DAY(2026, 11, 20), Limit(10, Unit.BUSINESS), (), DAY(2026, 12, 4)),
        (DAY(2026, 11, 21), Limit(1, Unit.BUSINESS), (), DAY(2026, 11, 23)),
        (DAY(2026, 12, 11), Limit(14, Unit.CALENDAR), (CHRISTMAS,), DAY(2026, 12, 28)),
        (DAY(2026, 1, 31), Limit(30, Unit.CALENDAR), (), DAY(2026, 3, 2)),
        (DAY(2028, 2, 15), Limit(14, Unit.CALENDAR), (), DAY(2028, 2, 29)),
        (DAY(2027, 2, 15), Limit(14, Unit.CALENDAR), (), DAY(2027, 3, 1)),
    ],
)
def test_limits_end(day, limit, holidays, last):
    assert rules.ends_on(day, limit, frozenset(holidays)) == last


def filing(**values):
    given = {
        "happened_on": DAY(2026, 11, 2),
        "today": DAY(2026, 11, 20),
        "hired_on": DAY(2025, 3, 3),
        "late_reason": "",
        "holidays": frozenset(),
    }
    return rules.check_filing(procedures()["larkhaven"], **(given | values))


def test_a_grievance_in_time_is_filed_and_one_out_of_time_needs_its_reason():
    assert filing() is False
    assert filing(happened_on=DAY(2026, 10, 21)) is False
    with pytest.raises(Invalid) as caught:
        filing(happened_on=DAY(2026, 10, 20), late_reason=" ")
    assert list(caught.value.fields) == ["late_reason"]
    assert "19 November 2026" in caught.value.fields["late_reason"]
    assert filing(happened_on=DAY(2026, 10, 20), late_reason="I was in hospital.") is True


@pytest.mark.parametrize("day", [DAY(2026, 11, 21), DAY(2025, 3, 2)])
def test_a_day_to_come_or_before_service_is_refused(day):
    with pytest.raises(Invalid) as caught:
        filing(happened_on=day)
    assert list(caught.value.fields) == ["happened_on"]


@pytest.mark.parametrize(
    ("what", "due_on", "is_needed", "field"),
    [
        ("", None, True, "remedy"),
        (" ", DAY(2026, 12, 1), False, "remedy"),
        ("Pay", None, True, "remedy_due_on"),
        ("Pay", DAY(2026, 11, 19), True, "remedy_due_on"),
        ("Pay", DAY(2036, 1, 1), True, "remedy_due_on"),
    ],
)
def test_a_remedy_without_its_day_or_a_day_without_its_remedy_is_refused(what, due_on, is_needed, field):
    with pytest.raises(Invalid) as caught:
        rules.check_remedy(what, due_on, DAY(2026, 11, 20), is_needed=is_needed)
    assert list(caught.value.fields) == [field]


def test_more_time_is_after_the_limit_that_runs_and_not_without_end():
    today, due = DAY(2026, 11, 20), DAY(2026, 12, 7)
    assert rules.check_until(DAY(2026, 12, 8), due_on=due, today=today) == DAY(2026, 12, 8)
    for until in (None, due, today, DAY(2029, 1, 1)):
        with pytest.raises(Invalid):
            rules.check_until(until, due_on=due, today=today)


def test_going_on_after_the_last_day_is_refused_with_the_day():
    procedure = procedures()["iowa"]
    rules.demand_in_time(DAY(2026, 11, 20), DAY(2026, 11, 20), procedure)
    with pytest.raises(Conflict, match="20 November 2026"):
        rules.demand_in_time(DAY(2026, 11, 20), DAY(2026, 11, 21), procedure)


def test_silence_and_the_way_on_at_each_step():
    larkhaven, california = procedures()["larkhaven"], procedures()["california"]
    assert [larkhaven.silence_at(level) for level in (1, 2, 3)] == [
        Silence.MOVES_ON,
        Silence.MOVES_ON,
        Silence.OUTSIDE,
    ]
    assert [california.way_on(level) for level in (3, 4)] == [
        "Fourth level of review, personnel department",
        None,
    ]


def test_only_listed_moves_are_possible():
    for now, to in itertools.product(GrievanceState, repeat=2):
        if to in TRANSITIONS[now]:
            assert move(now, to) is to
        else:
            with pytest.raises(Conflict):
                move(now, to)
    assert TRANSITIONS[GrievanceState.CLOSED] == frozenset()
