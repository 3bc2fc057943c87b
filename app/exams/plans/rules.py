"""What a plan says of its components, what seals it, and what a mark may be."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.exams import merit
from app.platform.audit import canonical
from app.platform.errors import Conflict, Invalid
from app.platform.sentences import Sentence, say

# Kinds of components whose marks come from outside the answer sheets.
MARKED = ("mark", "panel")
ITEMS = "items"
KINDS: dict[str, Sentence] = {
    "items": say("Answer sheets, marked by a key"),
    "mark": say("A mark given by the office"),
    "panel": say("A panel of raters"),
    "copy": say("The marks of another part once more"),
    "composite": say("Made of other parts"),
}
LONGEST_SOURCE = 200
# A 64-bit column holds numbers below this with room for one addition.
LIMIT = 2**62


@dataclass(frozen=True, slots=True)
class Component:
    """One part of an examination as its rulebook has it.

    `maximum` is None where it follows from the key, `weight` is in percent of the whole `of` ("" for the
    total) and None where wholes are not weighted; `gate` is the least mark, None without one; `share` is the
    part of the total in percent, None where parts are not weighted.
    """

    code: str
    title: str
    kind: str
    maximum: Fraction | None
    weight: Fraction | None
    gate: Fraction | None
    of: str = ""
    share: Fraction | None = None
    qualifying: bool = False
    places: int = 2

    @property
    def is_marked(self) -> bool:
        """Tell whether its marks come from outside the answer sheets."""
        return self.kind in MARKED


def components_of(book: merit.Rulebook) -> list[Component]:
    """List the components of a rulebook in its order."""
    found = {part.name: part for part in book.components}

    def share(name: str) -> Fraction | None:
        part = found[name]
        if part.weight is None:
            return None
        above = share(part.of) if part.of else Fraction(100)
        return None if above is None else above * part.weight / 100

    return [
        Component(
            part.name,
            part.title,
            part.kind,
            part.maximum,
            part.weight,
            part.minimum.minimum if part.minimum else None,
            part.of,
            share(part.name),
            part.qualifying,
            part.places,
        )
        for part in book.components
    ]


def has_items(book: merit.Rulebook) -> bool:
    """Tell whether answer sheets belong to the examination."""
    return any(part.kind == ITEMS for part in book.components)


def find_marked(book: merit.Rulebook, code: str) -> Component:
    """Give a component that takes marks from outside, or raise Invalid."""
    for part in components_of(book):
        if part.code == code and part.is_marked:
            return part
    raise Invalid(component=f"No marks can be recorded for “{code[:80]}” under this rulebook.")


def check_mark(part: Component, number: str, mark: Fraction | None) -> None:
    """Raise Invalid for a mark that the component cannot have; None, absent, is always possible."""
    if mark is None:
        return
    if mark < 0 or (part.maximum is not None and mark > part.maximum):
        highest = merit.plain(part.maximum) if part.maximum is not None else "without end"
        raise Invalid(
            marks=f"Candidate {number}: {merit.plain(mark)} is no mark of “{part.title}” (0 to {highest})."
        )
    if part.kind == "mark" and (mark * 10**part.places).denominator != 1:
        raise Invalid(marks=f"Candidate {number}: {merit.plain(mark)} has more than {part.places} decimals.")
    if mark.numerator >= LIMIT or mark.denominator >= LIMIT:
        raise Invalid(marks=f"Candidate {number}: the mark is too fine to be stored exactly.")


def mark_digest(examination: str, component: str, number: str, mark: Fraction | None) -> str:
    """Give the SHA-256 of one mark as it was recorded."""
    written = None if mark is None else f"{mark.numerator}/{mark.denominator}"
    body = {"examination": examination, "component": component, "candidate": number, "mark": written}
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def record_digest(component: str, version: int, source: str, digests: Mapping[str, str]) -> str:
    """Give the SHA-256 of a whole record, by the digest of each candidate number's mark."""
    body = {"component": component, "version": version, "source": source, "marks": dict(digests)}
    return hashlib.sha256(canonical(body).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fact:
    """What a rulebook asks of the announcement: `kind` is yes-no or number."""

    name: str
    kind: str

    @property
    def title(self) -> str:
        """Give its name in words."""
        words = self.name.replace("_", " ").replace("-", " ")
        return words[:1].upper() + words[1:]


def list_facts(book: merit.Rulebook, asked: Iterable[str]) -> list[Fact]:
    """List the facts that a rulebook asks for, each with what may be answered, by name."""
    yes_no = {
        condition.fact
        for rule in book.preferences.rules
        for condition in rule.unless
        if isinstance(condition.equals, bool)
    }
    return [Fact(name, "yes-no" if name in yes_no else "number") for name in sorted(asked)]


def show_facts(facts: Iterable[Fact], stated: Mapping[str, Any]) -> list[dict[str, str]]:
    """Give the facts as lines of a summary."""
    words = {True: "Yes", False: "No", None: "Not stated yet"}
    lines = []
    for fact in facts:
        value = stated.get(fact.name)
        shown = words[value] if value is None or isinstance(value, bool) else str(value)
        lines.append({"key": fact.title, "value": shown})
    return lines


def draw_weights(components: Iterable[Component]) -> list[dict[str, Any]]:
    """Give the bars of the parts that make up the total, by their shares."""
    leaves = [part for part in components if part.share is not None and part.kind != "composite"]
    return [
        {"label": part.title, "value": part.share, "shown": f"{merit.plain(part.share)} %"}
        for part in leaves
        if part.share is not None
    ]


def check_open(announced_on: dt.date | None) -> None:
    """Raise Conflict once the posting is announced."""
    if announced_on is not None:
        raise Conflict("This posting is announced, so its exam plan is sealed and never changes.")


def check_facts(facts: Iterable[Fact], stated: Mapping[str, Any]) -> None:
    """Raise Conflict naming the facts that nobody has stated."""
    missing = [fact.title for fact in facts if fact.name not in stated]
    if missing:
        raise Conflict(
            f"The rulebook asks for what the posting does not say: {', '.join(missing)}. "
            "State it in the exam plan first."
        )


def write_content(
    number: str,
    announced_on: dt.date,
    book: merit.Rulebook,
    facts: Mapping[str, Any],
    notes: Mapping[str, str],
) -> dict[str, Any]:
    """Give the plain data of a plan that is sealed: exact numbers are texts."""

    def written(value: Fraction | None) -> str | None:
        return None if value is None else merit.plain(value)

    return {
        "posting": number,
        "announced_on": announced_on.isoformat(),
        "rulebook": {"name": book.name, "version": book.version, "digest": book.digest},
        "components": [
            {
                "code": part.code,
                "title": part.title,
                "kind": part.kind,
                "of": part.of,
                "maximum": written(part.maximum),
                "weight": written(part.weight),
                "gate": written(part.gate),
                "note": notes.get(part.code, ""),
            }
            for part in components_of(book)
        ],
        "facts": dict(facts),
    }


def plan_digest(content: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a plan's content."""
    return hashlib.sha256(canonical(dict(content)).encode()).hexdigest()


def check_sealed(content: Mapping[str, Any], digest: str) -> None:
    """Raise Conflict when a plan is no longer what was sealed."""
    if plan_digest(content) != digest:
        raise Conflict("The plan of this examination was changed after it was sealed. Call the auditor.")
