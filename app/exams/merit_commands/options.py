"""The options that all commands about a list share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from app.exams.merit_commands.faults import told
from app.exams.merit_commands.requests import Request, read_fact, read_key_option

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, writable=True, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
out = click.option("--out", type=OUT, help="Write everything to this .csv, .parquet or .xlsx file.")

SETTINGS = ("list_id", "seed", "blanks", "ignored", "key_version")
LAW = "A rulebook by its name (see `rulebooks`), or a .toml file."
OPTIONS = [
    click.argument("answers", type=FILE),
    click.option(
        "--key", "key_files", multiple=True, help="The answer key: a file with the columns item and key."
    ),
    click.option("--rulebook", required=True, help=LAW),
    click.option("--people", type=FILE, help="A file of claims, attributes and marks, by candidate."),
    click.option("--series", type=FILE, help="Booklet series: a file with series, printed and item."),
    click.option("--on", type=DAY, help="The day of the announcement; it chooses the rulebook's version."),
    click.option("--list-id", default="list", show_default=True, help="The list's name, part of the draw."),
    click.option("--seed", default="", help="The public seed of the draw."),
    click.option("--fact", "facts", multiple=True, help="A fact of the announcement, such as grade=7."),
    click.option("--blank", "blanks", multiple=True, help="A text that stands for no answer, such as 8."),
    click.option("--ignore", "ignored", multiple=True, help="A column of the answers to pass over."),
    click.option("--key-version", default=1, show_default=True, help="The number of the key's version."),
]


def about_a_list(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the shared options as one Request, and status 2 for bad input."""
    return _asking(command, OPTIONS)


def about_items(command: Callable[..., Any]) -> Callable[..., Any]:
    """Do the same for a command that needs no law."""
    return _asking(command, [*OPTIONS[:2], click.option("--rulebook", default="", help=LAW), *OPTIONS[3:]])


def _asking(command: Callable[..., Any], options: Sequence[Any]) -> Callable[..., Any]:

    @wraps(command)
    def asked(
        answers: Path,
        key_files: tuple[str, ...],
        rulebook: str,
        on: dt.datetime | None,
        facts: tuple[str, ...],
        people: Path | None,
        series: Path | None,
        **kwargs: Any,
    ) -> Any:
        settings = {
            name: kwargs.pop(name) for name in ("list_id", "seed", "blanks", "ignored", "key_version")
        }
        request = Request(
            answers=answers,
            rulebook=rulebook,
            keys=dict(read_key_option(text) for text in key_files),
            people=people,
            series=series,
            on=on.date() if on else None,
            facts=dict(read_fact(text) for text in facts),
            **settings,
        )
        return command(request=request, **kwargs)

    guarded = told(asked)
    for option in reversed(options):
        guarded = option(guarded)
    return guarded
