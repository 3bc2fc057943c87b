"""The commands that bring postings in from files."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from app.platform import clock
from app.platform.actors import Actor, Grant
from app.platform.db import transaction
from app.platform.errors import Invalid
from app.recruitment.postings import importing
from app.recruitment.postings.import_services import ACT, Summary, import_postings
from app.recruitment.postings.importing import Cells, ReadFile

# Who runs a command on the machine itself acts for the system, in all agencies.
IMPORTER = Actor(
    id=None, name="Meritum, by command", grants=(Grant(ACT, None), Grant("accounts.add_agency", None))
)
REFUSED = 2
MOST_SHOWN = 20


@click.group()
def postings() -> None:
    """Bring postings in from elsewhere."""


@postings.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--accept-valid", is_flag=True, help="Store the good rows even when others are not.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the rows that are not good, with the reasons.  [default: beside FILE]",
)
def import_command(file: Path, accept_valid: bool, rejects: Path | None) -> None:
    """Import FILE, a CSV of New York City's open data set “NYC Jobs”.

    The same file again changes nothing. When a row is not good, nothing is stored, each bad row is told
    and the exit status is 2, unless --accept-valid is given.
    """
    try:
        read = _read(file)
    except Invalid as error:
        click.echo(error.message, err=True)
        sys.exit(REFUSED)
    if read.errors:
        _tell(read, is_all=not accept_valid and rejects is None)
        if accept_valid or rejects is not None:
            _write_rejects(read, rejects or file.with_name(f"{file.stem}-rejects.csv"))
    if read.errors and not accept_valid:
        click.echo(f"Nothing was stored: {_bad(read)}. Use --accept-valid to store the others.", err=True)
        sys.exit(REFUSED)
    summary = _store(read)
    click.echo(
        f"{read.total} rows read: {summary.inserted} inserted, {summary.updated} updated, "
        f"{summary.unchanged} unchanged, {len(read.rejected)} rejected; "
        f"{summary.agencies} agencies added."
    )


def _read(file: Path) -> ReadFile:
    def progress(lines: list[Cells]) -> Iterable[Cells]:
        with click.progressbar(lines, label="Checking rows", file=sys.stderr) as bar:
            yield from bar

    return importing.read_file(file.read_bytes(), progress)


def _store(read: ReadFile) -> Summary:
    with (
        transaction() as session,
        click.progressbar(read.rows, label="Storing postings", file=sys.stderr) as bar,
    ):
        return import_postings(session, rows=bar, digest=read.digest, actor=IMPORTER, at=clock.now())


def _bad(read: ReadFile) -> str:
    return f"{len(read.rejected)} of {read.total} rows are not good"


def _tell(read: ReadFile, *, is_all: bool) -> None:
    """Tell what is wrong, row by row: everything, or the first lines where a file holds the rest."""
    shown = read.errors if is_all else read.errors[:MOST_SHOWN]
    for error in shown:
        click.echo(f"Row {error.row}, {error.column}: {error.reason}", err=True)
    if len(shown) < len(read.errors):
        click.echo(f"… and {len(read.errors) - len(shown)} more faults.", err=True)
    columns = Counter(error.column for error in read.errors).most_common()
    click.echo(f"{_bad(read)}: " + ", ".join(f"{column} {count}" for column, count in columns), err=True)


def _write_rejects(read: ReadFile, path: Path) -> None:
    # with a mark, so that spreadsheets read it as UTF-8
    path.write_text(importing.write_rejects(read), encoding="utf-8-sig", newline="")
    click.echo(f"The rows that are not good were written to {path}.", err=True)
