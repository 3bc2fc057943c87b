"""Groups and items: what must hold for any numbers."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from app.exams.merit.fairness import four_fifths, impact, item_bias, significance, stages
from app.exams.merit.fairness.four_fifths import Group
from app.exams.merit.psychometrics import sheets


@st.composite
def a_group(draw: st.DrawFn, name: str = "a", most: int = 30) -> Group:
    applicants = draw(st.integers(1, most))
    return Group(name, applicants, draw(st.integers(0, applicants)))


ONE, OTHER = a_group("one"), a_group("other")


def exact_fisher(one: Group, other: Group) -> Fraction:
    """Add up by whole numbers the chances of the tables that are no more likely than this one."""
    chosen, people = one.selected + other.selected, one.applicants + other.applicants

    def ways(selected: int) -> int:
        return comb(one.applicants, selected) * comb(other.applicants, chosen - selected)

    possible = range(max(0, chosen - other.applicants), min(chosen, one.applicants) + 1)
    mine = ways(one.selected)
    return Fraction(sum(ways(k) for k in possible if ways(k) <= mine), comb(people, chosen))


@settings(max_examples=100, deadline=None)
@given(ONE, OTHER)
def test_fisher_is_the_sum_over_whole_tables_and_symmetrical(one: Group, other: Group) -> None:
    p = significance.fisher(one, other)
    assert p == pytest.approx(float(exact_fisher(one, other)), rel=1e-9)
    assert significance.fisher(other, one) == pytest.approx(p)
    refused = [
        Group(group.name, group.applicants, group.applicants - group.selected) for group in (one, other)
    ]
    assert significance.fisher(*refused) == pytest.approx(p)


@settings(max_examples=60, deadline=None)
@given(a_group("one", 4000), a_group("other", 4000))
def test_fisher_is_what_scipy_computes(one: Group, other: Group) -> None:
    table = [[group.selected, group.applicants - group.selected] for group in (one, other)]
    assert significance.fisher(one, other) == pytest.approx(fisher_exact(table).pvalue, rel=1e-6, abs=1e-12)


@settings(max_examples=100, deadline=None)
@given(ONE, OTHER)
def test_two_deviations_by_integers_are_two_deviations(one: Group, other: Group) -> None:
    distance = significance.deviations(one, other)
    if distance is None:
        assert not significance.beyond(one, other)
    elif abs(abs(distance) - 2) > 1e-9:
        assert significance.beyond(one, other) == (abs(distance) > 2)
    back = significance.deviations(other, one)
    assert back == (None if distance is None else pytest.approx(-distance))


@settings(max_examples=100, deadline=None)
@given(ONE, OTHER)
def test_four_fifths_by_integers_are_four_fifths(one: Group, other: Group) -> None:
    assert one.rate is not None
    assert other.rate is not None
    assert four_fifths.reaches(one, other) == (one.rate >= Fraction(4, 5) * other.rate)
    enough = four_fifths.needed(one, other)
    assert Fraction(enough, one.applicants) >= Fraction(4, 5) * other.rate
    assert enough == 0 or Fraction(enough - 1, one.applicants) < Fraction(4, 5) * other.rate


GROUPS = st.lists(
    st.integers(0, 12).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=2, max_size=4
)


def named(counts: list[tuple[int, int]]) -> list[Group]:
    return [Group("abcd"[place], *count) for place, count in enumerate(counts)]


@settings(max_examples=80, deadline=None)
@given(GROUPS)
def test_the_findings_follow_from_the_rates(counts: list[tuple[int, int]]) -> None:
    found = impact.adverse_impact(named(counts), small=0)
    rates = {row.group: row.rate for row in found.comparisons if row.rate is not None}
    best = max(rates.values(), default=Fraction(0))
    if best:
        assert set(found.adverse) == {name for name, rate in rates.items() if rate < Fraction(4, 5) * best}
    assert sum(row.shortfall for row in found.comparisons) == 0


@settings(max_examples=60, deadline=None)
@given(GROUPS.flatmap(lambda counts: st.tuples(st.just(counts), st.permutations(list(range(len(counts)))))))
def test_the_order_of_groups_changes_nothing(both: tuple[list[tuple[int, int]], list[int]]) -> None:
    groups = named(both[0])
    turned = [groups[place] for place in both[1]]
    here, there = impact.adverse_impact(groups), impact.adverse_impact(turned)
    assert here.reference == there.reference
    assert {row.group: row for row in here.comparisons} == {row.group: row for row in there.comparisons}


@settings(max_examples=100, deadline=None)
@given(ONE, OTHER)
def test_one_selection_moved_is_one_selection_moved(one: Group, other: Group) -> None:
    moved = four_fifths.one_selection(one, other, [one, other])
    below = not four_fifths.reaches(one, other)
    if moved is None:
        giver, taker = (other, one) if below else (one, other)
        assert giver.selected == 0 or taker.selected == taker.applicants
        return
    step = 1 if below else -1
    after = Group("one", one.applicants, one.selected + step)
    there = Group("other", other.applicants, other.selected - step)
    assert after.rate is not None
    assert there.rate is not None
    top = max(after.rate, there.rate)
    assert moved.below == (after.rate < Fraction(4, 5) * top)
    assert moved.changes == (moved.below != below)
    assert moved.reverses == (below and after.rate > there.rate)


@settings(max_examples=60, deadline=None)
@given(GROUPS, st.integers(1, 8))
def test_a_hidden_group_leaves_no_trace(counts: list[tuple[int, int]], least: int) -> None:
    groups = named(counts)
    hidden = stages.groups_to_hide([stages.Stage("one", tuple(groups))], least)
    assert {group.name for group in groups if group.applicants < least} <= hidden
    assert len(hidden) != 1
    kept = [group for group in groups if group.name not in hidden]
    assume(kept)
    assert not hidden or sum(group.applicants for group in groups if group.name in hidden) >= least
    report = stages.impact_by_stage([stages.Stage("one", tuple(groups))], hide_below=least)
    assert report.overall == impact.adverse_impact(kept)


ANSWERS = st.lists(
    st.tuples(st.booleans(), st.lists(st.integers(0, 1), min_size=3, max_size=3)), min_size=6, max_size=30
)


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_exchanging_the_groups_turns_the_odds_round(people: list[tuple[bool, list[int]]]) -> None:
    member = [one for one, _ in people]
    assume(any(member) and not all(member))
    answered = sheets.of_marks(["a", "b", "c"], [row for _, row in people])
    here = item_bias.differential_items(answered, member).items
    there = item_bias.differential_items(answered, [not one for one in member]).items
    for one, other in zip(here, there, strict=True):
        if one.odds_ratio is None or other.odds_ratio is None:
            assert one.odds_ratio == other.odds_ratio
            continue
        assert one.odds_ratio * other.odds_ratio == pytest.approx(1)
        assert (one.chi_square, one.error) == (pytest.approx(other.chi_square), pytest.approx(other.error))
        assert (one.size, one.grade) == (other.size, other.grade)


@settings(max_examples=40, deadline=None)
@given(ANSWERS.flatmap(lambda people: st.tuples(st.just(people), st.permutations(people))))
def test_the_order_of_people_changes_nothing(
    both: tuple[list[tuple[bool, list[int]]], list[tuple[bool, list[int]]]],
) -> None:
    member = [one for one, _ in both[0]]
    assume(any(member) and not all(member))
    found = [
        item_bias.differential_items(
            sheets.of_marks(["a", "b", "c"], [row for _, row in people]), [one for one, _ in people]
        )
        for people in both
    ]
    assert found[0] == found[1]
