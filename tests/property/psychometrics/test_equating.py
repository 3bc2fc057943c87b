"""Equating: what must hold for any two forms."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exams import merit
from app.exams.merit.psychometrics import equating

COUNTS = st.lists(st.integers(0, 6), min_size=2, max_size=8).filter(lambda counts: sum(counts) > 0)


def form(counts: list[int]) -> merit.Frequencies:
    return merit.Frequencies(tuple(range(len(counts))), tuple(counts), 1)


def below(point: Fraction, counts: list[int]) -> Fraction:
    """Count the people below a point, those with a mark lying evenly within a half of it."""
    return sum(
        (
            count * min(max(point - mark + Fraction(1, 2), Fraction(0)), Fraction(1))
            for mark, count in enumerate(counts)
        ),
        Fraction(0),
    ) / sum(counts)


@settings(max_examples=100, deadline=None)
@given(COUNTS, COUNTS)
def test_the_point_of_form_y_has_the_rank_of_the_mark(x: list[int], y: list[int]) -> None:
    found = equating.equipercentile(form(x), form(y))
    for mark, point in zip(found.marks, found.equivalents, strict=True):
        assert below(point, y) == below(mark, x)
        assert Fraction(-1, 2) <= point <= len(y) - Fraction(1, 2)


@settings(max_examples=60, deadline=None)
@given(COUNTS, COUNTS)
def test_more_marks_never_become_fewer(x: list[int], y: list[int]) -> None:
    for found in (equating.equipercentile(form(x), form(y)), equating.mean(form(x), form(y))):
        assert list(found.equivalents) == sorted(found.equivalents)


@settings(max_examples=60, deadline=None)
@given(COUNTS.filter(lambda counts: min(counts) > 0))
def test_a_form_is_worth_itself(counts: list[int]) -> None:
    same = form(counts)
    assert equating.equipercentile(same, same).equivalents == equating.equipercentile(same, same).marks
    assert equating.mean(same, same).equivalents == equating.mean(same, same).marks


@settings(max_examples=60, deadline=None)
@given(COUNTS, COUNTS)
def test_lines_carry_the_mean_to_the_mean(x: list[int], y: list[int]) -> None:
    both = form(x), form(y)
    lines = [equating.mean(*both)]
    if both[0].variance(0):
        lines.append(equating.linear(*both))
    for line in lines:
        moved = sum((count * point for count, point in zip(x, line.equivalents, strict=True)), Fraction(0))
        assert moved / sum(x) == both[1].mean()


@settings(max_examples=40, deadline=None)
@given(COUNTS, COUNTS, st.integers(1, 4))
def test_more_people_of_the_same_kind_change_nothing(x: list[int], y: list[int], times: int) -> None:
    plain = equating.equipercentile(form(x), form(y))
    assert equating.equipercentile(form([times * count for count in x]), form(y)) == plain
    assert equating.equipercentile(form(x), form([times * count for count in y])) == plain


@settings(max_examples=40, deadline=None)
@given(COUNTS, COUNTS, st.integers(-20, 20), st.integers(-20, 20))
def test_where_a_scale_begins_moves_its_marks_alone(
    x: list[int], y: list[int], start: int, other: int
) -> None:
    plain = equating.equipercentile(form(x), form(y))
    moved = equating.equipercentile(
        merit.Frequencies(tuple(range(start, start + len(x))), tuple(x), 1),
        merit.Frequencies(tuple(range(other, other + len(y))), tuple(y), 1),
    )
    assert moved.marks == tuple(mark + start for mark in plain.marks)
    assert moved.equivalents == tuple(point + other for point in plain.equivalents)
