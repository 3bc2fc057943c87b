"""Lines and names in the faults of a rulebook, its days, and the version that holds."""

from datetime import date

import pytest

from app.exams import merit
from tests.unit.exams.merit.books import HEAD, WRITTEN, book


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(merit.RulebookError) as caught:
        merit.rulebook.load(text, "book")
    return [(problem.line, problem.sentence) for problem in caught.value.problems]


def test_an_unknown_key_is_named_with_those_that_are_known() -> None:
    found = faults(book(WRITTEN, '[order]\nnumber = "dense"\n'))
    assert found == [(16, "order has no key 'number'; known here: key, numbering.")]
    assert faults(book(WRITTEN, "[[odder]]\n")) == [
        (
            15,
            "The rulebook has no key 'odder'; known here: bands, certification, component, decline, order, "
            "period, preference, preferences, rulebook, seats, selection, table, total.",
        )
    ]
    ((line, said),) = faults(book(WRITTEN, "places = 1\nplace = 2\n"))
    assert (line, said.partition(" known")[0]) == (16, "component 1 has no key 'place';")


@pytest.mark.parametrize(
    ("more", "at"),
    [
        # a bracket inside a text or a remark opens and closes nothing
        ('citation = "a ] b [ c" # [ [[\nplaces = "x"\n', 2),
        ("citation = '[' # ]\nplaces = \"x\"\n", 2),
        ('citation = "quo\\"te ["\nplaces = "x"\n', 2),
        # each element of a list has its own line, remarks and empty lines have none
        ('level = [\n  # first [\n\n  { name = "A", mark = "1" },\n  { name = "B", mark = "x" },\n]\n', 5),
        ('level = [\n  { name = "A", mark = "1" },\n  { name = "B", mark = "x" }, # [\n]\n', 3),
        ('"places" = "x"\n', 1),
        ("'places' = 'x'\n", 1),
        ('[component.panel]\nmethod = "mean"\nraters = "x"\ncitation = "y"\n', 3),
    ],
)
def test_the_line_of_a_fault_is_found_among_remarks_texts_and_lists(more: str, at: int) -> None:
    whole = WRITTEN.replace('"mark"', '"panel"') if "panel" in more else WRITTEN
    lines = [line for line, _ in faults(book(whole, more))]
    assert lines == [book(whole).count("\n") + at]


def test_lists_hold_one_kind_of_value() -> None:
    decline = '[[decline]]\ncode = "a"\ntitle = "b"\neffect = "rests"\nevidence = ["x", 5]\ncitation = "c"\n'
    assert [said for _, said in faults(book(WRITTEN, decline))] == ["'evidence' must be a list of texts."]
    text = HEAD.replace("[rulebook]", "preference = [{ claim = 'v' }, 5]\n[rulebook]") + WRITTEN
    assert faults(text) == [(2, "'preference' must be a list of tables.")]


def test_a_rulebook_may_hold_for_one_day_only() -> None:
    text = book(WRITTEN, head=HEAD + "effective_until = 2026-01-01\n")
    rulebook = merit.rulebook.load(text)
    assert [rulebook.holds_on(date(2026, 1, day)) for day in (1, 2)] == [True, False]


def test_of_several_versions_in_force_the_highest_is_taken() -> None:
    books = tuple(
        merit.rulebook.load(book(WRITTEN).replace("version = 1", f"version = {version}"))
        for version in (2, 10, 1)
    )
    assert merit.rulebook.in_force("test", date(2026, 5, 1), books).version == 10
    assert merit.rulebook.in_force("test", date(2026, 5, 1), books[::-1]).version == 10
    with pytest.raises(merit.MeritError) as found:
        merit.rulebook.in_force("nowhere", date(2026, 5, 1), books)
    assert str(found.value) == "There is no rulebook 'nowhere'."
    with pytest.raises(merit.MeritError) as found:
        merit.rulebook.in_force("test", date(2025, 12, 31), books)
    assert str(found.value) == "No version of the rulebook 'test' is in force on 2025-12-31."


def test_shipped_rulebooks_stand_by_name_and_start() -> None:
    found = [(rulebook.name, rulebook.effective_from) for rulebook in merit.rulebook.shipped()]
    assert found == sorted(found)
