"""What a browser may send about grievances."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.accounts.models import Account
from app.personnel.grievances.rules import procedures
from app.personnel.grievances.states import AgreementKind, GrievanceState, Matter, Outcome
from app.web.checked_files import FileForm
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

LONG = 4000


class FileGrievanceForm(FileForm):
    """A grievance as the person files it; a first paper may come with it."""

    idempotency_key = IdempotencyKeyField()
    matter = RadiosField(
        "What is it about?",
        choices=[(matter.value, matter.title) for matter in Matter],
        missing="Select what it is about",
    )
    statement = TextAreaField(
        "What happened", max_length=LONG, rows=8, hint="In your own words: what, where, who was there."
    )
    happened_on = DateField(
        "When it happened",
        hint="The day it happened, or the day you learned of it.",
        missing="Enter the day on which it happened",
    )
    late_reason = TextAreaField(
        "Why you could not file earlier",
        max_length=LONG,
        rows=3,
        required=False,
        hint="Only where the time to file has passed.",
    )
    remedy_sought = TextAreaField(
        "What you ask for",
        max_length=2000,
        rows=4,
        hint="What would put it right.",
        missing="Enter what you ask for",
    )
    provisions = TextAreaField(
        "Rules you rely on",
        max_length=2000,
        rows=3,
        required=False,
        hint="Articles of an agreement, rules or laws, if you know them.",
    )
    about = RadiosField(
        "Is it about what a particular person did?",
        choices=[
            ("nobody", "No"),
            ("supervisor", "Yes, my supervisor"),
            ("next_supervisor", "Yes, my supervisor’s supervisor"),
            ("other", "Yes, somebody else"),
        ],
        hint="Who it is about neither answers nor reads it.",
        missing="Select whether it is about a person",
    )
    about_email = EmailField("Their work email address", max_length=254, required=False)
    representative_name = TextField(
        "Representative",
        max_length=200,
        required=False,
        hint="Somebody of your choice who speaks for you, such as a union officer.",
    )
    representative_contact = TextField("How to reach your representative", max_length=300, required=False)
    submit = SubmitField("File the grievance")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.file.required = False


class PaperForm(FileForm):
    """One more paper."""

    submit = SubmitField("Add the paper")


class RepresentativeForm(MeritumForm):
    """Who speaks for the grievant."""

    name = TextField("Name", max_length=200, required=False, hint="Leave empty when nobody does any more.")
    contact = TextField("How to reach them", max_length=300, required=False)
    submit = SubmitField("Save")


class GoOnForm(MeritumForm):
    """Why an answer is not accepted."""

    reason = TextAreaField(
        "Why you do not accept the answer",
        max_length=LONG,
        rows=6,
        missing="Enter why you do not accept the answer",
    )
    submit = SubmitField("Go on")


class WithdrawForm(MeritumForm):
    """That a grievance is taken back."""

    reason = TextAreaField("Reason", max_length=2000, rows=3, required=False)
    submit = SubmitField("Withdraw the grievance", kind="warning")


class ProposeForm(MeritumForm):
    """What one side proposes to the other."""

    kind = RadiosField(
        "What do you propose?",
        choices=[
            (AgreementKind.EXTENSION.value, "More time for the limit that runs now"),
            (AgreementKind.SETTLEMENT.value, "A settlement, which ends the grievance"),
        ],
        missing="Select what you propose",
    )
    terms = TextAreaField(
        "Terms",
        max_length=LONG,
        rows=5,
        hint="Why more time is needed, or what is settled.",
        missing="Enter the terms",
    )
    until_on = DateField(
        "Until",
        hint="The new last day, or the day by which what is settled is done.",
        missing="Enter the day",
    )
    submit = SubmitField("Propose it")


class AnswerForm(MeritumForm):
    """What is decided at a step."""

    outcome = RadiosField(
        "Decision",
        choices=[(outcome.value, outcome.title) for outcome in Outcome],
        missing="Select a decision",
    )
    findings = TextAreaField(
        "Reasons",
        max_length=LONG,
        rows=8,
        hint="What was found and which rule decides. A paragraph a line; they stand in the letter.",
        missing="Enter the reasons",
    )
    remedy = TextAreaField(
        "What is done", max_length=2000, rows=3, required=False, hint="Where it is granted, also in part."
    )
    remedy_due_on = DateField("Done by", required=False)
    submit = SubmitField("Answer and send the letter", kind="warning")


class RecuseForm(MeritumForm):
    """That one is a party."""

    reason = TextAreaField(
        "What part you have in it", max_length=1000, rows=3, missing="Enter what part you have in the matter"
    )
    submit = SubmitField("Give it up", kind="warning")


class AssignForm(MeritumForm):
    """Who answers."""

    decider_id = SelectField("Who answers", prompt="Choose a person", missing="Select who answers")
    reason = TextAreaField("Why", max_length=1000, rows=3, missing="Enter why")
    submit = SubmitField("Name this person")

    def offer(self, accounts: Sequence[Account]) -> None:
        """Offer those who are free to answer."""
        self.decider_id.choices = [(account.id, account.name) for account in accounts]


class HearingForm(MeritumForm):
    """Who hears it, when, where."""

    arbitrator = TextField("Arbitrator or board", max_length=200, missing="Enter who hears it")
    hearing_on = DateField("Day of the hearing", required=False)
    place = TextField("Place", max_length=300, required=False)
    submit = SubmitField("Save")


class AwardForm(AnswerForm):
    """What was decided outside."""

    award_on = DateField("Day of the award", missing="Enter the day of the award")
    submit = SubmitField("Record the award", kind="warning")


class FinishForm(MeritumForm):
    """That a remedy was carried out."""

    done_on = DateField("Done on", missing="Enter the day on which it was done")
    note = TextAreaField("How", max_length=1000, rows=3, required=False)
    submit = SubmitField("Record it as done")


class ProcedureForm(MeritumForm):
    """By which procedure grievances are filed."""

    name = RadiosField("Procedure", choices=[], missing="Select a procedure")
    submit = SubmitField("Keep this procedure")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.name.choices = [(name, one.title, one.citation) for name, one in procedures().items()]


class GrievanceFilterForm(FilterForm):
    """What a list of grievances is narrowed to."""

    text = TextField("Name or number", max_length=80, required=False)
    state = SelectField(
        "State",
        required=False,
        prompt="Any",
        choices=[(state.value, state.title) for state in GrievanceState],
    )
    matter = SelectField(
        "Matter", required=False, prompt="Any", choices=[(matter.value, matter.title) for matter in Matter]
    )
