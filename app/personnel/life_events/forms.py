"""What a browser may send about life events."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from app.personnel.benefit_plans.regimes import Regime
from app.personnel.benefit_plans.states import EventKind
from app.personnel.life_events.services import Report
from app.personnel.life_events.states import EventState
from app.platform.filecheck.kept import KeptFile
from app.web.checked_files import FileForm
from app.web.forms import (
    CharacterCountField,
    DateField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)


class ReportForm(FileForm):
    """An event, when it happened, and the proof."""

    idempotency_key = IdempotencyKeyField()
    kind = RadiosField("What happened?", choices=[], missing="Select what happened")
    happened_on = DateField("When?", missing="Enter the day on which it happened")
    note = CharacterCountField("What should the office know?", max_length=1000, rows=3, required=False)
    submit = SubmitField("Report the event")

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; the proof may be missing."""
        self.file.required = False
        return bool(super().validate(extra_validators))

    def offer(self, regime: Regime) -> None:
        """Offer the events that the agency's rule knows, each with its days."""
        self.kind.choices = [
            (rule.kind.value, rule.kind.title, f"Choose within {rule.days} days of it")
            for rule in regime.events.values()
        ]

    def report(self, proof: KeptFile | None) -> Report:
        """Give what was typed, with the stored proof."""
        return Report(
            kind=EventKind(self.kind.data),
            happened_on=cast(dt.date, self.happened_on.data),
            note=self.note.data,
            proof=proof,
        )


class DecideForm(MeritumForm):
    """Whether an event opens a choice."""

    decision = RadiosField(
        "Decision",
        choices=[("approve", "Agree: the employee may choose anew"), ("refuse", "Refuse")],
        missing="Select a decision",
    )
    reason = TextAreaField(
        "Reason", max_length=1000, rows=4, required=False, hint="Needed for a refusal. The employee reads it."
    )
    submit = SubmitField("Decide")


class StateFilter(FilterForm):
    """Which events the list shows."""

    state = SelectField(
        "State", choices=[(state.value, state.title) for state in EventState], prompt="All", required=False
    )
