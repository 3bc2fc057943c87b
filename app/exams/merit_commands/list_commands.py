"""`meritum merit score`, `rank`, `explain` and `certify`: from answer sheets to names."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click

from app.exams import merit
from app.exams.merit_commands.loading import load
from app.exams.merit_commands.material import Material
from app.exams.merit_commands.options import about_a_list, as_json, out
from app.exams.merit_commands.output import (
    as_rows,
    emit,
    listing_columns,
    prepared,
    progress,
    show,
    shown_marks,
    to_json,
)
from app.exams.merit_commands.requests import Request
from app.exams.merit_commands.tables import check_kind

DIFFERENT = 1


@click.command()
@out
@as_json
@about_a_list
def score(request: Request, out: Path | None, as_json: bool) -> None:
    """Mark the ANSWERS of each candidate by a key, in total and by section."""
    check_out(out)
    with progress(4) as step:
        material = load(request, step=step)
        step("Marking")
        columns = _score_columns(material)
    tell(material)
    maxima = {name: merit.plain(scores.maximum) for name, scores in material.scores.items()}
    facts = {
        "rulebook": described(material.book),
        "keys": {name: scores.key_digest for name, scores in material.scores.items()},
        "maxima": maxima,
        "notes": material.notes,
    }
    people = len(columns["candidate"])
    best = ", ".join(f"{name} out of {top}" for name, top in maxima.items())
    emit(columns, facts, out=out, as_json=as_json, said=f"{people:,} people marked: {best}.")


def _score_columns(material: Material) -> dict[str, list[Any]]:
    if not material.scores:
        raise merit.MeritError("There is nothing to mark; give the --key of a component of items.")
    ids = sorted({str(one) for scores in material.scores.values() for one in scores.candidate_ids.tolist()})
    columns: dict[str, list[Any]] = {"candidate": ids}
    for name, scores in material.scores.items():
        parts = {name: scores.marks} | {f"{name}.{key}": part for key, part in scores.sections.items() if key}
        for title, marks in parts.items():
            own = dict(zip(scores.candidate_ids.tolist(), shown_marks(marks, None), strict=True))
            columns[title] = [own.get(one) for one in ids]
    return columns


@click.command()
@out
@as_json
@click.option("--twice", is_flag=True, help="Compute the list a second time by other code, and compare.")
@about_a_list
def rank(request: Request, out: Path | None, as_json: bool, twice: bool) -> None:
    """Make the merit list from ANSWERS, a key and a rulebook.

    ANSWERS has a column of candidates and one for each item of the key; it may hold the columns claims,
    series, and what the rulebook asks for of each person. Marks given elsewhere stand in a column headed
    with the component's name.
    """
    check_out(out)
    with progress(6) as step:
        material = load(request, step=step)
        step("Ranking")
        candidates = material.candidates
        # Digests are computed while the list is made and written, by another core.
        with ThreadPoolExecutor(1) as beside:
            beside.submit(lambda: candidates.digest)
            merit_list = material.merit_list
            facts_found = beside.submit(list_facts, material)
            columns = prepared(listing_columns(merit_list), out)
        facts = facts_found.result()
        second = ""
        if twice:
            step("Computing a second time")
            second = compute_twice(material, facts)
    tell(material)
    said = f"{len(merit_list):,} people, {merit_list.passed_count:,} passed. Digest {merit_list.digest}"
    emit(columns, facts, out=out, as_json=as_json, said=said + second)


def list_facts(material: Material) -> dict[str, Any]:
    """Give what a list is bound to, as plain data."""
    merit_list = material.merit_list
    return {
        "list": merit_list.list_id,
        "rulebook": described(material.book),
        "keys": dict(merit_list.candidates.key_digests),
        "seed": material.seed,
        "facts": dict(merit_list.facts),
        "people": len(merit_list),
        "passed": merit_list.passed_count,
        "inputs_digest": merit_list.inputs_digest,
        "digest": merit_list.digest,
        "notes": material.notes,
    }


def described(book: merit.Rulebook) -> dict[str, Any]:
    """Name a rulebook."""
    return {"name": book.name, "version": book.version, "digest": book.digest, "citation": book.citation}


def compute_twice(material: Material, facts: dict[str, Any]) -> str:
    """Compute the list by the second computation; the command ends with status 1 where it differs."""
    from app.exams import proving

    try:
        proof = material.proof()
    except proving.NotProvable as refusal:
        facts["not_proved"] = str(refusal)
        return f"\nNot computed a second time. {refusal}"
    facts["second_digest"] = proof.digest
    difference = proof.first_difference(material.merit_list)
    if difference:
        click.echo(f"The second computation came out otherwise. {difference}", err=True)
        sys.exit(DIFFERENT)
    return "\nComputed a second time by other code, with the same result."


@click.command()
@click.option("--candidate", required=True, help="Whose place is explained.")
@as_json
@about_a_list
def explain(request: Request, candidate: str, as_json: bool) -> None:
    """Explain how one candidate of ANSWERS came to a place, step by step."""
    with progress(4) as step:
        material = load(request, step=step)
        step("Ranking")
        told = merit.explain(material.merit_list, candidate, *material.scores.values())
    tell(material)
    steps = {
        name: [getattr(one, name) for one in told.steps]
        for name in ("stage", "label", "value", "arithmetic", "citation")
    }
    row = told.row
    if as_json:
        facts = {"candidate": candidate, "rank": row.rank, "position": row.position, "score": row.score}
        facts |= {"above": told.above, "below": told.below, "decided_by": told.decided_by}
        click.echo(to_json(facts | {"steps": as_rows(steps), "list": told.list_digest}))
        return
    show({name: column for name, column in steps.items() if name != "citation"}, most=len(told.steps))
    ends = f"Above stands {told.above or 'nobody'}, below {told.below or 'nobody'}."
    click.echo(ends if row.rank else f"{candidate} did not pass.")
    for citation in dict.fromkeys(citation for citation in steps["citation"] if citation):
        click.echo(f"Source: {citation}")


def tell(material: Material) -> None:
    """Say to a person what was assumed."""
    for note in material.notes:
        click.echo(f"Note: {note}", err=True)


def check_out(out: Path | None) -> None:
    """Refuse a name to write to before any work is done."""
    if out is not None:
        check_kind(out)
