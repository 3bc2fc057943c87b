"""The commands that rehearse, import answers and rank, for files too large for a page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app.exams.examinations.queries import find_by_number
from app.exams.examinations.rules import read_options
from app.exams.merit_lists.services import draft_list
from app.exams.rehearsals import rules as rehearsals
from app.exams.responses import queries, rules
from app.exams.responses.rules import Reading
from app.exams.responses.services import import_responses
from app.platform import clock
from app.platform.actors import Actor, Grant
from app.platform.db import reading, transaction
from app.platform.errors import MeritumError

# Who runs a command on the machine itself acts for the system, in all agencies.
OPERATOR = Actor(id=None, name="Meritum, by command", grants=(Grant("exams.*", None),))
REFUSED = 2
SHOWN = 10


@click.group()
def exams() -> None:
    """Rehearse, import answers and rank examinations."""


@exams.command("import-responses")
@click.argument("exam")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what the file holds.")
@click.option("--absent", is_flag=True, help="Candidates without a sheet were absent.")
@click.option("--reason", default="", help="Why this file replaces an earlier one.")
def import_command(exam: str, file: Path, dry_run: bool, absent: bool, reason: str) -> None:
    """Import FILE, the answers of the examination numbered EXAM, such as EX-2026-0001.

    The same file again changes nothing. When a row is not good nothing is stored, each bad row is told
    and the exit status is 2.
    """
    content = file.read_bytes()
    try:
        found = _check(exam, content)
        if found.problem_count:
            _tell(found)
            sys.exit(REFUSED)
        click.echo(f"{found.sheets:,} sheets read, {len(found.absent):,} candidates without a sheet.")
        if dry_run:
            click.echo("Nothing was stored.")
            return
        with transaction() as session:
            before = queries.find_current(session, find_by_number(session, exam, OPERATOR).id)
            made = import_responses(
                session,
                examination_id=find_by_number(session, exam, OPERATOR).id,
                content=content,
                filename=file.name,
                accepts_absent=absent,
                reason=reason,
                actor=OPERATOR,
                at=clock.now(),
            )
            is_new = before is None or before.id != made.id
    except MeritumError as error:
        raise click.ClickException(error.message) from error
    click.echo("Answers stored." if is_new else "This file was imported before. Nothing changed.")


@exams.command("rank")
@click.argument("exam")
@click.option("--seed", default="", help="The public seed of the draw, where the rulebook declares one.")
@click.option("--reason", default="", help="Why a new version of a published list is made.")
def rank_command(exam: str, seed: str, reason: str) -> None:
    """Draft the merit list of the examination numbered EXAM; a person has to approve it."""
    try:
        with transaction() as session:
            made = draft_list(
                session,
                examination_id=find_by_number(session, exam, OPERATOR).id,
                seed=seed,
                reason=reason,
                actor=OPERATOR,
                at=clock.now(),
            )
            line = f"Version {made.version}: {made.ranked:,} ranked, {made.passed:,} passed."
            digest = made.digest
    except MeritumError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"{line}\nFingerprint of the list: {digest}")


@exams.command("rehearse")
@click.argument("answers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--options", default="A-D", show_default=True, help="Answers that can be marked.")
@click.option("--blank", multiple=True, help="A sign for no answer besides an empty cell.")
@click.option("--change", metavar="ITEM=ANSWER", help="Count what another right answer would move.")
def rehearse_command(
    answers: Path, key: Path, options: str, blank: tuple[str, ...], change: str | None
) -> None:
    """Score and rank the file ANSWERS by the file KEY without storing anything.

    Everyone is ranked by marks, and equal scores share a rank.
    """
    try:
        text = key.read_text("utf-8-sig")
        rehearsal = rehearsals.read(answers.read_bytes(), text, read_options(options), blank)
        listing = rehearsal.ranked().listing
        click.echo(f"{len(listing):,} sheets of {len(rehearsal.key):,} items, scored and ranked.")
        for row in listing.rows[:SHOWN]:
            click.echo(f"rank {row.rank:>4}  {row.candidate_id}  {row.score}")
        if change is not None:
            item, _, accepted = change.partition("=")
            effect = rehearsal.changed(item.strip(), [part.strip() for part in accepted.split("/") if part])
            told = f"{effect.scores:,} scores and {effect.ranks:,} of {effect.people:,} ranks"
            click.echo(f"With {accepted} right for item {item} it moves {told}.")
    except UnicodeDecodeError as error:
        raise click.ClickException("The key is not written in UTF-8.") from error
    except MeritumError as error:
        raise click.ClickException(error.message) from error


def _check(exam: str, content: bytes) -> Reading:
    """Read the file against the examination as it stands."""
    with reading() as session:
        examination = find_by_number(session, exam, OPERATOR)
        return rules.read_file(content, queries.load_plan(session, examination))


def _tell(found: Reading) -> None:
    for problem in found.problems:
        place = f"line {problem.row}" + (f", column {problem.column}" if problem.column else "")
        click.echo(f"{place}: {problem.reason}", err=True)
    if found.problem_count > len(found.problems):
        click.echo(f"And {found.problem_count - len(found.problems):,} more.", err=True)
    click.echo(f"Nothing was stored: {found.problem_count:,} faults.", err=True)
