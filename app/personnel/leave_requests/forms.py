"""What a browser may send about requests for leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from wtforms.validators import ValidationError

from app.personnel.leave.states import LeaveKind
from app.personnel.leave_requests.services import Wish
from app.personnel.leave_requests.states import RequestState
from app.web.checked_files import FileForm
from app.web.forms import (
    DateField,
    DecimalField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)

MINUTES = 60
MOST_HOURS = 24


class WishForm(MeritumForm):
    """Days or hours of leave."""

    idempotency_key = IdempotencyKeyField()
    kind = SelectField("Kind of leave", choices=[], missing="Select a kind of leave")
    starts_on = DateField("First day", missing="Enter the first day")
    ends_on = DateField(
        "Last day", required=False, hint="Leave it empty for one day. Holidays and days off are not charged."
    )
    hours_a_day = DecimalField(
        "Hours a day", required=False, places=2, maximum=MOST_HOURS, hint="Leave it empty for whole days."
    )
    note = TextAreaField("Note to your supervisor", required=False, max_length=1000, rows=2)
    submit = SubmitField("Ask for leave")

    def __init__(self, *, kinds: Sequence[LeaveKind], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = [(kind.value, kind.title) for kind in kinds]

    def validate_hours_a_day(self, field: DecimalField) -> None:
        """Refuse parts of minutes, and nothing at all."""
        if field.data is not None and (field.data * MINUTES != int(field.data * MINUTES) or not field.data):
            raise ValidationError("Hours a day must come to whole minutes, such as 2 or 3.5")

    def wish(self) -> Wish:
        """Give what is asked for."""
        first = self.starts_on.data or dt.date.min  # a validated form has one
        part = int(self.hours_a_day.data * MINUTES) if self.hours_a_day.data is not None else None
        return Wish(
            LeaveKind(self.kind.data),
            first,
            self.ends_on.data or first,
            part,
            self.note.data or "",
        )


class DecideForm(MeritumForm):
    """What a superior decides."""

    decision = RadiosField(
        "Decision", choices=[("approve", "Approve"), ("refuse", "Refuse")], missing="Select a decision"
    )
    reason = TextAreaField(
        "Reason",
        required=False,
        max_length=1000,
        rows=3,
        hint="Needed where you refuse. The person reads it.",
    )
    submit = SubmitField("Decide")


class RecallForm(MeritumForm):
    """From when on leave is called back."""

    since = DateField("First day back at work", missing="Enter the first day back at work")
    reason = TextAreaField("Reason", max_length=1000, rows=3, missing="Enter the reason")
    submit = SubmitField("Call back", kind="warning")

    def day(self) -> dt.date:
        """Give the first day back at work of a validated form."""
        return self.since.data or dt.date.max


class CertificateForm(FileForm):
    """A medical certificate."""

    submit = SubmitField("Hand it in")


class RequestFilterForm(FilterForm):
    """Which requests of an agency."""

    agency = SelectField("Agency", choices=[], required=False, prompt="All agencies")
    state = SelectField(
        "State", choices=[(one.value, one.title) for one in RequestState], required=False, prompt="Any"
    )
    kind = SelectField(
        "Kind", choices=[(one.value, one.title) for one in LeaveKind], required=False, prompt="Any"
    )
    text = TextField("Name or number", max_length=80, required=False)
