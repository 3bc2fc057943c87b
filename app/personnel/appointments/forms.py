"""What a browser may send about appointments."""

from __future__ import annotations

from app.personnel.appointments.states import AppointmentKind
from app.web.forms import (
    DateField,
    FilterForm,
    MeritumForm,
    SelectField,
    SubmitField,
    TextField,
)


class EnterForm(MeritumForm):
    """On which day an appointed person began to work."""

    entered_on = DateField("First day at work", missing="Enter the first day at work")
    born_on = DateField(
        "Date of birth",
        is_birthday=True,
        required=False,
        hint="As on the paper that the person showed. It stands apart from the record.",
    )
    submit = SubmitField("Record the entry on duty")


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
