"""What can be tried on a list, and what a trial shows; a trial decides nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from app.exams import merit
from app.exams.impact.rules import passing
from app.exams.merit.fairness.four_fifths import Group
from app.exams.scoring.rules import order_key
from app.platform.errors import Invalid

Path = tuple[str, ...]
PAGE = 50


@dataclass(frozen=True, slots=True)
class Dial:
    """One number of a rulebook that can be tried: `name` in a form, where it stands, and what it is now."""

    name: str
    label: str
    path: Path
    now: str


def dials(book: merit.Rulebook) -> list[Dial]:
    """List the weights and minimums of the components that have them, and the least total.

    The weight of a component that stands alone cannot be another one.
    """
    found = []
    parts = book.data.get("component", [])
    is_weighed = sum("weight" in part for part in parts) > 1
    for index, part in enumerate(parts):
        code, title = str(part["name"]), str(part.get("title", part["name"]))
        if "weight" in part and is_weighed:
            weight = Dial(f"weight_{index}", f"Weight of {title}", ("component", code, "weight"), "")
            found.append(_set(weight, part["weight"]))
        if "weight" in part or "minimum" in part:
            least = Dial(f"minimum_{index}", f"Least mark in {title}", ("component", code, "minimum"), "")
            found.append(_set(least, part.get("minimum", "")))
    total = book.data.get("total", {})
    found.append(Dial("pass_mark", "Least total", ("total", "minimum"), str(total.get("minimum", ""))))
    return found


def _set(dial: Dial, now: object) -> Dial:
    return Dial(dial.name, dial.label, dial.path, str(now))


def changes(known: Sequence[Dial], typed: Mapping[str, Decimal | None]) -> dict[Path, str | None]:
    """Give the rulebook's values that differ from what is typed; an emptied minimum is taken away.

    Invalid when a weight is left empty: without one the component counts for nothing, and that is said as 0.
    """
    found: dict[Path, str | None] = {}
    for dial in known:
        value = typed.get(dial.name)
        if value is None:
            if dial.path[-1] == "weight":
                raise Invalid(**{dial.name: f"Enter the {dial.label[:1].lower()}{dial.label[1:]}."})
            if dial.now:
                found[dial.path] = None
        elif not dial.now or Decimal(dial.now) != value:
            found[dial.path] = f"{value.normalize():f}"
    return found


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A person on a tried list, beside the real one; `moved` is how many ranks up (down below 0)."""

    place: int
    number: str
    rank: int | None
    rank_now: int | None
    score: str
    tied: int
    order_key: str
    failed: tuple[str, ...]

    @property
    def moved(self) -> int | None:
        """Give how many ranks higher the person stands, None where there is no rank on either list."""
        return None if self.rank is None or self.rank_now is None else self.rank_now - self.rank


def page(real: merit.MeritList, tried: merit.MeritList, after: int) -> list[TrialRow]:
    """Give the rows that follow a place of the tried list, each with the rank of the real one."""
    rows = []
    for row in tried.page(after, after + PAGE):
        stands = real.position(row.candidate_id)
        rows.append(
            TrialRow(
                place=row.position,
                number=row.candidate_id,
                rank=row.rank,
                rank_now=int(real.ranks[stands]) if stands < real.passed_count else None,
                score=row.score,
                tied=len(row.tied_with),
                order_key=order_key(tried, row.position),
                failed=tuple(row.failed),
            )
        )
    return rows


def moved_in_and_out(real: merit.MeritList, tried: merit.MeritList, most: int) -> tuple[list[str], list[str]]:
    """Name who enters the list and who leaves it, in the order of the list they are on, `most` of each."""
    return _new(tried, real, most), _new(real, tried, most)


def _new(one: merit.MeritList, other: merit.MeritList, most: int) -> list[str]:
    passed = np.zeros(len(one.candidates.ids), dtype=bool)
    passed[other.order[: other.passed_count]] = True
    entering = one.order[: one.passed_count]
    return one.candidates.ids[entering[~passed[entering]]][:most].tolist()  # type: ignore[no-any-return]


def groups(listing: merit.MeritList, members: Mapping[str, Sequence[str]]) -> tuple[Group, ...]:
    """Count who took part and who passed in each group of candidate numbers."""
    found = []
    for name, numbers in members.items():
        rows = np.isin(listing.candidates.ids, np.array(list(numbers), dtype=np.str_))
        passed = rows[listing.order[: listing.passed_count]]
        found.append(Group(name, int(rows.sum()), int(passed.sum())))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Shares:
    """What share of a group passes now, and on the tried list."""

    group: str
    people: int
    now: Fraction
    then: Fraction


def compared(
    real: merit.MeritList, tried: merit.MeritList, members: Mapping[str, Sequence[str]], least: int
) -> list[Shares]:
    """Compare the shares of groups that pass; small groups are left out, see impact.rules.passing."""
    return [Shares(*one) for one in passing(groups(real, members), groups(tried, members), least)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is tried: the numbers of the dials, vacancies on a day, and after which place rows are shown."""

    dials: Sequence[Dial]
    typed: Mapping[str, Decimal | None]
    vacancies: int
    on: dt.date
    after: int

    @property
    def changes(self) -> dict[Path, str | None]:
        """Give the rulebook's values that differ; Invalid as `changes` tells."""
        return changes(self.dials, self.typed)

    @property
    def kept(self) -> dict[str, Any]:
        """Give what was typed as it is kept: each dial by its name, as text, and the vacancies."""
        values = {name: "" if value is None else f"{value:f}" for name, value in self.typed.items()}
        return {"dials": values, "vacancies": self.vacancies}
