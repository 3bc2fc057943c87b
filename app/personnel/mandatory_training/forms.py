"""What a browser may send about mandatory training."""

from __future__ import annotations

from collections.abc import Sequence

from app.personnel.mandatory_training.rules import MANDATES, Standing
from app.web.forms import (
    DateField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextField,
)

Choices = Sequence[tuple[str, str]]


class ComplianceFilterForm(FilterForm):
    """What the list of duties is narrowed to."""

    text = TextField("Name or number", max_length=80, required=False)
    agency = SelectField("Agency", required=False, prompt="All agencies")
    course = SelectField("Course", required=False, prompt="All courses")
    standing = SelectField(
        "Standing", required=False, prompt="Any", choices=[(one.value, one.title) for one in Standing]
    )


class RequireForm(MeritumForm):
    """What is made mandatory, for whom, by which rule."""

    idempotency_key = IdempotencyKeyField()
    course = SelectField("Course", missing="Select a course")
    mandate = RadiosField(
        "Rule",
        choices=[(name, one.title, f"{one.says} {one.citation}") for name, one in MANDATES.items()],
        missing="Select the rule that makes it mandatory",
    )
    class_code = SelectField("Class of positions", required=False, prompt="All classes")
    duty_station = SelectField("Place of work", required=False, prompt="All places")
    begins_on = DateField("From", missing="Enter the day from which it is mandatory")
    submit = SubmitField("Make it mandatory")

    def __init__(self, *, courses: Choices, classes: Choices, stations: Sequence[str]) -> None:
        super().__init__()
        self.course.choices = list(courses)
        self.class_code.choices = [(code, f"{title} ({code})") for code, title in classes]
        self.duty_station.choices = [(station, station) for station in stations]
