"""What a browser may send about policies."""

from __future__ import annotations

from collections.abc import Sequence

from app.accounts.models import Agency
from app.personnel.policies.models import Policy
from app.personnel.policies.rules import MOST_DAYS
from app.personnel.policies.states import PolicyKind, Topic
from app.web.forms import (
    CheckboxesField,
    DateField,
    FilterForm,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
    named,
)

MARKS = "Begin headings with # or ##, list items with - or 1. and leave a line empty between paragraphs."


class PolicyForm(MeritumForm):
    """A policy and the version being written."""

    idempotency_key = IdempotencyKeyField()
    agency_id = SelectField("Agency that writes it", prompt="Choose an agency")
    number = TextField("Number", max_length=20, width="10")
    title = TextField("Title", max_length=200)
    kind = RadiosField("Kind", choices=[(kind.value, kind.title) for kind in PolicyKind])
    agencies = CheckboxesField("Published to the people of", choices=[], missing="Select at least one agency")
    topics = CheckboxesField(
        "Rules it stands behind",
        choices=[(topic.value, topic.title) for topic in Topic],
        required=False,
        hint="The pages that apply these rules show it.",
    )
    text = TextAreaField("Text", max_length=60_000, rows=20, hint=MARKS, missing="Enter the text")
    change_note = TextAreaField("What is new in this version", max_length=1000, rows=2, required=False)
    effective_on = DateField("In force from", missing="Enter the day from which it is in force")
    acknowledge_days = IntegerField(
        "Days to acknowledge it",
        minimum=1,
        maximum=MOST_DAYS,
        required=False,
        hint="Leave empty when nobody needs to acknowledge it.",
    )
    submit = SubmitField("Save the draft")

    def offer(self, agencies: Sequence[Agency]) -> None:
        """Offer agencies, by name."""
        self.agency_id.choices = named(agencies)
        self.agencies.choices = named(agencies)

    def offer_for(self, policy: Policy, agencies: Sequence[Agency]) -> None:
        """Offer the agencies of a policy, and those of the officer; who writes it stays."""
        self.agency_id.choices = [(policy.agency_id, policy.agency.name)]
        own = {row.agency_id: row.agency.name for row in policy.readers}
        own |= {agency.id: agency.name for agency in agencies}
        self.agencies.choices = sorted(own.items(), key=lambda row: row[1])


class DecideForm(MeritumForm):
    """Whether a version is approved."""

    decision = RadiosField(
        "Decision",
        choices=[("approve", "Approve and publish"), ("refuse", "Send back")],
        missing="Select a decision",
    )
    reason = TextAreaField(
        "Reason", max_length=2000, rows=3, required=False, hint="Needed when it is sent back."
    )
    submit = SubmitField("Decide", kind="warning")


class SearchForm(FilterForm):
    """What a list of policies is narrowed to."""

    text = TextField("Words", max_length=80, required=False, hint="In number, title or text.")


class ComplianceForm(FilterForm):
    """Whom of those who acknowledge a list shows."""

    state = SelectField(
        "State",
        required=False,
        prompt="Everybody",
        choices=[("overdue", "Overdue"), ("waits", "Waits"), ("late", "Late"), ("in time", "In time")],
    )
