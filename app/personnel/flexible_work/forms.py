"""What a browser may send about flexible work."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.personnel.flexible_work.rules import DAYS, RULEBOOKS, USUAL, Law, make_pattern
from app.personnel.flexible_work.services import Wish
from app.personnel.flexible_work.states import Kind, WorkState
from app.web.forms import (
    CheckboxesField,
    DateField,
    DecimalField,
    FilterForm,
    HiddenTextField,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)

LAWS = RULEBOOKS[USUAL].laws
MINUTES = 60


def _hours(label: str) -> DecimalField:
    return DecimalField(
        label, places=2, minimum=Decimal(0), maximum=Decimal(12), required=False, suffix="hours"
    )


class RequestForm(MeritumForm):
    """What somebody asks for; the hours of two weeks, day by day."""

    idempotency_key = IdempotencyKeyField()
    kind = RadiosField(
        "Kind",
        choices=[(kind.value, kind.title, f"{law.says} {law.citation}") for kind, law in LAWS.items()],
        missing="Select the kind of flexible work",
    )
    first_1, first_2, first_3, first_4, first_5 = (_hours(f"{day}, first week") for day in DAYS)
    second_1, second_2, second_3, second_4, second_5 = (_hours(f"{day}, second week") for day in DAYS)
    hours = HiddenTextField(max_length=1, required=False)
    away = CheckboxesField("Days away from the office", choices=[(day, day) for day in DAYS], required=False)
    starts_on = DateField("First day", missing="Enter the first day")
    ends_on = DateField("Last day", required=False, hint="Empty: until one of you ends it.")
    why = TextAreaField(
        "Why, and how the work will be done",
        max_length=2000,
        rows=4,
        missing="Say why, and how the work will be done",
    )
    submit = SubmitField("Ask for it")

    def wish(self) -> Wish:
        """Give what was sent."""
        given = self.data
        return Wish(
            kind=Kind(given["kind"]),
            pattern=make_pattern(self._week("first"), self._week("second"), given["away"]),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            why=given["why"],
        )

    def _week(self, name: str) -> list[int | None]:
        values: list[Any] = [self.data[f"{name}_{place}"] for place in range(1, len(DAYS) + 1)]
        return [None if value is None else int(value * MINUTES) for value in values]


class DecideForm(MeritumForm):
    """What the supervisor finds and decides."""

    met = CheckboxesField("Criteria that are met", required=False)
    decision = RadiosField(
        "Decision", choices=[("grant", "Agree"), ("refuse", "Refuse")], missing="Select a decision"
    )
    reason = TextAreaField(
        "Reasons", max_length=2000, rows=4, hint="The person reads them.", missing="Enter the reasons"
    )
    review_on = DateField("Look at it together by", required=False, hint="Needed when you agree.")
    submit = SubmitField("Decide", kind="warning")

    def __init__(self, *, law: Law) -> None:
        super().__init__()
        self.met.choices = list(law.criteria.items())


class RenewForm(MeritumForm):
    """An agreement that goes on."""

    remark = TextAreaField("How it goes", max_length=2000, rows=3, missing="Say how it goes")
    review_on = DateField("Look at it again by", missing="Enter the day by which you look at it again")
    submit = SubmitField("It goes on")


class EndForm(MeritumForm):
    """The end of an agreement."""

    ended_on = DateField("Last day", missing="Enter the last day")
    reason = TextAreaField("Reason", max_length=2000, rows=3, missing="Enter the reason")
    submit = SubmitField("End the agreement", kind="warning")


class WorkFilterForm(FilterForm):
    """What the list is narrowed to."""

    state = SelectField(
        "State", required=False, prompt="Any", choices=[(state.value, state.title) for state in WorkState]
    )
