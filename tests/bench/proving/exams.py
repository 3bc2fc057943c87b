"""An invented city examination of any size: a hundred items, every treatment, veterans, mass ties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from app.exams import merit

ITEMS = 100
OPTIONS = ("", "A", "B", "C", "D", "*")
SEED, LIST = "drawn in public on 3 March", "EX-2026-0001"


@dataclass(frozen=True)
class Examination:
    """Everything that a list is made of."""

    rulebook: merit.Rulebook
    key: merit.Key
    responses: merit.Responses
    claims: dict[str, list[str]]
    attributes: dict[str, dict[str, Any]]

    def ranked(self) -> merit.MeritList:
        """Make the list by the merit core."""
        scores = merit.score(self.rulebook, self.key, self.responses)
        table = merit.Candidates.from_scores(scores, claims=self.claims, attributes=self.attributes)
        return merit.rank(self.rulebook, table, list_id=LIST, seed=SEED)

    def arguments(self) -> dict[str, Any]:
        """Give what the second computation is called with."""
        return {
            "rulebook": self.rulebook,
            "sheets": self.responses,
            "key": self.key,
            "claims": self.claims,
            "seed": SEED,
            "list_id": LIST,
            "attributes": self.attributes,
        }


def city(people: int, seed: int = 5) -> Examination:
    """Invent people of different ability; a mark is right more often the more able somebody is."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(1, 5, ITEMS)
    ability = rng.normal(1.3, 0.9, people)
    answers = np.empty((ITEMS, people), dtype=np.uint8)
    for item in range(ITEMS):
        guessed = rng.integers(0, len(OPTIONS), people, dtype=np.uint8)
        answers[item] = np.where(rng.normal(0, 1, people) < ability, truth[item], guessed)
    ids = np.array([f"C-{number:08d}" for number in rng.permutation(people)])
    codes = tuple(str(number) for number in range(1, ITEMS + 1))
    items = [merit.Item(code, (OPTIONS[truth[place]],)) for place, code in enumerate(codes)]
    items[3] = merit.Item("4", ("A", "B"), "several")
    items[7] = merit.Item("8", (), "neutralised")
    items[9] = merit.Item("10", (), "full-credit-all")
    items[11] = merit.Item("12", (), "full-credit-answered")
    names = ids.tolist()
    days = rng.integers(0, 20, people).tolist()
    veterans = rng.integers(0, 20, people).tolist()
    held = {0: ["veteran"], 1: ["disabled-veteran"], 2: ["veteran", "disabled-veteran"]}
    return Examination(
        merit.rulebook.in_force("city-civil-service", date(2026, 1, 1)),
        merit.Key(2, tuple(items)),
        merit.Responses(ids, codes, OPTIONS, answers),
        {name: held[kind] for name, kind in zip(names, veterans, strict=True) if kind in held},
        {
            name: {"applied_on": date(2026, 1, 1) + timedelta(day)}
            for name, day in zip(names, days, strict=True)
        },
    )
