"""Answer keys and booklet series from tables."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from app.exams import merit
from app.exams.keys.treatments import NORMAL, SEVERAL, TREATMENTS
from app.exams.merit_commands.faults import BadInput
from app.exams.merit_commands.tables import Table, read_table, showable

KNOWN = ("item", "key", "treatment", "section", "right", "wrong", "blank", "credits")


def read_key(path: Path, version: int, series: Mapping[str, merit.Series] | None = None) -> merit.Key:
    """Read a key with the columns item and key, several right answers divided by a slash.

    It may have more columns: treatment (full-credit-all, full-credit-answered, cancelled), section, the
    marks right, wrong and blank of a single item, and credits such as `C=1/2 D=1/4`.
    """
    table = read_table(path)
    for name in ("item", "key"):
        if name not in table.columns:
            raise table.fault(f"The column {name!r} is missing.", column=name)
    for name in table.columns:
        if name not in KNOWN:
            raise table.fault(
                f"A key has no such column; known are {', '.join(KNOWN)}.", column=showable(name)
            )
    cells = {name: table.texts(name) if name in table.columns else [None] * len(table.rows) for name in KNOWN}
    items, seen = [], dict[str, int]()
    for place in range(len(table.rows)):
        item = _read_item(table, place, {name: column[place] or "" for name, column in cells.items()})
        if item.code in seen:
            sentence = f"The item {item.code} already stands in row {table.rows[seen[item.code]]}."
            raise table.fault(sentence, place, "item")
        seen[item.code] = place
        items.append(item)
    try:
        return merit.Key(version, tuple(items), dict(series or {}))
    except merit.MeritError as error:
        raise BadInput(path, str(error)) from error


def _read_item(table: Table, place: int, cells: Mapping[str, str]) -> merit.Item:
    if not cells["item"]:
        raise table.fault("The item has no code.", place, "item")
    accepted = tuple(part.strip() for part in cells["key"].split("/") if part.strip())
    asked = cells["treatment"].casefold()
    if asked not in TREATMENTS:
        known = ", ".join(name for name in TREATMENTS if name)
        raise table.fault(f"{showable(asked)!r} is no treatment; known are {known}.", place, "treatment")
    treatment = TREATMENTS[asked] or (SEVERAL if len(accepted) > 1 else NORMAL)
    scheme = _read_scheme(table, place, cells)
    credits = _read_credits(table, place, cells["credits"])
    try:
        return merit.Item(cells["item"], accepted, treatment, cells["section"], scheme, credits)
    except merit.InputError as error:
        raise table.fault(f"{error.sentence[:1].upper()}{error.sentence[1:]}", place, "key") from error


def _read_scheme(table: Table, place: int, cells: Mapping[str, str]) -> merit.Scheme | None:
    """Read the marks of a single item; what is left out is 1, 0 and 0."""
    if not any(cells[name] for name in ("right", "wrong", "blank")):
        return None
    standard = {"right": "1", "wrong": "0", "blank": "0"}
    marks = [exact(table, place, name, cells[name] or standard[name]) for name in standard]
    return merit.Scheme(*marks)


def _read_credits(table: Table, place: int, text: str) -> tuple[tuple[str, str], ...]:
    credits = []
    for part in text.replace(";", " ").split():
        option, equals, mark = part.partition("=")
        if not equals or not option:
            raise table.fault(f"{showable(part)!r} is no credit; write it as C=1/2.", place, "credits")
        exact(table, place, "credits", mark)
        credits.append((option, mark))
    return tuple(credits)


def exact(table: Table, place: int, column: str, text: str) -> Fraction:
    """Read an exact number; a fault names the cell."""
    try:
        return merit.fraction(text)
    except merit.MeritError as error:
        sentence = f"{showable(text)!r} is no exact number, such as 78, 78.5 or 1/3."
        raise table.fault(sentence, place, column) from error


def read_series(path: Path) -> dict[str, merit.Series]:
    """Read booklet series from the columns series, printed and item: which item each printed code shows."""
    table = read_table(path)
    for name in ("series", "printed", "item"):
        if name not in table.columns:
            raise table.fault(f"The column {name!r} is missing.", column=name)
    orders: dict[str, dict[str, str]] = {}
    columns = [table.texts(name) for name in ("series", "printed", "item")]
    for place, cells in enumerate(zip(*columns, strict=True)):
        for name, cell in zip(("series", "printed", "item"), cells, strict=True):
            if cell is None:
                raise table.fault("The cell is empty.", place, name)
        series, printed, item = (cell or "" for cell in cells)
        order = orders.setdefault(series, {})
        if printed in order:
            raise table.fault(f"{printed} stands in the series {series} twice.", place, "printed")
        order[printed] = item
    return {name: merit.Series(order=order) for name, order in orders.items()}
