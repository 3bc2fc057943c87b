"""How a blueprint is filled from the bank, and the items of a series shuffled: by seed, always alike."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.exams.item_bank.states import Difficulty
from app.platform.audit import canonical
from app.platform.errors import Invalid
from app.platform.sentences import say, translate

SERIES = ("A", "B", "C", "D")
MOST_ITEMS = 500
MOST_LINES = 20
SHORTEST_TIME, LONGEST_TIME = 5, 600
INSTRUCTIONS = (
    say("Do not open this booklet before you are told to."),
    say("Check that no page is missing. If one is, raise your hand at once."),
    say("Mark the letter of this booklet on your answer sheet, where it has one."),
    say("Mark one option for each question on the answer sheet. What you write here is not read."),
    say("Telephones and watches that can send or receive are switched off and put away."),
    say("Give the booklet back before you leave. No part of it may be copied."),
)
Cell = tuple[str, Difficulty]


class Paper(Protocol):
    """What these rules ask of a paper."""

    examination: Any
    series: Any
    places: Any


@dataclass(frozen=True, slots=True)
class Wish:
    """So many items of a subject and a difficulty."""

    subject: str
    difficulty: Difficulty
    count: int


def draw(seed: str, text: str) -> bytes:
    """Give the lot of a text: HMAC-SHA256 keyed by the seed; the lowest lots come first."""
    return hmac.new(seed.encode(), text.encode(), hashlib.sha256).digest()


def assemble(
    wishes: Sequence[Wish],
    usable: Mapping[Cell, Sequence[tuple[str, str]]],
    resting: Mapping[Cell, int],
    seed: str,
) -> list[str]:
    """Choose version ids for a paper, subject by subject in the order of the wishes.

    Of each cell the items with the lowest lots are taken; inside a subject they stand by lot too, easy and
    hard ones mixed. The same bank, wishes and seed give the same paper. Invalid tells every cell that the
    bank cannot fill, and how many of its items rest because they were used lately.
    """
    chosen: dict[str, list[tuple[bytes, str]]] = {}
    lacking: list[str] = []
    for wish in wishes:
        cell = (wish.subject, wish.difficulty)
        lots = sorted((draw(seed, code), version_id) for code, version_id in usable.get(cell, ()))
        if len(lots) < wish.count:
            lacking.append(_lack(wish, len(lots), resting.get(cell, 0)))
        chosen.setdefault(wish.subject, []).extend(lots[: wish.count])
    if lacking:
        raise Invalid(f"The bank cannot fill this blueprint. {' '.join(lacking)}")
    return [version_id for lots in chosen.values() for _, version_id in sorted(lots)]


def _lack(wish: Wish, found: int, rests: int) -> str:
    used = f", {rests} more were used lately" if rests else ""
    return f"{wish.subject}, {wish.difficulty.value}: {wish.count} are wanted, {found} can be used{used}."


def check_wishes(wishes: Sequence[Wish]) -> Sequence[Wish]:
    """Give the wishes back, or raise Invalid when they make no paper."""
    count = sum(wish.count for wish in wishes)
    if not 1 <= count <= MOST_ITEMS:
        raise Invalid(f"Ask for at least one item and at most {MOST_ITEMS}. This blueprint asks for {count}.")
    return wishes


def shuffle(seed: str, name: str, count: int) -> list[int]:
    """Give the positions 1 to `count` in the order of a series; series A is the paper's own order."""
    positions = range(1, count + 1)
    if name == SERIES[0]:
        return list(positions)
    return sorted(positions, key=lambda position: draw(seed, f"{name} {position}"))


def paper_digest(digests: Iterable[str]) -> str:
    """Give the SHA-256 of a paper by the digests of its items in order."""
    return hashlib.sha256(canonical(list(digests)).encode()).hexdigest()


def count_cells(usable: Mapping[Cell, Sequence[object]]) -> list[tuple[str, Difficulty, int]]:
    """List the cells of a bank with how many items each holds, by subject, easy ones first."""
    order = {difficulty: place for place, difficulty in enumerate(Difficulty)}
    cells = sorted(usable, key=lambda cell: (cell[0], order[cell[1]]))
    return [(subject, difficulty, len(usable[(subject, difficulty)])) for subject, difficulty in cells]


def find_refusal(paper: Paper) -> str:
    """Say why booklets of a paper cannot be printed yet; "" when nothing on them can change any more."""
    if paper.examination is None:
        return (
            "No examination asks this paper yet, so what stands on its cover is not known. "
            "Use it in an examination first."
        )
    return ""


def names_of(paper: Paper) -> list[str]:
    """Give the names of a paper's booklets: its series, or "" where everyone sits the same one."""
    return [row.name for row in paper.series] or [""]


def order_of(paper: Paper, series: str) -> list[int]:
    """Give the positions of the items in the order of a booklet."""
    found = {row.name: row.order for row in paper.series}
    return [int(own) for own in found[series]] if series else [place.position for place in paper.places]


def read_instructions(text: str) -> str:
    """Give the instructions without empty lines; Invalid where there are none, or more than a cover holds."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not 1 <= len(lines) <= MOST_LINES:
        raise Invalid(instructions=f"Enter from 1 to {MOST_LINES} lines.")
    return "\n".join(lines)


def usual_instructions(language: str) -> list[str]:
    """Give what covers usually say, in the language of a paper."""
    return [translate(sentence, language) for sentence in INSTRUCTIONS]
