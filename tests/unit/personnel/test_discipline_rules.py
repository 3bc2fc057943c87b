"""Each limit of due process, from both sides."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from app.personnel.discipline import rules
from app.personnel.discipline.rules import Proposal, Schedule
from app.personnel.discipline.states import Action, CaseState, move
from app.platform.errors import Conflict, Invalid

DELIVERED = dt.date(2026, 11, 22)
SHORT = "5 U.S.C. 7503(b) and 5 CFR 752.203"
LONG = "5 U.S.C. 7513(b) and 5 CFR 752.404"


@pytest.mark.parametrize(
    ("action", "days", "expected"),
    [
        (Action.REPRIMAND, None, Proposal(Action.REPRIMAND, None, 8, 7)),
        (Action.SUSPENSION, 1, Proposal(Action.SUSPENSION, 1, 8, 7)),
        (Action.SUSPENSION, 14, Proposal(Action.SUSPENSION, 14, 8, 7)),
        (Action.LONG_SUSPENSION, 15, Proposal(Action.LONG_SUSPENSION, 15, 30, 7)),
        (Action.LONG_SUSPENSION, 365, Proposal(Action.LONG_SUSPENSION, 365, 30, 7)),
        (Action.DEMOTION, None, Proposal(Action.DEMOTION, None, 30, 7)),
        (Action.REMOVAL, None, Proposal(Action.REMOVAL, None, 30, 7)),
    ],
)
def test_without_days_the_least_of_the_law_is_taken(action, days, expected):
    assert rules.propose(action, days) == expected


@pytest.mark.parametrize(
    ("action", "days", "sentence"),
    [
        (Action.SUSPENSION, None, "Enter the number of days of the suspension"),
        (Action.SUSPENSION, 0, "A suspension of this kind is 1 to 14 days long (5 U.S.C. 7503)"),
        (Action.SUSPENSION, 15, "A suspension of this kind is 1 to 14 days long (5 U.S.C. 7503)"),
        (Action.LONG_SUSPENSION, 14, "A suspension of this kind is 15 to 365 days long (5 U.S.C. 7513)"),
        (Action.LONG_SUSPENSION, 366, "A suspension of this kind is 15 to 365 days long (5 U.S.C. 7513)"),
        (Action.LONG_SUSPENSION, None, "Enter the number of days of the suspension"),
        (Action.REMOVAL, 1, "Only a suspension has a number of days. Leave this empty"),
    ],
)
def test_a_suspension_has_its_length_and_nothing_else_has(action, days, sentence):
    with pytest.raises(Invalid) as refused:
        rules.propose(action, days)
    assert refused.value.fields == {"days": sentence}


@pytest.mark.parametrize(
    ("action", "days", "notice", "reply"),
    [
        (Action.REMOVAL, None, 30, 7),
        (Action.REMOVAL, None, 31, 30),
        (Action.REMOVAL, None, 180, 179),
        (Action.SUSPENSION, 5, 8, 7),
        (Action.SUSPENSION, 5, 30, 7),
    ],
)
def test_days_on_the_lawful_side_of_each_limit(action, days, notice, reply):
    assert rules.propose(action, days, notice, reply) == Proposal(action, days, notice, reply)


@pytest.mark.parametrize(
    ("action", "days", "notice", "reply", "fields"),
    [
        (Action.REMOVAL, None, 29, 7, {"notice_days": f"Give at least 30 days of notice ({LONG})"}),
        (Action.REMOVAL, None, 30, 6, {"reply_days": f"Give at least 7 days to answer ({LONG})"}),
        (Action.DEMOTION, None, 29, 7, {"notice_days": f"Give at least 30 days of notice ({LONG})"}),
        (Action.LONG_SUSPENSION, 15, 29, 7, {"notice_days": f"Give at least 30 days of notice ({LONG})"}),
        (Action.SUSPENSION, 5, 7, 7, {"notice_days": f"Give at least 8 days of notice ({SHORT})"}),
        (Action.SUSPENSION, 5, 8, 6, {"reply_days": f"Give at least 7 days to answer ({SHORT})"}),
        (
            Action.REMOVAL,
            None,
            30,
            30,
            {"notice_days": "The days of notice must be more than the days to answer"},
        ),
        (Action.REMOVAL, None, 181, 7, {"notice_days": "Give at most 180 days of notice"}),
        (Action.REMOVAL, None, None, 180, {"notice_days": "Give at most 180 days of notice"}),
    ],
)
def test_days_on_the_wrong_side_cite_the_law(action, days, notice, reply, fields):
    with pytest.raises(Invalid) as refused:
        rules.propose(action, days, notice, reply)
    assert refused.value.fields == fields


def test_more_days_to_answer_draw_the_notice_after_them():
    assert rules.propose(Action.SUSPENSION, 5, None, 20) == Proposal(Action.SUSPENSION, 5, 21, 20)


def test_the_day_of_delivery_is_not_counted():
    """Delivered on 22 November: day 1 is the 23rd, day 7 the 29th, day 30 the 22nd of December."""
    found = rules.schedule(Proposal(Action.REMOVAL, None, 30, 7), DELIVERED)
    assert found == Schedule(DELIVERED, dt.date(2026, 11, 29), dt.date(2026, 12, 22))
    days = [DELIVERED + dt.timedelta(days=number) for number in range(1, 31)]
    assert DELIVERED not in days
    assert days[6] == found.reply_due_on
    assert days[29] == found.effective_from_on


def test_days_are_counted_over_a_leap_day():
    found = rules.schedule(Proposal(Action.REMOVAL, None, 30, 7), dt.date(2028, 2, 1))
    assert found.effective_from_on == dt.date(2028, 3, 2)


@pytest.mark.parametrize("ahead", [0, 14])
def test_a_notice_is_delivered_today_or_within_two_weeks(ahead):
    rules.check_delivery(DELIVERED + dt.timedelta(days=ahead), DELIVERED)


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [(-1, "The day of delivery must be today or later"), (15, "Deliver the notice within 14 days")],
)
def test_a_notice_is_not_delivered_in_the_past_or_much_later(ahead, sentence):
    with pytest.raises(Invalid) as refused:
        rules.check_delivery(DELIVERED + dt.timedelta(days=ahead), DELIVERED)
    assert refused.value.fields == {"delivered_on": sentence}


def test_a_third_person_decides():
    rules.check_deciding_official("d", opener="o", proposer="p", subject="s")
    rules.check_deciding_official("d", opener="o", proposer=None, subject=None)


@pytest.mark.parametrize("official", ["o", "p", "s"])
def test_nobody_who_takes_part_decides(official):
    with pytest.raises(Invalid) as refused:
        rules.check_deciding_official(official, opener="o", proposer="p", subject="s")
    assert set(refused.value.fields) == {"deciding_official_id"}


def test_a_notice_states_between_one_and_twenty_charges():
    rules.check_charges(1)
    rules.check_room(19)
    with pytest.raises(Conflict):
        rules.check_charges(0)
    with pytest.raises(Conflict):
        rules.check_room(20)


def test_an_item_of_evidence_fits_a_line_of_the_notice():
    rules.check_evidence("x" * 300 + "\n\n" + "y" * 300)
    with pytest.raises(Invalid) as refused:
        rules.check_evidence("short\n" + "x" * 301)
    assert set(refused.value.fields) == {"evidence"}


def test_the_action_is_named_as_the_notice_names_it():
    assert [
        rules.describe(action, days)
        for action, days in [
            (Action.REPRIMAND, None),
            (Action.SUSPENSION, 1),
            (Action.LONG_SUSPENSION, 21),
            (Action.DEMOTION, None),
            (Action.REMOVAL, None),
        ]
    ] == [
        "written reprimand",
        "suspension without pay for 1 calendar day",
        "suspension without pay for 21 calendar days",
        "reduction in grade or pay",
        "removal from service",
    ]


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("target", CaseState)
def test_states_follow_in_one_direction(state, target):
    onwards = [
        CaseState.DRAFT,
        CaseState.PROPOSED,
        CaseState.DELIVERED,
        CaseState.DECIDED,
        CaseState.CARRIED_OUT,
        CaseState.APPEALED,
        CaseState.CLOSED,
    ]
    lawful = {
        *pairwise(onwards),
        (CaseState.DECIDED, CaseState.CLOSED),
        (CaseState.CARRIED_OUT, CaseState.CLOSED),
        (CaseState.DECIDED, CaseState.NOT_ENTERED),
        (CaseState.NOT_ENTERED, CaseState.APPEALED),
        (CaseState.NOT_ENTERED, CaseState.CLOSED),
        *((before, CaseState.WITHDRAWN) for before in onwards[:3]),
    }
    if (state, target) in lawful:
        assert move(state, target) is target
    else:
        with pytest.raises(Conflict):
            move(state, target)
