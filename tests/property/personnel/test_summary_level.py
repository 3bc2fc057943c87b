"""The summary level against the law: a critical element decides, and better work never lowers it."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from app.personnel.performance import regimes
from app.personnel.ratings.rules import Judged, fold_small, summarize

RULES = tuple(regimes.load().values())


@st.composite
def rated(draw: st.DrawFn) -> tuple[regimes.Regime, list[Judged]]:
    """Draw a rule and the elements of a plan under it, with at least one critical element."""
    rule = draw(st.sampled_from(RULES))
    levels = sorted(rule.levels)
    count = draw(st.integers(1, min(rule.plan.most_elements, 8)))
    critical = draw(st.lists(st.booleans(), min_size=count, max_size=count).filter(any))
    cuts = sorted(draw(st.lists(st.integers(1, 99), min_size=count - 1, max_size=count - 1, unique=True)))
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    return rule, [
        Judged(draw(st.sampled_from(levels)), is_critical, weight)
        for is_critical, weight in zip(critical, weights, strict=True)
    ]


@given(rated())
def test_the_lowest_level_is_given_if_and_only_if_a_critical_element_is_unacceptable(case):
    rule, elements = case
    failed = any(one.is_critical and one.level == rule.unacceptable for one in elements)
    assert (summarize(rule, elements).level == rule.unacceptable) is failed


@given(rated(), st.data())
def test_better_work_in_an_element_never_lowers_the_summary(case, data):
    rule, elements = case
    place = data.draw(st.integers(0, len(elements) - 1))
    better = [level for level in rule.levels if level > elements[place].level]
    assume(better)
    raised = list(elements)
    raised[place] = Judged(
        data.draw(st.sampled_from(better)), elements[place].is_critical, elements[place].weight
    )
    before, after = summarize(rule, elements), summarize(rule, raised)
    assert after.level >= before.level
    assert (after.points or 0) >= (before.points or 0)


@given(rated())
def test_the_summary_is_a_level_of_the_rule_and_says_why(case):
    rule, elements = case
    found = summarize(rule, elements)
    assert found.level in rule.levels
    assert rule.citation in found.because


@given(rated())
def test_the_order_of_the_elements_does_not_matter(case):
    rule, elements = case
    assert summarize(rule, elements) == summarize(rule, elements[::-1])


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=3),
        st.dictionaries(st.integers(1, 5), st.integers(1, 9), min_size=1, max_size=5),
        max_size=8,
    )
)
def test_no_small_group_is_shown_nor_left_over(groups):
    shown, hidden = fold_small(groups)
    everybody = sum(sum(levels.values()) for levels in groups.values())
    assert all(sum(levels.values()) >= 5 for levels in shown.values())
    assert hidden == everybody - sum(sum(levels.values()) for levels in shown.values())
    # what is left over could be computed from the whole, so it is no small group either
    assert hidden == 0 or hidden >= 5 or not shown
