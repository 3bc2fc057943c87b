"""Qualifying parts, copies, composites that are normalised, and keeping the best of groups."""

from typing import Any

import pytest

from app.exams import merit
from tests.unit.exams.merit.books import WRITTEN, book


def listed(text: str, rows: list[dict[str, Any]], **facts: Any) -> merit.MeritList:
    return merit.rank(merit.rulebook.load(book(text)), merit.Candidates.of(rows), list_id="x", facts=facts)


def scores(listing: merit.MeritList) -> dict[str, tuple[str, bool]]:
    return {row.candidate_id: (row.score, row.passed) for row in listing.rows}


LANGUAGE = """
[[component]]
name = "language"
title = "Language"
kind = "mark"
maximum = "300"
minimum = "75"
qualifying = true
"""


def test_a_qualifying_part_must_be_passed_and_adds_nothing() -> None:
    rows = [
        {"id": "a", "marks": {"written": 60, "language": 75}},
        {"id": "b", "marks": {"written": 99, "language": 74}},
        {"id": "c", "marks": {"written": 70, "language": 300}},
    ]
    listing = listed(WRITTEN + LANGUAGE, rows)
    assert scores(listing) == {"c": ("70.00", True), "a": ("60.00", True), "b": ("99.00", False)}
    assert listing.row("b").failed == ("Language",)
    told = [(step.stage, step.value, step.arithmetic) for step in merit.explain(listing, "a").steps]
    assert ("qualifying", "75", "must be passed and adds nothing") in told
    assert ("total", "60", "60 = 60") in told


def test_a_qualifying_part_has_no_weight_and_is_no_whole_by_itself() -> None:
    for more, said in (('weight = "10"\n', "has neither"), ('factor = "2"\n', "has neither")):
        with pytest.raises(merit.RulebookError, match=f"'language' is qualifying only; it {said}"):
            merit.rulebook.load(book(WRITTEN, LANGUAGE + more))
    with pytest.raises(merit.RulebookError, match="The total has no parts"):
        merit.rulebook.load(book(LANGUAGE))


NTA = """
[[component]]
name = "paper"
title = "Paper"
kind = "composite"
method = "sum"
weight = "100"
normalise = { method = "percentile", by = "session", rounding = { places = 4 }, citation = "x" }
[[component]]
name = "maths"
kind = "mark"
of = "paper"
maximum = "100"
absent = "zero"
[[component]]
name = "physics"
kind = "mark"
of = "paper"
maximum = "100"
absent = "zero"
[[component]]
name = "maths-percentile"
title = "Mathematics"
kind = "copy"
marks_of = "maths"
qualifying = true
absent = "zero"
normalise = { method = "percentile", by = "session", rounding = { places = 4 }, citation = "x" }
[order]
key = [{ by = "total" }, { by = "component.maths-percentile", title = "mathematics" }]
"""


def sat(name: str, maths: Any, physics: Any, session: str) -> dict[str, Any]:
    return {"id": name, "marks": {"maths": maths, "physics": physics}, "attributes": {"session": session}}


def test_a_whole_is_normalised_after_its_parts_are_put_together() -> None:
    rows = [
        sat("a", 50, 40, "1"),
        sat("b", 40, 50, "1"),
        sat("c", 10, 10, "1"),
        sat("d", 20, 0, "2"),
        sat("gone", None, None, "2"),
    ]
    listing = listed(NTA, rows)
    assert [(row.candidate_id, row.rank, row.score) for row in listing.rows] == [
        ("a", 1, "100.00"),
        ("d", 1, "100.00"),
        ("b", 3, "100.00"),
        ("c", 4, "33.33"),
        ("gone", 5, "0.00"),
    ]
    steps = [
        (step.stage, step.label, step.value, step.arithmetic) for step in merit.explain(listing, "b").steps
    ]
    assert steps[:7] == [
        ("component", "maths", "40", "as it stands"),
        ("component", "physics", "50", "as it stands"),
        ("composite", "Paper", "90", "40 + 50 = 90"),
        ("normalisation", "Paper, 1", "100", "100 × 3 people with 90 or less ÷ 3 people = 100"),
        ("component", "Paper", "100", "100 ÷ 100 × 100 × 100 % = 100"),
        (
            "normalisation",
            "Mathematics, 1",
            "66.6667",
            "100 × 2 people with 40 or less ÷ 3 people = 66.6667",
        ),
        ("qualifying", "Mathematics", "66.6667", "must be passed and adds nothing"),
    ]
    gone = merit.explain(listing, "gone").steps
    assert [(step.stage, step.arithmetic) for step in gone[:3]] == [
        ("component", "absent"),
        ("component", "absent"),
        ("composite", "0 + 0 = 0"),
    ]
    assert merit.explain(listing, "b").decided_by == "mathematics"


def test_without_an_attribute_all_sat_the_same_session() -> None:
    text = WRITTEN + 'normalise = { method = "percentile", citation = "x" }\n'
    rows = [{"id": name, "marks": {"written": mark}} for name, mark in (("a", 10), ("b", 20))]
    listing = listed(text, rows)
    assert scores(listing) == {"b": ("100.00", True), "a": ("50.00", True)}
    assert merit.explain(listing, "a").steps[0].label == "written"


@pytest.mark.parametrize("source", ["none", "copy", "whole"])
def test_only_marks_can_be_copied(source: str) -> None:
    text = (
        WRITTEN
        + '[[component]]\nname = "copy"\nkind = "copy"\nqualifying = true\n'
        + f'marks_of = "{source}"\n[[component]]\nname = "whole"\nkind = "composite"\nqualifying = true\n'
        + '[[component]]\nname = "part"\nkind = "mark"\nof = "whole"\nmaximum = "10"\nweight = "100"\n'
    )
    with pytest.raises(merit.RulebookError) as caught:
        merit.rulebook.load(book(text))
    assert [(problem.line, problem.sentence) for problem in caught.value.problems] == [
        (book(WRITTEN).count("\n") + 5, f"There are no marks of '{source}' to copy.")
    ]


def test_a_copy_of_items_takes_maximum_and_absence_of_its_source() -> None:
    text = """
[[component]]
name = "written"
kind = "items"
weight = "50"
[[component]]
name = "again"
kind = "copy"
marks_of = "written"
weight = "50"
minimum = "1"
"""
    loaded = merit.rulebook.load(book(text))
    key = merit.Key(1, (merit.Item("1", ("A",)), merit.Item("2", ("A",))))
    marked = merit.score(
        loaded, key, merit.Responses.from_rows(["p", "q"], ["1", "2"], [["A", "A"], ["B", "B"]])
    )
    listing = merit.rank(loaded, merit.Candidates.from_scores(marked), list_id="x")
    assert scores(listing) == {"p": ("100.00", True), "q": ("0.00", False)}
    assert listing.row("q").failed == ("again",)


KEEP = 'keep = {{ {rules}, citation = "x" }}\n'
PEOPLE = [
    {"id": name, "marks": {"written": mark}, "claims": claims}
    for name, mark, claims in (
        ("a", 90, []),
        ("b", 80, []),
        ("c", 80, ["SC"]),
        ("d", 70, ["SC"]),
        ("e", 60, ["SC", "ST"]),
        ("f", 50, []),
    )
]


def kept(rules: str, **facts: Any) -> str:
    listing = listed(WRITTEN + KEEP.format(rules=rules), PEOPLE, **facts)
    return "".join(row.candidate_id for row in listing.rows if row.passed)


def test_the_best_go_on_by_number_percent_and_group() -> None:
    assert kept('plus = "2"') == "abc"
    assert kept('percent = "50"') == "abc"
    assert kept('percent = "20"') == "abc"
    assert kept('percent = "20", rounding = "floor"') == "a"
    assert kept('per_vacancy = "2"', vacancies=0) == ""
    assert kept('per_vacancy = "2"', vacancies=4) == "abcdef"
    group = 'plus = "1", group = [{ claim = "SC", per_vacancy = "2", fact = "sc", citation = "x" }]'
    assert kept(group, sc=1) == "acd"
    assert kept(group, sc=0) == "a"
    two = group.replace("}]", '}, { claim = "ST", plus = "1", citation = "x" }]')
    assert kept(two, sc=1) == "acde"
    with pytest.raises(merit.InputError, match="sc: the rulebook keeps a number of people for each vacancy"):
        kept(group)


def test_the_gate_of_the_best_is_told() -> None:
    listing = listed(WRITTEN + KEEP.format(rules='plus = "2"'), PEOPLE)
    told = [
        (step.label, step.value, step.arithmetic)
        for step in merit.explain(listing, "d").steps
        if step.stage == "gate"
    ]
    assert told == [
        ("Minimum: written (presence)", "met", "needed"),
        ("Minimum: written (best 2)", "not met", "70 reached, at least 80 needed"),
    ]
    everybody = listed(WRITTEN + KEEP.format(rules='plus = "6"'), PEOPLE)
    assert [step.arithmetic for step in merit.explain(everybody, "f").steps if step.stage == "gate"] == [
        "needed",
        "needed",
    ]


def test_faults_of_keeping_are_named() -> None:
    for rules, line, said in (
        ('percent = "101"', 1, "'percent' must be at least 0 and at most 100."),
        ('plus = "1", group = [{ claim = "SC", citation = "x" }]', 1, "Nobody would go on; give"),
    ):
        with pytest.raises(merit.RulebookError) as caught:
            merit.rulebook.load(book(WRITTEN + KEEP.format(rules=rules)))
        (problem,) = caught.value.problems
        assert problem.line == book(WRITTEN).count("\n") + line
        assert problem.sentence.startswith(said)


def test_a_lower_minimum_is_told_to_who_has_it() -> None:
    text = WRITTEN + 'minimum = "60"\nlower = [{ claim = "SC", minimum = "50", citation = "x" }]\n'
    listing = listed(text, [{"id": "p", "marks": {"written": 55}, "claims": ["SC"]}, PEOPLE[5]])
    told = [step.arithmetic for step in merit.explain(listing, "p").steps if step.stage == "gate"]
    assert told == ["needed", "55 reached, at least 60 needed, 50 with SC"]
    assert [step.value for step in merit.explain(listing, "f").steps if step.stage == "gate"] == [
        "met",
        "not met",
    ]


RATE = """
[[preference]]
kind = "rate"
by = "years"
title = "Seniority"
points = "0.25"
citation = "x"
"""


def seniority(more: str, years: Any, mark: int = 80, claims: tuple[str, ...] = ()) -> str:
    row = {"id": "p", "marks": {"written": mark}, "attributes": {"years": years}, "claims": claims}
    return listed(WRITTEN + RATE + more, [row]).row("p").score


def test_points_for_each_year_have_a_limit_and_may_count_whole_years_only() -> None:
    assert seniority("", 10) == "82.50"
    assert seniority("", None) == "80.00"
    assert seniority('most = "2"\n', 10) == "82.00"
    assert seniority('most = "2"\n', 8) == "82.00"
    assert seniority('most = "2"\n', 7) == "81.75"
    half = merit.fraction("7/2")
    assert seniority("", half) == "80.88"
    assert seniority('whole = "floor"\n', half) == "80.75"
    assert seniority('whole = "half-up"\n', half) == "81.00"


def test_a_rate_may_take_points_away_and_belongs_to_a_claim_where_it_names_one() -> None:
    less = RATE.replace('"0.25"', '"-2"')
    row = {"id": "p", "marks": {"written": 80}, "attributes": {"years": 3}}
    assert listed(WRITTEN + less, [row]).row("p").score == "74.00"
    assert listed(WRITTEN + less + 'claim = "late"\n', [row]).row("p").score == "80.00"
    late = row | {"claims": ["late"]}
    assert listed(WRITTEN + less + 'claim = "late"\n', [late]).row("p").score == "74.00"
    limited = listed(WRITTEN + less + '[preferences]\nhighest_total = "50"\n', [row])
    assert limited.row("p").score == "74.00"
    told = [step.arithmetic for step in merit.explain(limited, "p").steps if step.stage == "preference"]
    assert told == ["-2 points for each of years: 80 + -6 = 74"]


VETERAN = """
[[preference]]
claim = "veteran"
kind = "points"
points = "5"
unless_claim = ["used", "barred"]
citation = "x"
"""


@pytest.mark.parametrize(
    ("claims", "score"),
    [(["veteran"], "85.00"), (["veteran", "used"], "80.00"), (["veteran", "barred"], "80.00"), ([], "80.00")],
)
def test_a_preference_that_is_used_up_gives_nothing(claims: list[str], score: str) -> None:
    listing = listed(WRITTEN + VETERAN, [{"id": "p", "marks": {"written": 80}, "claims": claims}])
    assert listing.row("p").score == score
    assert listing.row("p").preference == (score == "85.00")
    told = [step.arithmetic for step in merit.explain(listing, "p").steps if step.stage == "preference"]
    if "used" in claims:
        assert told == ["5 points, not for holders of used"]


@pytest.mark.parametrize("rows", [[], [{"id": "only", "marks": {"written": 80}}]])
def test_a_list_may_hold_nobody_or_one_person(rows: list[dict[str, Any]]) -> None:
    for more in (
        "",
        'normalise = { method = "percentile", citation = "x" }\n',
        KEEP.format(rules='plus = "1"'),
    ):
        listing = listed(WRITTEN + more, rows)
        assert [(row.rank, row.passed) for row in listing.rows] == [(1, True)] * len(rows)
        assert len(listing.digest) == 64


def test_all_may_be_equal_and_totals_may_be_below_nought() -> None:
    text = '[[component]]\nname = "written"\nkind = "items"\nweight = "100"\nmarks = { wrong = "-1/3" }\n'
    loaded = merit.rulebook.load(book(text))
    key = merit.Key(1, tuple(merit.Item(str(code), ("A",)) for code in range(3)))
    sheets = merit.Responses.from_rows(list("abc"), list("012"), [["B"] * 3] * 3)
    listing = merit.rank(loaded, merit.Candidates.from_scores(merit.score(loaded, key, sheets)), list_id="x")
    assert [(row.candidate_id, row.rank, row.score, len(row.tied_with)) for row in listing.rows] == [
        ("a", 1, "-33.33", 2),
        ("b", 1, "-33.33", 2),
        ("c", 1, "-33.33", 2),
    ]
