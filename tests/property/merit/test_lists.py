"""Several lists by turns against a sentence of the law, said slowly."""

from fractions import Fraction
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exams.merit.alternation import alternate, join
from app.exams.merit.certification import Eligible
from app.exams.merit.rosters import Roster, Share, spread
from app.exams.merit.sources import Source, Sources

NAMES = ("open", "quota", "disabled")
PEOPLE = st.lists(st.sets(st.sampled_from(["q", "d"])), max_size=9)
SHARES = st.tuples(st.integers(1, 25), st.integers(1, 25))


def due(percent: int, turns: int) -> int:
    """Say how many of so many vacancies a share is, a half being one."""
    return floor(Fraction(percent * turns, 100) + Fraction(1, 2))


def slow_turns(shares: tuple[int, int], vacancies: int) -> list[str]:
    """Give each vacancy to the first list that is behind its share of all up to it, else to the rest."""
    given: list[str] = []
    for turn in range(1, vacancies + 1):
        behind = [
            name
            for name, percent in zip(NAMES[1:], shares, strict=True)
            if given.count(name) < due(percent, turn)
        ]
        given.append(behind[0] if behind else "open")
    return given


def rules(shares: tuple[int, int], overlap: str, falls_to: str = "open") -> Sources:
    declared = {
        name: Share(Fraction(percent), "half-up") for name, percent in zip(NAMES[1:], shares, strict=True)
    }
    points = spread(declared, 40)
    roster = Roster(40, points, "open", "x")
    sources = tuple(Source(name, name, "", "" if name == "open" else falls_to, "x") for name in NAMES)
    return Sources("turns", sources, roster, overlap, "x")


def lists(people: list[set[str]]) -> dict[str, list[Eligible]]:
    everybody = [Eligible(f"p{place}", place, place, 100 - place, 1) for place in range(1, len(people) + 1)]
    held = dict(zip((one.candidate_id for one in everybody), people, strict=True))
    return {
        "open": everybody,
        "quota": [one for one in everybody if "q" in held[one.candidate_id]],
        "disabled": [one for one in everybody if "d" in held[one.candidate_id]],
    }


@settings(max_examples=60, deadline=None)
@given(PEOPLE, SHARES, st.integers(1, 12))
def test_turns_by_the_first_turn_equal_naming_one_after_the_other(
    people: list[set[str]], shares: tuple[int, int], vacancies: int
) -> None:
    standing = lists(people)
    left = [one.candidate_id for one in standing["open"]]
    expected = []
    for name in slow_turns(shares, vacancies):
        own = [one for one in left if one in {person.candidate_id for person in standing[name]}] or left
        expected.append(own[0] if own else "")
        left = [one for one in left if one != expected[-1]]
    found = alternate(rules(shares, "first-turn"), standing, vacancies)
    assert [turn.candidate_id for turn in found] == expected
    assert [turn.source for turn in found] == slow_turns(shares, vacancies)


@settings(max_examples=60, deadline=None)
@given(PEOPLE, SHARES, st.integers(1, 12))
def test_whoever_the_open_list_reaches_uses_up_no_reserved_turn(
    people: list[set[str]], shares: tuple[int, int], vacancies: int
) -> None:
    standing = lists(people)
    found = alternate(rules(shares, "rest-first"), standing, vacancies)
    turns = slow_turns(shares, vacancies)
    head = {one.candidate_id for one in standing["open"][: turns.count("open")]}
    served = {turn.candidate_id: turn.served_by for turn in found if turn.candidate_id}
    assert {name for name, by in served.items() if by != "open"} & head == set()
    assert len(served) == min(vacancies, len(people))
    reserved = [name for name, by in served.items() if by == "quota"]
    able = [one.candidate_id for one in standing["quota"] if one.candidate_id not in head]
    others = {name for name, by in served.items() if by == "disabled"}
    assert sorted(reserved) == sorted([one for one in able if one not in others][: len(reserved)])


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_lists_in_order_hold_everybody_once_and_keep_the_order_of_each(people: list[set[str]]) -> None:
    standing = lists(people)
    sources = Sources("in-order", rules((20, 5), "each").sources, None, "each", "x")
    joined = join(
        sources, {"open": standing["disabled"], "quota": standing["quota"], "disabled": standing["open"]}
    )
    ids = [one.candidate_id for one in joined]
    expected: list[str] = []
    for part in (standing["disabled"], standing["quota"], standing["open"]):
        expected += [one.candidate_id for one in part if one.candidate_id not in expected]
    assert ids == expected
    assert [one.position for one in joined] == [one.rank for one in joined] == list(range(1, len(people) + 1))
