"""What is asked after a course, and from how many answers on they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from app.platform.errors import Invalid

# Below five answers somebody could be recognised by what they say: the city's own rule.
LEAST_SHOWN = 5
QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "content": "I learnt what I need for my work",
        "teaching": "It was explained well",
        "length": "The time was well used",
        "place": "Place, equipment and material were right",
        "again": "I would recommend it to a colleague",
    }
)
SCALE: Mapping[int, str] = MappingProxyType(
    {
        1: "Do not agree at all",
        2: "Rather do not agree",
        3: "Neither",
        4: "Rather agree",
        5: "Agree fully",
    }
)


@dataclass(frozen=True, slots=True)
class Answered:
    """How one question was answered: people by points of the scale, and the mean."""

    question: str
    counts: tuple[int, ...]
    mean: Fraction


def check(ratings: Mapping[str, int]) -> dict[str, int]:
    """Give the ratings by question, or raise Invalid where one is missing or no point of the scale."""
    faults = {name: "Select an answer." for name in QUESTIONS if ratings.get(name) not in SCALE}
    if faults:
        raise Invalid(**faults)
    return {name: ratings[name] for name in QUESTIONS}


def is_shown(answers: int) -> bool:
    """Tell whether so many answers are enough to be shown."""
    return answers >= LEAST_SHOWN


def sum_up(rows: Sequence[Mapping[str, Any]]) -> list[Answered]:
    """Sum up ratings by question; nothing where there are too few."""
    if not is_shown(len(rows)):
        return []
    summed = []
    for name, text in QUESTIONS.items():
        given = [int(row[name]) for row in rows]
        counts = tuple(given.count(point) for point in SCALE)
        summed.append(Answered(text, counts, Fraction(sum(given), len(given))))
    return summed
