"""Reach, lives, selection rules, seats, rosters, posts and audits on small lists."""

from datetime import date
from fractions import Fraction

import pytest

from app.exams import merit
from app.exams.merit.choice import Seeker, choose
from tests.unit.exams.merit.books import WRITTEN, book

ON = date(2026, 3, 1)


def names(*cards: tuple[str, int, bool]) -> list[merit.Eligible]:
    """List people given as (name, mark, preference), best first, with dense ranks."""
    ranks = {mark: place for place, mark in enumerate(dict.fromkeys(mark for _, mark, _ in cards), start=1)}
    return [
        merit.Eligible(name, place, ranks[mark], mark, 1, preference)
        for place, (name, mark, preference) in enumerate(cards, start=1)
    ]


LIST = names(("a", 95, False), ("b", 90, True), ("c", 90, False), ("d", 85, False), ("e", 80, True))


def loaded(certification: str, selection: str = "") -> merit.Rulebook:
    text = f'[certification]\ncitation = "x"\n{certification}\n'
    rules = f'[[selection]]\nkind = "{selection}"\ncitation = "y"\n' if selection else ""
    return merit.rulebook.load(book(WRITTEN, text, rules))


@pytest.mark.parametrize(
    ("rules", "expected", "sentence"),
    [
        (
            'reach = "people"\nplus = "2"',
            "abc",
            "The highest 2 people may be considered; everybody tied with the last is",
        ),
        ('reach = "people"\nplus = "2"\nties = "break"', "ab", "The highest 2 people may be considered."),
        (
            'reach = "ranks"\nplus = "2"\nties = "break"',
            "abc",
            "Everybody in the highest 2 ranks may be considered.",
        ),
        (
            'reach = "scores"\nper_vacancy = "3"',
            "abcd",
            "Everybody with one of the highest 3 scores may be considered.",
        ),
        (
            'reach = "percent"\npercent = "30"\nties = "break"',
            "ab",
            "The highest 30 % of the list may be considered.",
        ),
        ('reach = "percent"\npercent = "30"\nrounding = "floor"\nties = "break"', "a", "The highest 30 %"),
        ('reach = "cut-score"\ncut = "85"', "abcd", "Everybody with 85 or more may be considered."),
        ('reach = "cut-score"\ncut = "99"\nminimum = 3', "abc", "Everybody with 99 or more"),
        ('reach = "whole-list"', "abcde", "The whole list may be considered."),
        ('reach = "people"\nplus = "9"\nmost = 4', "abcd", "The highest 9 people"),
    ],
)
def test_reaches(rules: str, expected: str, sentence: str) -> None:
    certificate = merit.certify(loaded(rules), LIST, issued_on=ON)
    assert "".join(name.candidate_id for name in certificate.names) == expected
    assert certificate.sentence.startswith(sentence)


def test_people_of_another_tier_are_not_equal_by_their_score() -> None:
    people = [merit.Eligible("v", 1, 1, 90, 1, True, "", 1), merit.Eligible("n", 2, 2, 90, 1, False, "", 2)]
    certificate = merit.certify(loaded('reach = "people"\nplus = "1"'), people, issued_on=ON)
    assert [name.candidate_id for name in certificate.names] == ["v"]


def test_a_rank_ends_where_a_tie_key_has_broken_it() -> None:
    people = [merit.Eligible(name, place, place, 90, 1) for place, name in enumerate("abc", start=1)]
    certificate = merit.certify(loaded('reach = "ranks"\nplus = "1"'), people, issued_on=ON)
    assert [name.candidate_id for name in certificate.names] == ["a"]
    at_least = merit.certify(
        loaded('reach = "ranks"\nplus = "1"\nminimum = 2\nties = "break"'), people, issued_on=ON
    )
    assert [name.candidate_id for name in at_least.names] == ["a", "b"]


def test_a_list_with_nobody_left_certifies_nobody() -> None:
    certificate = merit.certify(
        loaded('reach = "people"\nplus = "3"'), LIST, issued_on=ON, unavailable="abcde"
    )
    assert certificate.names == ()


def test_somebody_restored_stands_between_two_others() -> None:
    restored = merit.Eligible("r", Fraction(3, 2), 1, 95, 1)
    certificate = merit.certify(loaded('reach = "people"\nplus = "2"'), [*LIST, restored], issued_on=ON)
    assert [name.candidate_id for name in certificate.names] == ["a", "r"]
    assert (
        certificate.digest != merit.certify(loaded('reach = "people"\nplus = "2"'), LIST, issued_on=ON).digest
    )


def test_people_considered_often_enough_are_no_longer_certified() -> None:
    rules = loaded('reach = "people"\nplus = "2"\ndrop_after = 3')
    certificate = merit.certify(rules, LIST, issued_on=ON, considered={"a": 3, "b": 2})
    assert [name.candidate_id for name in certificate.names] == ["b", "c"]


def test_a_certificate_needs_a_vacancy_and_each_name_once() -> None:
    rules = loaded('reach = "people"\nplus = "2"')
    with pytest.raises(merit.MeritError, match="at least one vacancy"):
        merit.certify(rules, LIST, issued_on=ON, vacancies=0)
    with pytest.raises(merit.InputError, match="eligible list: somebody stands in it twice"):
        merit.certify(rules, [*LIST, LIST[0]], issued_on=ON)
    with pytest.raises(merit.MeritError, match="has no rules of certification"):
        merit.certify(merit.rulebook.load(book(WRITTEN)), LIST, issued_on=ON)


def test_lives_may_be_without_end() -> None:
    rules = loaded('reach = "people"\nplus = "2"')
    assert merit.list_ends_on(rules, ON) is None
    assert merit.certify(rules, LIST, issued_on=ON, list_established_on=date(1990, 1, 1)).expires_on is None


def test_a_category_with_few_names_is_joined_with_the_next() -> None:
    people = [
        merit.Eligible("h1", 1, 1, 95, 1, False, "A"),
        merit.Eligible("h2", 2, 1, 95, 1, False, "A"),
        merit.Eligible("l1", 3, 2, 85, 1, True, "B"),
        merit.Eligible("m1", 4, 3, 75, 1, True, "C"),
    ]
    federal = merit.rulebook.in_force("us-federal-category", ON)
    certificate = merit.certify(federal, people, issued_on=ON)
    assert [name.candidate_id for name in certificate.names] == ["l1", "h1", "h2"]
    assert certificate.sentence == (
        "The highest category may be considered, joined with the next when fewer than 3 are left in it."
    )


def judged(rules: merit.Rulebook, selected: str, **more: object) -> list[tuple[str, tuple[str, ...]]]:
    certificate = merit.certify(rules, LIST, issued_on=ON)
    (ruling,) = merit.check_selection(rules, certificate, [selected], on=ON, **more)  # type: ignore[arg-type]
    assert ruling.lawful == (not ruling.refusals)
    return [(refusal.code, refusal.people) for refusal in ruling.refusals]


@pytest.mark.parametrize(
    ("rule", "selected", "expected"),
    [
        ("no-preference-passed-over", "c", [("no-preference-passed-over", ("b",))]),
        ("no-preference-passed-over", "a", []),
        ("no-preference-passed-over", "e", []),
        ("preference-in-order", "c", []),
        ("preference-in-order", "d", [("preference-in-order", ("b",))]),
        ("preference-in-order", "e", [("preference-in-order", ("b",))]),
        ("preference-at-head", "d", []),
        ("reasons-below-highest", "c", [("reasons-below-highest", ("a",))]),
        ("strict-order", "c", [("strict-order", ("a", "b"))]),
        ("strict-order", "a", []),
    ],
)
def test_rules_of_selection(rule: str, selected: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert judged(loaded('reach = "whole-list"', rule), selected) == expected


def test_documents_on_file_cure_what_they_are_for() -> None:
    whole = 'reach = "whole-list"'
    assert (
        judged(loaded(whole, "no-preference-passed-over"), "c", evidence=merit.Evidence(pass_overs=["b"]))
        == []
    )
    reasons = merit.Evidence(written_reasons=["a"])
    assert judged(loaded(whole, "reasons-below-highest"), "c", evidence=reasons) == []
    assert judged(loaded(whole, "strict-order"), "b", evidence=reasons) == [("strict-order", ("a",))]
    first = names(("b", 95, True), ("a", 90, False))
    head = loaded(whole, "preference-at-head")
    certificate = merit.certify(head, first, issued_on=ON)
    refused, allowed = (
        merit.check_selection(head, certificate, ["a"], on=ON, evidence=evidence)[0]
        for evidence in (merit.Evidence(), merit.Evidence(cause_shown=["b"]))
    )
    assert [(refusal.code, refusal.people) for refusal in refused.refusals] == [
        ("preference-at-head", ("b",))
    ]
    assert allowed.lawful


def test_only_names_of_the_list_that_are_available_can_be_selected() -> None:
    rules = loaded('reach = "people"\nplus = "1"')
    assert judged(rules, "z") == [("not-on-list", ())]
    assert judged(rules, "d") == [("below-reach", ("a",))]
    assert judged(rules, "a", unavailable=["a"]) == [("unavailable", ())]


def test_somebody_out_of_reach_breaks_the_other_rules_too() -> None:
    rules = loaded('reach = "people"\nplus = "1"\nreform = true', "strict-order")
    assert judged(rules, "c") == [("below-reach", ("a",)), ("strict-order", ("a", "b"))]


def test_a_certificate_of_another_rulebook_is_refused() -> None:
    certificate = merit.certify(loaded('reach = "whole-list"'), LIST, issued_on=ON)
    with pytest.raises(merit.MeritError, match="issued under another rulebook"):
        merit.check_selection(loaded('reach = "people"\nplus = "1"'), certificate, ["a"], on=ON)


SEATS = """
[seats]
rest = "OPEN"
citation = "x"
hard = {hard}
[[seats.block]]
name = "OPEN"
citation = "x"
barred = ["relaxed"]
[[seats.block]]
name = "SC"
claim = "sc"
share = "50"
rounding = "{rounding}"
falls_to = "{falls}"
citation = "x"
"""


def allocated(
    seats: object, *claims: list[str], rounding: str = "floor", falls: str = "OPEN", **more: object
) -> merit.Allocation:
    text = SEATS.format(hard="false", rounding=rounding, falls=falls)
    rows = [
        {"id": f"p{place}", "marks": {"written": 90 - place}, "claims": held}
        for place, held in enumerate(claims)
    ]
    rulebook = merit.rulebook.load(book(WRITTEN, text))
    listing = merit.rank(rulebook, merit.Candidates.of(rows), list_id="x")
    return merit.seat(rulebook, listing, seats, **more)  # type: ignore[arg-type]


def test_seats_nobody_fills_fall_to_the_declared_block() -> None:
    allocation = allocated(4, [], [], ["sc"], [])
    assert dict(allocation.by_block) == {"OPEN": ("p0", "p1", "p3"), "SC": ("p2",)}
    assert allocation.empty == {}
    seat = allocation.seat("p3")
    assert seat is not None
    assert seat.ground == "merit, in a seat that nobody of SC fills"
    assert allocation.seat("p9") is None


def test_barred_people_sit_in_their_own_block_only() -> None:
    allocation = allocated(2, ["sc", "relaxed"], [], [])
    assert dict(allocation.by_block) == {"OPEN": ("p1",), "SC": ("p0",)}


def test_seats_are_announced_by_block_or_shared() -> None:
    assert dict(allocated({"OPEN": 1, "SC": 1}, [], ["sc"], ["sc"]).by_block) == {
        "OPEN": ("p0",),
        "SC": ("p1",),
    }
    with pytest.raises(merit.InputError, match="seats: the rulebook has no block 'ST'"):
        allocated({"ST": 1}, [])
    with pytest.raises(merit.MeritError, match="has no rules for seats"):
        merit.seat_numbers(merit.rulebook.load(book(WRITTEN)), 3)


def test_shares_may_not_ask_for_more_than_there_is() -> None:
    twice = (
        SEATS.format(hard="false", rounding="ceiling", falls="OPEN")
        + '[[seats.block]]\nname = "ST"\nshare = "50"\nrounding = "ceiling"\ncitation = "x"\n'
    )
    rulebook = merit.rulebook.load(book(WRITTEN, twice))
    with pytest.raises(merit.MeritError, match="The shares ask for more than the 3 vacancies"):
        merit.seat_numbers(rulebook, 3)


PEOPLE = [Seeker(f"p{place}", frozenset(held)) for place, held in enumerate(["", "", "W", "WD", "D"])]


def test_a_guarantee_gives_its_ground() -> None:
    choice = choose(PEOPLE, 2, {"W": 1})
    assert [person.candidate_id for person in choice.chosen] == ["p0", "p2"]
    assert dict(choice.grounds) == {"p0": "merit", "p2": "guarantee for W"}


def test_a_hard_guarantee_leaves_its_seat_empty() -> None:
    few = PEOPLE[:2]
    assert [person.candidate_id for person in choose(few, 2, {"W": 1}).chosen] == ["p0", "p1"]
    hard = choose(few, 2, {"W": 1}, hard=True)
    assert ([person.candidate_id for person in hard.chosen], dict(hard.missing)) == (["p0"], {"W": 1})


def test_a_person_may_count_for_all_traits() -> None:
    choice = choose(PEOPLE, 2, {"W": 1, "D": 1}, matching="one-to-all")
    assert [person.candidate_id for person in choice.chosen] == ["p0", "p3"]
    assert choice.grounds["p3"] == "guarantee for W and D"
    singles = [Seeker(f"s{place}", frozenset(held)) for place, held in enumerate(["", "", "D", "W"])]
    apart = choose(singles, 2, {"W": 1, "D": 1}, matching="one-to-all")
    assert dict(apart.grounds) == {"s2": "guarantee for D", "s3": "guarantee for W"}
    shut = choose(PEOPLE, 2, {"W": 1}, matching="one-to-all", protected={"p3"})
    assert [person.candidate_id for person in shut.chosen] == ["p0", "p3"]


def test_more_guarantees_than_seats_are_refused() -> None:
    with pytest.raises(merit.MeritError, match="2 seats are guaranteed, but the block has 1"):
        choose(PEOPLE, 1, {"W": 1, "D": 1})


ROSTER = (
    SEATS.format(hard="false", rounding="floor", falls="").replace('falls_to = ""\n', "")
    + """
[seats.roster]
length = 3
other = "OPEN"
citation = "x"
block = [{ name = "SC", points = [2] }]
"""
)


def test_a_roster_begins_again_after_its_last_point() -> None:
    rulebook = merit.rulebook.load(book(WRITTEN, ROSTER))
    assert merit.seat_numbers(rulebook, 5) == {"OPEN": 3, "SC": 2}
    assert merit.seat_numbers(rulebook, 2, first_point=3) == {"OPEN": 2, "SC": 0}
    with pytest.raises(merit.MeritError, match="counted from 1"):
        merit.seat_numbers(rulebook, 1, first_point=0)


def test_posts_are_named_once_and_exist() -> None:
    rulebook = merit.rulebook.load(book(WRITTEN, ROSTER))
    rows = [{"id": name, "marks": {"written": mark}} for name, mark in (("a", 90), ("b", 80), ("c", 70))]
    listing = merit.rank(rulebook, merit.Candidates.of(rows), list_id="x")
    posts = [merit.Post("north", {"OPEN": 1}), merit.Post("south", {"OPEN": 1})]
    named = {"a": ["south"], "b": ["south", "north"], "c": ["north"]}
    assert merit.assign(rulebook, listing, posts, named).post_of == {"a": "south", "b": "north"}
    for wrong, sentence in (
        (["east"], "there is no post 'east'"),
        (["north", "north"], "a post is named twice"),
    ):
        with pytest.raises(merit.InputError, match=f"preferences, row a: {sentence}"):
            merit.assign(rulebook, listing, posts, {"a": wrong})


def test_nobody_is_added_where_nobody_sits() -> None:
    extra = ROSTER + '[[seats.extra]]\nclaim = "f"\nshare = "50"\ncitation = "x"\n'
    rulebook = merit.rulebook.load(book(WRITTEN, extra))
    listing = merit.rank(
        rulebook, merit.Candidates.of([{"id": "a", "marks": {"written": 9}, "claims": ["f"]}]), list_id="x"
    )
    assert merit.seat(rulebook, listing, {"OPEN": 0}).seats == ()


def listing(*marks: int) -> merit.MeritList:
    rows = [{"id": f"p{place}", "marks": {"written": mark}} for place, mark in enumerate(marks)]
    return merit.rank(merit.rulebook.load(book(WRITTEN)), merit.Candidates.of(rows), list_id="x")


def test_a_replay_gives_the_stored_digest_or_shows_both() -> None:
    first = listing(90, 80)
    assert merit.replay(first, first.digest).equal
    assert not merit.replay(first, listing(90, 81).digest).equal


def test_differences_name_everybody_who_moved() -> None:
    assert merit.differences(listing(90, 80), listing(90, 80)) == ()
    assert merit.differences(listing(90, 80), listing(90, 95, 10)) == (
        merit.Moved("p0", 1, 2, "90.00", "90.00"),
        merit.Moved("p1", 2, 1, "80.00", "95.00"),
        merit.Moved("p2", None, 3, None, "10.00"),
    )


def test_lost_consideration_needs_all_four() -> None:
    rules = loaded('reach = "people"\nplus = "2"\nties = "break"')
    wrong = merit.certify(rules, names(("a", 95, False), ("x", 92, False), ("b", 90, False)), issued_on=ON)
    right = merit.certify(rules, names(("a", 95, False), ("b", 90, False), ("x", 70, False)), issued_on=ON)
    assert merit.reach_difference(wrong, right) == merit.ReachDifference(("b",), ("x",))
    assert merit.lost_consideration(wrong, right, ["x"], {"b": True}) == ("b",)
    assert merit.lost_consideration(wrong, right, ["x"], {"b": False}) == ()
    assert merit.lost_consideration(wrong, right, ["a"], {"b": True}) == ()
    assert merit.lost_consideration(wrong, right, ["a", "x"], {"b": True}) == ("b",)
    assert merit.lost_consideration(wrong, right, ["x"], {}) == ()
    assert merit.lost_consideration(wrong, right, [], {"b": True}) == ()
    assert merit.considerations_owed(1, [True, True]) == 0


def test_an_answer_has_its_effect_once_its_evidence_is_on_file() -> None:
    office = merit.rulebook.in_force("plain-office", ON)
    missing = merit.check_decline(office, "illness", [])
    assert missing == merit.DeclineRuling("illness", "", ("medical certificate",), "Example rules")
    assert merit.check_decline(office, "illness", ["medical certificate"]).effect == "passed-once"
    assert merit.check_decline(office, "salary", []).effect == "rests"
    with pytest.raises(merit.InputError, match="answers, row gone: the rulebook has no such code"):
        merit.check_decline(office, "gone", [])


def by_score(rules: str, *people: tuple[str, int, int]) -> list[str]:
    """Certify people given as (id, mark, tier) in list order."""
    rulebook = merit.rulebook.load(book(WRITTEN, f'[certification]\n{rules}\ncitation = "x"\n'))
    names = [
        merit.Eligible(name, place, place, mark, 1, tier=tier)
        for place, (name, mark, tier) in enumerate(people, start=1)
    ]
    return [name.candidate_id for name in merit.certify(rulebook, names, issued_on=date(2026, 1, 2)).names]


TIERS = (("v", 70, 1), ("w", 95, 1), ("a", 99, 2), ("b", 94, 2), ("c", 94, 2), ("d", 80, 2))


def test_a_reach_by_marks_asks_for_the_mark_whatever_the_tier() -> None:
    assert by_score('reach = "cut-score"\ncut = "94"', *TIERS) == ["w", "a", "b", "c"]
    assert by_score('reach = "cut-score"\ncut = "95"', *TIERS) == ["w", "a"]
    assert by_score('reach = "within"\nwithin = "5"', *TIERS) == ["w", "a", "b", "c"]
    assert by_score('reach = "within"\nwithin = "4.5"', *TIERS) == ["w", "a"]
    assert by_score('reach = "within"\nwithin = "0"', *TIERS) == ["a"]
    assert by_score('reach = "within"\nwithin = "0"\nminimum = 2', *TIERS) == ["v", "a"]
    assert by_score('reach = "cut-score"\ncut = "94"\nmost = 3', *TIERS) == ["w", "a", "b", "c"]
    assert by_score('reach = "cut-score"\ncut = "94"\nmost = 3\nties = "break"', *TIERS) == ["w", "a", "b"]
    assert by_score('reach = "cut-score"\ncut = "100"', *TIERS) == []
    said = merit.rulebook.load(
        book(WRITTEN, '[certification]\nreach = "within"\nwithin = "5"\ncitation = "x"\n')
    )
    certificate = merit.certify(said, [merit.Eligible("a", 1, 1, 9, 1)], issued_on=date(2026, 1, 2))
    assert certificate.sentence == "Everybody within 5 of the best mark may be considered."
