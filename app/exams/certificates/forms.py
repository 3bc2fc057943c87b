"""What a browser may send about certificates."""

from __future__ import annotations

from collections.abc import Sequence

from app.exams.certificates.queries import vacant_positions
from app.exams.certificates.states import CertificateState
from app.personnel.appointments.states import AppointmentKind
from app.personnel.positions.models import Position
from app.recruitment.requisitions.models import Requisition
from app.web.amounts import plural
from app.web.forms import (
    CheckboxField,
    DateField,
    FilterForm,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)


class RequestForm(MeritumForm):
    """For which positions names are asked."""

    idempotency_key = IdempotencyKeyField()
    requisition_id = RadiosField("Requisition", missing="Select a requisition")
    vacancies = IntegerField("Vacancies to fill", minimum=1, maximum=200)
    submit = SubmitField("Ask for names")

    def offer(self, requisitions: Sequence[Requisition]) -> None:
        """Offer the requisitions that there are."""
        self.requisition_id.choices = [
            (row.id, f"{row.number}: {row.title}", plural(len(vacant_positions(row)), "vacant position"))
            for row in requisitions
        ]


class PositionForm(MeritumForm):
    """Which position a certified name gets, from when, and in what kind of appointment."""

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

    def offer(self, positions: Sequence[Position]) -> None:
        """Offer the positions that are still vacant."""
        self.position_id.choices = [
            (row.id, f"{row.number}: {row.title}, {row.duty_station}") for row in positions
        ]


class IssueForm(MeritumForm):
    """That a second officer has looked."""

    is_checked = CheckboxField(
        "I have looked at the rule and at the names", required=True, missing="Tick the box"
    )
    submit = SubmitField("Issue the certificate")


class CloseForm(MeritumForm):
    """Why a certificate is returned."""

    reason = TextAreaField("Reason", max_length=2000, rows=3)
    submit = SubmitField("Return the certificate", kind="warning")


class CertificateFilterForm(FilterForm):
    """Which certificates a page shows."""

    state = SelectField(
        "State",
        required=False,
        prompt="Any state",
        choices=[(state.value, state.value.capitalize()) for state in CertificateState],
    )
