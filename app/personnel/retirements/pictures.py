"""Retirements that come due, drawn and as rows of a file; small groups are hidden in both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.personnel.retirements import rules
from app.personnel.retirements.rules import Due
from app.platform import small_groups
from app.web import plots
from app.web.plots import Axis, Line, Plot, Series

YEARS = 10
MOST_GRADES, MOST_AGENCIES = 24, 6
HEADINGS = ("May retire now", "Within 1 year", "Within 3 years", "Within 5 years")
Counts = Mapping[str, Sequence[int | None]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a file holds it; None where it is hidden."""

    measure: str
    agency: str
    grade: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Retirements:
    """What the page shows, few people hidden: by agency and by grade at each horizon, by agency and year."""

    on: dt.date
    people: int
    unknown: int
    total: Sequence[int | None]
    by_agency: Counts
    by_grade: Counts
    by_year: Counts

    @property
    def years(self) -> list[int]:
        """Give the calendar years that are told of."""
        return list(range(self.on.year, self.on.year + YEARS))

    def figures(self) -> list[Figure]:
        """Give every figure of the page, one a row."""
        rows = []
        for name, counts in (("agency", self.by_agency), ("grade", self.by_grade)):
            for group, row in counts.items():
                where = (group, "") if name == "agency" else ("", group)
                rows += [Figure(say, *where, count) for say, count in zip(HEADINGS, row, strict=True)]
        for agency, row in self.by_year.items():
            named = zip(self.years, row, strict=True)
            rows += [Figure(f"First may retire in {year}", agency, "", count) for year, count in named]
        return rows


def count(people: Sequence[Due], on: dt.date) -> Retirements:
    """Count who comes to retirement when, and hide what tells of few people."""
    least = small_groups.least_shown()
    total = [sum(row) for row in zip(*rules.count_due(people, on, by="agency").values(), strict=True)]
    return Retirements(
        on,
        len(people),
        sum(not one.is_known for one in people),
        rules.hide_small({"": total}, least, is_growing=True)[""],
        rules.hide_small(rules.count_due(people, on, by="agency"), least, is_growing=True),
        rules.hide_small(rules.count_due(people, on, by="grade"), least, is_growing=True),
        rules.hide_small(rules.count_years(people, on, YEARS), least, is_growing=False),
    )


def draw(found: Retirements) -> dict[str, Plot]:
    """Draw the pictures by name."""
    grades = [grade for grade, row in found.by_grade.items() if any(row)][:MOST_GRADES]
    lines = [
        Line(agency, list(zip(found.years, row, strict=True)))
        for agency, row in list(found.by_year.items())[:MOST_AGENCIES]
    ]
    return {
        "agencies": _bars("Who may retire in full, by agency", "Agency", found.by_agency),
        "grades": _bars(
            "Who may retire in full, by grade", "Grade", {one: found.by_grade[one] for one in grades}
        ),
        "years": plots.lines(
            "Who first may retire in full, year by year",
            lines,
            Axis("Year", is_year=True),
            Axis("People", low=0, is_whole=True),
        ),
    }


def _bars(title: str, heading: str, counts: Counts) -> Plot:
    series = [Series(name, [row[place] for row in counts.values()]) for place, name in enumerate(HEADINGS)]
    return plots.grouped_bars(title, list(counts), series, label_heading=heading)
