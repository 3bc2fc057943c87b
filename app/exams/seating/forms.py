"""What officers and candidates may send about seats."""

from __future__ import annotations

from collections.abc import Sequence

from app.exams.centres.models import Centre
from app.exams.centres.rules import MOST_SEATS
from app.exams.sessions.models import ExamSession
from app.platform.sentences import say
from app.web.forms import (
    DateTimeField,
    FilterForm,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)


class PlanForm(MeritumForm):
    """Until when candidates name centres, and what they bring."""

    wishes_until = DateTimeField(
        "Candidates may name centres until",
        required=False,
        hint="Leave it empty when they are not asked: seats then go by distance.",
    )
    bring = TextAreaField(
        "What to bring, and what to leave at home",
        max_length=2000,
        rows=5,
        hint="One thing a line. It is printed on the admit card as you write it.",
    )
    submit = SubmitField("Save")


class FixForm(MeritumForm):
    """The public seed."""

    idempotency_key = IdempotencyKeyField()
    seed = TextField(
        "Public seed",
        max_length=200,
        hint="Drawn in public after the time to name centres, such as the numbers of a named lottery.",
    )
    submit = SubmitField("Fix the seats")


class ReasonForm(MeritumForm):
    """Why something is done by hand."""

    idempotency_key = IdempotencyKeyField()
    reason = TextAreaField("Reason", max_length=500, rows=3, missing="Enter the reason")
    submit = SubmitField("Seat them")


class MoveForm(MeritumForm):
    """Another seat for one candidate."""

    session_id = SelectField("Session", choices=[], missing="Select a session")
    place = IntegerField(
        "Seat, counted from 1",
        minimum=1,
        maximum=MOST_SEATS,
        width=4,
        required=False,
        hint="Leave it empty to take the first free one.",
    )
    reason = TextAreaField("Reason", max_length=500, rows=3, missing="Enter the reason")
    submit = SubmitField("Move the candidate")

    def offer(self, sessions: Sequence[ExamSession]) -> None:
        """Offer the sessions that there are."""
        self.session_id.choices = [(row.id, name_session(row)) for row in sessions]


class SeatFilterForm(FilterForm):
    """What the list of seats is narrowed to."""

    text = TextField("Candidate number", max_length=40, required=False)
    session = SelectField("Session", required=False, prompt="Any session")

    def __init__(self, sessions: Sequence[ExamSession]) -> None:
        """Offer the sessions, and those without a seat."""
        offered = [("none", "No seat"), *((row.id, name_session(row)) for row in sessions)]
        super().__init__(choices={"session": offered})


class WishForm(MeritumForm):
    """Up to three centres, the one most wanted first."""

    first = SelectField(say("First choice"), choices=[], required=False, prompt=say("The nearest centre"))
    second = SelectField(say("Second choice"), choices=[], required=False, prompt=say("The nearest centre"))
    third = SelectField(say("Third choice"), choices=[], required=False, prompt=say("The nearest centre"))
    submit = SubmitField(say("Save my choice"))

    def offer(self, centres: Sequence[Centre]) -> None:
        """Offer the centres of the examination."""
        for field in (self.first, self.second, self.third):
            field.choices = [(centre.id, f"{centre.name} ({centre.code})") for centre in centres]

    @property
    def chosen(self) -> list[str]:
        """The ids of the centres, most wanted first, gaps closed."""
        return [field.data for field in (self.first, self.second, self.third) if field.data]


def name_session(row: ExamSession) -> str:
    """Name a session on lists; shift, room and centre must be loaded."""
    return f"{row.room.centre.code}, room {row.room.code}, {row.shift.name}"
