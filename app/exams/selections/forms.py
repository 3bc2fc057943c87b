"""What a browser may send about a name on a certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.exams.certificates.rules import DECLINES, PASS_OVERS, Code
from app.personnel.appointments.states import AppointmentKind
from app.personnel.positions.models import Position
from app.web.forms import (
    DateField,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)


def _choices(codes: Mapping[str, Code]) -> list[tuple[str, str, str]]:
    return [(code, entry.title, f"Evidence: {entry.evidence}") for code, entry in codes.items()]


class AppointForm(MeritumForm):
    """To which position, and from when."""

    idempotency_key = IdempotencyKeyField()
    position_id = SelectField("Position", prompt="Choose a vacant position")
    starts_on = DateField("First day")
    kind = RadiosField(
        "Kind of appointment",
        choices=[
            (kind.value, kind.title) for kind in (AppointmentKind.PROBATIONAL, AppointmentKind.PERMANENT)
        ],
        default=AppointmentKind.PROBATIONAL.value,
    )
    submit = SubmitField("Appoint")

    def offer(self, positions: Sequence[Position]) -> None:
        """Offer the positions that are still vacant."""
        self.position_id.choices = [
            (row.id, f"{row.number}: {row.title}, {row.duty_station}") for row in positions
        ]


class DeclineForm(MeritumForm):
    """Why a person does not take the post."""

    code = RadiosField("Why the person declined", choices=_choices(DECLINES), missing="Select the reason")
    reason = TextAreaField("Evidence", max_length=2000, rows=4, missing="Enter the evidence")
    submit = SubmitField("Record the decline", kind="warning")


class PassOverForm(MeritumForm):
    """Why a name is passed over."""

    code = RadiosField("Reason", choices=_choices(PASS_OVERS), missing="Select the reason")
    reason = TextAreaField("Reasons in full", max_length=4000, rows=6, missing="Enter the reasons")
    submit = SubmitField("Record the pass-over")


class DecideForm(MeritumForm):
    """Whether a proposed pass-over takes effect."""

    decision = RadiosField(
        "Decision", choices=[("approve", "Approve"), ("refuse", "Refuse")], missing="Select a decision"
    )
    reason = TextAreaField("Reason", max_length=2000, rows=3)
    submit = SubmitField("Record the decision")
