"""What a browser may send about allegations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import cast

from app.personnel.allegations.models import AllegationFile
from app.personnel.allegations.states import AllegationState, Source
from app.personnel.discipline.forms import OpenCaseForm
from app.web.checked_files import FileForm
from app.web.forms import (
    CheckboxesField,
    DateField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)


class AllegationForm(MeritumForm):
    """What somebody is said to have done."""

    idempotency_key = IdempotencyKeyField()
    source = RadiosField(
        "From whom it came",
        choices=[(source.value, source.title) for source in Source],
        missing="Select from whom it came",
    )
    received_on = DateField("Received on", missing="Enter the day on which it was received")
    summary = TextAreaField(
        "What is said to have happened",
        max_length=4000,
        rows=8,
        missing="Enter what is said to have happened",
    )
    submit = SubmitField("Take it in")

    def day(self) -> dt.date:
        """Give the day, after the form was validated."""
        return cast(dt.date, self.received_on.data)


class AssignForm(MeritumForm):
    """Who investigates, and until when."""

    investigator_id = SelectField(
        "Investigator",
        prompt="Choose a person",
        hint="Not the person whom it is about. Whoever investigates does not propose an action on it.",
    )
    due_on = DateField("Findings by", missing="Enter the day by which the findings are due")
    submit = SubmitField("Name the investigator")

    def day(self) -> dt.date:
        """Give the day, after the form was validated."""
        return cast(dt.date, self.due_on.data)


class PlanForm(MeritumForm):
    """How it is investigated."""

    plan = TextAreaField("Plan", max_length=4000, rows=8, hint="Whom to hear, what to look at, and when.")
    submit = SubmitField("Save the plan")


class InterviewForm(MeritumForm):
    """Who was heard, and what they said."""

    idempotency_key = IdempotencyKeyField()
    person = TextField("Who was heard", max_length=200)
    held_on = DateField("Day", missing="Enter the day of the interview")
    summary = TextAreaField("What was said", max_length=4000, rows=10)
    submit = SubmitField("Save the interview")

    def day(self) -> dt.date:
        """Give the day, after the form was validated."""
        return cast(dt.date, self.held_on.data)


class GatheredFileForm(FileForm):
    """A file that was gathered."""

    title = TextField("What it is", max_length=200)
    submit = SubmitField("Add the file")


class FindingsForm(MeritumForm):
    """What was found."""

    findings = TextAreaField(
        "Findings",
        max_length=10000,
        rows=14,
        hint="What is established, on which evidence, and what is not. Nothing can be changed afterwards.",
        missing="Enter what was found",
    )
    submit = SubmitField("Hand in the findings", kind="warning")


class CloseForm(MeritumForm):
    """Why nothing follows."""

    reason = TextAreaField(
        "Why nothing follows", max_length=4000, rows=5, missing="Enter why nothing follows"
    )
    submit = SubmitField("Close without action", kind="warning")


class LeadForm(OpenCaseForm):
    """A draft on what was found, and the files on which it relies."""

    files = CheckboxesField(
        "Files on which the case relies",
        required=False,
        hint="Only what is chosen here goes into the case, where the employee reads it.",
    )

    def show_files(self, files: Sequence[AllegationFile]) -> None:
        """Offer the files of the investigation."""
        self.files.choices = [(file.id, file.title) for file in files]


class AllegationFilterForm(FilterForm):
    """What a list of allegations is narrowed to."""

    state = SelectField(
        "State",
        required=False,
        prompt="Any",
        choices=[(state.value, state.title) for state in AllegationState],
    )
