"""What a browser may send about courses."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.personnel.courses.models import Course
from app.personnel.courses.rules import MINUTES, MOST_HOURS, CourseValues
from app.web.forms import (
    CheckboxField,
    DecimalField,
    FilterForm,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)


class CourseFilterForm(FilterForm):
    """What the catalogue is narrowed to."""

    text = TextField("Title, code or provider", max_length=80, required=False)


class CourseForm(MeritumForm):
    """A course as an officer describes it."""

    idempotency_key = IdempotencyKeyField()
    agency = SelectField("Agency", required=False)
    code = TextField(
        "Code", max_length=20, width="10", hint="Short and unique in the agency, such as SAF-110."
    )
    title = TextField("Title", max_length=200)
    provider = TextField(
        "Provider", max_length=200, hint="Who teaches it: a department, a school, a company."
    )
    summary = TextAreaField("What it is about", max_length=4000, missing="Enter what it is about")
    hours = DecimalField("Hours", places=2, minimum=Decimal("0.05"), maximum=Decimal(MOST_HOURS))
    valid_months = IntegerField(
        "Months for which a certificate is valid",
        minimum=1,
        maximum=600,
        required=False,
        hint="Empty: it does not expire.",
    )
    pass_mark = IntegerField(
        "Pass mark in percent",
        minimum=1,
        maximum=100,
        required=False,
        hint="Empty: who attends has passed.",
    )
    is_shared = CheckboxField("Open to people of every agency", required=False)
    submit = SubmitField("Save the course")

    @classmethod
    def of(cls, course: Course) -> CourseForm:
        """Give the form filled with a course."""
        names = ("code", "title", "provider", "summary", "valid_months", "pass_mark", "is_shared")
        hours = Decimal(course.minutes) / MINUTES
        return cls(data={name: getattr(course, name) for name in names} | {"hours": round(hours, 2)})

    def values(self) -> CourseValues:
        """Give what was sent."""
        return CourseValues(
            code=self.code.data.upper(),
            title=self.title.data,
            provider=self.provider.data,
            summary=self.summary.data,
            hours=self.data["hours"],
            valid_months=self.valid_months.data,
            pass_mark=self.pass_mark.data,
            is_shared=self.is_shared.data,
        )


class TeachForm(MeritumForm):
    """To which level of a competency a course leads."""

    competency = SelectField("Competency", missing="Select a competency")
    level = IntegerField("Level", minimum=0, maximum=5, width=2, hint="0 takes the competency away.")
    submit = SubmitField("Save")

    def __init__(self, *, competencies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.competency.choices = list(competencies)
