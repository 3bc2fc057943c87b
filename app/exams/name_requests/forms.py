"""What a browser may send about requests for names."""

from __future__ import annotations

from collections.abc import Sequence

from app.exams.certificates.queries import vacant_positions
from app.exams.name_requests.states import RequestState
from app.recruitment.requisitions.models import Requisition
from app.web.amounts import plural
from app.web.forms import (
    FilterForm,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)


class AskForm(MeritumForm):
    """For which vacancies names are asked, and what HR has to know."""

    idempotency_key = IdempotencyKeyField()
    requisition_id = RadiosField("Requisition", missing="Select a requisition")
    vacancies = IntegerField("Vacancies to fill", minimum=1, maximum=200)
    note = TextAreaField("What HR has to know", max_length=2000, rows=3, required=False)
    submit = SubmitField("Ask for names")

    def offer(self, requisitions: Sequence[Requisition]) -> None:
        """Offer the requisitions that the list fits."""
        self.requisition_id.choices = [
            (row.id, f"{row.number}: {row.title}", plural(len(vacant_positions(row)), "vacant position"))
            for row in requisitions
        ]


class AnswerForm(MeritumForm):
    """Whether the names are given."""

    decision = RadiosField(
        "Answer",
        choices=[
            ("accept", "Draft the certificate", "A second HR officer issues it."),
            ("refuse", "Refuse", "The appointing authority sees the reason."),
        ],
        missing="Select an answer",
    )
    reason = TextAreaField("Reason", max_length=2000, rows=3, required=False)
    submit = SubmitField("Answer the request")


class RequestFilter(FilterForm):
    state = SelectField(
        "State",
        required=False,
        prompt="Any state",
        choices=[(state.value, state.value.capitalize()) for state in RequestState],
    )
