"""Stages of a rulebook on small tables: composition, gates, preference, bands, tables."""

import pytest

from app.exams import merit
from tests.unit.exams.merit.books import ITEMS, WRITTEN, book

TWO = """
[[component]]
name = "a"
kind = "mark"
maximum = "20"
{a}
[[component]]
name = "b"
kind = "mark"
maximum = "20"
{b}
[total]
{total}
"""


def two(a: str = "", b: str = "", total: str = "") -> merit.Rulebook:
    return merit.rulebook.load(book(TWO.format(a=a, b=b, total=total)))


def scores(rulebook: merit.Rulebook, *rows: dict[str, object], **facts: object) -> dict[str, str]:
    listing = merit.rank(rulebook, merit.Candidates.of(rows), list_id="x", facts=facts)
    return {
        row.candidate_id: row.score if row.passed else f"failed: {', '.join(row.failed)}"
        for row in listing.rows
    }


def person(name: str, a: object, b: object = 0, **more: object) -> dict[str, object]:
    return {"id": name, "marks": {"a": a, "b": b}, **more}


@pytest.mark.parametrize(
    ("a", "b", "total", "expected"),
    [
        ('weight = "60"', 'weight = "40"', "", "68.00"),
        ("", "", 'method = "sum"', "28.00"),
        ('factor = "4"', 'factor = "2"', 'method = "sum"', "88.00"),
        ('factor = "4"', 'factor = "2"', 'method = "mean"', "14.67"),
        ("", "", 'method = "best"\nbest = 1', "16.00"),
        ("", "", 'method = "lowest"', "12.00"),
        ("", "", 'method = "highest"', "16.00"),
    ],
)
def test_parts_make_a_whole(a: str, b: str, total: str, expected: str) -> None:
    assert scores(two(a, b, total), person("p", 16, 10 if "weight" in a else 12)) == {"p": expected}


def test_a_composite_by_sum_knows_its_maximum() -> None:
    text = """
    [[component]]
    name = "c"
    kind = "composite"
    method = "sum"
    weight = "50"
    [[component]]
    name = "d"
    kind = "mark"
    maximum = "10"
    weight = "50"
    [[component]]
    name = "a"
    kind = "mark"
    of = "c"
    maximum = "20"
    [[component]]
    name = "b"
    kind = "mark"
    of = "c"
    maximum = "20"
    """
    loaded = merit.rulebook.load(book(text))
    row: dict[str, object] = {"id": "p", "marks": {"a": 16, "b": 4, "d": 5}}
    assert scores(loaded, row) == {"p": "50.00"}
    listing = merit.rank(loaded, merit.Candidates.of([row]), list_id="x")
    steps = [(step.stage, step.label, step.arithmetic) for step in merit.explain(listing, "p").steps]
    assert steps[:5] == [
        ("component", "a", "as it stands"),
        ("component", "b", "as it stands"),
        ("composite", "c", "16 + 4 = 20"),
        ("component", "c", "20 ÷ 40 × 100 × 50 % = 25"),
        ("component", "d", "5 ÷ 10 × 100 × 50 % = 25"),
    ]


def test_a_whole_of_the_best_is_explained() -> None:
    loaded = two(total='method = "best"\nbest = 1\ndecision = { places = 0 }')
    listing = merit.rank(loaded, merit.Candidates.of([person("p", "16.5", 12)]), list_id="x")
    steps = [(step.stage, step.arithmetic) for step in merit.explain(listing, "p").steps]
    assert steps[2:4] == [
        ("total", "the best 1 of 16.5, 12 = 16.5"),
        ("rounding", "16.5 rounded to 0 decimals, half-up = 17"),
    ]


def test_holders_of_a_claim_may_have_a_lower_minimum() -> None:
    lower = '[[component.lower]]\nclaim = "sc"\nminimum = "5"\ncitation = "x"'
    loaded = two(f'minimum = "8"\n{lower}', "", 'method = "sum"')
    rows = [
        person("one", 7),
        person("two", 7, claims=["sc"]),
        person("three", 4, claims=["sc"]),
        person("four", 8),
    ]
    assert scores(loaded, *rows) == {"four": "8.00", "two": "7.00", "one": "failed: a", "three": "failed: a"}


def test_the_total_and_a_section_may_have_a_lower_minimum_too() -> None:
    lower = 'lower = [{ claim = "sc", minimum = "5", citation = "x" }]'
    loaded = two("", "", f'method = "sum"\nminimum = "8"\n{lower}')
    rows = [person("one", 7), person("two", 7, claims=["sc"]), person("three", 4, claims=["sc"])]
    assert scores(loaded, *rows) == {"two": "7.00", "one": "failed: total", "three": "failed: total"}
    section = f'[[component.section]]\nname = "s"\nminimum = "2"\n{lower.replace("5", "1")}\n'
    of_items = merit.rulebook.load(book(ITEMS, section))
    items = tuple(merit.Item(code, ("A",), section="s") for code in "12")
    sheets = merit.Responses.from_rows(["p", "q", "r"], ["1", "2"], [["A", "B"], ["A", "B"], ["A", "A"]])
    table = merit.Candidates.from_scores(
        merit.score(of_items, merit.Key(1, items), sheets), claims={"q": ["sc"]}
    )
    listing = merit.rank(of_items, table, list_id="x")
    assert {row.candidate_id: row.failed for row in listing.rows} == {
        "r": (), "q": (), "p": ("written, s",),
    }  # fmt: skip


NESTED = """
[[component]]
name = "all"
kind = "composite"
method = "sum"
[[component]]
name = "papers"
kind = "composite"
of = "all"
method = "best"
best = 1
[[component]]
name = "one"
kind = "mark"
of = "papers"
maximum = "10"
keep = { per_vacancy = "1", citation = "x" }
[[component]]
name = "two"
kind = "mark"
of = "papers"
maximum = "20"
[[component]]
name = "rest"
kind = "mark"
of = "all"
maximum = "5"
[total]
method = "sum"
"""


def test_a_whole_inside_a_whole_counts_its_own_best_and_knows_the_facts() -> None:
    loaded = merit.rulebook.load(book(NESTED))
    rows: list[dict[str, object]] = [
        {"id": "a", "marks": {"one": 9, "two": 7, "rest": 1}},
        {"id": "b", "marks": {"one": 8, "two": 11, "rest": 2}},
        {"id": "c", "marks": {"one": 7, "two": 20, "rest": 5}},
    ]
    assert scores(loaded, *rows, vacancies=2) == {"b": "13.00", "a": "10.00", "c": "failed: one (best 2)"}
    listing = merit.rank(loaded, merit.Candidates.of(rows), list_id="x", facts={"vacancies": 3})
    assert listing.working.composed.maxima["papers"] == 20


def test_only_the_best_of_a_first_round_go_on_ties_included() -> None:
    loaded = two('minimum = "5"\nkeep = { per_vacancy = "2", citation = "x" }', "", 'method = "sum"')
    rows = [
        person("one", 9, 1),
        person("two", 8, 5),
        person("three", 8, 9),
        person("four", 7),
        person("five", 4),
    ]
    assert scores(loaded, *rows, vacancies=1) == {
        "three": "17.00",
        "two": "13.00",
        "one": "10.00",
        "five": "failed: a, a (best 2)",
        "four": "failed: a (best 2)",
    }
    assert scores(loaded, *rows, vacancies=9)["four"] == "7.00"
    with pytest.raises(
        merit.InputError, match="facts, column vacancies: the rulebook keeps a number of people"
    ):
        scores(loaded, *rows)


def test_a_first_round_cut_may_stand_alone() -> None:
    alone = two('keep = { plus = "1", citation = "x" }\nabsent = "zero"', 'absent = "zero"', 'method = "sum"')
    assert scores(alone, person("one", 9), person("two", None)) == {
        "one": "9.00",
        "two": "failed: a (best 1)",
    }


@pytest.mark.parametrize(("method", "limit"), [("lowest", 10), ("highest", 20), ("sum", 30), ("mean", 15)])
def test_a_minimum_no_total_can_reach_is_refused(method: str, limit: int) -> None:
    total = f'method = "{method}"\nminimum = "{limit + 1}"'
    with pytest.raises(
        merit.RulebookError, match=f"Nobody can reach a minimum of {limit + 1} out of {limit}"
    ):
        merit.rulebook.load(book(TWO.format(a="", b="", total=total).replace('"20"', '"10"', 1)))


def test_a_maximum_known_only_from_a_key_limits_no_minimum() -> None:
    text = ITEMS.replace('weight = "100"', "") + '[total]\nmethod = "sum"\nminimum = "500"\n'
    assert merit.rulebook.load(book(text)).total.minimum is not None


def test_the_best_of_some_have_a_maximum_too() -> None:
    with pytest.raises(merit.RulebookError, match="Nobody can reach a minimum of 21 out of 20"):
        two(total='method = "best"\nbest = 1\nminimum = "21"')


def test_a_minimum_may_be_judged_after_rounding() -> None:
    rounded = 'method = "sum"\nminimum = "10"\ndecision = { places = 0 }\ngate = "after"'
    assert scores(two(total=rounded), person("p", "9.5")) == {"p": "10.00"}
    assert scores(two(total=rounded.replace("after", "before")), person("p", "9.5")) == {"p": "failed: total"}


def test_sections_have_minima_of_their_own() -> None:
    loaded = merit.rulebook.load(book(WRITTEN, 'section = [{ name = "s", minimum = "3" }, { name = "t" }]\n'))
    rows: list[dict[str, object]] = [
        {"id": "one", "marks": {"written": 50, "written.s": 3}},
        {"id": "two", "marks": {"written": 90, "written.s": 2}},
    ]
    assert scores(loaded, *rows) == {"one": "50.00", "two": "failed: written, s"}
    with pytest.raises(merit.InputError, match=r"column written\.s: the rulebook sets a minimum for it"):
        scores(loaded, {"id": "one", "marks": {"written": 50}})


BANDED = '[bands]\nby = "attribute.grade"\ncitation = "x"\ncategory = [{ name = "high" }, { name = "low" }]\n'


def test_categories_given_by_raters_must_exist() -> None:
    loaded = merit.rulebook.load(book(WRITTEN, BANDED))
    row: dict[str, object] = {"id": "p", "marks": {"written": 70}, "attributes": {"grade": "middle"}}
    with pytest.raises(merit.InputError, match="candidates, row p, column grade: 'middle' is no category"):
        scores(loaded, row)
    with pytest.raises(
        merit.InputError, match="column grade: the rulebook puts people into categories by it"
    ):
        scores(loaded, {"id": "p", "marks": {"written": 70}})
    assert scores(loaded, row | {"attributes": {"grade": None}}) == {"p": "failed: a category"}


def test_bounds_leave_no_gap_where_marks_are_rounded() -> None:
    whole = "[total]\ndecision = { places = 0 }\n"
    names = '[{ name = "A", least = "90" }, { name = "B", least = "80", most = "89" }]'
    bounds = f'[bands]\ncitation = "x"\ncategory = {names}\n'
    assert merit.rulebook.load(book(WRITTEN, whole, bounds)).bands is not None


def test_bands_by_error_ask_for_what_they_need() -> None:
    loaded = merit.rulebook.load(
        book(WRITTEN, '[bands]\nby = "sed"\ncitation = "x"\n[order]\nkey = [{ by = "category" }]\n')
    )
    row: dict[str, object] = {"id": "p", "marks": {"written": 70}}
    with pytest.raises(
        merit.InputError, match="facts, column deviation: the rulebook asks for it to make bands"
    ):
        scores(loaded, row)
    rows = [{"id": str(mark), "marks": {"written": mark}} for mark in (90, 80, 79, 60)]
    listing = merit.rank(
        loaded, merit.Candidates.of(rows), list_id="x", facts={"deviation": 10, "reliability": "0.84"}
    )
    assert [(row.candidate_id, row.category) for row in listing.rows] == [
        ("79", "band 1"),
        ("80", "band 1"),
        ("90", "band 1"),
        ("60", "band 2"),
    ]


def test_a_table_says_nothing_below_its_first_step() -> None:
    loaded = merit.rulebook.load(book(WRITTEN, 'table = [{ from = "10", value = "1" }]\n'))
    with pytest.raises(merit.MeritError, match="The table 'written' says nothing about a mark of 9"):
        scores(loaded, {"id": "p", "marks": {"written": 9}})


def test_table_and_rounding_of_a_component_are_explained() -> None:
    text = 'table = [{ from = "0", value = "33.335" }]\nout_of = "50"\n'
    text += 'rounding = { places = 2, mode = "half-even" }\n'
    loaded = merit.rulebook.load(book(WRITTEN, text))
    listing = merit.rank(loaded, merit.Candidates.of([{"id": "p", "marks": {"written": 9}}]), list_id="x")
    steps = [(step.stage, step.value, step.arithmetic) for step in merit.explain(listing, "p").steps[:3]]
    assert steps == [
        ("table", "33.335", "9 is 33.335 in the table of the rulebook"),
        ("rounding", "33.34", "33.335 rounded to 2 decimals, half-even = 33.34"),
        ("component", "66.68", "33.34 ÷ 50 × 100 × 100 % = 66.68"),
    ]
