"""Every key of a rulebook is read as it is written, and as documented where it is left out."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.exams import merit

HERE = Path(__file__).parent
FULL = (HERE / "full.toml").read_text("utf-8")


def shape(value: Any) -> Any:
    """Write a rulebook as plain data: numbers and dates as text."""
    if is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: shape(part) for name, part in named.items() if name not in ("data", "digest")}
    if isinstance(value, dict):
        return {str(name): shape(part) for name, part in value.items()}
    if isinstance(value, tuple | frozenset):
        return [shape(part) for part in (value if isinstance(value, tuple) else sorted(value))]
    if isinstance(value, Fraction):
        return merit.plain(value)
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("name", ["full", "least"])
def test_every_key_is_read_or_has_its_default(name: str) -> None:
    rulebook = merit.rulebook.load((HERE / f"{name}.toml").read_text("utf-8"), name)
    assert shape(rulebook) == json.loads((HERE / f"{name}.json").read_text("utf-8"))


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(merit.RulebookError) as caught:
        merit.rulebook.load(text, "full")
    return [(problem.line, problem.sentence) for problem in caught.value.problems]


ROUNDINGS = "half-up, half-down, half-even, up, down, floor, ceiling"
CHOICES = [
    ('kind = "items"', "items, mark, panel, copy, composite"),
    ('absent = "zero"', "fails, zero"),
    ('redistribute = "section"', "component, section"),
    ('mode = "ceiling"', ROUNDINGS),
    ('rounding = "floor"\nfact', ROUNDINGS),
    ('method = "two-point"', "mean, mean-sd, two-point, percentile, equipercentile"),
    ('deviation_of = "sample"', "population, sample"),
    ('top_count = "floor"', ROUNDINGS),
    ('anchor = "best-session-mean"', "all, best-session-mean"),
    ('method = "trimmed-mean"', "mean, median, trimmed-mean, sum, t-score"),
    ('further = "closest-two"', "mean-of-all, closest-two, further-alone"),
    ('deviation_of = "population"', "population, sample"),
    ('method = "best"', "weighted, sum, mean, best, lowest, highest"),
    ('gate = "after"', "before, after"),
    ('combine = "sum"', "highest, sum"),
    ('rounding = "ceiling", citation = "Act 11"', ROUNDINGS),
    (
        'kind = "percent-of-mark"',
        "points, percent-of-maximum, percent-of-mark, steps, rate, tier, float, standing",
    ),
    ('whole = "floor"', f" , {ROUNDINGS}"),
    ('numbering = "dense"', "dense, competition, unique"),
    ('first = "latest"', "highest, latest, z-a, yes, lowest, earliest, a-z, no"),
    (
        'reach = "percent"',
        "people, ranks, scores, percent, cut-score, within, categories, whole-list",
    ),
    ('rounding = "half-even"', ROUNDINGS),
    ('ties = "break"', "include, break"),
    ('combine = "turns"', "turns, in-order"),
    ('overlap = "each"', "first-turn, rest-first, each"),
    (
        'kind = "strict-order"',
        "no-preference-passed-over, preference-in-order, preference-at-head, reasons-below-highest, "
        "strict-order",
    ),
    ('effect = "rests"', "passed-once, rests, removed"),
    ('matching = "one-to-all"', "one-to-one, one-to-all"),
    ('rounding = "floor" }]\nextra', ROUNDINGS),
    ('rounding = "floor", within', ROUNDINGS),
    ('rounding = "down"', ROUNDINGS),
    ('guarantee_from = "unreserved"', "all, unreserved"),
    ('rounding = "up" }]\n\n[seats', ROUNDINGS),
    ('rounding = "up" }]\n\n[[table', ROUNDINGS),
]


@pytest.mark.parametrize(("written", "choices"), CHOICES, ids=[written for written, _ in CHOICES])
def test_a_word_that_is_not_known_is_refused_with_those_that_are(written: str, choices: str) -> None:
    assert FULL.count(written) == 1
    key, value = written.split(" = ")[0], written.split('"')[1]
    line = FULL[: FULL.index(written)].count("\n") + 1
    found = faults(FULL.replace(written, written.replace(f'"{value}"', '"nonsense"', 1)))
    assert (line, f"'{key}' is 'nonsense'; it must be one of {choices}.") in found


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        ("raters = 5", "raters = 0", "'raters' must be a whole number of 1 or more."),
        ("trim = 1", "trim = -1", "'trim' must be a whole number of 0 or more."),
        ("best = 2", "best = 0", "'best' must be a whole number of 1 or more."),
        ("tier = 4", "tier = 0", "'tier' must be a whole number of 1 or more."),
        ("most = 40", "most = 0", "'most' must be a whole number of 1 or more."),
        ("drop_after = 6", "drop_after = 0", "'drop_after' must be a whole number of 1 or more."),
        ("version = 3", "version = 0", "'version' must be a whole number of 1 or more."),
        ("length = 4", "length = 0", "'length' must be a whole number of 1 or more."),
        ('maximum = "60"', 'maximum = "0"', "The maximum must be above 0."),
        ('title = "Everything"', 'title = " "', "'title' must be text."),
        ('title = "Veteran"', "title = 5", "'title' must be text."),
        ("reform = true", 'reform = "yes"', "'reform' must be true or false."),
        ('evidence = ["letter"]', "evidence = [5]", "'evidence' must be a list of texts."),
        ("read_on = 2026-11-22", "read_on = 2026", "'read_on' must be a date without quotes, for example"),
        ('cut = "41"', "cut = 41.5", "'cut' must be an exact number in quotes"),
        ('cut = "41"', 'cut = "much"', "'cut' must be an exact number in quotes"),
        ('percent = "12.5"', 'percent = "101"', "'percent' must be above 0 and at most 100."),
        ('percent = "12.5"', 'percent = "0"', "'percent' must be above 0 and at most 100."),
        ('top = "1/10"', 'top = "0"', "'top' is a share above 0 and at most 1."),
        ('base = "highest-mean"', "base = []", "'base' must be text."),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_at_its_line(written: str, instead: str, sentence: str) -> None:
    assert FULL.count(f"\n{written}\n") == 1
    line = FULL[: FULL.index(f"\n{written}\n")].count("\n") + 2
    found = faults(FULL.replace(f"\n{written}\n", f"\n{instead}\n"))
    assert [said for at, said in found if at == line and said.startswith(sentence)] != []


NEEDED = [
    (number, line)
    for number, line in enumerate(FULL.splitlines(), start=1)
    if line.startswith(("citation = ", "name = ", "reach = ", "code = ", "effect = ", "kind = "))
]


@pytest.mark.parametrize(("number", "line"), NEEDED, ids=[f"{number}" for number, _ in NEEDED])
def test_what_cannot_be_left_out_is_missed_at_the_head_of_its_table(number: int, line: str) -> None:
    lines = FULL.splitlines()
    key, section = line.split(" = ")[0], lines[:number]
    head = max(place for place, text in enumerate(section, start=1) if text.startswith("["))
    optional = ("[[component]]", "[total]", "[[order.key]]")
    if key == "citation" and lines[head - 1] in optional:
        without = merit.rulebook.load("\n".join([*lines[: number - 1], *lines[number:]]))
        assert without.digest != merit.rulebook.load(FULL).digest
        return
    found = faults("\n".join([*lines[: number - 1], *lines[number:]]))
    assert (head, key) in [(at, said.split("'")[1]) for at, said in found if said.endswith(f"needs '{key}'.")]
