"""The line of a fault is that of the key, not of the table that holds it."""

import tomllib
from pathlib import Path

import pytest

from app.exams import merit
from tests.unit.exams.merit.books import HEAD, WRITTEN, book

FAULTS = tomllib.loads(Path(__file__).with_name("faults.toml").read_text("utf-8"))["fault"]


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{place}" for place, _ in enumerate(FAULTS)])
def test_the_key_at_fault_is_named_by_its_line(fault: dict[str, str]) -> None:
    whole = book(WRITTEN, fault["text"] + "\n")
    with pytest.raises(merit.RulebookError) as caught:
        merit.rulebook.load(whole, "book")
    last = whole.rstrip("\n").count("\n") + 1
    assert (last, fault["said"]) in [(problem.line, problem.sentence) for problem in caught.value.problems]


def test_weights_name_the_last_part_and_its_weight() -> None:
    second = '[[component]]\nname = "b"\nkind = "mark"\nmaximum = "5"\nweight = "50"\n'
    for weight, said in (
        ("40", "The total: the weights add up to 90, not to 100."),
        ("0", "The weight of 'b' must be above 0."),
    ):
        text = (
            HEAD + WRITTEN.replace('weight = "100"', 'weight = "50"') + second.replace('"50"', f'"{weight}"')
        )
        with pytest.raises(merit.RulebookError) as caught:
            merit.rulebook.load(text)
        assert (text.count("\n"), said) in [(one.line, one.sentence) for one in caught.value.problems]


@pytest.mark.parametrize(
    "text",
    [
        'minimum = "100"\n',
        'maximum = "1"\n',
        "marks = { right = '1', wrong = '1', blank = '1' }\n",
        'level = [{ name = "A", mark = "90" }, { name = "C", mark = "80", most_added = "9" }]\n',
        'panel = { citation = "x" }\n',
        '[bands]\ncitation = "x"\ncategory = [{ name = "A", least = "60" }, '
        '{ name = "B", least = "50", most = "59.9" }]\n'
        "[total]\ndecision = { places = 1 }\n",
        '[certification]\nreach = "percent"\npercent = "100"\ncitation = "x"\n',
        '[certification]\nreach = "people"\nplus = "1"\ncitation = "x"\n',
        'normalise = { method = "two-point", by = "s", top = "1", citation = "x" }\n',
        'keep = { percent = "100", citation = "x" }\n',
    ],
)
def test_what_stands_at_the_edge_is_sound(text: str) -> None:
    sound = WRITTEN.replace('maximum = "100"\n', "") if text.startswith("maximum") else WRITTEN
    sound = sound.replace('"mark"', '"panel"') if text.startswith("panel") else sound
    assert merit.rulebook.load(book(sound, text)).name == "test"
