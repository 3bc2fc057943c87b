"""`meritum merit items` and `impact`: how well an examination measured, and whom it passed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from app.exams import merit
from app.exams.merit.fairness import four_fifths, stages
from app.exams.merit.fairness import impact as fairness
from app.exams.merit.psychometrics import flags, reliability, sheets, tally
from app.exams.merit.psychometrics import items as classical
from app.exams.merit_commands.list_commands import check_out, tell
from app.exams.merit_commands.loading import load
from app.exams.merit_commands.material import Material
from app.exams.merit_commands.options import about_a_list, about_items, as_json, out
from app.exams.merit_commands.output import Columns, emit, progress
from app.exams.merit_commands.requests import Request

# Numbers about fewer people point at single ones.
LEAST_SHOWN = 5


@click.command()
@click.option("--options", "by_option", is_flag=True, help="Show what each option of each item drew.")
@click.option("--multiple", multiple=True, help="An answer that stands for several marks on the sheet.")
@out
@as_json
@about_items
def items(
    request: Request, by_option: bool, multiple: tuple[str, ...], out: Path | None, as_json: bool
) -> None:
    """Analyse the items of ANSWERS: difficulty, discrimination, what each option draws, and what looks wrong.

    Right answers count 1, whatever marks a rulebook gives. Without --rulebook all columns but those of
    candidates are items.
    """
    check_out(out)
    with progress(5) as step:
        material = load(request, step=step)
        step("Counting")
        name, key = next(iter(material.keys.items()), ("", None))
        if key is None:
            raise merit.MeritError("Items are analysed by their key; give --key.")
        counted = tally.count(sheets.of_key(key, material.responses[name], multiple=multiple))
        found = classical.analyse(counted)
    tell(material)
    facts = _facts(counted)
    columns = _option_columns(found) if by_option else _item_columns(found, facts.pop("alpha_without", {}))
    facts.pop("alpha_without", None)
    said = f"{found.people:,} people, mean {float(found.mean_total):.2f} of {len(found.items)} items."
    if facts["alpha"] is not None:
        said += f" Alpha {facts['alpha']:.3f}, standard error of measurement {facts['error']:.2f}."
    if out is None and not as_json:
        columns = {name: column for name, column in columns.items() if name != "why"}
    emit(columns, facts, out=out, as_json=as_json, said=said, most=len(columns["item"]))


def _facts(counted: tally.Tally) -> dict[str, Any]:
    """Give the reliability of the test; nothing where people or items are too few for it."""
    try:
        found = reliability.reliability(counted)
    except merit.MeritError as refusal:
        return {"people": counted.people, "alpha": None, "why_not": str(refusal)}
    return {
        "people": found.people,
        "mean": float(found.mean),
        "deviation": float(found.deviation),
        "alpha": float(found.alpha),
        "kr20": None if found.kr20 is None else float(found.kr20),
        "error": float(found.error),
        "alpha_without": found.alpha_without,
    }


def _item_columns(found: classical.ItemAnalysis, alpha_without: dict[str, Any]) -> Columns:
    rows = found.items
    return {
        "item": [row.code for row in rows],
        "difficulty": [_float(row.difficulty) for row in rows],
        "discrimination": [_float(row.discrimination) for row in rows],
        "point-biserial": [row.point_biserial for row in rows],
        "corrected": [row.corrected_point_biserial for row in rows],
        "alpha without": [_float(alpha_without.get(row.code)) for row in rows],
        "blank": [row.blank for row in rows],
        "multiple": [row.multiple for row in rows],
        "look at": ["; ".join(flag.code for flag in flags.look(row)) for row in rows],
        "why": [" ".join(flag.sentence for flag in flags.look(row)) for row in rows],
    }


def _option_columns(found: classical.ItemAnalysis) -> Columns:
    rows = [(item, option) for item in found.items for option in item.options]
    return {
        "item": [item.code for item, _ in rows],
        "option": [option.option or "(blank)" for _, option in rows],
        "kind": [option.kind for _, option in rows],
        "people": [option.people for _, option in rows],
        "share": [float(option.share) for _, option in rows],
        "mean total": [_float(option.mean_total) for _, option in rows],
        "point-biserial": [option.point_biserial for _, option in rows],
        "corrected": [option.corrected_point_biserial for _, option in rows],
        "upper": [float(option.upper) for _, option in rows],
        "lower": [float(option.lower) for _, option in rows],
    }


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


@click.command()
@click.option("--group", required=True, help="The column of groups, in ANSWERS or in --people.")
@click.option("--vacancies", type=click.IntRange(1), help="Compare who is within reach for them, too.")
@click.option("--hide-below", default=LEAST_SHOWN, show_default=True, help="Hide groups of fewer people.")
@out
@as_json
@about_a_list
def impact(
    request: Request, group: str, vacancies: int | None, hide_below: int, out: Path | None, as_json: bool
) -> None:
    """Compare by groups who passed, by the four-fifths rule with integers and by tests of chance."""
    check_out(out)
    with progress(6) as step:
        material = load(request, group=group, step=step)
        step("Ranking")
        steps = _stages(material, group, vacancies)
        step("Comparing")
        report = stages.impact_by_stage(steps, hide_below=hide_below)
    tell(material)
    parts = list(report.stages) + ([("overall", report.overall)] if len(report.stages) > 1 else [])
    rows = [(name, row) for name, found in parts for row in found.comparisons]
    below = {name: list(found.adverse) for name, found in parts}
    facts = {"hidden": list(report.hidden), "below_four_fifths": below}
    adverse = sorted({name for found in below.values() for name in found})
    said = f"Below four fifths: {', '.join(adverse)}." if adverse else "No group is below four fifths."
    if report.hidden:
        said += f" {len(report.hidden)} groups are too small to be shown."
    emit(_impact_columns(rows), facts, out=out, as_json=as_json, said=said)


def _stages(material: Material, group: str, vacancies: int | None) -> list[stages.Stage]:
    """Count each group on the list, among those who passed, and within reach."""
    merit_list = material.merit_list
    known = zip(material.ids.tolist(), material.groups, strict=False)
    groups = {one: text for one, text in known if text is not None}
    ids = [str(one) for one in merit_list.candidates.ids[merit_list.order].tolist()]
    if not any(one in groups for one in ids):
        raise merit.MeritError(f"Nobody on the list has a group; the column {group!r} is missing or empty.")
    unknown = sum(one not in groups for one in ids)
    if unknown:
        material.notes.append(f"{unknown:,} people without a group are left out.")
    passed = ids[: merit_list.passed_count]
    chain = [("passed", ids, passed)]
    if vacancies is not None:
        made = merit.certify(
            material.book,
            merit_list.eligibles(),
            issued_on=material.book.effective_from,
            vacancies=vacancies,
        )
        chain.append((f"within reach for {vacancies}", passed, [name.candidate_id for name in made.names]))
    named = sorted({groups[one] for one in ids if one in groups})
    found = []
    for name, before, after in chain:
        entered, left = (Counter(groups[one] for one in who if one in groups) for who in (before, after))
        own = tuple(four_fifths.Group(one, entered[one], left[one]) for one in named)
        found.append(stages.Stage(name, own))
    return found


def _impact_columns(rows: list[tuple[str, fairness.Comparison]]) -> Columns:
    return {
        "stage": [name for name, _ in rows],
        "group": [row.group for _, row in rows],
        "people": [row.applicants for _, row in rows],
        "selected": [row.selected for _, row in rows],
        "rate": [_float(row.rate) for _, row in rows],
        "ratio": [_float(row.against.ratio) if row.against else None for _, row in rows],
        "by chance": [row.against.fisher if row.against else None for _, row in rows],
        "deviations": [row.against.deviations if row.against else None for _, row in rows],
        "finding": [row.finding for _, row in rows],
        "why": [row.sentence for _, row in rows],
    }
