"""How the ratings of a period are spread: the picture, and the same as a table to download.

No level is asked for or capped: a forced distribution is unlawful (5 CFR 430.208(c), read 2026-11-22).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.performance import regimes
from app.personnel.performance.models import PerformanceCycle
from app.personnel.ratings import queries, rules
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.web import plots, tables
from app.web.tables import Column, Table

WHOLE = "All together"
# More bars than this are no picture; the table below holds every group.
MOST_DRAWN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A group: how many people, and how many of them at each level."""

    group: str
    people: int
    levels: dict[int, int]


@dataclass(frozen=True, slots=True)
class Picture:
    """What the page shows; `hidden` counts the people of groups too small to be shown."""

    titles: dict[int, str]
    rows: list[Row]
    hidden: int
    plot: plots.Plot


def load(session: Session, cycle: PerformanceCycle, by: str) -> Picture:
    """Load how the ratings of record of a cycle are spread, by `unit` or `supervisor`, whole first."""
    titles = regimes.find(cycle.regime).levels
    groups: dict[str, dict[int, int]] = {}
    for spread in queries.load_spread(session, cycle.id, by=by):
        group = groups.setdefault(spread.group, {})
        group[spread.level] = group.get(spread.level, 0) + spread.count
    shown, hidden = rules.fold_small(groups)
    total: dict[int, int] = {}
    for levels in groups.values():
        for level, count in levels.items():
            total[level] = total.get(level, 0) + count
    named = {WHOLE: total, **shown} if rules.shown(sum(total.values())) else {}
    rows = [Row(name, sum(levels.values()), levels) for name, levels in named.items()]
    return Picture(titles, rows, hidden if rows else sum(total.values()), _draw(titles, rows))


def _draw(titles: dict[int, str], rows: list[Row]) -> plots.Plot:
    largest = sorted(rows, key=lambda row: (row.group != WHOLE, -row.people, row.group))[:MOST_DRAWN]
    series = [
        plots.Series(f"{level}, {title}", [row.levels.get(level, 0) for row in largest])
        for level, title in sorted(titles.items())
    ]
    return plots.stacked_shares(
        "Share of people at each level", [row.group for row in largest], series, label_heading="Group"
    )


def table_rows(session: Session, actor: Actor) -> Iterable[Row]:
    """Read the rows of the picture under the filters of its address."""
    cycles = queries.list_cycles_rated(session, actor)
    asked, by = tables.asked("cycle"), tables.asked("by")
    cycle = next((one for one in cycles if one.id == asked), cycles[0] if cycles and not asked else None)
    if cycle is None:
        raise NotFound("There is no such period.")
    return load(session, cycle, by if by == "supervisor" else "unit").rows


def _at(level: int) -> Column:
    return Column(f"level_{level}", f"Level {level}", lambda row: row.levels.get(level, 0))


tables.add(
    Table(
        "personnel.ratings.calibrate",
        "How ratings are spread",
        (
            Column("group", "Group", lambda row: row.group),
            Column("people", "People", lambda row: row.people),
            *(_at(level) for level in range(1, 6)),
        ),
        table_rows,
    )
)
