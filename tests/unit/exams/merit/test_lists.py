"""Several lists that serve the same vacancies."""

import hashlib
import json
from datetime import date

import pytest

from app.exams import merit
from tests.unit.exams.merit.books import WRITTEN, book

DAY = date(2026, 3, 2)


def rules(
    more: str = "", *, reach: str = 'reach = "people"\nper_vacancy = "1"', third: str = "20"
) -> merit.Rulebook:
    return merit.rulebook.load(
        book(
            WRITTEN,
            f"""
[certification]
{reach}
ties = "break"
citation = "x"
[certification.lists]
citation = "x"
{more}
list = [
  {{ name = "open", title = "Open list", citation = "x" }},
  {{ name = "quota", claim = "q", falls_to = "open", citation = "x" }},
  {{ name = "disabled", claim = "d", falls_to = "quota", citation = "x" }},
]
[certification.lists.roster]
length = 20
other = "open"
citation = "x"
block = [
  {{ name = "quota", share = "{third}", rounding = "half-up" }},
  {{ name = "disabled", share = "5", rounding = "half-up" }},
]
""",
        )
    )


def eligibles(*ids: str, ranks: tuple[int, ...] = ()) -> list[merit.Eligible]:
    return [
        merit.Eligible(name, place, ranks[place - 1] if ranks else place, 100 - place, 1)
        for place, name in enumerate(ids, start=1)
    ]


def shown(joint: merit.JointCertificate) -> list[tuple[int, str, str, str]]:
    return [(turn.number, turn.source, turn.served_by, turn.candidate_id) for turn in joint.turns]


def test_turns_follow_the_share_rounded_after_each_vacancy() -> None:
    lists = {"open": eligibles(*"abcdefghijkl"), "quota": eligibles("q1", "q2"), "disabled": eligibles("d1")}
    joint = merit.certify_lists(rules(), lists, issued_on=DAY, vacancies=11)
    assert [number for number, source, _, _ in shown(joint) if source == "quota"] == [3, 8]
    assert [number for number, source, _, _ in shown(joint) if source == "disabled"] == [10]
    assert joint.order == ("a", "b", "q1", "c", "d", "e", "f", "q2", "g", "d1", "h")
    assert {name: one.vacancies for name, one in joint.certificates.items()} == {
        "open": 8,
        "quota": 2,
        "disabled": 1,
    }
    assert joint.certificates["open"].issued_on == DAY
    assert joint.certificates["open"].sentence == (
        "Open list: 8 of 11 vacancies. The highest 8 people may be considered."
    )


def test_the_count_of_turns_goes_on_over_the_life_of_the_lists() -> None:
    lists = {"open": eligibles(*"abc"), "quota": eligibles("q1", "q2")}
    joint = merit.certify_lists(rules(), lists, issued_on=DAY, vacancies=2, first_turn=3)
    assert shown(joint) == [(3, "quota", "quota", "q1"), (4, "open", "open", "a")]


def test_a_turn_nobody_is_left_for_falls_to_the_next_list_and_may_stay_empty() -> None:
    lists = {"open": eligibles("a", "b"), "disabled": eligibles("d1")}
    joint = merit.certify_lists(rules(), lists, issued_on=DAY, vacancies=4)
    assert shown(joint) == [
        (1, "open", "open", "a"),
        (2, "open", "open", "b"),
        (3, "quota", "", ""),
        (4, "open", "", ""),
    ]
    assert joint.order == ("a", "b")
    chained = merit.certify_lists(
        rules(), {"open": eligibles(*"abcdefghijklm"), "quota": eligibles("q")}, issued_on=DAY, vacancies=10
    )
    assert shown(chained)[9] == (10, "disabled", "open", "i")


BOTH = {"open": eligibles("a", "b", "x", "c", "e"), "quota": eligibles("x", "y")}


def test_overlap_says_what_becomes_of_people_on_several_lists() -> None:
    first = merit.certify_lists(rules(), BOTH, issued_on=DAY, vacancies=4)
    assert first.order == ("a", "b", "x", "c")
    rest = merit.certify_lists(rules('overlap = "rest-first"'), BOTH, issued_on=DAY, vacancies=4)
    assert rest.order == ("a", "b", "y", "x")
    each = merit.certify_lists(rules('overlap = "each"'), BOTH, issued_on=DAY, vacancies=4)
    assert each.order == ("a", "b", "x", "x")
    assert [name.candidate_id for name in each.certificates["open"].names] == ["a", "b", "x"]
    assert len({joint.digest for joint in (first, rest, each)}) == 3


def test_a_wider_reach_counts_for_each_list_without_those_whom_others_name() -> None:
    three = rules(reach='reach = "people"\nper_vacancy = "1"\nplus = "2"')
    joint = merit.certify_lists(three, BOTH, issued_on=DAY, vacancies=3)
    names = {name: [one.candidate_id for one in cert.names] for name, cert in joint.certificates.items()}
    assert names == {"open": ["a", "b", "c", "e"], "quota": ["x", "y"]}


def test_one_list_after_the_other() -> None:
    text = rules().data["certification"]
    assert text["lists"]["roster"]["length"] == 20
    ordered = merit.rulebook.load(
        book(
            WRITTEN,
            """
[certification]
reach = "people"
plus = "2"
per_vacancy = "1"
citation = "x"
[certification.lists]
combine = "in-order"
citation = "x"
list = [{ name = "preferred", citation = "x" }, { name = "open", citation = "x" }]
""",
        )
    )
    lists = {
        "preferred": eligibles("p", "q", ranks=(4, 4)),
        "open": [merit.Eligible("q", 1, 1, 99, 1), merit.Eligible("r", 2, 2, 98, 1), *eligibles("s")[:0]],
    }
    same = [merit.Eligible("t", 3, 2, 98, 1), merit.Eligible("u", 4, 4, 97, 1, tier=2)]
    joint = merit.certify_lists(ordered, lists | {"open": [*lists["open"], *same]}, issued_on=DAY)
    assert joint.turns == ()
    certificate = joint.certificates[""]
    assert [(one.candidate_id, one.position, one.rank, one.tier) for one in certificate.standing] == [
        ("p", 1, 1, 0),
        ("q", 2, 1, 0),
        ("r", 3, 2, 1000),
        ("t", 4, 2, 1000),
        ("u", 5, 3, 1002),
    ]
    assert [one.candidate_id for one in certificate.names] == ["p", "q", "r", "t"]
    assert certificate.sentence.startswith("The highest 3 people")
    with pytest.raises(merit.MeritError, match="The list ended on 2026-03-01"):
        merit.certify_lists(
            merit.adjust(ordered, {("certification", "list_life", "years"): 1}),
            lists,
            issued_on=DAY,
            list_established_on={"preferred": DAY, "open": date(2025, 3, 1)},
        )
    # somebody equal in mark on the next list is not tied with the last of the list before
    tied = {"preferred": eligibles("p"), "open": eligibles("r", "s")}
    one_only = merit.certify_lists(ordered, tied, issued_on=DAY).certificates[""]
    assert [one.rank for one in one_only.standing] == [1, 2, 3]


def test_one_merit_list_is_divided_by_claims() -> None:
    rows = [
        {"id": name, "marks": {"written": mark}, "claims": claims}
        for name, mark, claims in (("a", 90, []), ("b", 80, ["q"]), ("c", 70, ["d", "q"]), ("z", 60, ["d"]))
    ]
    loaded = rules()
    listing = merit.rank(loaded, merit.Candidates.of(rows), list_id="L")
    divided = merit.sublists(loaded, listing)
    assert {name: [one.candidate_id for one in people] for name, people in divided.items()} == {
        "open": ["a", "b", "c", "z"],
        "quota": ["b", "c"],
        "disabled": ["c", "z"],
    }
    one = merit.rulebook.load(book(WRITTEN, '[certification]\nreach = "whole-list"\ncitation = "x"\n'))
    assert merit.sublists(one, merit.rank(one, merit.Candidates.of(rows), list_id="L")) == {}


def test_unavailable_people_take_no_turn_and_dead_lists_are_refused() -> None:
    lived = rules(reach='list_life = { years = 1 }\nreach = "people"\nper_vacancy = "1"')
    joint = merit.certify_lists(
        lived, BOTH, issued_on=DAY, vacancies=3, unavailable=["a", "x"], list_established_on={"open": DAY}
    )
    assert joint.order == ("b", "c", "y")
    with pytest.raises(merit.InputError, match="the rulebook has no list 'other'"):
        merit.certify_lists(lived, BOTH, issued_on=DAY, list_established_on={"other": DAY})
    # a list that nobody stands on has nobody to certify, however old it is
    old = {"disabled": date(2020, 1, 1)}
    assert merit.certify_lists(lived, BOTH, issued_on=DAY, list_established_on=old).order == ("a",)
    with pytest.raises(merit.MeritError, match="The list ended on 2026-02-01"):
        merit.certify_lists(
            lived, BOTH, issued_on=DAY, vacancies=1, list_established_on={"open": date(2025, 2, 1)}
        )


def test_wrong_calls_are_refused() -> None:
    with pytest.raises(merit.InputError, match="the rulebook has no list 'other'"):
        merit.certify_lists(rules(), {"other": []}, issued_on=DAY)
    with pytest.raises(merit.MeritError, match="The rulebook 'test' certifies from several lists together"):
        merit.certify(rules(), eligibles("a"), issued_on=DAY)
    assert merit.certify(rules(), (), issued_on=DAY).names == ()
    with pytest.raises(merit.MeritError, match="A certificate needs at least one vacancy"):
        merit.certify_lists(rules(), {}, issued_on=DAY, vacancies=0)
    with pytest.raises(merit.MeritError, match="The rulebook has one list only"):
        merit.certify_lists(merit.rulebook.in_force("plain-office", DAY), {}, issued_on=DAY)


def faults(lists: str) -> list[tuple[int, str]]:
    text = 'reach = "whole-list"\ncitation = "x"\n[certification.lists]\ncitation = "x"\n'
    with pytest.raises(merit.RulebookError) as caught:
        merit.rulebook.load(book(WRITTEN, "[certification]\n", text, lists))
    first = book(WRITTEN).count("\n") + text.count("\n")
    return [(problem.line - first, problem.sentence) for problem in caught.value.problems]


ROSTER = 'roster = { length = 2, other = "a", citation = "x", block = [{ name = "b", points = [2] }] }\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'list = [{ name = "a", citation = "x" }]\n' + ROSTER.replace('"b"', '"a"'),
            [(2, "[certification.lists] needs at least two lists.")],
        ),
        (
            'list = [\n{ name = "a", citation = "x" },\n{ name = "b", citation = "x" },\n]\n',
            [(0, "Lists that take turns, and no others, have a [certification.lists.roster].")],
        ),
        (
            'list = [\n{ name = "a", citation = "x" },\n{ name = "a", falls_to = "c", citation = "x" },\n]\n'
            + ROSTER,
            [
                (4, "The list 'a' stands here twice."),
                (4, "There is no list 'c'."),
                (6, "There is no list 'b'."),
            ],
        ),
        (
            'list = [\n{ name = "a", citation = "x" },\n{ name = "b" },\n]\n' + ROSTER,
            [(4, "certification lists list 2 needs 'citation'.")],
        ),
    ],
    ids=["one list", "no roster", "names", "citation"],
)
def test_faults_of_lists_are_named(text: str, expected: list[tuple[int, str]]) -> None:
    assert faults(text) == expected


SEATS = """
[seats]
citation = "x"
block = [
  { name = "UR", citation = "x" },
  { name = "A", claim = "a", citation = "x" },
  { name = "B", claim = "b", citation = "x" },
]
[seats.roster]
length = 20
other = "UR"
citation = "x"
block = [{ name = "B", share = "25" }, { name = "A", share = "35" }]
"""


def test_a_roster_is_made_from_shares() -> None:
    made = merit.rulebook.load(book(WRITTEN, SEATS))
    line = [
        next(name for name, count in merit.seat_numbers(made, 1, first_point=point).items() if count)
        for point in range(1, 23)
    ]
    assert line == [
        *("UR", "UR", "A", "B", "UR", "A", "UR", "B", "A", "UR"),
        *("UR", "B", "A", "UR", "A", "B", "UR", "A", "A", "B"),
        *("UR", "UR"),
    ]
    assert merit.seat_numbers(made, 20) == {"UR": 8, "A": 7, "B": 5}


def test_what_is_due_at_the_end_takes_the_last_free_points() -> None:
    text = SEATS.replace("length = 20", "length = 4").replace('"25"', '"50"').replace('"35"', '"25"')
    assert merit.seat_numbers(merit.rulebook.load(book(WRITTEN, text)), 4) == {"UR": 1, "A": 1, "B": 2}
    full = text.replace('"25"', '"50"')
    assert merit.seat_numbers(merit.rulebook.load(book(WRITTEN, full)), 4) == {"UR": 0, "A": 2, "B": 2}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('share = "25" }', "points = [1] }", "A roster has points or shares, not both."),
        ('"25"', '"0"', "A share must be above 0."),
        ('"25"', '"70"', "The shares of the roster add up to more than 100."),
    ],
)
def test_faults_of_shares_in_a_roster_are_named(old: str, new: str, said: str) -> None:
    with pytest.raises(merit.RulebookError) as caught:
        merit.rulebook.load(book(WRITTEN, SEATS.replace(old, new)))
    assert [(problem.line, problem.sentence) for problem in caught.value.problems] == [
        (book(WRITTEN).count("\n") + 13, said)
    ]


def test_refusals_are_whole_sentences() -> None:
    calls = [
        (
            lambda: merit.certify_lists(rules(), {"z": []}, issued_on=DAY),
            "lists: the rulebook has no list 'z'.",
        ),
        (
            lambda: merit.certify_lists(rules(), {}, issued_on=DAY, vacancies=0),
            "A certificate needs at least one vacancy.",
        ),
        (
            lambda: merit.certify_lists(merit.rulebook.in_force("plain-office", DAY), {}, issued_on=DAY),
            "The rulebook has one list only.",
        ),
    ]
    for call, said in calls:
        with pytest.raises(merit.MeritError) as caught:
            call()
        assert str(caught.value) == said


def test_a_joint_certificate_covers_turns_and_certificates() -> None:
    dropping = rules(reach='drop_after = 2\nreach = "people"\nper_vacancy = "1"')
    joint = merit.certify_lists(dropping, BOTH, issued_on=DAY, vacancies=3, considered={"a": 2, "b": 1})
    assert joint.order == ("b", "x", "y")
    turns = [[1, "open", "open", "b"], [2, "open", "open", "x"], [3, "quota", "quota", "y"]]
    parts = {name: certificate.digest for name, certificate in joint.certificates.items()}
    text = json.dumps({"turns": turns} | parts, sort_keys=True, separators=(",", ":"))
    assert joint.digest == hashlib.sha256(text.encode()).hexdigest()
    assert {certificate.rulebook_digest for certificate in joint.certificates.values()} == {dropping.digest}
