"""What a browser may send about appointments."""

from __future__ import annotations

from app.personnel.appointments.states import AppointmentKind
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


class AppointForm(MeritumForm):
    """A person appointed without a certificate, for as long as the law allows that."""

    idempotency_key = IdempotencyKeyField()
    name = TextField("Full name", max_length=200)
    email = EmailField(
        "Email address", hint="If the person has an account with this address, the letter appears there too."
    )
    born_on = DateField(
        "Date of birth",
        is_birthday=True,
        required=False,
        hint="It stands apart from the record. Retirement is computed from it.",
    )
    starts_on = DateField("First day")
    kind = RadiosField(
        "Kind of appointment",
        choices=[
            (
                AppointmentKind.PROVISIONAL.value,
                AppointmentKind.PROVISIONAL.title,
                "Until a list of those who passed an examination is there.",
            ),
            (AppointmentKind.TEMPORARY.value, AppointmentKind.TEMPORARY.title, "For a limited need."),
        ],
    )
    authority = TextField(
        "Legal authority", max_length=300, hint="The section of the law that allows this appointment."
    )
    submit = SubmitField("Appoint")


class EnterForm(MeritumForm):
    """On which day an appointed person began to work."""

    entered_on = DateField("First day at work", missing="Enter the first day at work")
    submit = SubmitField("Record the entry on duty")


class EndForm(MeritumForm):
    """When and why an appointment ended."""

    ended_on = DateField("Last day")
    reason = TextAreaField("Reason", max_length=2000, rows=3, hint="For example: resigned, retired, moved.")
    submit = SubmitField("End the appointment", kind="warning")


class AppointmentFilterForm(FilterForm):
    """What a list of appointments is narrowed to."""

    text = TextField("Person or position", max_length=80, required=False)
    agency = SelectField("Agency", required=False, prompt="All agencies")
    kind = SelectField(
        "Kind",
        required=False,
        prompt="All kinds",
        choices=[(kind.value, kind.title) for kind in AppointmentKind],
    )
    status = SelectField(
        "Status", required=False, prompt="Any", choices=[("live", "In force"), ("ended", "Ended")]
    )
