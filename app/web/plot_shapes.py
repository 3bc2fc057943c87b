"""What pictures of figures are made of: coloured shapes, scales, and labels that leave each other room.

Everything is measured in the picture's own units; a page shows a picture at its width or narrower, so labels
that do not touch here touch nowhere.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

WIDTH = 400.0
LETTER = 15.0
SMALL = 14.0
GAP = 10.0
INK, QUIET, RULE, PAPER = "#16211f", "#4a5856", "#c3cecb", "#ffffff"
# Lines and marks: each at least 4.5:1 on the paper, and told apart by dash and shape as well.
COLOURS = ("#0b5a5f", "#b3491c", "#6a3d9a", "#1b62a0", "#6f6000", "#444f4d")
DASHES = ("", "7 4", "2 3", "10 3 2 3", "5 5", "1 4")
# Areas: dark and light in turn, so that neighbours differ without colour too; all have an outline of ink.
FILLS = ("#0b5a5f", "#f2b872", "#6a3d9a", "#bfe3c8", "#8c2d04", "#c9d6ef")
MOST_SERIES = len(COLOURS)


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    kind: ClassVar[str] = "box"
    x: float
    y: float
    width: float
    height: float
    fill: str = COLOURS[0]
    stroke: str = "none"


@dataclass(frozen=True, slots=True)
class Trace:
    """A line along points, or the area within it where `fill` is a colour."""

    kind: ClassVar[str] = "trace"
    path: str
    stroke: str = INK
    width: float = 1.0
    dash: str = ""
    fill: str = "none"


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text that starts, ends or is centred at x, with its base line at y."""

    kind: ClassVar[str] = "words"
    x: float
    y: float
    text: str
    anchor: str = "start"
    size: float = LETTER
    fill: str = INK
    weight: str = "400"


Shape = Box | Trace | Words


def text_width(text: str, size: float = LETTER) -> float:
    """Estimate how wide a text is in a plain typeface, rather too wide than too narrow."""
    return sum(_letter_width(letter) for letter in text) * size


def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in "MWmw@%…—":
        return 0.92
    if letter.isupper():
        return 0.72
    return 0.32 if letter in " .,:;'|ijl!" else 0.58


def clip(text: str, room: float, size: float = LETTER) -> str:
    """Shorten a text with an ellipsis until it fits into the room."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, room: float, size: float = LETTER, most: int = 2) -> list[str]:
    """Break a text between words into lines that fit the room; the last line is shortened if need be."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [clip(line, room, size) for line in lines]


def write(value: float, places: int = 0, *, is_year: bool = False) -> str:
    """Write a figure with a fixed number of places and, unless it names a year, grouped thousands."""
    text = f"{value:.0f}" if is_year else f"{value:,.{places}f}"
    return text.replace("-", "−") if text.strip("-0.,") else text.lstrip("-")


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values between `low` and `high` stand between `start` and `end`; ticks are a `step` apart."""

    low: float
    high: float
    step: float
    start: float
    end: float
    is_year: bool = False

    def __call__(self, value: float) -> float:
        """Give the place of a value; what lies outside is put at the edge."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)

    @property
    def places(self) -> int:
        """Count the places that a tick needs to be told from the next."""
        return max(0, -math.floor(math.log10(self.step) + 1e-9))

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """List the values of the ticks with what is written at them."""
        count = round((self.high - self.low) / self.step)
        values = [self.low + index * self.step for index in range(count + 1)]
        return [(value, write(value, self.places, is_year=self.is_year)) for value in values]


def scale(
    values: Sequence[float],
    start: float,
    end: float,
    *,
    low: float | None = None,
    high: float | None = None,
    most: int = 6,
    whole: bool = False,
) -> Scale:
    """Make a scale with round ticks, `most` at most, around the values; `whole` counts in whole numbers."""
    known = [value for value in values if math.isfinite(value)]
    least = low if low is not None else min(known, default=0.0)
    greatest = high if high is not None else max(known, default=1.0)
    if greatest <= least:
        least, greatest = (least, least + 1) if low is not None else (least - 0.5, least + 0.5)
    step = _round_step((greatest - least) / max(most - 1, 1))
    if whole:
        step = max(1.0, step)
    first, last = math.floor(least / step + 1e-9), math.ceil(greatest / step - 1e-9)
    while last - first + 1 > most:
        step = _round_step(step * 1.01)
        first, last = math.floor(least / step + 1e-9), math.ceil(greatest / step - 1e-9)
    return Scale(first * step, max(last, first + 1) * step, step, start, end)


def _round_step(raw: float) -> float:
    """Give the next 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(raw))
    return next((factor * power for factor in (1, 2, 5) if factor * power >= raw * (1 - 1e-9)), 10 * power)


def spread(
    labels: Sequence[tuple[float, str]], low: float, high: float, size: float = SMALL
) -> list[tuple[float, str]]:
    """Keep every first, second, third ... label, so that those kept stand within the edges and apart.

    Each is centred at its place, or moved inwards from an edge.
    """
    for stride in range(1, len(labels) + 1):
        kept = []
        for place, text in labels[::stride]:
            half = text_width(text, size) / 2
            kept.append((min(max(place, low + half), max(high - half, low + half)), half, text))
        if all(one[0] + one[1] + GAP <= two[0] - two[1] for one, two in pairwise(kept)):
            return [(round(place, 2), text) for place, _, text in kept]
    return []


def polyline(points: Sequence[tuple[float, float] | None]) -> str:
    """Give the path along points; None breaks it."""
    parts, is_down = [], False
    for point in points:
        if point is not None:
            parts.append(f"{'L' if is_down else 'M'}{point[0]:g} {point[1]:g}")
        is_down = point is not None
    return "".join(parts)


def mark(index: int, x: float, y: float, radius: float = 4.0) -> Trace:
    """Draw the mark of a series: a disc, square, triangle or diamond in its colour."""
    colour = COLOURS[index % MOST_SERIES]
    r = radius
    paths = (
        f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z",
        f"M{x - r:g} {y - r:g}h{2 * r:g}v{2 * r:g}h{-2 * r:g}z",
        f"M{x:g} {y - r * 1.2:g}l{r * 1.2:g} {r * 2.2:g}h{-r * 2.4:g}z",
        f"M{x:g} {y - r * 1.3:g}l{r * 1.3:g} {r * 1.3:g}l{-r * 1.3:g} {r * 1.3:g}l{-r * 1.3:g} {-r * 1.3:g}z",
    )
    return Trace(paths[index % len(paths)], stroke=PAPER, width=0.75, fill=colour)
