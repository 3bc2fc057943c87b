"""Run one published example, written as data, through the measures of an examination."""

import csv
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from app.exams import merit
from app.exams.merit.fairness import four_fifths, impact, item_bias, significance
from app.exams.merit.psychometrics import (
    cut_scores,
    equating,
    error_bands,
    flags,
    intraclass,
    items,
    kappa,
    reliability,
    sheets,
    tally,
)
from tests.cases import sat12
from tests.cases.calls import Case, shared


def text(value: float | Fraction | None, places: int) -> str:
    """Write a number with as many decimals as its publisher prints."""
    assert value is not None
    rounded = round(Fraction(value), places)
    return f"{float(rounded):.{places}f}"


def rows(case: Case) -> tuple[list[str], list[list[str]]]:
    """Read the head and the lines of a file beside the project."""
    with shared(case["file"]).open() as file:
        lines = list(csv.reader(file))
    return lines[0], lines[1:]


def groups(case: Case) -> list[four_fifths.Group]:
    return [four_fifths.Group(*group) for group in case["groups"]]


def marked_items(case: Case) -> dict[str, Any]:
    codes, lines = rows(case)
    counted = tally.count(sheets.of_marks(codes, [[int(mark) for mark in line] for line in lines]))
    found, consistent = items.analyse(counted).items, reliability.reliability(counted)
    return {
        "difficulty": [text(item.difficulty, 3) for item in found],
        "corrected": [text(item.corrected_point_biserial, 6) for item in found],
        "uncorrected": [text(item.point_biserial, 6) for item in found],
        "alpha": text(consistent.alpha, 6),
        "kr20": text(consistent.kr20, 6),
        "people_by_total": list(counted.at_level),
    }


def keyed_items(case: Case) -> dict[str, Any]:
    codes, lines = rows(case)
    right = shared(case["key"]).read_text().split()
    key = merit.Key(1, tuple(merit.Item(code, (option,)) for code, option in zip(codes, right, strict=True)))
    people = [str(person) for person in range(len(lines))]
    counted = tally.count(sheets.of_key(key, merit.Responses.from_rows(people, codes, lines)))
    found, consistent = items.analyse(counted).items, reliability.reliability(counted)
    return {
        "mean": text(consistent.mean, 2),
        "deviation": text(consistent.deviation, 6),
        "alpha": text(consistent.alpha, 6),
        "error": text(consistent.error, 6),
        "difficulty": [text(item.difficulty, 2) for item in found],
        "corrected": [text(item.corrected_point_biserial, 6) for item in found],
    }


def suspected_keys(case: Case) -> list[list[str]]:
    """Name each item whose key draws weaker people than a distractor, with the best distractor."""
    found = items.analyse(tally.count(sheets.of_key(*sat12.load()))).items
    suspects = [
        item for item in found if any(flag.code == "distractor-better-than-key" for flag in flags.look(item))
    ]
    return [
        [item.code, max(item.options, key=lambda option: option.corrected_point_biserial or -1).option]
        for item in suspects
    ]


def equated(case: Case) -> dict[str, Any]:
    _, lines = rows(case)
    marks, x, y = (tuple(int(line[column]) for line in lines) for column in range(3))
    forms = merit.Frequencies(marks, x, 1), merit.Frequencies(marks, y, 1)
    return {
        "mean": [text(value, 4) for value in equating.mean(*forms).equivalents[:4]],
        "linear": [text(value, 4) for value in equating.linear(*forms).equivalents[:4]],
        "equipercentile": [text(value, 4) for value in equating.equipercentile(*forms).equivalents],
    }


def correlations(case: Case) -> dict[str, list[str]]:
    table = case["ratings"] if "ratings" in case else [[int(mark) for mark in line] for line in rows(case)[1]]
    found = intraclass.intraclass(table).coefficients
    return {name: [text(one.value, 2), text(one.lower, 3), text(one.upper, 3)] for name, one in found.items()}


def kappas(case: Case) -> dict[str, list[str]]:
    _, lines = rows(case)
    first, second = ([line[rater] for line in lines] for rater in case["raters"])
    order = sorted({*first, *second})
    found = {weights: kappa.cohen(first, second, weights, order) for weights in case["expect"]}
    return {weights: [text(one.value, 3), text(one.z, 2)] for weights, one in found.items()}


def fleiss(case: Case) -> dict[str, list[str]]:
    found = kappa.fleiss(rows(case)[1])
    return {
        "kappa": [text(found.overall.value, 3), text(found.overall.z, 1)],
        "categories": [text(found.by_category[name], 3) for name in sorted(map(str, found.by_category))],
    }


def band(case: Case) -> list[Any]:
    found = error_bands.error_band(Fraction(case["deviation"]), Fraction(case["reliability"]))
    bands = found.fixed([Fraction(total) for total in case["totals"]])
    widths = [text(value, 4) for value in (found.measurement, found.difference, found.width)]
    return [*widths, [[str(total) for total in one] for one in bands]]


def cut(case: Case) -> list[Any]:
    found = cut_scores.angoff(case["ratings"])
    return [[text(one, 2) for one in found.judge_cuts], text(found.cut, 4), text(found.error, 4)]


def rates(case: Case) -> list[list[Any]]:
    return [[one.group, str(100 * one.ratio), one.below] for one in four_fifths.rate_ratios(case["rates"])]


def share(case: Case) -> list[str]:
    found = significance.against_share(case["observed"], case["people"], case["share"])
    return [text(value, 1) for value in (found.expected, found.deviation, found.deviations)]


def shortfall(case: Case) -> str:
    return str(significance.shortfall(case["applicants"], case["selected"], case["rate"]))


def compared(case: Case) -> list[list[Any]]:
    found = impact.adverse_impact(groups(case), workforce_shares=case.get("workforce_shares"))
    return [
        [row.group, row.finding, *([str(row.against.ratio), row.against.additional] if row.against else [])]
        for row in found.comparisons
    ]


def tests(case: Case) -> list[Any]:
    one, other = groups(case)
    spread = text(significance.deviations(one, other), 4)
    return [text(significance.fisher(one, other), 6), spread, significance.beyond(one, other)]


def _bias(case: Case) -> item_bias.ItemBias:
    lines = [line.split() for line in shared(case["file"]).read_text().splitlines()]
    gender = lines[0].index("Gender")
    answered = sheets.of_marks(lines[0][:24], [[int(mark) for mark in line[:24]] for line in lines[1:]])
    return item_bias.differential_items(
        answered, [line[gender] == "1" for line in lines[1:]], rounds=case["rounds"]
    )


def _item(item: item_bias.BiasItem) -> list[str]:
    numbers = (item.chi_square, item.p, item.odds_ratio, item.delta)
    return [item.code, *(text(number, 4) for number in numbers), item.size]


def bias(case: Case) -> dict[str, Any]:
    found = _bias(case)
    return {"anchors": len(found.anchors), "items": [_item(item) for item in found.items]}


def freed(case: Case) -> dict[str, Any]:
    found = _bias(case)
    assert found.settled
    flagged = [item.code for item in found.items if item.code not in found.anchors]
    return {
        "rounds": found.rounds,
        "flagged": flagged,
        "first": _item(found.items[0]),
        "last": _item(found.items[-1]),
    }


CALLS: dict[str, Callable[[Case], Any]] = {
    "marked_items": marked_items,
    "keyed_items": keyed_items,
    "suspected_keys": suspected_keys,
    "equated": equated,
    "correlations": correlations,
    "kappas": kappas,
    "fleiss": fleiss,
    "band": band,
    "cut": cut,
    "rates": rates,
    "share": share,
    "shortfall": shortfall,
    "impact": compared,
    "tests": tests,
    "bias": bias,
    "freed": freed,
}
