"""Reading every file of a request: by heading and by candidate, never by position."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.exams import merit
from app.exams.merit.columns import Coded
from app.exams.merit.exact import Integers
from app.exams.merit.responses import Texts, sorted_rows
from app.exams.merit_commands.faults import BadInput
from app.exams.merit_commands.keys import exact, read_key, read_series
from app.exams.merit_commands.material import Material
from app.exams.merit_commands.requests import Request, find_rulebook
from app.exams.merit_commands.tables import Table, read_table, showable
from app.exams.merit_commands.wanted import CLAIMS, SERIES, Wanted
from app.exams.responses.headings import CANDIDATE_HEADINGS

CANDIDATE = CANDIDATE_HEADINGS | {"id", "person", "application", "application number"}
ABSENT = {"absent", "abs"}
# The place of somebody who has no answers and so cannot stand on the list.
STRANGER = -1


def load(request: Request, *, group: str = "", step: Callable[[str], None] = lambda _said: None) -> Material:
    """Read and check every file; `group` names a column of groups to keep as well."""
    book, text = find_rulebook(request.rulebook, request.on)
    material, wanted = Material(request, book, text), Wanted(book, group)
    step("Reading the key")
    series = read_series(request.series) if request.series else {}
    for component, path in request.keys.items():
        name = component or _only_component(material)
        material.keys[name] = read_key(path, request.key_version, series)
    codes = {item for key in material.keys.values() for item in _printed(key)}
    step(f"Reading {request.answers.name}")
    answers = read_table(request.answers, codes)
    candidate = _candidate_heading(answers)
    material.ids = _ids(answers, candidate)
    _check_columns(answers, codes, candidate, wanted, request)
    step("Reading the answers")
    _take_answers(material, answers)
    _take_people(material, answers, wanted, None)
    if request.people is not None:
        step(f"Reading {request.people.name}")
        _take_file_of_people(material, request.people, wanted)
    _check_needs(material, wanted)
    return material


def _only_component(material: Material) -> str:
    names = [part.name for part in material.book.components if part.kind == "items"]
    if len(names) != 1:
        raise merit.MeritError(
            "The rulebook has not exactly one component of items; give --key as component=file."
        )
    return names[0]


def _printed(key: merit.Key) -> set[str]:
    return {printed for name in ("", *key.series) for printed in key.printed(name)}


def _candidate_heading(table: Table) -> str:
    for name in table.columns:
        if name.casefold() in CANDIDATE:
            return name
    known = "candidate, candidate id, candidate number or id"
    raise table.fault(f"There is no column of candidates; head it with {known}.", column=table.columns[0])


def _ids(table: Table, heading: str) -> Texts:
    """Give the candidates; an empty or repeated one is a fault."""
    ids = table.names(heading)
    empty = np.flatnonzero(ids == "")
    if len(empty):
        raise table.fault("The candidate is missing.", int(empty[0]), heading)
    if not sorted_rows(ids)[1].all():
        seen: dict[str, int] = {}
        for place, text in enumerate(ids.tolist()):
            if seen.setdefault(text, place) != place:
                sentence = f"{showable(text)} already stands in row {table.rows[seen[text]]}."
                raise table.fault(sentence, place, heading)
    return ids


def _check_columns(table: Table, codes: set[str], candidate: str, wanted: Wanted, request: Request) -> None:
    """Refuse a column that nothing asks for: an item without a key must not pass in silence."""
    known = codes | {candidate} | wanted.columns() | set(request.ignored)
    for name in table.columns:
        if name not in known:
            shown = showable(name)
            sentence = "This is no item of the key and nothing that the rulebook asks for."
            sentence += f" To pass it over, add --ignore {shown!r}."
            raise table.fault(sentence, column=shown)
    for code in sorted(codes):
        if code not in table.columns:
            raise table.fault("The column of this item of the key is missing.", column=code)


def _take_answers(material: Material, table: Table) -> None:
    series = _series(table)
    for component, key in material.keys.items():
        codes = sorted(_printed(key), key=table.columns.index)
        options, answers = table.codes(codes)
        blank = np.array([text in material.request.blanks for text in options])
        if blank.any():
            answers = np.where(blank[answers], np.zeros((), dtype=answers.dtype), answers)
        material.responses[component] = merit.Responses(material.ids, tuple(codes), options, answers, series)
        unknown = sorted(set(series) - set(key.series) - {""})
        if unknown:
            place = series.index(unknown[0])
            raise table.fault(f"There is no booklet series {showable(unknown[0])!r}.", place, SERIES)


def _series(table: Table) -> tuple[str, ...]:
    if SERIES not in table.columns:
        return ()
    named = tuple(text or "" for text in table.texts(SERIES))
    return named if any(named) else ()


def _take_file_of_people(material: Material, path: Path, wanted: Wanted) -> None:
    """Take what a file says of people of the list; others cannot stand on it."""
    table = read_table(path)
    ids = _ids(table, _candidate_heading(table))
    places = np.array([material.place.get(candidate, STRANGER) for candidate in ids.tolist()])
    strangers = int((places == STRANGER).sum())
    if strangers:
        count = "1 person has" if strangers == 1 else f"{strangers:,} people have"
        here, there = path.name, material.request.answers.name
        material.notes.append(f"{count} a row in {here} and none in {there}, and cannot stand on the list.")
    _take_people(material, table, wanted, places)


def _take_people(material: Material, table: Table, wanted: Wanted, places: Integers | None) -> None:
    """Take given marks, claims, attributes and groups from the columns that a table has of them.

    `places` are those of the table's rows among the candidates; None where they are the candidates.
    """

    def merged(column: Coded[Any], before: Sequence[Any] | None) -> Sequence[Any]:
        if places is None:
            return column
        result = list(before) if before else [None] * len(material.ids)
        for place, value in zip(places.tolist(), column, strict=True):
            if place != STRANGER:
                result[place] = value
        return result

    for name in table.columns:
        if name in wanted.marks:
            material.marks[name] = merged(_read(table, name, "mark"), material.marks.get(name))
        elif name == CLAIMS:
            _take_claims(material, table, wanted, places)
        elif name in wanted.attributes:
            column = _read(table, name, wanted.attributes[name])
            material.attributes[name] = merged(column, material.attributes.get(name))
        if name == wanted.group:
            material.groups = merged(_read(table, name, "text"), material.groups)


def _in_order(table: Table, name: str) -> tuple[Coded[str | None], list[tuple[int, int]]]:
    """Give a column by its distinct texts, and each one's place among them in the order of the file."""
    column, firsts = table.distinct(name)
    return column, sorted((first, code) for code, first in enumerate(firsts))


def _read(table: Table, name: str, kind: str) -> Coded[Any]:
    """Read a column, each distinct text once; None where the value is not known, or somebody was absent."""
    column, found = _in_order(table, name)
    values = list(column.values)
    for first, code in found:
        text = column.values[code]
        if text is not None:
            values[code] = _value(table, first, name, kind, text)
    return Coded(tuple(values), column.places)


def _value(table: Table, place: int, name: str, kind: str, text: str) -> Any:
    if kind == "text" or (kind == "mark" and text.casefold() in ABSENT):
        return text if kind == "text" else None
    if kind == "date":
        try:
            return dt.date.fromisoformat(text)
        except ValueError as error:
            sentence = f"{showable(text)!r} is no date; write it as 2026-01-31."
            raise table.fault(sentence, place, name) from error
    value = exact(table, place, name, text)
    return int(value) if kind == "number" and value.denominator == 1 else value


def _take_claims(material: Material, table: Table, wanted: Wanted, places: Integers | None) -> None:
    """Read claims divided by a slash, comma or semicolon; they count as verified."""
    names = {spelt: claim for claim in wanted.claims for spelt in (claim, claim.replace("-", "_"))}
    column, found = _in_order(table, CLAIMS)
    for first, code in found:
        for part in (column.values[code] or "").replace(";", "/").replace(",", "/").split("/"):
            claim = part.strip()
            if not claim:
                continue
            if claim not in names:
                known = ", ".join(sorted(wanted.claims)) or "none"
                sentence = f"{showable(claim)!r} is no claim of this rulebook; known are {known}."
                raise table.fault(sentence, first, CLAIMS)
            rows = np.flatnonzero(column.places == code)
            held = rows if places is None else places[rows]
            material.hold(names[claim], held[held != STRANGER])


def _check_needs(material: Material, wanted: Wanted) -> None:
    """Refuse what would make ranks wrong, and note what only orders people inside a rank."""
    request, book = material.request, material.book
    for name in sorted(wanted.marks - set(material.marks)):
        sentence = "The column of marks of this component is missing."
        raise BadInput(request.answers, sentence, row=1, column=name)
    for part in book.components:
        if part.kind == "items" and part.name not in material.keys:
            raise BadInput(request.answers, f"The component {part.title!r} is made of items; give its --key.")
    for name in sorted(wanted.attributes.keys() - material.attributes.keys()):
        if name not in wanted.beside:
            sentence = "The rulebook asks for this of each person; add the column, or give it in --people."
            raise BadInput(request.answers, sentence, row=1, column=name)
        material.attributes[name] = Coded((None,), np.zeros(len(material.ids), dtype=np.int64))
        material.notes.append(
            f"{name} is not known of anybody. It only puts people of one rank in order; ranks are the same."
        )
    if book.order.needs_seed and not request.seed:
        if "draw" in wanted.splitting:
            raise BadInput("--seed", "The rulebook gives ranks by lot; give the public seed of the draw.")
        material.notes.append(
            "No --seed was given, so this is a rehearsal: people of one rank stand in an order nobody drew."
        )
