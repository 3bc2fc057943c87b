"""What a command says: progress, a short table for people, JSON for programs, files for both."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
import numpy as np

from app.exams import merit
from app.exams.merit.columns import Coded, Picked, distinct_numbers
from app.exams.merit.exact import Integers
from app.exams.merit_commands.writing import Names, Prepared, Whole, write_table

Columns = Mapping[str, Sequence[Any]]
# What a person sees without asking for a file.
SHOWN_ROWS = 20


@contextmanager
def progress(steps: int) -> Iterator[Callable[[str], None]]:
    """Show a bar on the terminal; call what is given with the name of each step that begins."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(
        length=steps,
        file=sys.stderr,
        hidden=hidden,
        show_eta=False,
        item_show_func=lambda said: said or "",
    ) as bar:
        yield lambda said: bar.update(1, said)


def listing_columns(merit_list: merit.MeritList) -> dict[str, Sequence[Any]]:
    """Write a list as columns, everybody in order; marks as people read them."""
    working, book = merit_list.working, merit_list.rulebook
    order, count = merit_list.order, len(merit_list)
    first = ("",) if book.bands is None else tuple(map(book.bands.name, range(_most(working.category) + 1)))
    category = working.category[order] if book.bands else np.zeros(count, dtype=np.int64)
    return {
        "position": Whole(np.arange(1, count + 1)),
        "rank": Whole(merit_list.ranks, count),
        "candidate": Names(Picked(merit_list.candidates.ids, order)),
        "score": shown_marks(working.final.take(order), book.total.display),
        "earned": shown_marks(working.earned.take(order), book.total.display),
        "points": shown_marks(working.preferred.points.take(order), None),
        "preference": Coded((False, True), working.preferred.eligible[order].astype(np.int64)),
        "tier": Whole(working.preferred.tier[order]),
        "category": Coded(first, category),
        "not met": _not_met(merit_list),
    }


def prepared(columns: Columns, out: Path | None) -> Columns:
    """Write a table for a CSV file already, so that nothing but the file is left to be written."""
    return Prepared(columns) if out is not None and out.suffix.casefold() == ".csv" else columns


def _most(places: Integers) -> int:
    return int(places.max(initial=0))


def _not_met(merit_list: merit.MeritList) -> Coded[str]:
    """Name the minima that each person did not meet; each combination of them is put into words once."""
    gates, order = merit_list.working.gates, merit_list.order
    pattern = np.zeros(len(order), dtype=np.int64)
    for place, gate in enumerate(gates):
        pattern |= (~gate.met[order]).astype(np.int64) << place
    distinct, places = distinct_numbers(pattern)
    texts = [
        "; ".join(gate.title for place, gate in enumerate(gates) if bits >> place & 1)
        for bits in distinct.tolist()
    ]
    return Coded(tuple(texts), places)


def shown_marks(marks: merit.Marks, rounding: merit.Rounding | None) -> Coded[str]:
    """Write marks for people, each distinct one once; exactly where no rounding is given."""
    distinct, places = distinct_numbers(marks.numerators)
    exact = [Fraction(numerator, marks.denominator) for numerator in distinct.tolist()]
    texts = [merit.plain(mark) if rounding is None else merit.display(mark, rounding) for mark in exact]
    return Coded(tuple(texts), places)


def emit(
    columns: Columns,
    facts: Mapping[str, Any],
    *,
    out: Path | None,
    as_json: bool,
    said: str,
    most: int = SHOWN_ROWS,
) -> None:
    """Write a result: to the file named, as JSON where asked, else its first rows and a sentence."""
    if out is not None:
        write_table(out, columns)
    if as_json:
        rows = [] if out is not None else as_rows({name: list(column) for name, column in columns.items()})
        click.echo(to_json({**facts, "file": str(out)} if out is not None else {**facts, "rows": rows}))
        return
    if out is None:
        show(columns, most)
    else:
        click.echo(f"{out} written.")
    click.echo(said)


def as_rows(columns: Columns) -> list[dict[str, Any]]:
    """Turn columns into a row of named values for each person."""
    names = list(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def to_json(data: Any) -> str:
    """Write JSON; exact numbers as text, so that nothing is rounded."""

    def other(value: Any) -> str:
        if isinstance(value, Fraction):
            return merit.plain(value)
        if isinstance(value, date):
            return value.isoformat()
        raise TypeError(f"{type(value).__name__} has no form in JSON.")

    return json.dumps(data, indent=2, ensure_ascii=False, default=other)


def show(columns: Columns, most: int = SHOWN_ROWS) -> None:
    """Print the first rows of a table, numbers to the right, without columns that hold nothing."""
    heads = [name for name, column in columns.items() if any(_cell(value) for value in column[:most])]
    texts = [[_cell(value) for value in columns[name][:most]] for name in heads]
    widths = [
        max(len(head), *(len(text) for text in column)) for head, column in zip(heads, texts, strict=True)
    ]
    right = [all(_is_number(text) for text in column) for column in texts]
    for cells in [heads, *zip(*texts, strict=True)]:
        line = "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(cells, widths, right, strict=True)
        )
        click.echo(line.rstrip())
    total = len(next(iter(columns.values()), ()))
    if total > most:
        click.echo(f"... and {total - most:,} more; name a file by --out to get all.")


def _cell(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _is_number(text: str) -> bool:
    return not text or text.replace(".", "", 1).replace("-", "", 1).replace("/", "", 1).isdecimal()
