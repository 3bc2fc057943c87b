"""Answer sheets of an invented examination: how hard each item is, how able each person, what was marked."""

from __future__ import annotations

import csv
import io
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OPTIONS = ("A", "B", "C", "D")
BLANK, SEVERAL = "-", "*"
_GUESS = 0.25  # one of four answers is right by chance
_BLANK_SHARE, _SEVERAL_SHARE = 0.015, 0.003


@dataclass(frozen=True, slots=True)
class Paper:
    """The items of an examination: the right answer of each, its difficulty and how well it discriminates.

    `doubtful` is an item in which a second answer can be defended, and is given nearly as often.
    """

    key: Mapping[str, str]
    difficulty: Mapping[str, float]
    steepness: Mapping[str, float]
    doubtful: str
    second: str

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.key)

    def key_text(self, *, wrong: str = "") -> str:
        """Write the key as an officer pastes it, with a slip at the item `wrong`."""
        lines = ["item,key"]
        for code, right in self.key.items():
            lines.append(f"{code},{_next(right) if code == wrong else right}")
        return "\n".join(lines)


def write_paper(dice: random.Random, items: int) -> Paper:
    """Invent the items of an examination."""
    codes = [str(number) for number in range(1, items + 1)]
    key = {code: dice.choice(OPTIONS) for code in codes}
    doubtful = codes[items * 2 // 7]
    return Paper(
        key=key,
        difficulty={code: dice.gauss(-0.35, 1.0) for code in codes},
        steepness={code: dice.uniform(0.7, 1.7) for code in codes},
        doubtful=doubtful,
        second=_next(key[doubtful]),
    )


def ability(dice: random.Random) -> float:
    """Invent how able somebody is, where 0 answers an item of middling difficulty half the time."""
    return dice.gauss(0.55, 0.95)


def mark(dice: random.Random, paper: Paper, theta: float) -> list[str]:
    """Mark one sheet: by the three-parameter model, with some items left blank or marked twice."""
    marked = []
    for code, right in paper.key.items():
        chance = dice.random()
        if chance < _BLANK_SHARE:
            marked.append(BLANK)
        elif chance < _BLANK_SHARE + _SEVERAL_SHARE:
            marked.append(SEVERAL)
        elif dice.random() < _probability(paper, code, theta):
            is_second = code == paper.doubtful and dice.random() < 0.45
            marked.append(paper.second if is_second else right)
        else:
            marked.append(dice.choice([option for option in OPTIONS if option != right]))
    return marked


def write_file(paper: Paper, rows: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """Write the file of answers as a scanner's program exports it: a row a candidate."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["candidate", *paper.codes])
    lines.writerows([number, *marked] for number, marked in rows)
    return text.getvalue().encode()


def _probability(paper: Paper, code: str, theta: float) -> float:
    known = 1 / (1 + math.exp(-paper.steepness[code] * (theta - paper.difficulty[code])))
    return _GUESS + (1 - _GUESS) * known


def _next(option: str) -> str:
    return OPTIONS[(OPTIONS.index(option) + 1) % len(OPTIONS)]
