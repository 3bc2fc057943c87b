"""Bad input, told with its file, row and column; the command then ends with status 2."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import click

from app.exams import merit

REFUSED = 2
P = ParamSpec("P")


class BadInput(Exception):
    """A file that cannot be used; rows are counted as a spreadsheet does, the headings being row 1."""

    def __init__(
        self, file: Path | str, sentence: str, *, row: int | None = None, column: str | None = None
    ) -> None:
        place = Path(file).name
        if row is not None:
            place += f", row {row}"
        if column is not None:
            place += f", column {column}"
        super().__init__(f"{place}: {sentence}")


def told(command: Callable[P, Any]) -> Callable[P, Any]:
    """Let a command end with status 2 and a sentence where its input is bad."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return command(*args, **kwargs)
        except (BadInput, merit.MeritError) as fault:
            click.echo(str(fault), err=True)
            sys.exit(REFUSED)

    return guarded
