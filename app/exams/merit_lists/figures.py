"""Figures of a whole list, counted once in each process: the entries of a list never change once stored."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.exams.merit_lists import queries, rules
from app.exams.merit_lists.models import MeritList

# As many lists as are looked at in one night; each keeps some dozens of numbers.
MOST = 256
_kept: OrderedDict[tuple[str, str], Figures] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Figures:
    """How many share a rank, and the points of the picture of all scores."""

    tied: int
    points: tuple[dict[str, Any], ...]


def load_figures(session: Session, merit_list: MeritList) -> Figures:
    """Give the figures of a list, from memory where this process has counted them."""
    key = (merit_list.id, merit_list.digest)
    found = _kept.get(key)
    if found is None:
        bars = rules.histogram(queries.load_distribution(session, merit_list.id))
        points = tuple({"label": bar.label, "value": bar.count} for bar in bars)
        found = _kept[key] = Figures(queries.count_tied(session, merit_list.id), points)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found
