"""Invented questions for the item bank: arithmetic, maps, time and filing, easy to hard."""

from __future__ import annotations

import random
from collections.abc import Callable

from app.exams.item_bank.rules import Content
from app.exams.item_bank.states import Difficulty

# So many questions of each subject and difficulty: 120 in all.
EACH = 10
_SIZE = {Difficulty.EASY: 1, Difficulty.MEDIUM: 3, Difficulty.HARD: 7}
_NAMES = tuple(
    "Abbot Amado Archer Arden Aster Barlow Barnes Basset Bell Bloom Carr Carter Castle Chan Clay".split()  # noqa: SIM905
) + tuple("Dale Dalton Dawes Day Deane Eden Ellis Ember Evans Ewing".split())  # noqa: SIM905
Question = Callable[[random.Random, int], tuple[str, str, list[str]]]


def write_items(dice: random.Random) -> list[Content]:
    """Invent the items of the bank, by subject and difficulty."""
    items = []
    for prefix, subject, question in (
        ("ARI", "Arithmetic", _arithmetic),
        ("MAP", "Maps and measures", _maps),
        ("TIM", "Dates and times", _times),
        ("FIL", "Filing", _filing),
    ):
        for number in range(EACH * len(Difficulty)):
            difficulty = list(Difficulty)[number // EACH]
            stem, right, wrong = question(dice, _SIZE[difficulty])
            texts = [right, *wrong]
            dice.shuffle(texts)
            options = dict(zip("ABCD", texts, strict=True))
            accepted = next(key for key, text in options.items() if text == right)
            code = f"{prefix}-{number + 1:03d}"
            items.append(Content(code, subject, difficulty, "en", stem, options, (accepted,)))
    return items


def _numbers(right: int, slips: tuple[int, int, int], unit: str = "") -> tuple[str, list[str]]:
    """Write a right number and three wrong ones, each off by a slip."""
    return f"{right}{unit}", [f"{right + slip}{unit}" for slip in slips]


def _arithmetic(dice: random.Random, size: int) -> tuple[str, str, list[str]]:
    first, second = dice.randint(3, 9) * size + dice.randint(1, 9), dice.randint(4, 9)
    fee = dice.randint(2, 9) * size
    stem = (
        f"A counter takes {first} payments of {second} dollars each and gives {fee} dollars back. "
        "How much is in the drawer?"
    )
    right, wrong = _numbers(first * second - fee, (fee, -second, 10), " dollars")
    return stem, right, wrong


def _maps(dice: random.Random, size: int) -> tuple[str, str, list[str]]:
    scale, length = dice.choice((1000, 2000, 5000)) * size, dice.randint(3, 18)
    stem = f"Two wells are {length} cm apart on a map of scale 1:{scale:,}. How far is that in the field?"
    metres = scale * length // 100
    right, wrong = _numbers(metres, (metres * 9, scale // 100, -scale // 200), " m")
    return stem, right, wrong


def _times(dice: random.Random, size: int) -> tuple[str, str, list[str]]:
    start, minutes = dice.randint(7 * 60, 11 * 60), dice.randint(12, 40) * size + dice.randint(1, 9)
    stem = f"A shift of {minutes} minutes begins at {_clock(start)}. When does it end?"
    end = start + minutes
    return stem, _clock(end), [_clock(end + slip) for slip in (10, -10, 40)]


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24}:{minutes % 60:02d}"


def _filing(dice: random.Random, size: int) -> tuple[str, str, list[str]]:
    names = dice.sample(_NAMES, 4 + size)
    place = dice.randint(2, 4)
    ordered = sorted(names)
    ordinal = {2: "second", 3: "third", 4: "fourth"}[place]
    right = ordered[place - 1]
    others = [name for name in ordered if name != right]
    near = sorted(others, key=lambda name: abs(ordered.index(name) - place + 1))[:3]
    return f"Which name comes {ordinal} in the alphabet: {', '.join(names)}?", right, near
