"""What an applicant sends with a whole application, and what narrows an officer's list."""

from __future__ import annotations

from app.platform.sentences import say
from app.recruitment.applications.snapshots import DECLARATION
from app.web.forms import (
    CheckboxField,
    FilterForm,
    HiddenTextField,
    IdempotencyKeyField,
    MeritumForm,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)

OWN_GROUPS = [
    ("todo", say("Where I have to do something")),
    ("running", say("Under way")),
    ("over", say("At an end")),
]
OUTCOMES = [
    ("pending", "Not screened"),
    ("eligible", "Eligible"),
    ("ineligible", "Not eligible"),
    ("withdrawn", "Withdrawn"),
]


class SubmitForm(MeritumForm):
    """The declaration under which an application is sent; `opened` seals when the form was opened."""

    idempotency_key = IdempotencyKeyField()
    opened = HiddenTextField(max_length=400, required=False)
    declaration = CheckboxField(
        DECLARATION, required=True, missing=say("Tick the box to declare that the application is true")
    )
    submit = SubmitField(say("Submit application"))


class WithdrawForm(MeritumForm):
    """Confirms that an application is taken back."""

    reason = TextAreaField(say("Why do you withdraw?"), max_length=1000, rows=3, required=False)
    submit = SubmitField(say("Withdraw"), kind="warning")


class OwnFilter(FilterForm):
    """What a person's own list is narrowed to."""

    state = SelectField(say("Show"), choices=OWN_GROUPS, prompt=say("All"), required=False)
    text = TextField(say("Vacancy or application number"), max_length=80, required=False)


class ListFilter(FilterForm):
    """What an officer's list of applications is narrowed to."""

    outcome = SelectField("Outcome", choices=OUTCOMES, prompt="All", required=False)
    text = TextField("Name or number", max_length=80, required=False)
    after = TextField("After", max_length=40, required=False)


class PostingsFilter(FilterForm):
    """Where a page of the list of vacancies begins."""

    before = TextField("Before", max_length=40, required=False)
