"""The rules of plans, ratings, improvement plans, increases and awards."""

from __future__ import annotations

import datetime as dt

import pytest

from app.personnel.awards import regimes as award_regimes
from app.personnel.awards import rules as awards
from app.personnel.awards.rules import Facts, Nomination
from app.personnel.awards.states import AwardKind
from app.personnel.improvement import rules as improvement
from app.personnel.improvement.states import Outcome
from app.personnel.performance import regimes, rules
from app.personnel.performance.rules import CycleValues, Element
from app.personnel.ratings.rules import Judged, demand_narratives, summarize
from app.personnel.within_grade import regimes as increase_regimes
from app.personnel.within_grade import rules as increases
from app.personnel.within_grade.rules import Served
from app.platform.errors import Conflict, Invalid

FEDERAL = regimes.find("us-5-cfr-430")
POINTS = regimes.find("larkhaven-points")
TWO = regimes.find("us-5-cfr-430-two-levels")
STEPS = increase_regimes.find(None)


def critical(*levels):
    return [Judged(level, True) for level in levels]


@pytest.mark.parametrize(
    ("elements", "level"),
    [
        (critical(5, 5, 5), 5),
        ([*critical(5, 5), Judged(2, False)], 4),
        (critical(5, 5, 4), 4),
        (critical(4, 4, 3), 4),
        (critical(4, 4, 3, 3), 3),
        (critical(5, 5, 2), 2),
        (critical(5, 5, 1), 1),
        ([*critical(3, 3), Judged(1, False)], 3),
    ],
)
def test_five_levels_follow_from_the_elements(elements, level):
    assert summarize(FEDERAL, elements).level == level


def test_two_levels_know_no_other():
    assert [summarize(TWO, critical(*levels)).level for levels in ((3, 3), (3, 1))] == [3, 1]


def test_points_are_weighed_and_a_critical_element_decides_all_the_same():
    done = [Judged(5, True, 50), Judged(4, False, 50)]
    assert summarize(POINTS, done).level == 5
    assert summarize(POINTS, done).points == 450
    assert summarize(POINTS, [Judged(4, True, 50), Judged(4, False, 49), Judged(5, False, 1)]).points == 401
    failed = summarize(POINTS, [Judged(1, True, 10), Judged(5, False, 90)])
    assert (failed.level, failed.points) == (1, 460)
    assert "which decides" in failed.because
    assert summarize(POINTS, [Judged(2, True, 10), Judged(1, False, 90)]).level == 2


def test_a_level_needs_its_reasons_unless_it_is_the_fully_successful_one():
    demand_narratives(FEDERAL, {"pel_a": (3, "")})
    with pytest.raises(Invalid) as refused:
        demand_narratives(FEDERAL, {"pel_a": (3, ""), "pel_b": (2, " "), "pel_c": (5, "Yes.")})
    assert set(refused.value.fields) == {"narrative_pel_b"}


def cycle(starts, ends, progress):
    return CycleValues("Year", starts, ends, progress)


def test_the_days_of_a_cycle_follow_from_the_rule():
    year = cycle(dt.date(2027, 10, 1), dt.date(2028, 9, 30), dt.date(2028, 2, 29))
    assert rules.check_cycle(year, FEDERAL.plan) == (dt.date(2027, 10, 31), dt.date(2028, 11, 14))


@pytest.mark.parametrize(
    ("ends", "progress", "field"),
    [
        (dt.date(2027, 12, 28), dt.date(2027, 12, 1), "ends_on"),
        (dt.date(2029, 9, 30), dt.date(2028, 3, 1), "ends_on"),
        (dt.date(2028, 9, 30), dt.date(2027, 10, 30), "progress_due_on"),
        (dt.date(2028, 9, 30), dt.date(2028, 10, 1), "progress_due_on"),
    ],
)
def test_days_that_do_not_agree_are_refused_at_the_field(ends, progress, field):
    with pytest.raises(Invalid) as refused:
        rules.check_cycle(cycle(dt.date(2027, 10, 1), ends, progress), FEDERAL.plan)
    assert set(refused.value.fields) == {field}


def test_a_plan_needs_a_critical_element_and_all_of_its_weight():
    with pytest.raises(Conflict, match="at least one critical"):
        rules.check_plan(FEDERAL.plan, [Element("Filing", "Daily", False, None)])
    with pytest.raises(Conflict, match="add up to 90"):
        rules.check_plan(POINTS.plan, [Element("Filing", "Daily", True, 90)])
    rules.check_plan(POINTS.plan, [Element("Filing", "Daily", True, 60), Element("Care", "Daily", False, 40)])


def test_weights_go_no_further_than_one_hundred_and_titles_stand_once():
    held = [Element("Filing", "Daily", True, 60)]
    with pytest.raises(Invalid) as refused:
        rules.check_element(POINTS.plan, Element("Care", "Daily", False, 41), held)
    assert set(refused.value.fields) == {"weight"}
    with pytest.raises(Invalid) as twice:
        rules.check_element(FEDERAL.plan, Element("FILING", "Daily", False, None), held)
    assert set(twice.value.fields) == {"title"}
    kept = rules.check_element(FEDERAL.plan, Element("Care", "Daily", False, 12), held)
    assert kept.weight is None


def test_a_rating_waits_for_the_period_the_least_days_and_the_talk():
    days = {"issued_on": dt.date(2026, 7, 15), "ends_on": dt.date(2026, 9, 30)}
    with pytest.raises(Conflict, match="13 October 2026"):
        rules.check_ready(FEDERAL.plan, **days, reviews=1, today=dt.date(2026, 10, 12))
    with pytest.raises(Conflict, match="progress reviews are needed"):
        rules.check_ready(FEDERAL.plan, **days, reviews=0, today=dt.date(2026, 10, 13))
    rules.check_ready(FEDERAL.plan, **days, reviews=1, today=dt.date(2026, 10, 13))


def test_the_day_of_delivery_is_not_counted():
    rule = FEDERAL.opportunity
    assert improvement.first_last_day(rule, dt.date(2028, 1, 30)) == dt.date(2028, 2, 29)
    day = dt.date(2026, 11, 20)
    improvement.check_days(rule, day, dt.date(2026, 12, 20), day)
    with pytest.raises(Invalid) as refused:
        improvement.check_days(rule, day, dt.date(2026, 12, 19), day)
    assert set(refused.value.fields) == {"ends_on"}
    with pytest.raises(Invalid) as ahead:
        improvement.check_days(rule, dt.date(2026, 11, 21), dt.date(2027, 1, 20), day)
    assert set(ahead.value.fields) == {"delivered_on"}


def test_an_opportunity_is_not_lost_before_it_is_over_nor_without_help():
    rule, ends = FEDERAL.opportunity, dt.date(2026, 12, 31)
    with pytest.raises(Conflict, match="1 January 2027"):
        improvement.check_assessment(rule, Outcome.UNACCEPTABLE, ends_on=ends, check_ins=3, today=ends)
    after = dt.date(2027, 1, 1)
    with pytest.raises(Conflict, match="No check-in"):
        improvement.check_assessment(rule, Outcome.UNACCEPTABLE, ends_on=ends, check_ins=0, today=after)
    improvement.check_assessment(rule, Outcome.UNACCEPTABLE, ends_on=ends, check_ins=1, today=after)
    improvement.check_assessment(rule, Outcome.ACCEPTABLE, ends_on=ends, check_ins=0, today=ends)


def test_an_action_rests_on_an_opportunity_for_a_year():
    rule = FEDERAL.opportunity
    assert improvement.rests_until(rule, dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)


@pytest.mark.parametrize(
    ("began", "step", "due"),
    [
        (dt.date(2025, 11, 24), 1, dt.date(2026, 11, 29)),
        (dt.date(2023, 11, 26), 4, dt.date(2025, 11, 30)),
        (dt.date(2024, 2, 29), 7, dt.date(2027, 3, 7)),
    ],
)
def test_weeks_are_waited_by_step(began, step, due):
    found = increases.next_increase(STEPS, [Served(began, "09", step)], dt.date(2026, 11, 20))
    assert found.due_on == due


def test_a_quality_step_keeps_what_was_waited_and_the_new_step_says_how_long():
    """48 Comp. Gen. 150: step 6 on 2 January 1966, by quality step 7 on 3 July; 156 weeks from January."""
    service = [
        Served(dt.date(1964, 1, 5), "13", 5),
        Served(dt.date(1966, 1, 2), "13", 6),
        Served(dt.date(1966, 7, 3), "13", 7, is_quality=True),
    ]
    found = increases.next_increase(STEPS, service, dt.date(1966, 8, 1))
    assert (found.from_step, found.waiting_from) == (7, dt.date(1966, 1, 2))
    assert found.due_on == increases.pay_period_after(STEPS, dt.date(1966, 1, 2) + dt.timedelta(weeks=156))


@pytest.mark.parametrize(
    ("after", "waiting_from"),
    [
        (Served(dt.date(2025, 6, 1), "09", 3, is_quality=True), dt.date(2025, 1, 5)),
        (Served(dt.date(2025, 6, 1), "09", 3), dt.date(2025, 6, 1)),
        # an equivalent increase that takes effect on the same day begins a new waiting period
        (Served(dt.date(2025, 6, 1), "09", 4, is_quality=True), dt.date(2025, 6, 1)),
        (Served(dt.date(2025, 6, 1), "11", 1, is_quality=True), dt.date(2025, 6, 1)),
    ],
)
def test_only_a_quality_step_goes_on_waiting(after, waiting_from):
    service = [Served(dt.date(2025, 1, 5), "09", 2), after]
    found = increases.next_increase(STEPS, service, dt.date(2025, 7, 1))
    assert found.waiting_from == waiting_from


def test_two_quality_steps_and_unpaid_time_go_back_to_the_last_equivalent_increase():
    service = [
        Served(dt.date(2023, 1, 1), "09", 2),
        Served(dt.date(2024, 1, 14), "09", 3, is_quality=True),
        Served(dt.date(2024, 3, 1), "09", 3, is_paid=False),
        Served(dt.date(2024, 4, 10), "09", 3),
        Served(dt.date(2025, 1, 12), "09", 4, is_quality=True),
    ]
    found = increases.next_increase(STEPS, service, dt.date(2025, 2, 1))
    # 104 weeks from 1 January 2023, and 40 days without pay of which four weeks count
    assert found.waiting_from == dt.date(2023, 1, 1)
    completed = dt.date(2023, 1, 1) + dt.timedelta(weeks=104, days=12)
    assert found.due_on == increases.pay_period_after(STEPS, completed)


def test_a_finding_rests_on_the_rating_of_record():
    facts = {"due_on": dt.date(2026, 11, 29), "today": dt.date(2026, 11, 20)}

    def check(is_acceptable, level, grounds="Late filing."):
        increases.check_determination(
            STEPS, is_acceptable=is_acceptable, level=level, grounds=grounds, **facts
        )

    check(True, 3)
    check(False, 2)
    with pytest.raises(Conflict, match="level 2"):
        check(True, 2)
    with pytest.raises(Conflict, match="level 3"):
        check(False, 3)
    with pytest.raises(Conflict, match="no rating of record"):
        check(True, None)
    with pytest.raises(Invalid):
        check(False, 2, " ")
    facts["today"] = dt.date(2026, 10, 3)
    with pytest.raises(Conflict, match="4 October 2026"):
        check(True, 3)


def test_the_days_to_ask_again_do_not_count_the_notice():
    assert increases.reply_until(STEPS, dt.date(2026, 12, 20)) == dt.date(2027, 1, 4)
    increases.check_request(dt.date(2027, 1, 4), dt.date(2027, 1, 4))
    with pytest.raises(Conflict, match="4 January 2027"):
        increases.check_request(dt.date(2027, 1, 4), dt.date(2027, 1, 5))


AWARDS = award_regimes.find(None)
DAY = dt.date(2026, 11, 29)
FACTS = Facts(pay_minor=50_000_00, currency="USD", level=3, hours_taken=60)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Nomination(AwardKind.SPECIAL_ACT, 10_000_01, None, "Yes"), "amount_minor"),
        (Nomination(AwardKind.SPECIAL_ACT, None, None, "Yes"), "amount_minor"),
        (Nomination(AwardKind.PERFORMANCE, 5_000_01, None, "Yes"), "amount_minor"),
        (Nomination(AwardKind.TIME_OFF, None, 41, "Yes"), "hours"),
        (Nomination(AwardKind.TIME_OFF, None, 21, "Yes"), "hours"),
        (Nomination(AwardKind.TIME_OFF, None, None, "Yes"), "hours"),
        (Nomination(AwardKind.HONOR, None, None, "  "), "reason"),
    ],
)
def test_awards_over_their_limit_are_refused_at_the_field(asked, field):
    with pytest.raises(Invalid) as refused:
        awards.check(AWARDS, asked, FACTS, DAY)
    assert set(refused.value.fields) == {field}


def test_awards_within_their_limit_keep_what_their_kind_needs():
    most = Nomination(AwardKind.PERFORMANCE, 5_000_00, 8, " Yes ")
    assert awards.check(AWARDS, most, FACTS, DAY) == Nomination(AwardKind.PERFORMANCE, 5_000_00, None, "Yes")
    hours = Nomination(AwardKind.TIME_OFF, 12, 20, "Yes")
    assert awards.check(AWARDS, hours, FACTS, DAY) == Nomination(AwardKind.TIME_OFF, None, 20, "Yes")
    with pytest.raises(Conflict, match="level 3"):
        awards.check(AWARDS, most, Facts(50_000_00, "USD", 2, 0), DAY)


def test_every_rule_names_its_source_and_says_when_it_is_invented():
    every = [*regimes.load().values(), *increase_regimes.load().values(), *award_regimes.load().values()]
    for rule in every:
        assert rule.read_on == dt.date(2026, 11, 22)
        assert rule.is_demonstration is ("demonstration" in rule.citation)
    assert {rule.name for rule in every if not rule.is_demonstration} == {
        "us-5-cfr-430",
        "us-5-cfr-430-two-levels",
        "us-5-cfr-531",
        "us-5-cfr-451",
    }


def test_a_rule_that_contradicts_itself_is_refused():
    text = (regimes.FOLDER / "larkhaven-points.toml").read_text("utf-8")
    with pytest.raises(ValueError, match="bands of weighted points"):
        regimes.parse("odd", text.replace("weighted = true", "weighted = false"))
    with pytest.raises(ValueError, match="from above"):
        regimes.parse("odd", text.replace("level = 5\nfrom", "level = 1\nfrom"))
