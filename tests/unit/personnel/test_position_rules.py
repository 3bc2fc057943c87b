"""What a position must be, and when it may be abolished."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.personnel.positions.rules import PositionValues, abolish, check_values
from app.personnel.positions.states import PayPeriod, PositionState, move
from app.platform.errors import Conflict, Invalid

GOOD = PositionValues(
    number="P-1",
    title="Records Analyst",
    class_code="10251",
    class_title="Clerical associate",
    grade="09",
    duty_station="Straße 1",
    pay_min_minor=100,
    pay_max_minor=100,
    pay_currency="USD",
    pay_period=PayPeriod.YEAR,
)


def test_equal_lowest_and_highest_pay_is_pay():
    check_values(GOOD)


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"number": ""}, {"number": "Enter a value"}),
        ({"title": "", "grade": ""}, {"title": "Enter a value", "grade": "Enter a value"}),
        ({"pay_currency": "XXX"}, {"pay_currency": "Select a currency from the list"}),
        ({"pay_max_minor": 99}, {"pay_max": "The highest pay must not be less than the lowest pay"}),
        ({"pay_min_minor": -1}, {"pay_min": "The lowest pay must not be less than nothing"}),
    ],
)
def test_a_wrong_value_is_told_at_its_field(change, faults):
    with pytest.raises(Invalid) as refused:
        check_values(replace(GOOD, **change))
    assert refused.value.fields == faults


def test_search_looks_in_casefolded_text():
    assert GOOD.search_text() == "p-1 records analyst 10251 clerical associate strasse 1"


def test_a_vacant_position_is_abolished_with_a_reason():
    state = abolish(PositionState.ACTIVE, is_occupied=False, reason="Merged.", holds=[])
    assert state is PositionState.ABOLISHED


@pytest.mark.parametrize(
    ("state", "is_occupied", "holds", "sentence"),
    [
        (PositionState.ABOLISHED, False, [], "This position was abolished already."),
        (
            PositionState.ACTIVE,
            True,
            [],
            "A person holds this position. It can be abolished when they have left it.",
        ),
        (PositionState.ACTIVE, False, ["Asked for.", "Twice."], "Asked for. Twice."),
    ],
)
def test_a_position_that_is_needed_stays(state, is_occupied, holds, sentence):
    with pytest.raises(Conflict) as refused:
        abolish(state, is_occupied=is_occupied, reason="Merged.", holds=holds)
    assert refused.value.message == sentence


def test_abolishing_asks_for_a_reason():
    with pytest.raises(Invalid) as refused:
        abolish(PositionState.ACTIVE, is_occupied=False, reason=" \n", holds=[])
    assert refused.value.fields == {"reason": "Enter the reason for abolishing the position"}


def test_nothing_leads_back_from_abolished():
    with pytest.raises(Conflict):
        move(PositionState.ABOLISHED, PositionState.ACTIVE)


def test_periods_read_as_words():
    assert [period.title for period in PayPeriod] == ["a year", "a month", "a day", "an hour"]
