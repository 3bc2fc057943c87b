"""The pictures of a workforce, each with its table of figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.personnel.workforce import rules
from app.personnel.workforce.queries import Gradewise
from app.personnel.workforce.rules import Post, Stretch, Year
from app.platform import small_groups
from app.web import plots
from app.web.plots import Axis, Line, Plot, Series

YEARS = 10
# A picture has room for so many grades and agencies; the file shows all of them.
MOST_GRADES, MOST_AGENCIES = 24, 6
# The measures by agency and year: name in a file, title of the picture, its axis, places.
MEASURES = {
    "people": ("People in service", "People in service at the end of each year, by agency", "People", 0),
    "vacant": (
        "Vacant posts, percent",
        "Vacant posts at the end of each year, in percent of all posts",
        "Percent",
        1,
    ),
    "turnover": (
        "Turnover, percent",
        "Turnover: those who left in the year, in percent of the average headcount",
        "Percent",
        1,
    ),
    "in_grade": (
        "Median years in the grade",
        "Time in the present grade at the end of each year: the median",
        "Years",
        1,
    ),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a file holds it: what is counted, where, of which group or year, and the number."""

    measure: str
    agency: str
    of: str
    value: float


@dataclass(frozen=True, slots=True)
class Part:
    """The measures of one agency, by name, one value a day of `days`; None where there is none."""

    agency: str
    values: dict[str, list[float | None]]


@dataclass(frozen=True, slots=True)
class Workforce:
    """What the page shows: `headcount` pairs days with people and posts; the largest part comes first."""

    on: dt.date
    headcount: list[tuple[dt.date, int, int]]
    years: list[Year]
    grades: Sequence[Gradewise]
    in_grade: list[int]
    served: list[int]
    parts: list[Part]

    @property
    def days(self) -> list[dt.date]:
        """The days at which everything is counted."""
        return [day for day, _, _ in self.headcount]

    @property
    def people(self) -> int:
        """Count who serves on the day."""
        return self.headcount[-1][1]

    @property
    def posts(self) -> int:
        """Count the posts of the day."""
        return sum(row.posts for row in self.grades)

    @property
    def vacant(self) -> int:
        """Count the posts that nobody holds."""
        return sum(row.vacant for row in self.grades)

    def figures(self) -> list[Figure]:
        """Give every figure of the page, one a row."""
        rows = []
        for day, people, posts in self.headcount:
            rows += [
                Figure("People in service", "", day.isoformat(), people),
                Figure("Posts", "", day.isoformat(), posts),
            ]
        for year in self.years:
            rows += [
                Figure("Joined", "", str(year.year), year.joined),
                Figure("Left", "", str(year.year), year.left),
                Figure("Average headcount", "", str(year.year), round(year.average, 1)),
            ]
        for grade in self.grades:
            rows.append(Figure("Posts of the grade", "", grade.grade, grade.posts))
            rows.append(Figure("Vacant posts of the grade", "", grade.grade, grade.vacant))
        for name, begins, counts in (
            ("Years in the grade", rules.GRADE_YEARS, self.in_grade),
            ("Years of service", rules.SERVICE_YEARS, self.served),
        ):
            named = zip(rules.class_names(begins), counts, strict=True)
            rows += [Figure(name, "", label, count) for label, count in named]
        return rows + self._by_agency()

    def _by_agency(self) -> list[Figure]:
        return [
            Figure(MEASURES[name][0], part.agency, day.isoformat(), _plain(value))
            for part in self.parts
            for name, values in part.values.items()
            for day, value in zip(self.days, values, strict=True)
            if value is not None
        ]


def _plain(value: float) -> float:
    return int(value) if value == int(value) else round(value, 2)


def count(
    stretches: Sequence[Stretch], posts: Sequence[Post], grades: Sequence[Gradewise], on: dt.date
) -> Workforce:
    """Count everything as of a day."""
    days = rules.year_ends(on, YEARS)
    people = rules.count_on(((since, end) for _, since, end in rules.services(stretches)), days)
    established = rules.count_on(((post.since, post.ended_on) for post in posts), days)
    names = sorted({one.agency for one in stretches} | {one.agency for one in posts})
    parts = [
        _measure(
            name,
            [one for one in stretches if one.agency == name],
            [post for post in posts if post.agency == name],
            days,
        )
        for name in names
    ]
    return Workforce(
        on,
        list(zip(days, people, established, strict=True)),
        rules.by_year(stretches, on, YEARS - 1),
        grades,
        rules.classes(rules.years_in_grade(stretches, on), rules.GRADE_YEARS),
        rules.classes(rules.years_served(stretches, on), rules.SERVICE_YEARS),
        sorted(parts, key=lambda part: (-(part.values["people"][-1] or 0), part.agency)),
    )


def _measure(
    agency: str, stretches: Sequence[Stretch], posts: Sequence[Post], days: Sequence[dt.date]
) -> Part:
    spans = [(since, end) for _, since, end in rules.services(stretches)]
    years = rules.by_year(stretches, days[-1], len(days) - 1)
    return Part(
        agency,
        {
            "people": [float(found) for found in rules.count_on(spans, days)],
            "vacant": rules.vacant_shares(posts, stretches, days),
            "turnover": [year.turnover for year in years[-len(days) :]],
            "in_grade": rules.medians(rules.grade_spans(stretches), days, small_groups.least_shown()),
        },
    )


def draw(found: Workforce) -> dict[str, Plot]:
    """Draw the pictures by name."""
    years = [(day.year, people) for day, people, _ in found.headcount]
    posts = [(day.year, count) for day, _, count in found.headcount]
    names = [str(year.year) for year in found.years]
    grades = [row for row in found.grades if row.vacant][:MOST_GRADES]
    return {name: _by_agency(found, name) for name in MEASURES} | {
        "headcount": plots.lines(
            "People and posts at the end of each year",
            [Line("People in service", years), Line("Posts", posts)],
            Axis("Year", is_year=True),
            Axis("Count", low=0, is_whole=True),
        ),
        "movement": plots.grouped_bars(
            "Who joined and who left, year by year",
            names,
            [
                Series("Joined", [year.joined for year in found.years]),
                Series("Left", [year.left for year in found.years]),
            ],
            label_heading="Year",
        ),
        "vacancies": plots.grouped_bars(
            "Vacant posts by grade, today",
            [row.grade for row in grades],
            [
                Series("Vacant", [row.vacant for row in grades]),
                Series("Posts", [row.posts for row in grades]),
            ],
            label_heading="Grade",
        ),
        "in_grade_now": _histogram(
            "Time in the present grade", "Years in the grade", rules.GRADE_YEARS, found.in_grade
        ),
        "served": _histogram("Length of service", "Years of service", rules.SERVICE_YEARS, found.served),
    }


def _by_agency(found: Workforce, name: str) -> Plot:
    _, title, heading, places = MEASURES[name]
    years = [day.year for day in found.days]
    # the first of the days stands for the year before those whose coming and going is told
    skip = 1 if name == "turnover" else 0
    lines = [
        Line(part.agency, list(zip(years, part.values[name], strict=True))[skip:])
        for part in found.parts[:MOST_AGENCIES]
    ]
    axis = Axis(heading, low=0, places=places, is_whole=not places)
    return plots.lines(title, lines, Axis("Year", is_year=True), axis)


def _histogram(title: str, heading: str, begins: Sequence[int], counts: Sequence[int]) -> Plot:
    return plots.histogram(
        title, rules.class_names(begins), [Series("People", counts)], label_heading=heading
    )
