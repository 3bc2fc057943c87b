"""What decides about a key: how it is read, what each item accepts, who approves, what a change moves."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.exams import merit
from app.exams.keys.treatments import NORMAL, SEVERAL, TREATMENTS
from app.platform.errors import Conflict, Invalid

HEADINGS = ("item", "key")
WORDS = {
    NORMAL: "One right answer",
    SEVERAL: "Several right answers",
    "full-credit-all": "Full marks to everyone",
    "full-credit-answered": "Full marks to everyone who answered",
    "neutralised": "Cancelled; its marks are divided over the other items",
}
MOST_FAULTS = 20

Answers = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Change:
    """One item that differs between two versions, in words."""

    item: str
    before: str
    after: str


def read_key(text: str, codes: Sequence[str], options: Sequence[str]) -> Answers:
    """Read a key from lines of item, key and an optional treatment, below a line of headings.

    Several right answers stand in one cell, divided by a slash. The items must be exactly `codes`, each
    once, in any order. Invalid lists every faulty line.
    """
    rows = read_lines(text)
    if not rows or tuple(cell.casefold() for cell in rows[0][:2]) != HEADINGS:
        raise Invalid(key="The first line must be the headings: item,key or item,key,treatment.")
    answers: Answers = {}
    faults: list[str] = []
    for line, row in enumerate(rows[1:], start=2):
        if not any(row):
            continue
        try:
            code, entry = _read_row(row, codes, options)
            if code in answers:
                raise ValueError(f"item {code} stands here for the second time")
            answers[code] = entry
        except ValueError as error:
            faults.append(f"Line {line}: {error}.")
    missing = [code for code in codes if code not in answers]
    if missing and not faults:
        faults.append(f"No key for {'item' if len(missing) == 1 else 'items'} {_some(missing)}.")
    if faults:
        more = f" And {len(faults) - MOST_FAULTS} more." if len(faults) > MOST_FAULTS else ""
        raise Invalid(key=" ".join(faults[:MOST_FAULTS]) + more)
    return {code: answers[code] for code in codes}


def read_lines(text: str) -> list[list[str]]:
    """Read a key as rows of stripped cells; Invalid for a line that is no CSV."""
    lines = csv.reader(text.removeprefix("\ufeff").splitlines())
    try:
        return [[cell.strip() for cell in row] for row in lines]
    except csv.Error as error:
        raise Invalid(key=f"Line {lines.line_num} cannot be read: {error}.") from error


def _read_row(row: Sequence[str], codes: Sequence[str], options: Sequence[str]) -> tuple[str, dict[str, Any]]:
    if not 2 <= len(row) <= 3:
        raise ValueError(f"there are {len(row)} values where there should be two or three")
    code, accepted = row[0], [part.strip() for part in row[1].split("/") if part.strip()]
    if code not in codes:
        raise ValueError(f"the examination has no item “{code[:40]}”")
    asked = row[2].casefold() if len(row) == 3 else ""
    if asked not in TREATMENTS:
        raise ValueError(f"“{asked[:40]}” is no treatment")
    treatment = TREATMENTS[asked] or (SEVERAL if len(accepted) > 1 else NORMAL)
    wrong = [option for option in accepted if option not in options]
    if wrong:
        raise ValueError(f"item {code} has no answer “{wrong[0][:40]}”")
    if len(set(accepted)) != len(accepted):
        raise ValueError(f"item {code} names an answer twice")
    if treatment == NORMAL and len(accepted) != 1:
        raise ValueError(f"item {code} needs exactly one right answer")
    if treatment == SEVERAL and len(accepted) < 2:
        raise ValueError(f"item {code} needs two or more right answers, divided by a slash")
    return code, {"accepted": accepted, "treatment": treatment}


def write_key(answers: Mapping[str, Mapping[str, Any]], codes: Sequence[str]) -> str:
    """Write a key as the lines that read_key reads; items without an entry come with an empty one."""
    lines = ["item,key,treatment"]
    for code in codes:
        entry = answers.get(code, {"accepted": [], "treatment": NORMAL})
        treatment = "" if entry["treatment"] in (NORMAL, SEVERAL) else entry["treatment"]
        lines.append(f"{code},{'/'.join(entry['accepted'])},{treatment}".removesuffix(","))
    return "\n".join(lines)


def as_core(version: int, answers: Mapping[str, Mapping[str, Any]]) -> merit.Key:
    """Give a stored key to the merit core, with what differs in one series of booklets or one language."""
    items = tuple(_item(code, entry) for code, entry in answers.items())
    named = sorted({name for entry in answers.values() for name in entry.get("series", {})})
    series = {
        name: merit.Series(
            items=tuple(
                _item(code, entry["series"][name])
                for code, entry in answers.items()
                if name in entry.get("series", {})
            )
        )
        for name in named
    }
    return merit.Key(version, items, series)


def _item(code: str, entry: Mapping[str, Any]) -> merit.Item:
    return merit.Item(code, tuple(entry["accepted"]), entry["treatment"])


def key_digest(version: int, answers: Mapping[str, Mapping[str, Any]]) -> str:
    """Give the SHA-256 of a key version."""
    return as_core(version, answers).digest


def describe(entry: Mapping[str, Any], series: str = "") -> str:
    """Say what an item accepts: `B`, `B or C`, or its treatment; for one series, or with every one's own."""
    if series:
        return describe(entry_for(entry, series))
    plain = entry["treatment"] in (NORMAL, SEVERAL)
    said = " or ".join(entry["accepted"]) if plain else WORDS[entry["treatment"]]
    own = [f"{name}: {describe(other)}" for name, other in sorted(entry.get("series", {}).items())]
    return f"{said} ({'; '.join(own)})" if own else said


def entry_for(entry: Mapping[str, Any], series: str) -> dict[str, Any]:
    """Give what holds of an item in one series; "" and a series without an own entry have the key's."""
    found = entry.get("series", {}).get(series, entry)
    return {"accepted": list(found["accepted"]), "treatment": found["treatment"]}


def with_entry(entry: Mapping[str, Any], series: str, after: Mapping[str, Any]) -> dict[str, Any]:
    """Give an item's entry with `after` in the place of what holds: in one series, or ("") everywhere."""
    if not series:
        return dict(after)
    own = {name: other for name, other in entry.get("series", {}).items() if name != series}
    whole = entry_for(entry, "")
    if dict(after) != whole:
        own[series] = dict(after)
    return whole | ({"series": dict(sorted(own.items()))} if own else {})


def keep_series(answers: Answers, in_force: Answers) -> Answers:
    """Give a key that was read from lines what the one in force says of single series, item by item.

    An item that the lines change is changed in every series.
    """
    return {
        code: in_force[code] if code in in_force and entry == entry_for(in_force[code], "") else entry
        for code, entry in answers.items()
    }


def list_changes(before: Answers, after: Answers) -> list[Change]:
    """List the items in which two versions differ, in the order of the later one."""
    return [
        Change(code, describe(before[code]) if code in before else "none", describe(entry))
        for code, entry in after.items()
        if before.get(code) != entry
    ]


def check_proposal(changes: Sequence[Change], is_first: bool) -> None:
    """Raise Invalid when a later version changes nothing."""
    if not is_first and not changes:
        raise Invalid(key="This key is the same as the version in force. Change at least one item.")


def demand_second_person(actor_id: str | None, proposed_by: str) -> None:
    """Raise Conflict when who decides is who proposed."""
    if actor_id is None or actor_id == proposed_by:
        raise Conflict("You proposed this key, so a second person has to decide about it.")


def check_unchanged(version: int, answers: Answers, digest: str) -> None:
    """Raise Conflict when a key's content is no longer what its digest was taken of."""
    if key_digest(version, answers) != digest:
        raise Conflict(f"Version {version} of the key was changed after it was proposed. Call the auditor.")


def _some(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:10])
    return shown if len(codes) <= 10 else f"{shown} and {len(codes) - 10} more"
