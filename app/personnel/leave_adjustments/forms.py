"""What a browser may send about corrections."""

from __future__ import annotations

import datetime as dt

from wtforms.validators import ValidationError

from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.leave_adjustments.rules import SORTS
from app.personnel.leave_adjustments.services import Correction
from app.web.forms import (
    DateField,
    DecimalField,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)

MOST_HOURS = 2000
MINUTES = 60


class CorrectionForm(MeritumForm):
    """Hours to come into a ledger or to go from it."""

    idempotency_key = IdempotencyKeyField()
    kind = SelectField(
        "Ledger", choices=[(one.value, one.title) for one in LeaveKind], missing="Select a ledger"
    )
    sort = RadiosField(
        "What it is", choices=[(one.value, one.title) for one in SORTS], missing="Select what it is"
    )
    direction = RadiosField(
        "Direction", choices=[("in", "Comes into the ledger"), ("out", "Goes from it")], default="in"
    )
    hours = DecimalField("Hours", places=2, maximum=MOST_HOURS, missing="Enter the hours")
    effective_on = DateField("Counts from", missing="Enter the day from which it counts")
    reason = TextAreaField(
        "Reason", max_length=2000, rows=4, missing="Enter the reason", hint="With the law where there is one."
    )
    submit = SubmitField("Propose the correction")

    def validate_hours(self, field: DecimalField) -> None:
        """Refuse parts of minutes."""
        if field.data is not None and field.data * MINUTES != int(field.data * MINUTES):
            raise ValidationError("The hours must come to whole minutes, such as 2 or 3.5")

    def values(self) -> Correction:
        """Give what is proposed by a validated form."""
        minutes = int((self.hours.data or 0) * MINUTES)
        return Correction(
            LeaveKind(self.kind.data),
            EntrySort(self.sort.data),
            -minutes if self.direction.data == "out" else minutes,
            self.effective_on.data or dt.date.min,
            self.reason.data or "",
        )


class DecideForm(MeritumForm):
    """What the second person decides."""

    decision = RadiosField(
        "Decision", choices=[("approve", "Enter it"), ("refuse", "Refuse it")], missing="Select a decision"
    )
    reason = TextAreaField("Reason", required=False, max_length=2000, rows=3, hint="Needed where you refuse.")
    submit = SubmitField("Decide")
