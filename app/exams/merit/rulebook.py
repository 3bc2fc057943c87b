"""Rulebooks: law as versioned, cited data, chosen by the date of the announcement."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from app.exams.merit import bounds, exact
from app.exams.merit.bands import Bands, read_bands
from app.exams.merit.certification import Certification, read_certification
from app.exams.merit.components import Component, Total, read_components, read_total
from app.exams.merit.declines import Decline, read_declines
from app.exams.merit.errors import MeritError, Problem, RulebookError
from app.exams.merit.ordering import Order, read_order
from app.exams.merit.plans import Plan, read_plan
from app.exams.merit.preference import Preferences, read_preferences
from app.exams.merit.reading import Node, Path, locate
from app.exams.merit.selection import Constraint, read_selection
from app.exams.merit.tables import Period, StepTable, read_periods, read_tables


@dataclass(frozen=True)
class Rulebook:
    """One version of one body of rules.

    It holds from `effective_from` to `effective_until`, both days included (None: no end is known).
    `digest` is the SHA-256 of its content; comments and layout of the file do not count. `data` is the
    content itself.
    """

    name: str
    version: int
    title: str
    citation: str
    read_on: date
    effective_from: date
    effective_until: date | None
    components: tuple[Component, ...]
    total: Total
    preferences: Preferences
    bands: Bands | None
    order: Order
    certification: Certification | None
    selection: tuple[Constraint, ...]
    declines: tuple[Decline, ...]
    seats: Plan | None
    tables: tuple[StepTable, ...]
    periods: tuple[Period, ...]
    digest: str
    data: Mapping[str, Any]

    def component(self, name: str) -> Component:
        """Find a component by its name."""
        for component in self.components:
            if component.name == name:
                return component
        raise MeritError(f"The rulebook {self.name!r} has no component {name!r}.")

    def table(self, name: str) -> StepTable:
        """Find a table by its name."""
        for table in self.tables:
            if table.name == name:
                return table
        raise MeritError(f"The rulebook {self.name!r} has no table {name!r}.")

    def period(self, name: str) -> Period:
        """Find a period by its name."""
        for period in self.periods:
            if period.name == name:
                return period
        raise MeritError(f"The rulebook {self.name!r} has no period {name!r}.")

    def holds_on(self, on: date) -> bool:
        """Tell whether this version is in force on a day."""
        return self.effective_from <= on and (self.effective_until is None or on <= self.effective_until)


def load(text: str, source: str = "rulebook") -> Rulebook:
    """Read a rulebook from TOML; every fault is listed with its line in one RulebookError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _line_of(str(error), text)
        raise RulebookError(source, [Problem(line, f"This is not TOML: {error}.")]) from error
    return from_data(data, source, locate(text))


def from_data(data: dict[str, Any], source: str, lines: dict[Path, int]) -> Rulebook:
    """Read a rulebook from its content; `lines` tells where the path of each table and key stands."""
    problems: list[Problem] = []
    rulebook = _read(Node(data, (), lines, problems), data)
    if problems or rulebook is None:
        raise RulebookError(source, problems)
    return rulebook


def _line_of(message: str, text: str) -> int:
    _, found, rest = message.partition("(at line ")
    return int(rest.split(",")[0]) if found else len(text.splitlines()) or 1


def _read(root: Node, data: dict[str, Any]) -> Rulebook | None:
    head = root.table("rulebook")
    name, version, title = head.text("name"), head.whole("version", least=1), head.text("title")
    citation, read_on = head.text("citation"), head.day("read_on")
    start, end = head.day("effective_from"), head.day("effective_until", required=False)
    if start is not None and end is not None and end < start:
        head.fault("The rulebook ends before it begins.", "effective_until")
    head.finish()
    read = read_components(root)
    total = read_total(root, read)
    components = tuple(component for component, _ in read.values())
    if not root.problems:
        bounds.check_width(root, components, total)
    preferences = read_preferences(root)
    bands = read_bands(root, Fraction(1, 10**total.decision.places) if total.decision else None)
    order = read_order(root, [component.name for component in components])
    certification = read_certification(root)
    selection, declines = read_selection(root), read_declines(root)
    seats = read_plan(root)
    tables, periods = read_tables(root), read_periods(root)
    if not (components or tables or periods):
        root.fault("A rulebook needs a [[component]], a [[table]] or a [[period]].")
    if selection and certification is None:
        root.fault("Rules of selection need a [certification].", "selection")
    if certification is not None and certification.reach == "categories" and bands is None:
        root.fault("A reach by categories needs [bands].", "certification", "reach")
    if bands is None and any(key.by == "category" for key in order.keys):
        root.fault("An order by category needs [bands].", "order")
    root.finish()
    if read_on is None or start is None:
        return None
    content = exact.digest(data)
    parts = (
        components,
        total,
        preferences,
        bands,
        order,
        certification,
        selection,
        declines,
        seats,
        tables,
        periods,
    )
    return Rulebook(name, version, title, citation, read_on, start, end, *parts, content, data)


@cache
def shipped() -> tuple[Rulebook, ...]:
    """List every version of every rulebook that comes with the program, by name and start."""
    folder = files("app.exams.merit") / "rulebooks"
    texts = sorted(
        (file.name, file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".toml")
    )
    books = [load(text, name) for name, text in texts]
    return tuple(sorted(books, key=lambda book: (book.name, book.effective_from, book.version)))


def in_force(name: str, on: date, books: tuple[Rulebook, ...] | None = None) -> Rulebook:
    """Choose the version of a rulebook in force on the day of the announcement.

    `books` defaults to those shipped. Of several versions in force the highest is taken.
    """
    known = [book for book in (shipped() if books is None else books) if book.name == name]
    if not known:
        raise MeritError(f"There is no rulebook {name!r}.")
    holding = [book for book in known if book.holds_on(on)]
    if not holding:
        raise MeritError(f"No version of the rulebook {name!r} is in force on {on.isoformat()}.")
    return max(holding, key=lambda book: book.version)
