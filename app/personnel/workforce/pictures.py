"""The pictures of a workforce, each with its table of figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.personnel.workforce import rules
from app.personnel.workforce.queries import Gradewise
from app.personnel.workforce.rules import Post, Stretch, Year
from app.web import plots
from app.web.plots import Axis, Line, Plot, Series

YEARS = 10
# A picture has room for so many grades; the table of posts shows all of them.
MOST_GRADES = 24


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a file holds it: what is counted, of which group or year, and the number."""

    measure: str
    of: str
    value: float


@dataclass(frozen=True, slots=True)
class Workforce:
    """Everything that the page shows; `headcount` pairs days with people and posts."""

    on: dt.date
    headcount: list[tuple[dt.date, int, int]]
    years: list[Year]
    grades: Sequence[Gradewise]
    in_grade: list[int]
    served: list[int]

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
                Figure("People in service", day.isoformat(), people),
                Figure("Posts", day.isoformat(), posts),
            ]
        for year in self.years:
            rows += [Figure("Joined", str(year.year), year.joined), Figure("Left", str(year.year), year.left)]
            rows.append(Figure("Average headcount", str(year.year), round(year.average, 1)))
        for grade in self.grades:
            rows.append(Figure("Posts of the grade", grade.grade, grade.posts))
            rows.append(Figure("Vacant posts of the grade", grade.grade, grade.vacant))
        for name, begins, counts in (
            ("Years in the grade", rules.GRADE_YEARS, self.in_grade),
            ("Years of service", rules.SERVICE_YEARS, self.served),
        ):
            named = zip(rules.class_names(begins), counts, strict=True)
            rows += [Figure(name, label, count) for label, count in named]
        return rows


def count(
    stretches: Sequence[Stretch], posts: Sequence[Post], grades: Sequence[Gradewise], on: dt.date
) -> Workforce:
    """Count everything as of a day."""
    days = rules.year_ends(on, YEARS)
    people = rules.count_on(((since, end) for _, since, end in rules.services(stretches)), days)
    established = rules.count_on(((post.since, post.ended_on) for post in posts), days)
    return Workforce(
        on,
        list(zip(days, people, established, strict=True)),
        rules.by_year(stretches, on, YEARS - 1),
        grades,
        rules.classes(rules.years_in_grade(stretches, on), rules.GRADE_YEARS),
        rules.classes(rules.years_served(stretches, on), rules.SERVICE_YEARS),
    )


def draw(found: Workforce) -> dict[str, Plot]:
    """Draw the pictures by name."""
    years = [(day.year, people) for day, people, _ in found.headcount]
    posts = [(day.year, count) for day, _, count in found.headcount]
    names = [str(year.year) for year in found.years]
    grades = [row for row in found.grades if row.vacant][:MOST_GRADES]
    return {
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
        "turnover": plots.grouped_bars(
            "Turnover: those who left, in percent of the average headcount",
            names,
            [Series("Turnover", [year.turnover for year in found.years])],
            label_heading="Year",
            places=1,
            suffix=" %",
        ),
        "vacancies": plots.grouped_bars(
            "Vacant posts by grade",
            [row.grade for row in grades],
            [
                Series("Vacant", [row.vacant for row in grades]),
                Series("Posts", [row.posts for row in grades]),
            ],
            label_heading="Grade",
        ),
        "in_grade": plots.histogram(
            "Time in the present grade",
            rules.class_names(rules.GRADE_YEARS),
            [Series("People", found.in_grade)],
            label_heading="Years in the grade",
        ),
        "served": plots.histogram(
            "Length of service",
            rules.class_names(rules.SERVICE_YEARS),
            [Series("People", found.served)],
            label_heading="Years of service",
        ),
    }
