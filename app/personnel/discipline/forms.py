"""What a browser may send about disciplinary cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import cast

from app.personnel.discipline.regimes import REGIMES, Procedure, Regime
from app.personnel.discipline.rules import LONGEST_SUSPENSION, MOST_NOTICE_DAYS
from app.personnel.discipline.states import Action, CaseState, DutyStatus, Stage
from app.web.forms import (
    CharacterCountField,
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
)

LEAST = "Leave empty for the least that the law allows."


class EditCaseForm(MeritumForm):
    """What a draft states."""

    action = RadiosField("What is proposed", choices=[(action.value, action.title) for action in Action])
    procedure = SelectField(
        "Procedure",
        required=False,
        prompt="The usual one for this action",
        hint="Choose another only where its conditions are met.",
    )
    days = IntegerField(
        "Days of suspension",
        minimum=1,
        maximum=LONGEST_SUSPENSION,
        required=False,
        hint="Calendar days. Leave empty for other actions.",
    )
    summary = CharacterCountField(
        "Summary",
        max_length=4000,
        rows=4,
        hint="What happened, in a few sentences. It stays in the file.",
    )
    penalty_reasons = CharacterCountField(
        "Why this action",
        max_length=4000,
        rows=6,
        hint="What was weighed in choosing it, such as earlier warnings and years of good service. "
        "One reason a line. They stand in the notice.",
        missing="Enter why this action is proposed",
    )
    deciding_official_id = SelectField(
        "Deciding official",
        hint="Another person than the one who proposes.",
        prompt="Choose a person",
    )
    notice_days = IntegerField(
        "Days of notice", minimum=1, maximum=MOST_NOTICE_DAYS, required=False, hint=LEAST
    )
    reply_days = IntegerField(
        "Days to answer", minimum=1, maximum=MOST_NOTICE_DAYS - 1, required=False, hint=LEAST
    )
    submit = SubmitField("Save the draft")

    def offer(self, officials: Sequence[tuple[str, str]], regime: Regime) -> None:
        """Offer the people who may decide, each an account's id and a name with its title, and procedures."""
        self.deciding_official_id.choices = officials
        self.procedure.choices = [(one.key, f"{one.title} ({one.law})") for one in regime.procedures]
        allowed = {action for one in regime.procedures for action in one.actions}
        self.action.choices = [
            (action.value, action.title, f"Under {regime.usual(action).law}.")
            for action in Action
            if action in allowed
        ]


class OpenCaseForm(EditCaseForm):
    """A new draft."""

    idempotency_key = IdempotencyKeyField()


class ChargeForm(MeritumForm):
    """One charge."""

    idempotency_key = IdempotencyKeyField()
    label = TextField("Charge", max_length=200, hint="For example: Absence without leave.")
    specification = TextAreaField(
        "What happened",
        max_length=4000,
        rows=6,
        hint="Each event with its date and place, one a line. It stands in the notice.",
    )
    evidence = TextAreaField(
        "Evidence", max_length=4000, rows=4, hint="What the charge relies on, one item a line."
    )
    submit = SubmitField("Save the charge")


class RemoveChargeForm(MeritumForm):
    """That a charge shall go."""

    submit = SubmitField("Remove the charge", kind="warning")


class ProposeForm(MeritumForm):
    """How the notice is handed over."""

    delivered_on = DateField(
        "Day of delivery", hint="When the notice is handed over. This day is not counted."
    )
    duty_status = RadiosField(
        "While the notice runs, the employee",
        choices=[(status.value, status.title[0].lower() + status.title[1:]) for status in DutyStatus],
        default=DutyStatus.ON_DUTY,
    )
    submit = SubmitField("Propose the action and send the notice", kind="warning")

    def offer(self, law: Procedure) -> None:
        """Offer a suspension until the decision only where the law allows one."""
        if not law.suspended_days:
            self.duty_status.choices = self.duty_status.choices[:-1]

    def day(self) -> dt.date:
        """Give the day of delivery, after the form was validated."""
        return cast(dt.date, self.delivered_on.data)


class WithdrawForm(MeritumForm):
    """Why a case is withdrawn."""

    reason = TextAreaField("Reason", max_length=2000, rows=3)
    submit = SubmitField("Withdraw the case", kind="warning")


class RegimeForm(MeritumForm):
    """Under which rulebook cases are opened."""

    name = RadiosField(
        "Rulebook",
        choices=[(name, regime.title) for name, regime in REGIMES.items()],
        missing="Select a rulebook",
    )
    submit = SubmitField("Keep this rulebook")


class CaseFilterForm(FilterForm):
    """What a list of cases is narrowed to."""

    text = TextField("Name or case number", max_length=80, required=False)
    action = SelectField(
        "Action",
        required=False,
        prompt="All actions",
        choices=[(action.value, action.title) for action in Action],
    )
    state = SelectField(
        "State",
        required=False,
        prompt="Any",
        choices=[(state.value, state.title) for state in CaseState],
    )
    stage = SelectField(
        "What the clock says",
        required=False,
        prompt="Any",
        choices=[(stage.value, stage.title) for stage in Stage],
    )
