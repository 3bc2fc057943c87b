"""What a browser may send about leaving service."""

from __future__ import annotations

import datetime as dt
from typing import cast

from app.personnel.separations.regimes import QUESTIONS, REGIMES
from app.personnel.separations.services import Wanted
from app.personnel.separations.states import SeparationKind, SeparationState, Signer
from app.web.forms import (
    CharacterCountField,
    DateField,
    EmailField,
    FilterForm,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)

SCALE = [("1", "1, not at all"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5, entirely")]


class _Leaving(MeritumForm):
    """Why somebody leaves, and when."""

    kind: RadiosField
    last_day = DateField("Last day of service", missing="Enter the last day of service")
    reason: TextAreaField
    born_on = DateField(
        "Date of birth",
        is_birthday=True,
        required=False,
        hint="Only to retire: age and service are computed from it. Without it the office asks for evidence.",
    )

    def wanted(self) -> Wanted:
        """Give what was typed."""
        return Wanted(
            kind=SeparationKind(self.kind.data),
            last_day=cast(dt.date, self.last_day.data),
            reason=self.reason.data,
            born_on=self.born_on.data,
        )


class RequestForm(_Leaving):
    """What a person asks for."""

    idempotency_key = IdempotencyKeyField()
    kind = RadiosField(
        "What do you want to do?",
        choices=[(kind.value, {"resignation": "Resign", "retirement": "Retire"}[kind.value])
                 for kind in SeparationKind if kind.is_own],
        missing="Select whether you resign or retire",
    )  # fmt: skip
    reason = TextAreaField(
        "Your reasons",
        max_length=2000,
        rows=4,
        required=False,
        hint="You need not give any. What you write is entered in your record.",
    )
    submit = SubmitField("Hand it in", kind="warning")


class RecordForm(_Leaving):
    """What an officer records."""

    idempotency_key = IdempotencyKeyField()
    kind = RadiosField(
        "Why",
        choices=[(kind.value, kind.title) for kind in SeparationKind if kind is not SeparationKind.REMOVAL],
        hint="A removal begins on the person's record, as a disciplinary case.",
        missing="Select why the person leaves",
    )
    reason = TextAreaField(
        "Reason, and how it is known",
        max_length=2000,
        rows=4,
        missing="Enter the reason, and how it is known",
    )
    submit = SubmitField("Record it")


class DecideForm(MeritumForm):
    """Whether a separation is accepted."""

    decision = RadiosField(
        "Decision", choices=[("accept", "Accept"), ("refuse", "Refuse")], missing="Select a decision"
    )
    evidence = TextAreaField(
        "Evidence of age and service",
        max_length=1000,
        rows=3,
        required=False,
        hint="Only for a retirement that was not computed.",
    )
    reason = TextAreaField(
        "Reason", max_length=1000, rows=3, required=False, hint="Needed for a refusal. The employee reads it."
    )
    submit = SubmitField("Decide")


class AnswerForm(MeritumForm):
    """Whether a request is taken back."""

    decision = RadiosField(
        "Answer",
        choices=[("agree", "Agree: the person stays in service"), ("decline", "Decline: it stands")],
        missing="Select an answer",
    )
    reason = TextAreaField("Reason", max_length=1000, rows=3, missing="Enter the reason")
    submit = SubmitField("Answer")


class WaiveForm(MeritumForm):
    """Why a step is not needed."""

    note = TextAreaField("Why is it waived?", max_length=1000, rows=3, missing="Enter why it is waived")
    submit = SubmitField("Waive this step", kind="warning")


class SignForm(MeritumForm):
    """That a step is done."""

    note = TextAreaField(
        "Note",
        max_length=1000,
        rows=3,
        required=False,
        hint="Such as what was returned. Who leaves reads it.",
    )
    submit = SubmitField("Sign it off")


class NameForm(MeritumForm):
    """Who signs one step instead."""

    email = EmailField("Email address of who signs", missing="Enter the email address of who signs")
    reason = TextAreaField(
        "Why does somebody else sign?", max_length=1000, rows=3, missing="Enter why somebody else signs"
    )
    submit = SubmitField("Name this person")


class SignerForm(MeritumForm):
    """Who signs for a desk."""

    desk = SelectField("Desk", prompt="Select a desk", missing="Select a desk")
    email = EmailField("Email address of who signs", missing="Enter the email address of who signs")
    submit = SubmitField("Name this person")


class StandardForm(MeritumForm):
    """A step that an agency clears with everybody who leaves."""

    title = TextField("Step", max_length=200)
    signer = RadiosField(
        "Who signs it off",
        choices=[(signer.value, signer.title) for signer in Signer],
        missing="Select who signs it off",
    )
    owner = TextField("Name of the desk", max_length=100, required=False, hint="Only for a step of a desk.")
    days_before = IntegerField("Days before the last one", minimum=0, maximum=90, width=3)
    submit = SubmitField("Add the step")


class RegimeForm(MeritumForm):
    """By which rule people leave."""

    name = RadiosField(
        "Rule",
        choices=[(regime.name, regime.title, regime.resignation_law) for regime in REGIMES.values()],
        missing="Select a rule",
    )
    keep = SubmitField("Keep this rule")


class InterviewForm(MeritumForm):
    """What somebody says when leaving; every question may be left out."""

    work = RadiosField(QUESTIONS["work"], choices=SCALE, required=False, inline=True)
    supervisor = RadiosField(QUESTIONS["supervisor"], choices=SCALE, required=False, inline=True)
    pay = RadiosField(QUESTIONS["pay"], choices=SCALE, required=False, inline=True)
    growth = RadiosField(QUESTIONS["growth"], choices=SCALE, required=False, inline=True)
    conditions = RadiosField(QUESTIONS["conditions"], choices=SCALE, required=False, inline=True)
    again = RadiosField(QUESTIONS["again"], choices=SCALE, required=False, inline=True)
    comment = CharacterCountField("What should the office know?", max_length=2000, rows=4, required=False)
    submit = SubmitField("Send my answers")

    def answers(self) -> dict[str, int | None]:
        """Give the answers by question."""
        return {key: int(self[key].data) if self[key].data else None for key in QUESTIONS}


class StateFilter(FilterForm):
    """Which separations the list shows."""

    state = SelectField(
        "State",
        choices=[(state.value, state.title) for state in SeparationState],
        prompt="All",
        required=False,
    )
