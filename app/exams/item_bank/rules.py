"""What decides about an item: what it must hold, who reviews it, whether two wordings are the same."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.exams.item_bank.states import USABLE, Difficulty, ItemState
from app.platform.audit import canonical
from app.platform.errors import Conflict, Invalid
from app.platform.languages import LANGUAGES

OPTION_KEYS = ("A", "B", "C", "D", "E", "F")
LONGEST_STEM = 4000
LONGEST_OPTION = 1000
LONGEST_SUBJECT = 80
_CODE = re.compile(r"[^\W_][\w.\-]{0,39}")


@dataclass(frozen=True, slots=True)
class Content:
    """What an item says: `options` by their keys in order, `accepted` the keys of right ones."""

    code: str
    subject: str
    difficulty: Difficulty
    language: str
    stem: str
    options: Mapping[str, str]
    accepted: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Give the SHA-256 of the wording with its options and key."""
        body = {"stem": self.stem, "options": dict(self.options), "accepted": list(self.accepted)}
        return hashlib.sha256(canonical(body).encode()).hexdigest()

    @property
    def plain_options(self) -> list[dict[str, str]]:
        """Give the options as they are stored."""
        return [{"key": key, "text": text} for key, text in self.options.items()]


def check(content: Content) -> Content:
    """Give the content back, or raise Invalid naming each field that cannot be so."""
    faults: dict[str, str] = {}
    if not _CODE.fullmatch(content.code):
        faults["code"] = "Use up to 40 letters, digits, dots and dashes for the code."
    if not 0 < len(content.subject) <= LONGEST_SUBJECT:
        faults["subject"] = f"Enter a subject of up to {LONGEST_SUBJECT} characters."
    if content.language not in LANGUAGES:
        faults["language"] = f"“{content.language[:20]}” is no language of this service."
    if not 0 < len(content.stem) <= LONGEST_STEM:
        faults["stem"] = f"Enter a question of up to {LONGEST_STEM} characters."
    if len(content.options) < 2 or tuple(content.options) != OPTION_KEYS[: len(content.options)]:
        faults["options"] = "Give from two to six options, from A on without a gap."
    elif any(not 0 < len(text) <= LONGEST_OPTION for text in content.options.values()):
        faults["options"] = f"Each option needs a text of up to {LONGEST_OPTION} characters."
    elif len({text.casefold() for text in content.options.values()}) != len(content.options):
        faults["options"] = "Two options say the same."
    if len(content.accepted) != 1 or content.accepted[0] not in content.options:
        faults["accepted"] = "The key must name exactly one option of the item."
    if faults:
        raise Invalid(**faults)
    return content


def content_of(item: Any, version: Any) -> Content:
    """Give what a stored version says."""
    options = {option["key"]: option["text"] for option in version.options}
    return Content(
        item.code,
        item.subject,
        item.difficulty,
        item.language,
        version.stem,
        options,
        tuple(version.accepted),
    )


def fold(content: Content) -> str:
    """Give the text that a search reads."""
    return " ".join((content.code, content.subject, content.stem, *content.options.values())).casefold()


def demand_second_person(actor_id: str | None, written_by: str) -> None:
    """Raise Conflict when who reviews is who wrote."""
    if actor_id is None or actor_id == written_by:
        raise Conflict("You wrote this version, so a second person has to review it.")


@dataclass(frozen=True, slots=True)
class Figures:
    """How an item did among `people`: how many were right, and how well it told people apart."""

    people: int
    right: int
    discrimination: float | None

    @property
    def difficulty(self) -> float | None:
        """Give the share of right answers, None without people."""
        return self.right / self.people if self.people else None


def count_right(sheets: Sequence[Sequence[str]], accepted: Sequence[Iterable[str]]) -> list[Figures]:
    """Count for each place of the sheets who was right, and correlate it with the other items."""

    rows = [[answer in keys for answer, keys in zip(sheet, accepted, strict=True)] for sheet in sheets]
    right = np.array(rows, dtype=float).reshape(len(sheets), len(accepted))
    totals = right.sum(axis=1)
    figures = []
    for place in range(len(accepted)):
        own, rest = right[:, place], totals - right[:, place]
        is_flat = len(sheets) < 2 or own.std() == 0 or rest.std() == 0
        correlation = None if is_flat else round(float(np.corrcoef(own, rest)[0, 1]), 6)
        figures.append(Figures(len(sheets), int(own.sum()), correlation))
    return figures


@dataclass(frozen=True, slots=True)
class Stock:
    """How many items of a subject there are by difficulty, retired ones left out, and how many are usable."""

    subject: str
    counts: dict[Difficulty, int]
    usable: int


def stock(cells: Iterable[tuple[str, Difficulty, ItemState, int]]) -> list[Stock]:
    """Sum what there is of each subject, in their order."""
    counts: dict[str, dict[Difficulty, int]] = {}
    usable: dict[str, int] = {}
    for subject, difficulty, state, count in cells:
        own = counts.setdefault(subject, dict.fromkeys(Difficulty, 0))
        if state is not ItemState.RETIRED:
            own[difficulty] += count
        if state in USABLE:
            usable[subject] = usable.get(subject, 0) + count
    return [Stock(subject, own, usable.get(subject, 0)) for subject, own in counts.items()]
