"""`meritum merit rulebooks` and `validate`: what law there is, and whether a new rulebook can be used."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from app.exams import merit
from app.exams.merit_commands.faults import REFUSED, told
from app.exams.merit_commands.options import FILE, as_json
from app.exams.merit_commands.output import as_rows, show, to_json
from app.exams.merit_commands.requests import find_rulebook


@click.command()
@click.argument("name", required=False)
@as_json
@told
def rulebooks(name: str | None, as_json: bool) -> None:
    """List the rulebooks that come with the program, or print the text of the one called NAME.

    A printed text is a beginning for a rulebook of your own.
    """
    if name is not None:
        book, text = find_rulebook(name, None)
        click.echo(to_json(book.data) if as_json else text, nl=as_json)
        return
    books = merit.rulebook.shipped()
    columns: dict[str, list[Any]] = {
        "name": [book.name for book in books],
        "version": [book.version for book in books],
        "from": [book.effective_from for book in books],
        "until": [book.effective_until for book in books],
        "title": [book.title for book in books],
    }
    if as_json:
        rows = as_rows(columns)
        for row, book in zip(rows, books, strict=True):
            row |= {"citation": book.citation, "digest": book.digest}
        click.echo(to_json(rows))
        return
    show(columns, most=len(books))


@click.command()
@click.argument("files", type=FILE, nargs=-1, required=True)
@as_json
def validate(files: tuple[Path, ...], as_json: bool) -> None:
    """Check rulebooks: every fault with its line. The exit status is 2 when there is one."""
    found = []
    for file in files:
        try:
            book = merit.rulebook.load(file.read_text("utf-8"), file.name)
        except merit.RulebookError as error:
            found += [{"file": str(file), "line": p.line, "sentence": p.sentence} for p in error.problems]
        except UnicodeDecodeError:
            found.append({"file": str(file), "line": 1, "sentence": "The file is not written in UTF-8."})
        else:
            if not as_json:
                click.echo(f"{file}: {book.title}, version {book.version}, can be used. Digest {book.digest}")
    if as_json:
        click.echo(to_json({"faults": found}))
    else:
        for fault in found:
            click.echo(f"{fault['file']}, line {fault['line']}: {fault['sentence']}", err=True)
    if found:
        sys.exit(REFUSED)
