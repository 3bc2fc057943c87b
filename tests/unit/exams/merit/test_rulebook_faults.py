"""Every fault of a rulebook is named with its line."""

from datetime import date

import pytest

from app.exams import merit
from tests.unit.exams.merit.books import HEAD, ITEMS, WRITTEN, book

START = book(WRITTEN).count("\n")
SEATS = """
[seats]
citation = "x"
[[seats.block]]
name = "OPEN"
citation = "x"
"""


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(merit.RulebookError) as caught:
        merit.rulebook.load(text, "book.toml")
    return [(problem.line, problem.sentence) for problem in caught.value.problems]


def test_a_sound_rulebook_has_a_digest_that_comments_do_not_change() -> None:
    plain, commented = merit.rulebook.load(book(WRITTEN)), merit.rulebook.load("# a remark\n" + book(WRITTEN))
    assert plain.digest == commented.digest
    changed = merit.rulebook.load(book(WRITTEN).replace("Test office", "Other office"))
    assert changed.digest != plain.digest


def test_the_message_names_file_and_line() -> None:
    with pytest.raises(merit.RulebookError, match=r"^book.toml, line 12: 'kind' is 'oral'"):
        merit.rulebook.load(book(WRITTEN).replace('kind = "mark"', 'kind = "oral"'), "book.toml")


def test_text_that_is_no_toml_names_its_line() -> None:
    assert faults("a = 1\nb = = 2\n") == [(2, "This is not TOML: Invalid value (at line 2, column 5).")]
    assert (
        faults('a = "open') == [(1, "This is not TOML: Expected '\"' (at end of document).")]
        or faults('a = "open')[0][0] == 1
    )


def test_a_head_is_complete_and_its_dates_stand_in_order() -> None:
    assert faults("[rulebook]\n" + WRITTEN) == [
        (1, "rulebook needs 'citation'."),
        (1, "rulebook needs 'effective_from'."),
        (1, "rulebook needs 'name'."),
        (1, "rulebook needs 'read_on'."),
        (1, "rulebook needs 'title'."),
        (1, "rulebook needs 'version'."),
    ]
    ended = HEAD + "effective_until = 2025-01-01\n"
    assert faults(book(WRITTEN, head=ended)) == [(9, "The rulebook ends before it begins.")]
    quoted = HEAD.replace("= 2026-11-22", '= "2026-11-22"')
    assert faults(book(WRITTEN, head=quoted)) == [
        (7, "'read_on' must be a date without quotes, for example 2026-01-31.")
    ]


# What is written after a sound component, the line of the fault counted from there, and its sentence.
ROSTER = '[seats.roster]\nlength = 2\nother = "OPEN"\ncitation = "x"\nblock = [{ name = "SC", points = '
FAULTS = [
    ('weigth = "5"', 1, "component 1 has no key 'weigth'"),
    ('minimum = "101"', 1, "Nobody can reach a minimum of 101 out of 100."),
    ("minimum = 0.5", 1, "'minimum' must be an exact number in quotes"),
    (
        'minimum = "5"\n[[component.lower]]\nclaim = "x"\nminimum = "6"\ncitation = "x"',
        4,
        "A lowered minimum must stand",
    ),
    ("places = -1", 1, "'places' must be a whole number of 0 or more."),
    ("title = 5", 1, "'title' must be text."),
    ('absent = "maybe"', 1, "'absent' is 'maybe'; it must be one of fails, zero."),
    ('rounding = "up"', 1, "'rounding' must be a table."),
    ('of = "whole"', 1, "There is no composite 'whole'."),
    ('marks = { right = "0" }', 1, "The mark for a right answer must be above 0."),
    ('marks = { right = "1", wrong = "2" }', 1, "A wrong or blank answer may not earn more"),
    (
        'table = [{ from = "1", value = "2" }, { from = "1", value = "3" }]',
        1,
        "The step from 1 must stand above 1.",
    ),
    ("table = 5", 1, "'table' must be a list of tables."),
    (
        'level = [{ name = "A", mark = "90" }, { name = "C", mark = "80", most_added = "10" }]',
        1,
        "'C' with 10 added",
    ),
    ('panel = { citation = "x" }', -2, "A component of kind panel, and no other"),
    ('normalise = { method = "mean", by = "s", top = "2", citation = "x" }', 1, "'top' is a share above 0"),
    (
        'normalise = { method = "equipercentile", by = "s", citation = "x" }',
        1,
        "Equipercentile equating needs a base",
    ),
    ('keep = { citation = "x" }', 1, "Nobody would go on"),
    ('factor = "2"', 1, "The total is weighted, so 'written' has a weight and no factor."),
    ('[total]\nminimum = "101"', 2, "Nobody can reach a minimum of 101 out of 100."),
    ('[total]\nmethod = "sum"', 0, "The total by sum takes no weights, yet 'written' has one"),
    ("[total]\nmethod = 5", 2, "'method' must be text."),
    ("[total.decision]\nplaces = true", 2, "'places' must be a whole number of 0 or more."),
    (
        '[[preference]]\nclaim = "v"\nkind = "points"\npoints = "-1"\ncitation = "x"',
        4,
        "Preference points may not",
    ),
    ('[[preference]]\nclaim = "v"\nkind = "points"\npoints = "1"', 1, "preference 1 needs 'citation'."),
    (
        '[[preference]]\nkind = "steps"\nby = "years"\ncitation = "x"',
        1,
        "A preference by steps needs its steps.",
    ),
    (
        '[[preference]]\nclaim = "v"\nkind = "standing"\ncitation = "x"\nunless = [{ fact = "grade" }]',
        5,
        "A condition needs equals, at_least or below.",
    ),
    (
        '[[preference]]\nclaim = "v"\nkind = "standing"\neligible = "yes"\ncitation = "x"',
        4,
        "'eligible' must be true",
    ),
    (
        '[bands]\nby = "rank"\ncitation = "x"\ncategory = [{ name = "A" }]',
        2,
        "'by' must be total, earned, sed or",
    ),
    ('[bands]\ncitation = "x"', 1, "[bands] needs at least one"),
    (
        '[bands]\ncitation = "x"\ncategory = [{ name = "A", least = "50" }, { name = "B", least = "60" }]',
        3,
        "'B' from 60 overlaps 'A' from 50; write the best category first.",
    ),
    (
        '[bands]\ncitation = "x"\ncategory = [{ name = "A", least = "60" }, { name = "A", least = "50" }]',
        3,
        "The category 'A' stands here twice.",
    ),
    (
        '[bands]\ncitation = "x"\n'
        'category = [{ name = "A", least = "6" }, { name = "B", least = "5", most = "6" }]',
        3,
        "'B' up to 6 overlaps 'A' from 6.",
    ),
    (
        '[bands]\ncitation = "x"\ncategory = [{ name = "A", least = "60" }, { name = "B", least = "60" }]',
        3,
        "'B' from 60 overlaps 'A' from 60; write the best category first.",
    ),
    ('[order]\nkey = [{ by = "luck" }]', 2, "'by' is 'luck'; it must be one of"),
    ('[order]\nkey = [{ by = "component.oral" }]', 2, "There is no component 'oral'."),
    (
        '[order]\nkey = [{ by = "attribute.born" }]',
        2,
        "The key 'attribute.born' must say which value comes first.",
    ),
    ('[order]\nkey = [{ by = "total" }, { by = "total" }]', 2, "The key 'total' stands here twice."),
    (
        '[order]\nkey = [\n  { by = "total", splits = false },\n  { by = "tier" },\n]',
        4,
        "A key that splits ranks may not stand after one that does not.",
    ),
    ('[order]\nkey = [{ by = "category" }]', 1, "An order by category needs [bands]."),
    ('[certification]\nreach = "people"\ncitation = "x"', 2, "The reach counts nobody"),
    ('[certification]\nreach = "percent"\ncitation = "x"', 1, "'percent' must be above 0 and at most 100."),
    ('[certification]\nreach = "cut-score"\ncitation = "x"', 2, "The reach needs its cut score, 'cut'."),
    ('[certification]\nreach = "categories"\ncitation = "x"', 2, "A reach by categories needs [bands]."),
    ('[[selection]]\nkind = "strict-order"\ncitation = "x"', 1, "Rules of selection need a [certification]."),
    ('[seats]\ncitation = "x"', 1, "[seats] needs at least one [[seats.block]]."),
    (SEATS[1:] + '[[seats.block]]\nname = "OPEN"\ncitation = "x"', 7, "The block 'OPEN' stands here twice."),
    (SEATS[1:] + 'falls_to = "SC"', 6, "There is no block 'SC'."),
    (SEATS[1:].replace("[seats]", '[seats]\nrest = "SC"'), 2, "There is no block 'SC'."),
    (SEATS[1:] + 'share = "101"', 1, "The shares of the blocks add up to more than 100."),
    (SEATS[1:] + 'barred = "x"', 6, "'barred' must be a list of texts."),
    (SEATS[1:] + ROSTER + "[3] }]", 10, "The roster has no point 3."),
    (SEATS[1:] + ROSTER + "[1, 1] }]", 10, "Point 1 belongs to 'SC' already."),
    (SEATS[1:] + ROSTER + "1 }]", 10, "'points' must be a list of whole numbers."),
    ('[[table]]\nname = "t"\ncitation = "x"', 1, "The table 't' has no steps."),
    ('[[period]]\nname = "p"\ncitation = "x"', 1, "The period 'p' has no length."),
    ('[total.lower]\nclaim = "x"', 1, "'lower' must be a list of tables."),
    (
        '[[decline]]\ncode = "a"\neffect = "rests"\ncitation = "x"\n'
        '[[decline]]\ncode = "a"\neffect = "rests"\ncitation = "x"',
        6,
        "The code 'a' stands here twice.",
    ),
    ("preferences = 5", 1, "component 1 has no key 'preferences'"),
]


@pytest.mark.parametrize(("text", "line", "sentence"), FAULTS, ids=[fault[2][:40] for fault in FAULTS])
def test_a_fault_is_named_with_its_line(text: str, line: int, sentence: str) -> None:
    found = faults(book(WRITTEN, text))
    assert [problem for problem, said in found if said.startswith(sentence)] == [START + line], found


def test_weights_must_add_up_and_stand_once() -> None:
    second = WRITTEN.replace("written", "oral").replace('"100"\nweight = "100"', '"100"\nweight = "30"')
    assert faults(book(WRITTEN, second)) == [(20, "The total: the weights add up to 130, not to 100.")]
    assert faults(book(WRITTEN, WRITTEN))[0] == (17, "The component 'written' stands here twice.")
    nothing = WRITTEN.replace('weight = "100"\n', "")
    assert faults(book(nothing)) == [
        (10, "The total is weighted; its part 'written' needs a weight in percent.")
    ]
    negative = WRITTEN.replace('weight = "100"', 'weight = "-5"')
    assert (14, "The weight of 'written' must be above 0.") in faults(book(negative))


def test_a_maximum_is_above_nought_and_a_composite_has_parts() -> None:
    assert faults(book(WRITTEN.replace('maximum = "100"', 'maximum = "0"'))) == [
        (13, "The maximum must be above 0.")
    ]
    assert faults(book('[[component]]\nname = "c"\nkind = "composite"\nweight = "100"\n')) == [
        (9, "The composite 'c' has no parts.")
    ]
    around = '[[component]]\nname = "{}"\nkind = "composite"\nof = "{}"\nweight = "100"\n'
    round_trip = faults(book(WRITTEN, around.format("a", "b"), around.format("b", "a")))
    assert (18, "The component 'a' is a part of itself.") in [(line, said) for line, said in round_trip]
    zero = '[total]\nmethod = "sum"\n'
    assert faults(book(WRITTEN.replace('weight = "100"', 'factor = "0"'), zero)) == [
        (14, "The factor of 'written' must be above 0.")
    ]


def test_panels_are_checked() -> None:
    rated = WRITTEN.replace('kind = "mark"', 'kind = "panel"')
    trimmed = 'panel = { method = "trimmed-mean", citation = "x" }\n'
    assert faults(book(rated, trimmed)) == [
        (15, "A trimmed mean needs 'trim', the number of ratings dropped at each end.")
    ]
    emptied = 'panel = { method = "trimmed-mean", trim = 1, raters = 2, citation = "x" }\n'
    assert faults(book(rated, emptied)) == [(15, "Trimming 1 at each end leaves nothing of 2 ratings.")]


def test_a_rulebook_says_something() -> None:
    assert faults(book()) == [(1, "A rulebook needs a [[component]], a [[table]] or a [[period]].")]


def test_the_version_in_force_is_chosen_by_the_day_of_the_announcement() -> None:
    first = merit.rulebook.load(book(ITEMS, head=HEAD + "effective_until = 2026-06-30\n"))
    second = merit.rulebook.load(
        book(ITEMS, head=HEAD.replace("version = 1", "version = 2").replace("2026-01-01", "2026-07-01"))
    )
    books = (first, second)
    assert merit.rulebook.in_force("test", date(2026, 6, 30), books) is first
    assert merit.rulebook.in_force("test", date(2026, 7, 1), books) is second
    with pytest.raises(merit.MeritError, match="No version of the rulebook 'test' is in force on 2025-12-31"):
        merit.rulebook.in_force("test", date(2025, 12, 31), books)
    with pytest.raises(merit.MeritError, match="There is no rulebook 'none'"):
        merit.rulebook.in_force("none", date(2026, 1, 1))


def test_the_law_changed_on_the_seventh_of_november_2025() -> None:
    before = merit.rulebook.in_force("us-federal-numeric", date(2025, 11, 6))
    after = merit.rulebook.in_force("us-federal-numeric", date(2025, 11, 7))
    assert (before.version, after.version) == (1, 2)
    assert before.certification is not None
    assert after.certification is not None
    assert (before.certification.reach, after.certification.reach) == ("people", "percent")


def test_every_shipped_rulebook_cites_its_law_and_has_a_name_and_version_of_its_own() -> None:
    books = merit.rulebook.shipped()
    names = [(found.name, found.version) for found in books]
    assert len(set(names)) == len(names) == 22
    assert [found.name for found in books if not found.citation or not found.read_on] == []


def test_parts_of_a_rulebook_are_found_by_name() -> None:
    loaded = merit.rulebook.load(book(WRITTEN))
    assert loaded.component("written").maximum == 100
    for call, words in ((loaded.component, "component"), (loaded.table, "table"), (loaded.period, "period")):
        with pytest.raises(merit.MeritError, match=f"has no {words} 'none'"):
            call("none")


def test_a_total_that_machine_words_do_not_hold_is_refused_at_load() -> None:
    odd = WRITTEN.replace('maximum = "100"', 'maximum = "1000003"').replace('weight = "100"', 'weight = "50"')
    other = odd.replace("written", "oral").replace("1000003", "1000033") + "places = 9\n"
    found = faults(book(odd, other))
    assert [line for line, _ in found] == [1]
    assert found[0][1].startswith(
        "The total out of 100 over the common denominator 20000720001980000000 needs"
    )
    coarse = other.replace("places = 9", "rounding = { places = 0 }")
    assert merit.rulebook.load(book(odd.replace("1000003", "1000"), coarse)).name == "test"


@pytest.mark.parametrize(
    "text",
    [
        'kind = "items"\nweight = "100"',
        'kind = "items"\nmaximum = "20"\nweight = "100"',
        'kind = "mark"\nmaximum = "20"\nweight = "100"\ntable = [{ from = "0", value = "1/3" }]',
        'kind = "panel"\nmaximum = "20"\nweight = "100"\npanel = { citation = "x" }',
        'maximum = "9"\nweight = "100"\nkind = "mark"\n'
        'normalise = { method = "mean", by = "s", citation = "x" }',
        'kind = "mark"\nmaximum = "20"\n[total]\nmethod = "mean"',
        'kind = "mark"\nmaximum = "20"\nweight = "50"\n'
        '[[component]]\nname = "b"\nkind = "copy"\nmarks_of = "a"\nmaximum = "20"\nweight = "50"',
        'kind = "composite"\nweight = "100"\n'
        '[[component]]\nname = "b"\nof = "a"\nkind = "items"\nweight = "100"',
    ],
)
def test_totals_that_fit_are_loaded(text: str) -> None:
    assert merit.rulebook.load(book(f'[[component]]\nname = "a"\n{text}\n')).components[0].name == "a"
