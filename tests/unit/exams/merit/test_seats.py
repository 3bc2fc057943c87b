"""Guarantees over all blocks, seats carried over, and who may sit in open seats."""

import numpy as np
import pytest

from app.exams import merit
from app.exams.merit.choice import Choice, Seeker, choose
from app.exams.merit.gates import Gate
from tests.unit.exams.merit.books import WRITTEN, book

SEATS = """
[seats]
rest = "OPEN"
citation = "x"
overall = [{ claim = "ESM", share = "20" }]
block = [
  { name = "OPEN", citation = "open to all" },
  { name = "SC", claim = "SC", share = "30", citation = "x" },
]
"""


def listed(rulebook: merit.Rulebook, people: dict[str, list[str]], top: int = 99) -> merit.MeritList:
    rows = [
        {"id": name, "marks": {"written": top - place}, "claims": claims}
        for place, (name, claims) in enumerate(people.items())
    ]
    return merit.rank(rulebook, merit.Candidates.of(rows), list_id="x")


def seated(people: dict[str, list[str]], text: str = SEATS, vacancies: int = 10) -> dict[str, str]:
    rulebook = merit.rulebook.load(book(WRITTEN, text))
    allocation = merit.seat(rulebook, listed(rulebook, people), vacancies)
    found = {name: "".join(ids) for name, ids in allocation.by_block.items()}
    found |= {f"{name} lacks": str(dict(lacking)) for name, lacking in allocation.missing.items()}
    return found | {f"{name} empty": str(count) for name, count in allocation.empty.items()}


def people(**held: list[str]) -> dict[str, list[str]]:
    return {name: held.get(name, []) for name in "abcdefghijklmnop"}


def test_a_guarantee_over_all_blocks_is_met_in_the_block_where_each_belongs() -> None:
    sc = {name: ["SC"] for name in "hijk"}
    assert seated(people(**sc)) == {"OPEN": "abcdefg", "SC": "hij", "overall lacks": "{'ESM': 2}"}
    assert seated(people(**sc, m=["ESM"], n=["SC", "ESM"], o=["ESM"])) == {"OPEN": "abcdefm", "SC": "hin"}
    assert seated(people(**sc, b=["ESM"], n=["SC", "ESM"], o=["ESM"])) == {"OPEN": "abcdefg", "SC": "hin"}
    assert seated(people(**sc, a=["ESM"], b=["ESM"], n=["ESM"])) == {"OPEN": "abcdefg", "SC": "hij"}


def test_nobody_is_seated_where_no_block_takes_them_or_has_seats() -> None:
    closed = SEATS.replace('"open to all"', '"x", barred = ["ESM"]')
    sc = {name: ["SC"] for name in "hijk"}
    assert seated(people(**sc, m=["ESM"]), closed)["overall lacks"] == "{'ESM': 2}"
    nothing = SEATS.replace("30", "0")
    assert seated(people(m=["SC", "ESM"], n=["ESM"]), nothing) == {
        "OPEN": "abcdefghmn",
        "SC": "",
    }


def test_where_the_own_block_has_no_room_an_open_one_is_tried() -> None:
    full = SEATS.replace(
        'share = "30", citation', 'share = "10", guarantee = [{ claim = "W", share = "100" }], citation'
    )
    who = people(j=["SC", "W"], k=["SC", "ESM"], m=["ESM"], n=["ESM"])
    assert seated(who, full) == {"OPEN": "abcdefgkm", "SC": "j"}


def test_guarantees_for_several_claims_do_not_undo_each_other() -> None:
    two = SEATS.replace('share = "20" }]', 'share = "20" }, { claim = "W", share = "30" }]')
    who = people(g=["W"], m=["ESM"], n=["ESM"], o=["W"], p=["W"])
    assert seated(who, two.replace('share = "30", c', "c")) == {
        "OPEN": "abcdegmnop",
        "SC": "",
    }


def test_a_claim_with_a_block_of_its_own_has_no_guarantee_over_all() -> None:
    with pytest.raises(merit.RulebookError) as caught:
        merit.rulebook.load(book(WRITTEN, SEATS.replace('claim = "ESM"', 'claim = "SC"')))
    assert [(problem.line, problem.sentence) for problem in caught.value.problems] == [
        (book(WRITTEN).count("\n") + 5, "'SC' has a block of its own; guarantee seats inside it.")
    ]


def test_seats_are_carried_over() -> None:
    rulebook = merit.rulebook.load(book(WRITTEN, SEATS))
    first = merit.seat(rulebook, listed(rulebook, people(b=["SC"])), 10)
    assert first.empty == {"SC": 3}
    assert merit.seat_numbers(rulebook, 10, carried=first.empty) == {"OPEN": 7, "SC": 6}
    second = listed(rulebook, people(**{name: ["SC"] for name in "hijklm"}))
    assert len(merit.seat(rulebook, second, 10, carried=first.empty).by_block["SC"]) == 6
    for wrong in ({"ST": 1}, {"SC": -1}):
        with pytest.raises(merit.InputError, match="seats cannot be carried over to a block"):
            merit.seat_numbers(rulebook, 10, carried=wrong)
    with pytest.raises(merit.MeritError, match="already hold what is carried over"):
        merit.seat(rulebook, second, {"OPEN": 7}, carried={"SC": 1})


LOWER = 'minimum = "97"\nlower = [{ claim = "SC", minimum = "90", citation = "x" }]\n'


def test_who_passed_by_a_lower_minimum_may_be_kept_from_open_seats() -> None:
    plan = SEATS.replace('"open to all"', '"x", barred = ["lowered-minimum"]').replace("overall", "extra")
    plan = plan.replace('extra = [{ claim = "ESM", share = "20" }]\n', "")
    rulebook = merit.rulebook.load(book(WRITTEN, LOWER, plan))
    listing = listed(rulebook, people(b=["SC"], d=["SC"], e=["SC"]))
    assert listing.passed_count == 5
    allocation = merit.seat(rulebook, listing, {"OPEN": 4, "SC": 1})
    assert allocation.by_block == {"OPEN": ("a", "b", "c"), "SC": ("d",)}
    open_to_all = merit.rulebook.load(
        book(WRITTEN, LOWER, plan.replace('barred = ["lowered-minimum"], ', ""))
    )
    assert open_to_all.seats is not None


def test_why_somebody_has_a_seat_or_none() -> None:
    rulebook = merit.rulebook.load(book(WRITTEN, SEATS))
    listing = listed(rulebook, people(m=["ESM"], n=["SC", "ESM"]))
    allocation = merit.seat(rulebook, listing, 10)
    told = {}
    for name in "amnp":
        step = merit.explain(listing, name, allocation=allocation).steps[-1]
        told[name] = (step.value, step.arithmetic, step.citation)
    assert told == {
        "a": ("OPEN", "by merit, place 1 of 7", "open to all"),
        "m": ("OPEN", "by guarantee for ESM over all seats, place 7 of 7", "open to all"),
        "n": ("SC", "by merit, place 1 of 1", "x"),
        "p": ("none", "8 people have a seat: OPEN to 87.00, SC to 86.00", ""),
    }
    nobody = merit.seat(rulebook, listing, {"OPEN": 0, "SC": 0})
    assert merit.explain(listing, "a", allocation=nobody).steps[-1].arithmetic == "0 people have a seat"


SMALL = SEATS.replace('"ESM", share = "20"', '"W", share = "100"')


def small(who: dict[str, list[str]], text: str = SMALL) -> tuple[dict[str, tuple[str, ...]], object]:
    rulebook = merit.rulebook.load(book(WRITTEN, text))
    allocation = merit.seat(rulebook, listed(rulebook, who), {"OPEN": 1, "SC": 1})
    return dict(allocation.by_block), allocation.missing.get("overall")


def test_who_is_displaced_takes_no_seat_of_a_holder() -> None:
    who = {"a": ["SC"], "b": ["SC", "W"], "c": ["W"]}
    assert small(who) == ({"OPEN": ("c",), "SC": ("b",)}, None)


def test_a_placement_that_seats_nobody_more_is_not_made() -> None:
    # the seat of b is guaranteed for another claim, so that a would take it and one woman replace another
    inside = SMALL.replace(
        'share = "30", citation = "x"',
        'share = "30", citation = "x", guarantee = [{ claim = "D", share = "100" }]',
    )
    who = {"a": ["SC", "D"], "b": ["SC", "W", "D"], "c": ["W"]}
    assert small(who, inside) == ({"OPEN": ("a",), "SC": ("b",)}, {"W": 1})
    assert small({"a": ["W"], "b": ["W"]}) == ({"OPEN": ("a",), "SC": ()}, {"W": 1})


def test_only_a_minimum_with_lower_ones_can_be_relaxed() -> None:
    met = np.array([True, False])
    assert Gate("present", None, met).relaxed().tolist() == [False, False]


def test_somebody_for_whom_no_other_makes_room_is_not_matched() -> None:
    women = [Seeker("p0", frozenset({"W"})), Seeker("p1", frozenset({"W"})), Seeker("p2", frozenset({"D"}))]
    choice = choose(women, 2, {"W": 1, "D": 1})
    assert [person.candidate_id for person in choice.chosen] == ["p0", "p2"]
    assert (choice.missing, choice.grounds) == ({}, {"p0": "merit", "p2": "guarantee for D"})
    both = [
        Seeker("p0", frozenset({"D", "W"})),
        Seeker("p1", frozenset({"D"})),
        Seeker("p2", frozenset({"D"})),
    ]
    moved = choose(both, 2, {"W": 1, "D": 1})
    assert [person.candidate_id for person in moved.chosen] == ["p0", "p1"]
    three = [*women[:2], Seeker("p3", frozenset({"D", "W"})), Seeker("p4", frozenset({"X"}))]
    short = choose(three, 3, {"D": 1, "W": 1, "X": 1})
    assert [person.candidate_id for person in short.chosen] == ["p0", "p3", "p4"]


def test_people_of_broad_kinds_are_tried_in_every_number() -> None:
    broad = [
        Seeker("p0", frozenset({"W", "D"})),
        Seeker("p1", frozenset({"D", "X"})),
        Seeker("p2", frozenset()),
    ]
    needs = {"W": 1, "D": 1, "X": 1}
    choice = choose(broad, 2, needs, matching="one-to-all")
    assert [person.candidate_id for person in choice.chosen] == ["p0", "p1"]
    assert choice.missing == {}
    lacking = choose(broad[:1], 2, needs, matching="one-to-all")
    assert lacking.missing == {"X": 1}


def seekers(*held: str) -> list[Seeker]:
    return [Seeker(f"p{place}", frozenset(claims)) for place, claims in enumerate(held)]


def picked(choice: Choice) -> str:
    return " ".join(person.candidate_id for person in choice.chosen)


def test_people_move_between_their_guaranteed_seats_along_a_chain() -> None:
    # p0 gives D to p2 and takes W; below, p1 has to give W to p0 first
    assert picked(choose(seekers("DW", "", "D"), 2, {"D": 1, "W": 1})) == "p0 p2"
    chain = choose(seekers("DW", "WX", "", "D"), 3, {"D": 1, "W": 1, "X": 1})
    assert (picked(chain), dict(chain.missing)) == ("p0 p1 p3", {})


def test_every_guarantee_that_nobody_meets_leaves_its_seats_empty() -> None:
    hard = choose(seekers("", "", "", "", ""), 5, {"W": 2, "D": 1}, hard=True)
    assert (picked(hard), dict(hard.missing)) == ("p0 p1", {"W": 2, "D": 1})


def test_of_several_guarantees_the_first_by_name_is_served() -> None:
    many = dict.fromkeys("HGFEDCBA", 1)
    held = choose(seekers("", "ABCDEFGH"), 8, many, hard=True)
    assert (picked(held), held.grounds) == ("p1", {"p1": "guarantee for A"})
    assert sorted(held.missing) == list("BCDEFGH")


def test_one_guarantee_too_many_is_told_in_a_sentence() -> None:
    with pytest.raises(merit.MeritError) as found:
        choose(seekers("W"), 1, {"W": 1, "D": 1})
    assert str(found.value) == "2 seats are guaranteed, but the block has 1."


@pytest.mark.parametrize(
    ("held", "seats", "needs", "chosen"),
    [
        # whoever has been looked at cannot be counted on again
        (("WD", "", "W", "D"), 3, {"W": 2, "D": 2}, "p0 p2 p3"),
        (("WD", "", "W", "D", "X"), 4, {"W": 2, "D": 2, "X": 1}, "p0 p2 p3 p4"),
        # once all guarantees are met the other seats go to the first, also to somebody passed over before
        (("", "", "WD", ""), 3, {"W": 1, "D": 1}, "p0 p1 p2"),
        # two of one kind
        (("", "W", "W"), 2, {"W": 2}, "p1 p2"),
        # the kind met first is not the one to take: none of it, or one of two
        (("", "WD", "WX", "DY"), 2, {"W": 1, "D": 1, "X": 1, "Y": 1}, "p2 p3"),
        (("WD", "WD", "WX", "DY"), 3, {"W": 2, "D": 2, "X": 1, "Y": 1}, "p0 p2 p3"),
        (("", "WD", "WX", "WX", "DX", "DX"), 4, {"W": 1, "D": 1, "X": 4}, "p2 p3 p4 p5"),
        # the last declared is given up first where the seats are too few
        (("", "W", "D", "X"), 2, {"W": 1, "D": 1, "X": 1}, "p1 p2"),
    ],
)
def test_people_who_count_for_all_their_traits_are_the_first_who_can_meet_them(
    held: tuple[str, ...], seats: int, needs: dict[str, int], chosen: str
) -> None:
    assert picked(choose(seekers(*held), seats, needs, matching="one-to-all")) == chosen
