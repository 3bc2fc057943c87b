"""Agreement of raters: what must hold for any ratings."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.exams import merit
from app.exams.merit.psychometrics import intraclass, kappa

PAIRS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=15)
WEIGHTS = st.sampled_from(kappa.WEIGHTS)


def both(pairs: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [one for one, _ in pairs], [other for _, other in pairs]


def rated(first: list[int], second: list[int], weights: str) -> kappa.Kappa:
    try:
        return kappa.cohen(first, second, weights, [1, 2, 3, 4])
    except merit.MeritError:
        assume(False)
        raise


@settings(max_examples=80, deadline=None)
@given(PAIRS, WEIGHTS)
def test_kappa_is_its_definition_and_at_most_one(pairs: list[tuple[int, int]], weights: str) -> None:
    first, second = both(pairs)
    found = rated(first, second, weights)

    def cost(one: int, other: int) -> Fraction:
        apart = abs(one - other)
        return Fraction({"unweighted": int(apart > 0), "linear": apart, "quadratic": apart**2}[weights])

    seen = sum((cost(one, other) for one, other in pairs), Fraction(0)) / len(pairs)
    chance = sum((cost(one, other) for one in first for other in second), Fraction(0)) / len(pairs) ** 2
    assert found.value == 1 - seen / chance
    assert found.value <= 1
    assert (found.value == 1) == (first == second)


@settings(max_examples=60, deadline=None)
@given(PAIRS, WEIGHTS)
def test_it_does_not_matter_who_is_the_first_rater(pairs: list[tuple[int, int]], weights: str) -> None:
    first, second = both(pairs)
    here, there = rated(first, second, weights), rated(second, first, weights)
    assert (here.value, here.z) == (there.value, pytest.approx(there.z) if there.z is not None else None)


@settings(max_examples=60, deadline=None)
@given(PAIRS.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))), WEIGHTS)
def test_the_order_of_people_changes_nothing(
    orders: tuple[list[tuple[int, int]], list[tuple[int, int]]], weights: str
) -> None:
    before, after = (rated(*both(pairs), weights) for pairs in orders)
    assert before == after


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=12))
def test_with_two_categories_all_weights_are_one(pairs: list[tuple[bool, bool]]) -> None:
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    assume(len({*first, *second}) == 2)
    values = {kappa.cohen(first, second, weights).value for weights in kappa.WEIGHTS}
    assert len(values) == 1


TABLES = st.integers(2, 4).flatmap(
    lambda raters: st.lists(
        st.lists(st.sampled_from("abc"), min_size=raters, max_size=raters), min_size=1, max_size=8
    )
)


@settings(max_examples=80, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_fleiss_counts_agreeing_pairs_whoever_gave_them(table: list[list[str]], dice) -> None:
    assume(len({grade for row in table for grade in row}) > 1)
    found = kappa.fleiss(table)
    raters = len(table[0])
    pairs = [
        (row[one], row[other])
        for row in table
        for one in range(raters)
        for other in range(raters)
        if one != other
    ]
    grades = [grade for row in table for grade in row]
    assert found.overall.observed == Fraction(sum(one == other for one, other in pairs), len(pairs))
    alike = sum(one == other for one in grades for other in grades)
    assert found.overall.expected == Fraction(alike, len(grades) ** 2)
    assert found.overall.value <= 1
    mixed = [dice.sample(row, raters) for row in dice.sample(table, len(table))]
    assert kappa.fleiss(mixed) == found


MARKS = st.integers(2, 4).flatmap(
    lambda raters: st.lists(
        st.lists(st.integers(0, 9), min_size=raters, max_size=raters), min_size=3, max_size=8
    )
)


def correlated(table: list[list[int]]) -> dict[str, float | None]:
    try:
        found = intraclass.intraclass(table)
    except merit.MeritError:
        assume(False)
        raise
    return {name: one.value for name, one in found.coefficients.items()}


@settings(max_examples=60, deadline=None)
@given(MARKS, st.integers(1, 5))
def test_a_constantly_milder_rater_lowers_agreement_but_not_consistency(
    table: list[list[int]], added: int
) -> None:
    plain, milder = correlated(table), correlated([[row[0] + added, *row[1:]] for row in table])
    assert (milder["3,1"], milder["3,k"]) == (pytest.approx(plain["3,1"]), pytest.approx(plain["3,k"]))
    scaled = correlated([[7 * mark + 3 for mark in row] for row in table])
    assert scaled == {name: None if value is None else pytest.approx(value) for name, value in plain.items()}
    assert [name for name, value in plain.items() if value is not None and value > 1] == []


@settings(max_examples=60, deadline=None)
@given(MARKS)
def test_each_mean_coefficient_is_the_single_one_stepped_up(table: list[list[int]]) -> None:
    found, raters = correlated(table), len(table[0])
    for model in ("1", "2", "3"):
        single, mean = found[f"{model},1"], found[f"{model},k"]
        assert single is not None
        below = 1 + (raters - 1) * single
        if below > 0.01:
            assert mean == pytest.approx(raters * single / below, rel=1e-6, abs=1e-9)
        elif below < -0.01:
            assert mean is None


@settings(max_examples=60, deadline=None)
@given(MARKS)
def test_every_interval_holds_its_coefficient(table: list[list[int]]) -> None:
    correlated(table)
    for one in intraclass.intraclass(table).coefficients.values():
        assert 0 <= one.p <= 1
        # The interval of model 2 is an approximation that holds for agreement above 0.
        if one.name[0] != "2" or (one.value is not None and one.value > 0):
            assert one.lower is None or one.lower < one.value
            assert one.upper is not None
            assert one.upper > one.value
