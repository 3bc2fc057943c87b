"""Gaps drawn: what is asked beside what was found."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.personnel.competencies.rules import Gap, Skills, Tally, quarter_ends, tally
from app.platform import small_groups
from app.platform.locales import write_date
from app.web import plots

QUARTERS = 8
MOST_AGENCIES = 6


def draw_person(gaps: Sequence[Gap]) -> plots.Plot:
    """Draw a person's competencies: the level asked by the position, and the level found."""
    return plots.grouped_bars(
        "What the position asks, and what was found",
        [gap.name for gap in gaps],
        [
            plots.Series("Asked", [gap.asked for gap in gaps]),
            plots.Series("Found", [gap.found for gap in gaps]),
        ],
        label_heading="Competency",
    )


@dataclass(frozen=True, slots=True)
class Figure:
    """How one competency, or all of them (""), stood in an agency, or in all (""), on a day."""

    agency: str
    competency: str
    on: dt.date
    asked: int
    met: int
    below: int
    unassessed: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the page shows; of fewer people than may be shown nothing stands here.

    `by_competency` is of the last of `days`; `over_time` gives the tallies of agencies day by day, None where
    there are too few people.
    """

    days: Sequence[dt.date]
    by_competency: Sequence[Tally]
    over_time: Mapping[str, Sequence[Tally | None]]
    figures: Sequence[Figure]


def look(skills: Skills, until: dt.date) -> Gaps:
    """Count the gaps at the end of each quarter up to a day."""
    least, days = small_groups.least_shown(), quarter_ends(until, QUARTERS)
    rows = {day: skills.on(day) for day in days}
    figures, over_time = [], defaultdict[str, list[Tally | None]](list)
    agencies = sorted({seat.agency for seat in skills.seats} & {agency for agency, _ in skills.asked})
    for agency in agencies:
        for day in days:
            own = [row[1:] for row in rows[day] if row[0] == agency]
            whole = next(iter(_shown([("", *row[1:]) for row in own], least)), None)
            over_time[agency].append(whole)
            told = [whole, *_shown(own, least)] if whole else []
            figures += [_figure(agency, day, one) for one in told if one]
    now = _shown([row[1:] for row in rows[until]], least)
    figures += [_figure("", until, one) for one in now]
    return Gaps(days, now, over_time, figures)


def draw_people(tallies: Sequence[Tally]) -> plots.Plot:
    """Draw how many people meet what their positions ask, by competency."""
    return plots.stacked_shares(
        "How far people meet what their positions ask",
        [one.name for one in tallies],
        [
            plots.Series("Met", [one.met for one in tallies]),
            plots.Series("Below", [one.below for one in tallies]),
            plots.Series("Not assessed", [one.unassessed for one in tallies]),
        ],
        label_heading="Competency",
    )


def draw_quarters(found: Gaps) -> dict[str, plots.Plot]:
    """Draw, quarter by quarter and by agency, the share that is met and the share that is below."""
    titles = {
        "met": "What positions ask and people were found to have, in percent of what is asked",
        "below": "What positions ask and people were found to lack, in percent of what is asked",
    }
    return {
        name: plots.grouped_bars(
            title,
            [write_date(day) for day in found.days],
            [
                plots.Series(
                    agency, [100 * getattr(one, name) / one.asked if one else None for one in tallies]
                )
                for agency, tallies in list(found.over_time.items())[:MOST_AGENCIES]
            ],
            label_heading="As of",
            places=1,
            suffix=" %",
        )
        for name, title in titles.items()
    }


def _shown(rows: Sequence[tuple[str, int, int | None]], least: int) -> list[Tally]:
    return [one for one in tally(rows) if one.asked >= least]


def _figure(agency: str, day: dt.date, one: Tally) -> Figure:
    return Figure(agency, one.name, day, one.asked, one.met, one.below, one.unassessed)
