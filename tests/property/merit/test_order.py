"""Order, numbering, draws, preference and gates against slow sentences of the rules."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cmp_to_key

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exams import merit
from tests.unit.exams.merit.books import WRITTEN, book

PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "mark": st.integers(60, 75),
            "claims": st.sets(st.sampled_from(["v", "d"])),
            "day": st.integers(0, 2),
            "name": st.sampled_from(["Ada", "Ben", "Cy"]),
        }
    ),
    min_size=1,
    max_size=9,
)

RULES = """
[total]
minimum = "65"
[[preference]]
claim = "v"
kind = "points"
points = "5"
citation = "test"
[[preference]]
claim = "d"
kind = "points"
points = "2.5"
citation = "test"
[order]
numbering = "{numbering}"
[[order.key]]
by = "total"
[[order.key]]
by = "attribute.day"
first = "earliest"
[[order.key]]
by = "draw"
splits = false
[[order.key]]
by = "attribute.name"
first = "z-a"
splits = false
"""


def load(numbering: str) -> merit.Rulebook:
    return merit.rulebook.load(book(WRITTEN, RULES.format(numbering=numbering)))


BOOKS = {numbering: load(numbering) for numbering in ("dense", "competition", "unique")}


def table(people: list[dict[str, object]]) -> merit.Candidates:
    return merit.Candidates.of(
        {
            "id": person.get("id", f"p{place}"),
            "marks": {"written": person["mark"]},
            "claims": person["claims"],
            "attributes": {
                "day": date(2026, 1, 1) + timedelta(int(str(person["day"]))),
                "name": person["name"],
            },
        }
        for place, person in enumerate(people)
    )


def ranked(people: list[dict[str, object]], numbering: str = "competition") -> merit.MeritList:
    return merit.rank(BOOKS[numbering], table(people), list_id="L", seed="s")


def slow_order(people: list[dict[str, object]]) -> list[tuple[str, Fraction, int]]:
    """Compare people two by two, as a clerk would."""
    cards = []
    for place, person in enumerate(people):
        mark = Fraction(int(str(person["mark"])))
        if mark >= 65:
            claims = person["claims"]
            points = Fraction(5) if "v" in claims else Fraction(5, 2) if "d" in claims else Fraction(0)  # type: ignore[operator]
            cards.append((f"p{place}", mark + points, int(str(person["day"]))))

    def before(one: tuple[str, Fraction, int], other: tuple[str, Fraction, int]) -> int:
        if one[1] != other[1]:
            return -1 if one[1] > other[1] else 1
        if one[2] != other[2]:
            return one[2] - other[2]
        return -1 if merit.draw("s", "L", one[0]) < merit.draw("s", "L", other[0]) else 1

    return sorted(cards, key=cmp_to_key(before))


@settings(max_examples=60, deadline=None)
@given(PEOPLE)
def test_a_list_is_what_a_clerk_would_write(people: list[dict[str, object]]) -> None:
    cards = slow_order(people)
    expected: dict[str, list[int]] = {"dense": [], "competition": [], "unique": []}
    for place, card in enumerate(cards):
        same = place > 0 and cards[place - 1][1:] == card[1:]
        expected["unique"].append(place + 1)
        expected["competition"].append(expected["competition"][-1] if same else place + 1)
        last = expected["dense"][-1] if place else 0
        expected["dense"].append(last if same else last + 1)
    for numbering, ranks in expected.items():
        rows = [row for row in ranked(people, numbering).rows if row.passed]
        assert [row.candidate_id for row in rows] == [card[0] for card in cards]
        assert [row.rank for row in rows] == ranks
        assert [Fraction(row.numerator, row.denominator) for row in rows] == [card[1] for card in cards]


@settings(max_examples=40, deadline=None)
@given(PEOPLE, st.randoms(use_true_random=False))
def test_permuting_rows_changes_nothing(people: list[dict[str, object]], dice: object) -> None:
    named = [person | {"id": f"p{place}"} for place, person in enumerate(people)]
    first = ranked(named)
    dice.shuffle(named)  # type: ignore[attr-defined]
    again = ranked(named)
    assert (again.digest, again.rows) == (first.digest, first.rows)


@settings(max_examples=40, deadline=None)
@given(PEOPLE, st.integers(1, 5))
def test_more_marks_never_rank_lower(people: list[dict[str, object]], more: int) -> None:
    before = ranked(people).row("p0")
    raised = [people[0] | {"mark": int(str(people[0]["mark"])) + more}, *people[1:]]
    after = ranked(raised).row("p0")
    assert (after.rank or 99) <= (before.rank or 99)


@settings(max_examples=40, deadline=None)
@given(PEOPLE)
def test_a_withdrawal_moves_nobody_past_anybody(people: list[dict[str, object]]) -> None:
    before = [row.candidate_id for row in ranked(people).rows if row.passed]
    named = [person | {"id": f"p{place}"} for place, person in enumerate(people)]
    if len(named) == 1:
        return
    after = [row.candidate_id for row in ranked(named[1:]).rows if row.passed]
    assert after == [person for person in before if person != "p0"]


@settings(max_examples=40, deadline=None)
@given(PEOPLE)
def test_people_share_a_rank_only_where_the_rules_leave_them_equal(people: list[dict[str, object]]) -> None:
    merit_list = ranked(people)
    for row in merit_list.rows:
        own = people[int(row.candidate_id[1:])]
        for other in row.tied_with:
            peer = merit_list.row(other)
            assert (peer.numerator, people[int(other[1:])]["day"]) == (row.numerator, own["day"])
            assert row.candidate_id in peer.tied_with


@settings(max_examples=30, deadline=None)
@given(PEOPLE)
def test_every_explanation_agrees_with_the_engine(people: list[dict[str, object]]) -> None:
    merit_list = ranked(people)
    for row in merit_list.rows:
        explanation = merit.explain(merit_list, row.candidate_id)
        steps = {step.stage: step for step in explanation.steps}
        assert explanation.row == row
        assert steps["rank"].value == (str(row.rank) if row.rank else "none")
        assert steps["total"].value == str(people[int(row.candidate_id[1:])]["mark"])
        assert all(gate.value == "met" for gate in explanation.steps if gate.stage == "gate") == row.passed


@settings(max_examples=30, deadline=None)
@given(PEOPLE, st.integers(1, 4))
def test_the_reach_is_a_head_of_the_list_and_grows_with_vacancies(
    people: list[dict[str, object]], more: int
) -> None:
    city = replace(
        BOOKS["competition"],
        certification=merit.rulebook.in_force("new-york-open", date(2026, 1, 1)).certification,
    )
    names = merit.rank(city, table(people), list_id="L", seed="s").eligibles()
    few = merit.certify(city, names, issued_on=date(2026, 1, 2)).names
    many = merit.certify(city, names, issued_on=date(2026, 1, 2), vacancies=1 + more).names
    assert few == names[: len(few)]
    assert many[: len(few)] == few
    if len(few) < len(names):
        assert names[len(few)].score < few[-1].score


CAPPED = merit.rulebook.load(
    book(
        WRITTEN,
        """
[preferences]
cap = { percent = "40", rounding = "floor", citation = "test" }
[[preference]]
claim = "v"
kind = "points"
points = "5"
citation = "test"
[[preference]]
claim = "d"
kind = "points"
points = "2.5"
citation = "test"
""",
    )
)


def standing_inside(marks: dict[str, Fraction], places: int) -> set[str]:
    """Name the best, everybody tied with the last included."""
    last = sorted(marks.values(), reverse=True)[: max(places, 0)]
    return {one for one, mark in marks.items() if last and mark >= last[-1]}


def slow_cap(earned: dict[str, Fraction], points: dict[str, Fraction], places: int) -> dict[str, Fraction]:
    """Take points away, from the lowest who owe a place to them, until no more than the cap owe theirs."""
    points = dict(points)
    while True:
        marks = {one: mark + points[one] for one, mark in earned.items()}
        owing = standing_inside(marks, places) - standing_inside(earned, places)
        owing = {one for one in owing if points[one]}
        if len(owing) <= places * 40 // 100:
            return marks
        kept = sorted((marks[one] for one in owing), reverse=True)[: places * 40 // 100]
        for one in owing:
            if sum(marks[other] >= marks[one] for other in owing) > len(kept):
                points[one] = Fraction(0)


@settings(max_examples=60, deadline=None)
@given(PEOPLE, st.integers(0, 6))
def test_no_more_people_than_the_cap_owe_a_place_to_points(
    people: list[dict[str, object]], places: int
) -> None:
    listing = merit.rank(CAPPED, table(people), list_id="x", facts={"vacancies": places})
    earned = {f"p{place}": Fraction(int(str(person["mark"]))) for place, person in enumerate(people)}
    worth = {"v": Fraction(5), "d": Fraction(5, 2)}
    points = {
        f"p{place}": max((worth[claim] for claim in person["claims"]), default=Fraction(0))  # type: ignore[attr-defined]
        for place, person in enumerate(people)
    }
    expected = slow_cap(earned, points, places)
    assert {row.candidate_id: Fraction(row.numerator, row.denominator) for row in listing.rows} == expected
