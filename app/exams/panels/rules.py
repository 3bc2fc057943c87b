"""What a panel must have before it is opened, and how its scale is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.exams import merit
from app.exams.panels.states import PanelState
from app.exams.plans.rules import Component
from app.platform.errors import Conflict, Invalid

DENOMINATORS = (1, 2, 4, 10)
MOST_CRITERIA = 30
HIGHEST = 1000
MOST_ANCHORS = 20
_NUMBER = re.compile(r"[0-9]{1,5}([.,][0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Scale:
    """What one criterion is rated by, in units of the panel's 1/denominator."""

    title: str
    guidance: str
    maximum: int
    anchors: tuple[dict[str, object], ...]


def read_units(text: str, denominator: int) -> int | None:
    """Read a mark such as 3 or 3.5 as whole units of 1/denominator; None when it is no such mark."""
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return None
    units = Fraction(found.group().replace(",", ".")) * denominator
    return int(units) if units.denominator == 1 else None


def write_units(units: int, denominator: int) -> str:
    """Write units of 1/denominator as a decimal number, exactly."""
    return merit.plain(Fraction(units, denominator))


def read_scale(title: str, guidance: str, maximum: str, anchors: str, denominator: int) -> Scale:
    """Read the scale of a criterion as an officer writes it; Invalid names the field and the line."""
    highest = read_units(maximum, denominator)
    if highest is None or not 1 <= highest <= HIGHEST * denominator:
        raise Invalid(maximum=f"Enter a number above 0, at most {HIGHEST}, in steps of {step(denominator)}.")
    lines = [line.strip() for line in anchors.splitlines() if line.strip()]
    if len(lines) > MOST_ANCHORS:
        raise Invalid(anchors=f"At most {MOST_ANCHORS} anchors.")
    read = [_read_anchor(line, number, highest, denominator) for number, line in enumerate(lines, start=1)]
    marks = [anchor["mark"] for anchor in read]
    if len(set(marks)) != len(marks):
        raise Invalid(anchors="Two anchors have the same mark.")
    return Scale(title, guidance, highest, tuple(sorted(read, key=lambda anchor: int(str(anchor["mark"])))))


def step(denominator: int) -> str:
    """Write the smallest step between two marks."""
    return write_units(1, denominator)


def describe_anchors(anchors: Sequence[dict[str, object]], denominator: int) -> str:
    """Write anchors as an officer would, to be changed in a form."""
    return "\n".join(
        f"{write_units(int(str(anchor['mark'])), denominator)}: {anchor['text']}" for anchor in anchors
    )


def check_setting_up(state: PanelState) -> None:
    """Raise Conflict once ratings may have been given."""
    if state is not PanelState.DRAFT:
        raise Conflict("The scale is fixed once rating has begun.")


def find_component(components: Sequence[Component], code: str) -> Component:
    """Give the component that is to be rated, or raise Invalid."""
    for component in components:
        if component.code == code and component.is_marked:
            return component
    raise Invalid(component="Select a part that is rated by people.")


def check_ready(*, criteria: int, members: int, declared: int, needed: int, candidates: int) -> None:
    """Raise Conflict with the first thing that keeps a panel from being opened."""
    if not criteria:
        raise Conflict("Write the scale first: there is nothing to rate by.")
    if members < needed:
        raise Conflict(f"{needed} people must be members; there are {members}.")
    if declared < needed:
        raise Conflict(
            f"{needed} members must have declared their relations; {declared} have. Ask the others to."
        )
    if not candidates:
        raise Conflict("Nobody is there to be rated.")


def _read_anchor(line: str, number: int, highest: int, denominator: int) -> dict[str, object]:
    mark, colon, text = line.partition(":")
    units = read_units(mark, denominator)
    if not colon or not text.strip() or units is None:
        raise Invalid(
            anchors=f"Line {number}: write the mark, a colon and what earns it, such as 3: Names all."
        )
    if units > highest:
        raise Invalid(anchors=f"Line {number}: the mark is above the highest mark of this criterion.")
    return {"mark": units, "text": text.strip()[:500]}
