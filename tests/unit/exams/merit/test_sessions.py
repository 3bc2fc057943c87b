"""Raters, levels and several sessions on small tables."""

from fractions import Fraction

import numpy as np
import pytest

from app.exams import merit
from app.exams.merit.normalisation import Normalisation, Sessions, normalise
from tests.unit.exams.merit.books import WRITTEN, book


def scores(rulebook: merit.Rulebook, *rows: dict[str, object]) -> dict[str, str]:
    listing = merit.rank(rulebook, merit.Candidates.of(rows), list_id="x")
    return {row.candidate_id: row.score for row in listing.rows}


PANEL = """
[[component]]
name = "oral"
kind = "panel"
maximum = "100"
weight = "100"
panel = {{ citation = "x", {panel} }}
"""


def rated(panel: str, *marks: int, further: tuple[int, ...] = ()) -> object:
    ratings = [merit.Rating("p", f"r{place}", merit.fraction(mark)) for place, mark in enumerate(marks)]
    ratings += [
        merit.Rating("p", f"f{place}", merit.fraction(mark), further=True)
        for place, mark in enumerate(further)
    ]
    found = merit.rate(merit.rulebook.load(book(PANEL.format(panel=panel))), "oral", ratings)
    return merit.plain(found.marks["p"]) if found.marks else found.waiting


@pytest.mark.parametrize(
    ("panel", "marks", "further", "expected"),
    [
        ('method = "mean"', (70, 81), (), "75.5"),
        ('method = "sum"', (70, 81), (), "151"),
        ('method = "median", raters = 3', (70, 81, 90), (), "81"),
        ('method = "median", raters = 4', (70, 80, 81, 90), (), "80.5"),
        ('method = "trimmed-mean", trim = 1, raters = 4', (10, 70, 80, 100), (), "75"),
        ('method = "mean"', (70,), (), ("p",)),
        ('tolerance = "10"', (70, 80), (), "75"),
        ('tolerance = "10"', (70, 81), (), ("p",)),
        ('tolerance = "10"', (70, 81), (77,), "76"),
        ('tolerance = "10", further = "further-alone"', (70, 81), (77,), "77"),
        ('tolerance = "10", further = "closest-two"', (70, 81), (77,), "79"),
        ('tolerance = "10", further = "closest-two"', (70, 90), (80,), "85"),
    ],
)
def test_raters_make_one_mark(
    panel: str, marks: tuple[int, ...], further: tuple[int, ...], expected: object
) -> None:
    assert rated(panel, *marks, further=further) == expected


def test_a_recused_rater_counts_nowhere_and_nobody_rates_twice() -> None:
    loaded = merit.rulebook.load(book(PANEL.format(panel="raters = 1")))
    recused = merit.Rating("p", "r1", Fraction(10), recused=True)
    assert merit.rate(loaded, "oral", [recused, merit.Rating("p", "r2", Fraction(80))]).marks == {"p": 80}
    twice = [merit.Rating("p", "r1", Fraction(80)), merit.Rating("p", "r1", Fraction(90))]
    with pytest.raises(merit.InputError, match="ratings, row p: the rater 'r1' rated twice"):
        merit.rate(loaded, "oral", twice)
    with pytest.raises(merit.MeritError, match="'written' is not rated by a panel"):
        merit.rate(merit.rulebook.load(book(WRITTEN)), "written", [])


def test_a_rater_who_gives_everybody_the_same_mark_gives_the_mean() -> None:
    assert rated('method = "t-score", raters = 1, deviation_of = "population"', 80) == "50"
    with pytest.raises(merit.MeritError, match="A deviation needs more than 1 people"):
        rated('method = "t-score", raters = 1', 80)


SHIFTS = """
[component.normalise]
by = "shift"
citation = "x"
rounding = {{ places = 2 }}
{rules}
"""


def normal(rules: str, *sittings: tuple[object, str]) -> list[str]:
    loaded = merit.rulebook.load(book(WRITTEN, SHIFTS.format(rules=rules), "[total]\nscale = '100'\n"))
    rows = [
        {"id": f"p{place}", "marks": {"written": mark}, "attributes": {"shift": shift}}
        for place, (mark, shift) in enumerate(sittings)
    ]
    listing = merit.rank(loaded, merit.Candidates.of(rows), list_id="x")
    return [listing.row(f"p{place}").score for place in range(len(rows))]


SITTINGS = ((10, "m"), (20, "m"), (30, "e"), (50, "e"))


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ('method = "mean"', ["22.50", "32.50", "17.50", "37.50"]),
        ('method = "mean"\nbase = "e"', ["35.00", "45.00", "30.00", "50.00"]),
        ('method = "mean-sd"\nbase = "highest-mean"', ["30.00", "50.00", "30.00", "50.00"]),
        ('method = "mean-sd"\nmean = "50"\ndeviation = "10"', ["40.00", "60.00", "40.00", "60.00"]),
        (
            'method = "mean-sd"\nmean = "50"\ndeviation = "10"\nleast = "45"\nmost = "55"',
            ["45.00", "55.00", "45.00", "55.00"],
        ),
        ('method = "percentile"', ["50.00", "100.00", "50.00", "100.00"]),
        ('method = "equipercentile"\nbase = "e"', ["30.00", "50.00", "30.00", "50.00"]),
        ('method = "two-point"\ntop = "1/2"\nanchor = "best-session-mean"', None),
    ],
)
def test_shifts_come_onto_one_scale(rules: str, expected: list[str] | None) -> None:
    if expected is None:
        with pytest.raises(merit.MeritError, match="two points are needed"):
            normal(rules, *SITTINGS)
        return
    assert normal(rules, *SITTINGS) == expected


def test_the_anchor_of_two_points_may_be_the_best_mean() -> None:
    marks = ((0, "m"), (2, "m"), (10, "m"), (0, "e"), (4, "e"), (20, "e"))
    own, other = (
        normal('method = "two-point"\ntop = "1/3"', *marks),
        normal('method = "two-point"\ntop = "1/3"\nanchor = "best-session-mean"', *marks),
    )
    shift = {Fraction(two) - Fraction(one) for one, two in zip(own, other, strict=True)}
    assert max(shift) - min(shift) <= Fraction(1, 50)
    assert min(shift) > 0


def test_absent_people_count_nowhere() -> None:
    with_absent = normal('method = "mean"', *SITTINGS, (None, "m"), (None, "x"))
    assert with_absent[:4] == ["22.50", "32.50", "17.50", "37.50"]
    assert normal('method = "mean"', (None, "m")) == ["0.00"]


def test_a_session_with_one_mark_gets_the_mean_of_all() -> None:
    assert normal('method = "mean-sd"', (10, "m"), (20, "e"), (30, "e")) == ["20.00", "11.84", "28.16"]


def test_wide_marks_are_counted_without_a_histogram() -> None:
    assert normal('method = "percentile"', ("0.01", "m"), ("99.99", "m")) == ["50.00", "100.00"]


def rules_of(rules: str, places: int, mode: str) -> Normalisation:
    text = SHIFTS.replace("places = 2", f'places = {places}, mode = "{mode}"').format(rules=rules)
    found = merit.rulebook.load(book(WRITTEN, text)).components[0].normalise
    assert found is not None
    return found


def shifted(numerators: list[int], rules: str, places: int = 2, mode: str = "half-up") -> merit.Marks:
    """Normalise marks of two shifts directly, however large they are."""
    marks, shifts = merit.Marks(np.array(numerators), 1), Sessions.of(["m", "m", "e", "e"])
    return normalise(rules_of(rules, places, mode), marks, shifts, np.ones(4, dtype=bool)).marks


def test_marks_far_apart_are_counted_by_sorting() -> None:
    assert shifted([0, 10**9, 5, 7], 'method = "percentile"').numerators.tolist() == [
        5000,
        10000,
        5000,
        10000,
    ]
    assert shifted([0, 10**9, 5, 7], 'method = "mean"\nbase = "e"').fractions()[2:] == [5, 7]


@pytest.mark.parametrize(
    ("mode", "added"), [("floor", [1, 1, -2, -2]), ("ceiling", [2, 2, -1, -1]), ("half-up", [1, 1, -1, -1])]
)
def test_marks_too_wide_for_a_quick_line_are_computed_one_by_one(mode: str, added: list[int]) -> None:
    # the means are 2^56 + 1/2 and 2^56 + 3, of all 2^56 + 7/4: one shift gains 5/4, the other loses as much
    wide = [2**56, 2**56 + 1, 2**56 + 2, 2**56 + 4]
    expected = [mark + more for mark, more in zip(wide, added, strict=True)]
    assert shifted(wide, 'method = "mean"', 0, mode).numerators.tolist() == expected


@pytest.mark.parametrize(("mode", "least", "most"), [("floor", 1012, 2012), ("ceiling", 1013, 2013)])
def test_limits_are_rounded_as_the_marks_are(mode: str, least: int, most: int) -> None:
    marks, lower, upper = [5, 15, 30, 40], '\nleast = "10.125"', '\nmost = "20.125"'
    mean = 'method = "mean"\nbase = "m"\nmean = "10"'
    # the shifts have the means 10 and 35, so that the second comes down by 25
    assert shifted(marks, mean + lower, 2, mode).numerators.tolist() == [least, 1500, least, 1500]
    marks[1] = 45
    assert shifted(marks, mean + upper, 2, mode).numerators.tolist() == [-1000, most, 500, 1500]
    assert shifted(marks, mean + lower + upper, 2, mode).numerators.tolist() == [least, most, least, 1500]


@pytest.mark.parametrize(("mode", "equated"), [("floor", [12, 27]), ("ceiling", [13, 28])])
def test_equated_marks_are_rounded_by_their_mode(mode: str, equated: list[int]) -> None:
    # ranks of 1/4 and 3/4 lie a quarter and three quarters of the way between marks with 1/6, 1/2 and 5/6
    shifts = {"m": merit.Frequencies.of([1, 2]), "e": merit.Frequencies.of([1, 2, 3])}
    exact = merit.equating.equipercentile(shifts["m"], shifts["e"])
    assert list(exact.values()) == [Fraction(5, 4), Fraction(11, 4)]
    found = rules_of('method = "equipercentile"\nbase = "e"', 1, mode)
    marks, sat = merit.Marks(np.array([1, 2, 1, 2, 3]), 1), Sessions.of(["m", "m", "e", "e", "e"])
    assert normalise(found, marks, sat, np.ones(5, dtype=bool)).marks.numerators.tolist() == [
        *equated, 10, 20, 30,
    ]  # fmt: skip


def test_marks_that_need_too_many_bits_are_refused() -> None:
    with pytest.raises(merit.MeritError, match=r"^Sessions and marks together need more than 62 bits\.$"):
        shifted([0, 2**61, 5, 7], 'method = "percentile"')
    with pytest.raises(merit.MeritError, match=r"^Normalised marks need more than 62 bits\.$"):
        shifted([0, 1, 2, 3], f'method = "mean-sd"\nmean = "0"\ndeviation = "{10**18}"')


def test_the_base_and_the_sessions_must_be_there() -> None:
    with pytest.raises(merit.InputError, match="column shift: nobody sat the base session 'n'"):
        normal('method = "mean"\nbase = "n"', *SITTINGS)
    loaded = merit.rulebook.load(book(WRITTEN, SHIFTS.format(rules='method = "mean"')))
    with pytest.raises(merit.InputError, match="column shift: the rulebook normalises by it"):
        scores(loaded, {"id": "p", "marks": {"written": 1}})


def test_a_line_can_be_asked_for_one_mark() -> None:
    loaded = merit.rulebook.load(book(WRITTEN, SHIFTS.format(rules='method = "mean"')))
    sessions = {"m": merit.Frequencies.of([10, 20]), "e": merit.Frequencies.of([30, 50])}
    assert merit.normalised_mark(loaded, "written", sessions, "m", 10) == Fraction(45, 2)
    counted = merit.rulebook.load(book(WRITTEN, SHIFTS.format(rules='method = "percentile"')))
    with pytest.raises(merit.MeritError, match="'written' is not normalised by a line"):
        merit.normalised_mark(counted, "written", sessions, "m", 10)


def test_normalisation_is_explained() -> None:
    loaded = merit.rulebook.load(book(WRITTEN, SHIFTS.format(rules='method = "mean"')))
    row = {"id": "p", "marks": {"written": 10}, "attributes": {"shift": "m"}}
    listing = merit.rank(loaded, merit.Candidates.of([row]), list_id="x")
    step = merit.explain(listing, "p").steps[0]
    assert (step.stage, step.label, step.value) == ("normalisation", "written, m", "10")
    assert step.arithmetic == "1.000000000000 × 10 + 0.000000000000 = 10"


def test_unknown_levels_are_refused() -> None:
    loaded = merit.rulebook.load(book(WRITTEN, 'level = [{ name = "A", mark = "90" }]\n'))
    with pytest.raises(merit.InputError, match="levels, row Z: there is no such level"):
        merit.level_mark(loaded, "written", "Z")
