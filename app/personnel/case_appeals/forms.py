"""What a browser may send about appeals and closing."""

from __future__ import annotations

import datetime as dt
from typing import cast

from app.personnel.case_appeals.states import AppealOutcome
from app.personnel.discipline.regimes import Procedure
from app.personnel.discipline.rules import LONGEST_SUSPENSION
from app.personnel.discipline.states import Action
from app.web.forms import (
    DateField,
    IntegerField,
    MeritumForm,
    MoneyField,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)


class AppealForm(MeritumForm):
    """Where and when the decision was contested."""

    forum = RadiosField("Where", missing="Select where it was contested")
    docket = TextField("Number there", max_length=100, hint="As the Board, commission or court gives it.")
    filed_on = DateField("Filed on", missing="Enter the day on which it was filed")
    submit = SubmitField("Record the appeal")

    def day(self) -> dt.date:
        """Give the day, after the form was validated."""
        return cast(dt.date, self.filed_on.data)

    def offer(self, law: Procedure) -> None:
        """Offer the remedies of the procedure."""
        self.forum.choices = [(way.forum.value, way.forum.title, f"{way.law}.") for way in law.remedies]


class OutcomeForm(MeritumForm):
    """What came of an appeal."""

    outcome = RadiosField(
        "Outcome",
        choices=[(outcome.value, outcome.title) for outcome in AppealOutcome],
        missing="Select the outcome",
    )
    action = SelectField(
        "Lighter penalty",
        required=False,
        prompt="None",
        choices=[(action.value, action.title) for action in Action],
        hint="Only where the penalty was made lighter.",
    )
    days = IntegerField("Days of suspension", minimum=1, maximum=LONGEST_SUSPENSION, required=False)
    decided_on = DateField("Decided on", missing="Enter the day of the decision")
    reasons = TextAreaField("What was decided, and why", max_length=4000, rows=6)
    submit = SubmitField("Record the outcome", kind="warning")

    def day(self) -> dt.date:
        """Give the day, after the form was validated."""
        return cast(dt.date, self.decided_on.data)

    def lighter(self) -> tuple[Action, int | None] | None:
        """Give the lighter penalty, after the form was validated."""
        return (Action(self.action.data), self.days.data) if self.action.data else None


class RemedyForm(MeritumForm):
    """How the service record is put right."""

    effective_on = DateField(
        "From which day",
        required=False,
        hint="The first day on which the employee is back, or has the former grade and pay.",
        missing="Enter the day from which it is put right",
    )
    position_number = TextField(
        "Position",
        max_length=40,
        required=False,
        hint="The number of the position, where it is not the former one.",
    )
    grade = TextField("New grade", max_length=20, required=False)
    pay_minor = MoneyField("New pay", currency="USD", required=False)
    remedy = TextAreaField(
        "What is put right",
        max_length=4000,
        rows=5,
        hint="Pay for the time, leave and service given back, papers taken out of the file.",
        missing="Enter what is put right",
    )
    submit = SubmitField("Put it right", kind="warning")

    def ask(self, *, day: bool) -> None:
        """Ask for the day where what was decided is put right from one on."""
        self.effective_on.required, self.effective_on.has_note = day, not day


class CloseForm(MeritumForm):
    """That a case is closed."""

    note = TextAreaField("Note for the file", max_length=2000, rows=3, required=False)
    submit = SubmitField("Close the case", kind="warning")
