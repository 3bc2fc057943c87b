"""What a browser may send about proposals of appointments."""

from __future__ import annotations

import datetime as dt
from typing import cast

from app.personnel.appointment_proposals.rules import Wanted
from app.personnel.appointment_proposals.states import ProposalState
from app.personnel.appointments import terms
from app.web.forms import (
    DateField,
    EmailField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)


class ProposeForm(MeritumForm):
    """A person to be appointed without a certificate, for as long as the law allows that."""

    idempotency_key = IdempotencyKeyField()
    name = TextField("Full name", max_length=200)
    email = EmailField(
        "Email address", hint="If the person has an account with this address, the letter appears there too."
    )
    authority_code = RadiosField(
        "Legal authority",
        choices=[(code, term.text, term.authority.citation) for code, term in terms.load().items()],
        missing="Select the legal authority of the appointment",
    )
    starts_on = DateField("First day")
    term_ends_on = DateField(
        "Last day at the latest", required=False, hint="Left empty, it is as late as the authority allows."
    )
    reason = TextAreaField(
        "Why without a certificate",
        max_length=2000,
        rows=4,
        missing="Enter why this position is filled without a certificate",
    )
    late_reason = TextAreaField(
        "Why it is proposed only now",
        max_length=1000,
        rows=2,
        required=False,
        hint="Only where the first day has passed.",
    )
    submit = SubmitField("Propose")

    def wanted(self) -> Wanted:
        """Give what was typed."""
        return Wanted(
            name=self.name.data,
            email=self.email.data,
            starts_on=cast(dt.date, self.starts_on.data),
            term_ends_on=self.term_ends_on.data,
            authority_code=str(self.authority_code.data),
            reason=self.reason.data,
            late_reason=self.late_reason.data,
        )


class TakeBackForm(MeritumForm):
    """Why an appointment is to be taken back."""

    idempotency_key = IdempotencyKeyField()
    reason = TextAreaField(
        "What is known of why the person did not begin",
        max_length=1900,
        rows=4,
        hint="The person reads it.",
        missing="Enter what is known of why the person did not begin",
    )
    submit = SubmitField("Propose to take it back", kind="warning")


class DecideForm(MeritumForm):
    """Whether a proposal is approved."""

    decision = RadiosField(
        "Decision", choices=[("approve", "Approve"), ("refuse", "Refuse")], missing="Select a decision"
    )
    reason = TextAreaField("Reason", max_length=1000, rows=3, required=False, hint="Needed for a refusal.")
    submit = SubmitField("Decide")


class ProposalFilterForm(FilterForm):
    """What the list is narrowed to."""

    state = SelectField(
        "State",
        required=False,
        prompt="All",
        choices=[(state.value, state.title) for state in ProposalState],
    )
