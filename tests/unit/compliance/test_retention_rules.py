"""How long a received application is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from app.compliance.deletions import rules
from app.compliance.deletions.rules import Received
from app.compliance.deletions.states import TRANSITIONS, DeletionState, HoldState, move
from app.platform.errors import Conflict

DAY = dt.date(2026, 3, 10)


def received(acted=None, until=None):
    return Received("A-2026-000123-0", "Engineer", DAY, acted, until)


@pytest.mark.parametrize(
    ("acted", "until", "kept"),
    [
        (None, None, dt.date(2028, 3, 10)),
        (dt.date(2026, 5, 1), None, dt.date(2028, 5, 1)),
        (dt.date(2026, 1, 1), None, dt.date(2028, 3, 10)),
        (dt.date(2026, 5, 1), dt.date(2027, 5, 1), dt.date(2028, 5, 1)),
        (dt.date(2026, 5, 1), dt.date(2030, 5, 1), dt.date(2030, 5, 31)),
    ],
)
def test_two_years_after_the_last_decision_and_as_long_as_the_list_may_be_appealed(acted, until, kept):
    assert rules.keep_until(received(acted, until)) == kept


def test_a_leap_day_has_its_anniversary_a_day_later():
    assert rules.add_years(dt.date(2024, 2, 29), 2) == dt.date(2026, 3, 1)
    assert rules.add_years(dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 29)


def test_the_reason_names_the_law():
    assert "29 CFR 1602.31" in rules.kept_application(received()).why
    assert "list" in rules.kept_application(received(until=DAY)).why


def test_each_state_knows_what_may_follow():
    assert set(TRANSITIONS) == {*DeletionState, *HoldState}
    with pytest.raises(Conflict):
        move(DeletionState.CARRIED_OUT, DeletionState.ASKED)
    with pytest.raises(Conflict):
        move(HoldState.HELD, HoldState.RELEASED)
