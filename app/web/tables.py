"""Staff tables as files: a list page declares its columns, and one page gives them as CSV or XLSX.

A file holds what the list shows under the filters of its address, row by row, never all in memory.
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import IO, Any
from urllib.parse import urlencode

import xlsxwriter
from flask import Flask, request, url_for
from sqlalchemy.orm import Session

from app.platform.actors import Actor
from app.platform.errors import Conflict, NotFound
from app.platform.spreadsheets import guarded
from app.web.access import current_actor

MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# The lines of a sheet, https://support.microsoft.com "Excel specifications and limits", read 2026-11-22.
MOST_SHEET_ROWS = 1_048_575
# How many rows a table reads at a time.
STRETCH = 1000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in addresses and the audit trail, its heading, and the value of a row.

    Who may open the list sees it, unless it asks for a `permission` of its own.
    """

    name: str
    title: str
    value: Callable[[Any], Any]
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A list that can be downloaded: `endpoint` is that of its page, whose permission it asks for.

    `rows` reads every row that the page would show, all pages of it, by the filters of the address;
    `place` names the parameter of the page's address that says of what it is a list.
    """

    endpoint: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Session, Actor], Iterable[Any]]
    place: str = ""


_tables: dict[str, Table] = {}


def add(table: Table) -> None:
    """Add a table; the same one added twice is one."""
    if _tables.setdefault(table.endpoint, table) is not table:
        raise RuntimeError(f"Two tables are of {table.endpoint}.")


def get_table(endpoint: str, actor: Actor) -> Table:
    """Give the table of a list page that the actor may open, or raise NotFound."""
    table = _tables.get(endpoint)
    if table is None or not actor.may(endpoint):
        raise NotFound("There is no such table.")
    return table


def offered(table: Table, actor: Actor) -> list[Column]:
    """List the columns that the actor may see in every agency whose rows they see."""
    return [column for column in table.columns if _covers(actor, column.permission, table.endpoint)]


def _covers(actor: Actor, permission: str, endpoint: str) -> bool:
    if not permission:
        return True
    allowed, shown = actor.agencies(permission), actor.agencies(endpoint)
    return allowed is None or (shown is not None and bool(shown) and set(shown) <= set(allowed))


def asked(name: str) -> str:
    """Give a parameter of the list's address, as its page gets it in its path."""
    return request.args.get(name, "")[:40].replace("\0", "")


def all_pages(read: Callable[[str], Any]) -> Iterable[Any]:
    """Give the rows of every page; `read` takes a cursor and gives a page with its `rows` and `next`."""
    cursor: str | None = ""
    while cursor is not None:
        page = read(cursor)
        yield from page.rows
        cursor = page.next


def write(columns: Sequence[Column], rows: Iterable[Any], form: str, out: IO[bytes]) -> int:
    """Write a heading and the rows in one of the forms of MEDIA_TYPES; give how many rows there were."""
    return {"csv": _write_csv, "xlsx": _write_xlsx}[form](columns, rows, out)


def _write_csv(columns: Sequence[Column], rows: Iterable[Any], out: IO[bytes]) -> int:
    out.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    lines, count = csv.writer(text), 0
    lines.writerow([column.title for column in columns])
    for row in rows:
        lines.writerow([guarded(plain(column.value(row))) for column in columns])
        count += 1
    text.detach()
    return count


def _write_xlsx(columns: Sequence[Column], rows: Iterable[Any], out: IO[bytes]) -> int:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(out, options) as book:
        sheet, bold = book.add_worksheet("Table"), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(columns) - 1, 0), 24)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.title, bold)
        for row in rows:
            count += 1
            if count > MOST_SHEET_ROWS:
                raise Conflict(f"A sheet holds {MOST_SHEET_ROWS:,} rows, and these are more. Choose CSV.")
            for place, column in enumerate(columns):
                value = column.value(row)
                if isinstance(value, int) and not isinstance(value, bool):
                    sheet.write_number(count, place, value)
                else:
                    sheet.write_string(count, place, plain(value))
    return count


def plain(value: Any) -> str:
    """Give a value as text for machines: ISO dates, UTC moments, exact numbers, yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction | Decimal | int):
        return str(value)
    return str(getattr(value, "value", value))


def install(app: Flask) -> None:
    """Give templates the address from which the list on this page is downloaded, "" where it is not."""

    @app.context_processor
    def provide() -> dict[str, object]:
        return {"table_address": _address}


def _address() -> str:
    endpoint = request.endpoint or ""
    actor = current_actor()
    if endpoint not in _tables or not (actor.may(endpoint) and actor.may("home.download")):
        return ""
    paging = {"page", "after", "before", "sort", "order"}
    kept = {name: value for name, value in request.args.to_dict().items() if value and name not in paging}
    given = {str(name): str(value) for name, value in (request.view_args or {}).items()}
    address = url_for("home.download", table=endpoint)
    return f"{address}?{urlencode(kept | given)}" if kept | given else address
