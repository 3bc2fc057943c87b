"""The days of a case against the law written as a slow sentence: one day after another is counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.personnel.case_appeals.rules import check_closing, retained_until
from app.personnel.decisions import rules
from app.personnel.decisions.rules import Clock
from app.personnel.discipline.regimes import REGIMES, Procedure
from app.personnel.discipline.rules import Proposal, propose, schedule
from app.personnel.discipline.states import Action, CaseState
from app.personnel.replies.rules import check_more_time, effect_after
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

DAYS = st.dates(dt.date(1999, 1, 1), dt.date(2104, 12, 31))
PROCEDURES = [(regime, one) for regime in REGIMES.values() for one in regime.procedures]
ONE = dt.timedelta(days=1)


def counted(delivered_on: dt.date, days: int) -> dt.date:
    """Day 1 is the day after the delivery; give the day that is called the last."""
    day = delivered_on
    for _ in range(days):
        day += ONE
    return day


def the_longest(law: Procedure, action: Action) -> int | None:
    if not action.has_days:
        return None
    return 14 if action is Action.SUSPENSION else 30


@st.composite
def cases(draw: st.DrawFn) -> tuple[Procedure, Proposal, dt.date]:
    """A procedure of any rulebook, a proposal that it allows, and a day of delivery."""
    _, law = draw(st.sampled_from(PROCEDURES))
    action = draw(st.sampled_from(law.actions))
    reply = draw(st.integers(law.reply_days, 40))
    least = max(law.notice_days, reply + 1)
    notice = draw(st.integers(least, max(least, law.most_notice_days or 90)))
    proposal = propose(action, the_longest(law, action), notice, reply, procedure=law)
    return law, proposal, draw(DAYS)


def clock_of(proposal: Proposal, delivered_on: dt.date) -> Clock:
    dates = schedule(proposal, delivered_on)
    return Clock(dates.delivered_on, dates.reply_due_on, dates.effective_from_on)


@given(cases())
def test_the_day_of_delivery_is_never_counted(case):
    _, proposal, delivered_on = case
    clock = clock_of(proposal, delivered_on)
    assert clock.reply_due_on == counted(delivered_on, proposal.reply_days)
    assert clock.effective_from_on == counted(delivered_on, proposal.notice_days)
    assert delivered_on < clock.reply_due_on < clock.effective_from_on


@given(cases(), st.integers(-5, 130))
def test_a_decision_is_refused_exactly_before_its_first_day_and_after_its_last(case, after):
    law, proposal, delivered_on = case
    clock = clock_of(proposal, delivered_on)
    today = delivered_on + after * ONE
    runs = proposal.notice_days if law.is_decided_after_notice else proposal.reply_days
    last = None if law.decide_within_days is None else proposal.notice_days + law.decide_within_days
    is_lawful = after > runs and (last is None or after <= last)
    if is_lawful:
        rules.check_day(law, clock, today)
    else:
        with pytest.raises(Conflict) as refused:
            rules.check_day(law, clock, today)
        if after <= runs:
            assert (
                f"No decision before {write_date(counted(delivered_on, runs + 1))}" in refused.value.message
            )


@given(cases(), st.just(0) | st.integers(0, 60), st.integers(-1, 1) | st.integers(-40, 40))
def test_nothing_takes_effect_before_the_notice_has_run_nor_before_it_is_decided(case, waited, offset):
    law, proposal, delivered_on = case
    clock = clock_of(proposal, delivered_on)
    today = rules.first_decision_day(law, clock) + waited * ONE
    effective_on = clock.effective_from_on + offset * ONE
    decided = (Action.REPRIMAND, None)
    is_lawful = effective_on >= today and effective_on >= counted(delivered_on, proposal.notice_days)
    if is_lawful:
        assert rules.check_effect(law, clock, decided, effective_on, today) == effective_on
    else:
        with pytest.raises(Invalid) as refused:
            rules.check_effect(law, clock, decided, effective_on, today)
        assert write_date(rules.first_effective_day(clock, today)) in refused.value.fields["effective_on"]


@given(cases(), st.integers(1, 200))
def test_more_time_never_lets_an_action_take_effect_before_the_answer_is_in(case, more):
    law, proposal, delivered_on = case
    clock = clock_of(proposal, delivered_on)
    until = clock.reply_due_on + more * ONE
    try:
        check_more_time(law, delivered_on, clock.reply_due_on, until)
    except Invalid:
        assert (until - delivered_on).days >= (law.most_notice_days or 180)
    else:
        assert effect_after(until, clock.effective_from_on) > until


@given(st.integers(1, 75), DAYS)
def test_a_suspension_under_section_75_ends_within_two_months(days, effective_on):
    """By the calendar: from 31 December two months are over on 28 or 29 February."""
    law = REGIMES["new-york"].procedures[0]
    action = Action.SUSPENSION if days <= 14 else Action.LONG_SUSPENSION
    clock = Clock(effective_on - 9 * ONE, effective_on - ONE, effective_on)
    year, month = divmod(effective_on.year * 12 + effective_on.month + 1, 12)
    end = None
    for day in range(effective_on.day, 0, -1):
        try:
            end = dt.date(year, month + 1, day)
            break
        except ValueError:
            continue
    back_on = effective_on + days * ONE
    if back_on <= end:
        assert rules.check_effect(law, clock, (action, days), effective_on, effective_on) == effective_on
    else:
        with pytest.raises(Invalid):
            rules.check_effect(law, clock, (action, days), effective_on, effective_on)


@given(st.sampled_from(PROCEDURES), DAYS, st.integers(0, 60))
def test_a_case_is_closed_from_the_day_after_the_last_remedy(given_law, decided_on, later):
    regime, law = given_law
    effective_on = decided_on + later * ONE
    last = max(way.last_day(decided_on, effective_on) for way in law.remedies)
    values = {
        "last_remedy_on": last,
        "is_received": True,
        "has_open_appeal": False,
        "waits_for_remedy": False,
    }
    with pytest.raises(Conflict):
        check_closing(CaseState.CARRIED_OUT, today=last, **values)
    check_closing(CaseState.CARRIED_OUT, today=last + ONE, **values)
    kept = retained_until(last + ONE, regime.retention_years)
    assert kept.year == (last + ONE).year + regime.retention_years
    assert kept.day == (last + ONE).day or (kept.month, kept.day) == (2, 28)


@given(st.sampled_from(PROCEDURES), DAYS, st.integers(-30, 60), st.integers(0, 60), st.sets(DAYS, max_size=3))
def test_the_last_day_to_contest_is_moved_where_a_law_says_so(
    given_law, decided_on, receipt, effect, holidays
):
    """Counted day by day from what the law counts from; a day off is passed over only under such a law."""
    received_on, effective_on = decided_on + max(receipt, 0) * ONE, decided_on + effect * ONE
    for way in given_law[1].remedies:
        last = way.last_day(received_on, effective_on, holidays)
        begins = max(received_on, effective_on) if way.is_from_effect else received_on
        plain = replace(way, weekend_law="").last_day(received_on, effective_on, holidays)
        if way.days:
            assert plain - begins == way.days * ONE
        passed = [plain + n * ONE for n in range((last - plain).days)]
        assert all(day.weekday() >= 5 or day in holidays for day in passed)
        assert way.weekend_law == "" or (last.weekday() < 5 and last not in holidays)
        assert way.weekend_law != "" or last == plain


@given(st.sampled_from(PROCEDURES), st.data())
def test_a_penalty_is_accepted_exactly_when_it_is_not_heavier(given_law, data):
    _, law = given_law
    order = [Action.REPRIMAND, Action.SUSPENSION, Action.LONG_SUSPENSION, Action.DEMOTION, Action.REMOVAL]
    penalties = st.sampled_from(order).flatmap(
        lambda action: st.tuples(
            st.just(action),
            st.integers(1, 14)
            if action is Action.SUSPENSION
            else (st.integers(15, 60) if action is Action.LONG_SUSPENSION else st.none()),
        )
    )
    proposed, decided = data.draw(penalties), data.draw(penalties)
    is_lighter = (order.index(decided[0]), decided[1] or 0) <= (order.index(proposed[0]), proposed[1] or 0)
    if is_lighter:
        rules.check_penalty(law, proposed=proposed, decided=decided, sustained=1)
    else:
        with pytest.raises(Invalid):
            rules.check_penalty(law, proposed=proposed, decided=decided, sustained=1)
