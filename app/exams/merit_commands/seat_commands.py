"""`meritum merit normalise` and `seats`: marks of several sessions on one scale, and who sits where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from app.exams import merit
from app.exams.merit_commands.faults import BadInput
from app.exams.merit_commands.list_commands import check_out, described, list_facts, tell
from app.exams.merit_commands.loading import load
from app.exams.merit_commands.options import about_a_list, as_json, out
from app.exams.merit_commands.output import emit, progress, shown_marks
from app.exams.merit_commands.requests import Request


@click.command()
@out
@as_json
@about_a_list
def normalise(request: Request, out: Path | None, as_json: bool) -> None:
    """Bring the marks of several sessions to one scale, as the rulebook says; raw marks stand beside."""
    check_out(out)
    with progress(5) as step:
        material = load(request, step=step)
        parts = [part for part in material.book.components if part.normalise]
        if not parts:
            raise merit.MeritError(f"The rulebook {material.book.name!r} normalises nothing.")
        step("Normalising")
        merit_list = material.merit_list
    tell(material)
    composed = merit_list.working.composed
    columns: dict[str, Sequence[Any]] = {"candidate": merit_list.candidates.ids.tolist()}
    for part in parts:
        by = part.normalise.by if part.normalise else ""
        if by:
            columns[by] = merit_list.candidates.attributes[by]
        columns[f"{part.name} raw"] = shown_marks(composed.raw[part.name], None)
        columns[part.name] = shown_marks(composed.values[part.name], None)
    facts = {"rulebook": described(material.book), "notes": material.notes}
    methods = ", ".join(f"{part.title} by {part.normalise.method}" for part in parts if part.normalise)
    emit(columns, facts, out=out, as_json=as_json, said=f"{len(merit_list):,} people: {methods}.")


@click.command()
@click.option("--vacancies", type=click.IntRange(1), help="All seats, shared over blocks by the rulebook.")
@click.option("--block", "blocks", multiple=True, help="The seats of one block as announced, such as SC=4.")
@click.option("--first-point", default=1, show_default=True, help="Where the roster goes on.")
@out
@as_json
@about_a_list
def seats(
    request: Request,
    vacancies: int | None,
    blocks: tuple[str, ...],
    first_point: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Seat the people of ANSWERS in the rulebook's blocks, with vertical and horizontal reservation."""
    check_out(out)
    if (vacancies is None) == (not blocks):
        raise BadInput("--vacancies", "Give either --vacancies or one --block for each block.")
    numbers = vacancies if vacancies is not None else dict(_read_block(text) for text in blocks)
    with progress(6) as step:
        material = load(request, step=step)
        step("Ranking")
        merit_list = material.merit_list
        step("Seating")
        made = merit.seat(material.book, merit_list, numbers, first_point=first_point)
    tell(material)
    rows = {seat.candidate_id: merit_list.row(seat.candidate_id) for seat in made.seats}
    columns: dict[str, list[Any]] = {
        "block": [seat.block for seat in made.seats],
        "candidate": [seat.candidate_id for seat in made.seats],
        "ground": [seat.ground for seat in made.seats],
        "rank": [rows[seat.candidate_id].rank for seat in made.seats],
        "score": [rows[seat.candidate_id].score for seat in made.seats],
    }
    facts = list_facts(material) | {
        "empty": dict(made.empty),
        "missing": {block: dict(claims) for block, claims in made.missing.items()},
    }
    empty = sum(made.empty.values())
    emit(columns, facts, out=out, as_json=as_json, said=f"{len(made.seats):,} seated, {empty:,} seats empty.")


def _read_block(text: str) -> tuple[str, int]:
    name, _equals, number = text.partition("=")
    if not name or not number.isdecimal():
        raise BadInput("--block", f"{text!r} is no number of seats; write it as SC=4.")
    return name, int(number)
