"""`meritum merit certify`: who may be considered for vacancies, from one list or from several together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from app.exams import merit
from app.exams.merit_commands.faults import BadInput
from app.exams.merit_commands.list_commands import check_out, list_facts, tell
from app.exams.merit_commands.loading import load
from app.exams.merit_commands.material import Material
from app.exams.merit_commands.options import DAY, about_a_list, as_json, out
from app.exams.merit_commands.output import emit, progress
from app.exams.merit_commands.requests import Request
from app.platform import clock

Columns = dict[str, list[Any]]
Lists = Mapping[str, Sequence[merit.Eligible]]


@click.command()
@click.option("--vacancies", default=1, show_default=True, type=click.IntRange(1))
@click.option(
    "--first-turn",
    type=click.IntRange(1),
    help="The number of the first vacancy, counted over the life of several lists.  [default: 1]",
)
@click.option("--unavailable", multiple=True, help="Somebody who declined, was removed or appointed.")
@click.option("--issued-on", type=DAY, help="The day of the certificate.  [default: today]")
@click.option("--established-on", type=DAY, help="The day from which the list lives.")
@out
@as_json
@about_a_list
def certify(
    request: Request,
    vacancies: int,
    first_turn: int | None,
    unavailable: tuple[str, ...],
    issued_on: dt.datetime | None,
    established_on: dt.datetime | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Name those of ANSWERS who may be considered for vacancies.

    Where the rulebook certifies from several lists, they are divided by claims and share the vacancies.
    """
    check_out(out)
    issued = (issued_on or clock.now()).date()
    established = established_on.date() if established_on else None
    with progress(5) as step:
        material = load(request, step=step)
        step("Ranking")
        names, lists = material.merit_list.eligibles(), merit.sublists(material.book, material.merit_list)
        if first_turn and not lists:
            raise BadInput("--first-turn", "Turns are counted only where the rulebook has several lists.")
        step("Certifying")
        if lists:
            joint = merit.certify_lists(
                material.book,
                lists,
                issued_on=issued,
                vacancies=vacancies,
                first_turn=first_turn or 1,
                unavailable=unavailable,
                list_established_on=dict.fromkeys(lists, established) if established else None,
            )
            columns, facts, said = _several(material, lists, joint)
        else:
            made = merit.certify(
                material.book,
                names,
                issued_on=issued,
                vacancies=vacancies,
                unavailable=unavailable,
                list_established_on=established,
            )
            columns, facts = _named(material, made.names), _certificate(made)
            said = f"{made.sentence} ({made.citation})"
    tell(material)
    facts = list_facts(material) | {"issued_on": issued, "vacancies": vacancies} | facts
    emit(columns, facts, out=out, as_json=as_json, said=said)


def _named(material: Material, names: Sequence[merit.Eligible]) -> Columns:
    """Write the names of a certificate as columns."""
    return {
        "position": [merit.plain(merit.fraction(name.position)) for name in names],
        "rank": [name.rank for name in names],
        "candidate": [name.candidate_id for name in names],
        "score": [merit.display(name.score, material.book.total.display) for name in names],
        "preference": [name.preference for name in names],
        "category": [name.category for name in names],
    }


def _certificate(made: merit.Certificate) -> dict[str, Any]:
    return {
        "expires_on": made.expires_on,
        "sentence": made.sentence,
        "citation": made.citation,
        "certificate": made.digest,
    }


def _several(
    material: Material, lists: Lists, joint: merit.JointCertificate
) -> tuple[Columns, dict[str, Any], str]:
    """Put the certificates below one another, with the list and the turn of each name."""
    columns: Columns = {"list": [], "turn": [], **_named(material, ())}
    turns = {(turn.served_by, turn.candidate_id): turn.number for turn in joint.turns}
    for name, made in joint.certificates.items():
        ids = [one.candidate_id for one in made.names]
        # lists that are used up in order stand in one certificate; each person belongs to the first of theirs
        own = [name or _first_list(lists, candidate) for candidate in ids]
        numbers = [turns.get((name, candidate)) for candidate in ids]
        part: Columns = {"list": own, "turn": numbers, **_named(material, made.names)}
        for title, cells in part.items():
            columns[title] += cells
    facts = {
        "turns": [
            {
                "turn": turn.number,
                "list": turn.source,
                "served_by": turn.served_by,
                "candidate": turn.candidate_id,
            }
            for turn in joint.turns
        ],
        "certificates": {
            name: _certificate(made) | {"vacancies": made.vacancies}
            for name, made in joint.certificates.items()
        },
        "certificate": joint.digest,
    }
    said = "\n".join(f"{made.sentence} ({made.citation})" for made in joint.certificates.values())
    return columns, facts, said or "Nobody on any of the lists can be certified."


def _first_list(lists: Mapping[str, Sequence[merit.Eligible]], candidate: str) -> str:
    return next(
        name for name, people in lists.items() if any(one.candidate_id == candidate for one in people)
    )
