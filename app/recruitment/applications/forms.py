"""What an applicant sends with a whole application, and what narrows an officer's list."""

from __future__ import annotations

from app.recruitment.applications.snapshots import DECLARATION
from app.web.forms import (
    CheckboxField,
    FilterForm,
    MeritumForm,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)

OUTCOMES = [
    ("pending", "Not screened"),
    ("eligible", "Eligible"),
    ("ineligible", "Not eligible"),
    ("withdrawn", "Withdrawn"),
]


class SubmitForm(MeritumForm):
    """The declaration under which an application is sent."""

    declaration = CheckboxField(
        DECLARATION, required=True, missing="Tick the box to declare that the application is true"
    )
    submit = SubmitField("Submit application")


class WithdrawForm(MeritumForm):
    """Confirms that an application is taken back."""

    reason = TextAreaField("Why do you withdraw?", max_length=1000, rows=3, required=False)
    submit = SubmitField("Withdraw", kind="warning")


class ListFilter(FilterForm):
    """What an officer's list of applications is narrowed to."""

    outcome = SelectField("Outcome", choices=OUTCOMES, prompt="All", required=False)
    text = TextField("Name or number", max_length=80, required=False)
    after = TextField("After", max_length=40, required=False)


class PostingsFilter(FilterForm):
    """Where a page of the list of vacancies begins."""

    before = TextField("Before", max_length=40, required=False)
