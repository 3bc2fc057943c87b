"""What an officer and an applicant may send about an offer."""

from __future__ import annotations

from typing import Any

from app.exams.certificates.forms import PositionForm
from app.exams.offers.rules import LEAST_DAYS, MOST_DAYS, REASONS, USUAL_DAYS
from app.personnel.appointments.states import AppointmentKind
from app.platform.sentences import say
from app.web.forms import (
    CheckboxField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SubmitField,
    TextAreaField,
)


class OfferForm(PositionForm):
    """Which position, from when, and how long the person may think about it."""

    days = IntegerField(
        "Days to answer",
        minimum=LEAST_DAYS,
        maximum=MOST_DAYS,
        default=USUAL_DAYS,
        width=2,
        hint="The person may answer until 5 pm of the last day.",
    )
    submit = SubmitField("Make the offer")

    def values(self) -> dict[str, Any]:
        """Give what the service takes of an offer."""
        return {
            "position_id": self.position_id.data,
            "kind": AppointmentKind(self.kind.data),
            "starts_on": self.starts_on.data,
            "days": self.days.data,
        }


class AcceptForm(MeritumForm):
    sure = CheckboxField(
        say("I accept this position, and I will start on the day named above."),
        required=True,
        missing=say("Tick the box to accept the offer"),
    )
    submit = SubmitField(say("Accept the offer"))


class DeclineForm(MeritumForm):
    code = RadiosField(
        say("Why do you decline?"), choices=list(REASONS.items()), missing=say("Select why you decline")
    )
    words = TextAreaField(say("What you want to add"), max_length=1000, rows=3, required=False)
    submit = SubmitField(say("Decline the offer"), kind="warning")


class WithdrawForm(MeritumForm):
    reason = TextAreaField(
        "Why is the offer taken back?",
        max_length=1000,
        rows=3,
        missing="Enter why the offer is taken back.",
        hint="The person reads it.",
    )
    submit = SubmitField("Take the offer back", kind="warning")
