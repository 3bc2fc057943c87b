"""The common denominator of a total is known when a rulebook is loaded; one too wide is refused there."""

import pytest

from app.exams import merit
from app.exams.merit.exact import LIMIT
from tests.unit.exams.merit.books import book

# Too wide for any machine word, and without a divisor in common with what marks are written over.
HUGE = 3**40


def common(text: str) -> int:
    """Read the common denominator from the refusal of a total that is too wide."""
    with pytest.raises(merit.RulebookError) as caught:
        merit.rulebook.load(book(text))
    (problem,) = caught.value.problems
    start, _, rest = problem.sentence.partition(" over the common denominator ")
    number, _, end = rest.partition(" ")
    assert start.startswith("The total out of ")
    assert end == "needs more than 62 bits; round a component or use plainer weights."
    return int(number)


def mark(name: str, maximum: int | str = HUGE, more: str = "") -> str:
    return f'[[component]]\nname = "{name}"\nkind = "mark"\nmaximum = "{maximum}"\n{more}\n'


WEIGHTED = f'[total]\nscale = "{HUGE}"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (mark("a", 7, 'weight = "100"') + WEIGHTED, 700),
        (mark("a", 7, 'weight = "100"\nplaces = 0') + WEIGHTED, 7),
        (mark("a", 7, 'weight = "100"\nplaces = 0\nout_of = "11"') + WEIGHTED, 11),
        (mark("a", 7, 'weight = "100"\nrounding = { places = 3 }') + WEIGHTED, 7000),
        (mark("a", 7, 'weight = "100"\ntable = [{ from = "0", value = "1/13" }]') + WEIGHTED, 91),
        (
            mark(
                "a",
                7,
                'weight = "100"\ntable = [{ from = "0", value = "1/13" }, { from = "1", value = "0.5" }]',
            )
            + WEIGHTED,
            182,
        ),
        (
            mark(
                "a",
                7,
                'weight = "100"\nnormalise = { method = "mean", citation = "x", rounding = { places = 4 } }',
            )
            + WEIGHTED,
            70_000,
        ),
        (
            mark("a", 7, 'weight = "100"\npanel = { citation = "x", rounding = { places = 1 } }').replace(
                '"mark"', '"panel"'
            )
            + WEIGHTED,
            70,
        ),
        (
            mark("a", 7, 'weight = "60"\nplaces = 0') + mark("b", 11, 'weight = "40"\nplaces = 0') + WEIGHTED,
            385,
        ),
        (
            mark("a", 7, 'weight = "60"\nplaces = 0')
            + '[[component]]\nname = "b"\nkind = "copy"\nmarks_of = "a"\nmaximum = "11"\nweight = "40"\n'
            + WEIGHTED,
            385,
        ),
        (
            mark("a", 7, 'weight = "100"\nplaces = 0')
            + mark("q", 13, "places = 5\nqualifying = true")
            + WEIGHTED,
            7,
        ),
        (mark("a") + '[total]\nmethod = "sum"\n', 100),
        (mark("a", HUGE, 'factor = "1/7"\nplaces = 0') + mark("b") + '[total]\nmethod = "sum"\n', 700),
        (mark("a") + mark("b", HUGE, 'factor = "6"') + '[total]\nmethod = "mean"\n', 700),
        (mark("a") + mark("b", 5, "places = 3") + '[total]\nmethod = "highest"\n', 1000),
        (mark("a") + mark("b", HUGE, "places = 3") + '[total]\nmethod = "lowest"\n', 1000),
        (mark("a") + mark("b", 5, "places = 3") + '[total]\nmethod = "best"\nbest = 1\n', 1000),
        (
            '[[component]]\nname = "c"\nkind = "composite"\nweight = "100"\nmaximum = "5"\n'
            + mark("a", 7, 'of = "c"\nplaces = 0\nweight = "100"')
            + WEIGHTED,
            35,
        ),
        (
            '[[component]]\nname = "c"\nkind = "composite"\nmethod = "best"\nbest = 1\nweight = "100"\n'
            + mark("a", 7, 'of = "c"\nplaces = 1')
            + mark("b", 11, 'of = "c"\nplaces = 0')
            + WEIGHTED,
            110,
        ),
        (
            '[[component]]\nname = "c"\nkind = "composite"\nmethod = "sum"\nweight = "100"\n'
            'table = [{ from = "0", value = "1/17" }]\nout_of = "19"\n'
            + mark("a", 7, 'of = "c"\nplaces = 0')
            + WEIGHTED,
            323,
        ),
    ],
)
def test_the_common_denominator_follows_from_places_weights_and_factors(text: str, expected: int) -> None:
    assert common(text) == expected


def test_the_limit_itself_is_too_wide() -> None:
    for scale, sound in ((LIMIT, False), (LIMIT - 1, True)):
        text = mark("a", scale, "places = 0") + '[total]\nmethod = "sum"\n'
        if sound:
            assert merit.rulebook.load(book(text)).total.method == "sum"
        else:
            assert common(text) == 1
