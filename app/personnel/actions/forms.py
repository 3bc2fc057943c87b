"""What a browser may send about personnel actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from app.personnel.actions import authorities
from app.personnel.actions.rules import FIELDS, Asked, Changes
from app.personnel.actions.states import ActionKind, ActionState
from app.personnel.documents.forms import PaperForm
from app.personnel.documents.services import Paper
from app.personnel.documents.states import DocumentKind
from app.web.forms import (
    CheckboxField,
    DateField,
    DecimalField,
    FilterForm,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    MoneyField,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)

MOST_PAY_MINOR = 10**13
MOST_STEP = 99
COLUMNS = {"weekly_hours": "weekly_minutes"}
OPTIONAL = ("position", "grade", "step", "pay_minor", "weekly_hours", "duty_station", "ends_on")


class _ValuesForm(MeritumForm):
    """The values that an action may set; an empty one stays as it is."""

    grade = TextField(
        "Grade", max_length=20, width="10", required=False, hint="Only when it differs from the position's."
    )
    step = IntegerField("Step", minimum=1, maximum=MOST_STEP, required=False)
    pay_minor = MoneyField(
        "Pay",
        maximum_minor=MOST_PAY_MINOR,
        required=False,
        hint="Leave it empty where a pay scale names the grade: pay follows from it.",
    )
    weekly_hours = DecimalField("Hours a week", places=2, maximum=Decimal(168), required=False)
    duty_station = TextField("Place of work", max_length=200, required=False)

    def changes(self, position_id: str | None = None) -> Changes:
        """Give what was sent of the values; fields that the form does not have are None."""
        weekly = self._value("weekly_hours")
        return Changes(
            position_id=position_id,
            grade=self._value("grade") or None,
            step=self._value("step"),
            pay_minor=self._value("pay_minor"),
            weekly_minutes=None if weekly is None else round(weekly * 60),
            duty_station=self._value("duty_station") or None,
        )

    def _value(self, name: str) -> Any:
        return self[name].data if name in self else None


class ProposeForm(_ValuesForm, PaperForm):
    """An action of one kind, with its day, authority and reason; it has the fields of the kind."""

    idempotency_key = IdempotencyKeyField()
    effective_on = DateField("Effective on", missing="Enter the day from which it holds")
    ends_on = DateField("Until", required=False, hint="The last day.")
    position = TextField("Position", max_length=30, width="20", required=False, hint="Its number.")
    authority_code = SelectField("Legal authority", prompt="Choose an authority")
    reason = TextAreaField("Reason", max_length=4000, rows=4)
    late_reason = TextAreaField(
        "Why it is entered late",
        max_length=2000,
        rows=2,
        required=False,
        hint="Needed where the day lies in the past.",
    )
    submit = SubmitField("Propose the action")

    def __init__(self, kind: ActionKind, *, currency: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind
        self.pay_minor.currency = currency
        self.authority_code.choices = [
            (one.code, f"{one.text} ({one.citation})") for one in authorities.list_for(kind)
        ]
        for name in OPTIONAL:
            if name not in FIELDS[kind]:
                del self[name]

    def papers(self) -> list[Paper]:
        """Store the paper of a form that was right, and give it with what it is."""
        return self.keep(DocumentKind.OTHER, f"Paper to the {self.kind.title.lower()}")

    def asked(self, position_id: str | None) -> Asked:
        """Give what was sent, after it was validated."""
        return Asked(
            kind=self.kind,
            effective_on=cast(dt.date, self.effective_on.data),
            changes=self.changes(position_id),
            reason=self.reason.data,
            ends_on=self._value("ends_on"),
            authority_code=self.authority_code.data,
            late_reason=self.late_reason.data,
        )


class CorrectForm(_ValuesForm):
    """A new version of an act in effect, or that it is taken back."""

    idempotency_key = IdempotencyKeyField()
    effective_on = DateField("Effective on", missing="Enter the day from which it holds")
    takes_back = CheckboxField(
        "Take the action back: it should never have been made",
        required=False,
        hint="The record then reads as if it had not happened; the action stays visible with the reason.",
    )
    reason = TextAreaField("What was wrong", max_length=4000, rows=4, missing="Enter what was wrong")
    submit = SubmitField("Propose the correction")

    def __init__(self, *, currency: str, sets: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pay_minor.currency = currency
        for name in ("grade", "step", "pay_minor", "weekly_hours", "duty_station"):
            if COLUMNS.get(name, name) not in sets:
                del self[name]


class DecideForm(MeritumForm):
    """Whether a proposed action is approved."""

    decision = RadiosField(
        "Decision",
        choices=[("approve", "Approve the action"), ("refuse", "Refuse the action")],
        missing="Select a decision",
    )
    reason = TextAreaField(
        "Reason",
        max_length=2000,
        rows=3,
        required=False,
        hint="Needed when you refuse. The proposer reads it.",
    )
    submit = SubmitField("Decide", kind="warning")


class CancelForm(MeritumForm):
    """Why an action is cancelled."""

    reason = TextAreaField("Reason", max_length=2000, rows=3, missing="Enter the reason for cancelling")
    submit = SubmitField("Cancel the action", kind="warning")


class ActionFilterForm(FilterForm):
    """What a list of actions is narrowed to."""

    text = TextField("Name or number", max_length=80, required=False)
    agency = SelectField("Agency", required=False, prompt="All agencies")
    kind = SelectField(
        "Kind", required=False, prompt="Any", choices=[(kind.value, kind.title) for kind in ActionKind]
    )
    state = SelectField(
        "State", required=False, prompt="Any", choices=[(state.value, state.title) for state in ActionState]
    )
