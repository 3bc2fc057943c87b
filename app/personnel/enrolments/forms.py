"""What a browser may send about open seasons and choices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import cast

from app.accounts.models import Agency
from app.personnel.benefit_plans.queries import Offer
from app.personnel.benefit_plans.states import BenefitKind, Tier
from app.personnel.dependants.models import Dependant
from app.personnel.dependants.rules import may_be_covered
from app.personnel.enrolments.rules import Choice, WindowValues
from app.web.amounts import format_money
from app.web.forms import (
    CheckboxesField,
    DateTimeField,
    HiddenTextField,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    named,
)

WAIVE = "waive"
LONGEST_LIST = 2500


class WindowForm(MeritumForm):
    """An open season; the moments lie on the clock of its agency."""

    idempotency_key = IdempotencyKeyField()
    agency_id = SelectField("Agency", prompt="Choose an agency")
    plan_year = IntegerField("Year in which the choices hold", minimum=2000, maximum=2200, width=4)
    opens_at = DateTimeField("Opens", missing="Enter the day and time at which it opens")
    closes_at = DateTimeField("Closes", missing="Enter the day and time at which it closes")
    submit = SubmitField("Announce the open season")

    def offer(self, agencies: Sequence[Agency]) -> None:
        """Offer the agencies for which a season may be announced."""
        self.agency_id.choices = named(agencies)

    def values(self) -> WindowValues:
        """Give what was typed."""
        return WindowValues(
            plan_year=cast(int, self.plan_year.data),
            opens_at=cast(dt.datetime, self.opens_at.data),
            closes_at=cast(dt.datetime, self.closes_at.data),
        )


class ChooseForm(MeritumForm):
    """A plan with a tier, or a waiver, and whom it covers."""

    option = RadiosField("Your choice", choices=[], missing="Select a plan, or that you waive it")
    dependants = CheckboxesField(
        "Whom shall it cover besides you?",
        choices=[],
        required=False,
        hint="Only for plans that cover others.",
    )
    submit = SubmitField("Continue to the cost")

    def offer(
        self, offers: Sequence[Offer], people: Sequence[Dependant], on: dt.date, *, may_waive: bool
    ) -> None:
        """Offer what may be chosen from a day on, and those of the dependants who may be covered then."""
        self.option.choices = [
            (
                f"{offer.plan.id}:{tier.value}",
                f"{offer.plan.name}, {tier.title.lower()}",
                f"You pay {format_money(offer.rates[tier].employee_minor, offer.plan.currency)} "
                "each pay period",
            )
            for offer in offers
            for tier in Tier
            if tier in offer.rates
        ]
        if may_waive:
            self.option.choices.append((WAIVE, "None: I waive this benefit"))
        self.dependants.choices = [
            (row.id, row.name, row.relation.title)
            for row in people
            if may_be_covered(row.state, row.ends_on, on)
        ]

    def choice(self, kind: BenefitKind, opening_id: str) -> Choice:
        """Give what was chosen; the option is one of those that were offered."""
        plan_id, _, tier = self.option.data.partition(":")
        people = tuple(self.dependants.data)
        if self.option.data == WAIVE:
            return Choice(kind, None, None, people, opening_id)
        return Choice(kind, plan_id, Tier(tier), people, opening_id)


class ConfirmForm(MeritumForm):
    """A choice that was looked at with its cost."""

    option = HiddenTextField(max_length=80)
    dependants = HiddenTextField(max_length=LONGEST_LIST, required=False)
    opening = HiddenTextField(max_length=40, required=False)
    submit = SubmitField("Confirm this choice")


def choice_of(kind: BenefitKind, option: str, dependants: str, opening: str) -> Choice | None:
    """Read a choice as addresses and the confirmation carry it; None for what is none."""
    people = tuple(name for name in dependants[:LONGEST_LIST].split(",") if name)
    if option == WAIVE:
        return Choice(kind, None, None, people, opening)
    plan_id, _, tier = option.partition(":")
    if not plan_id or tier not in {one.value for one in Tier}:
        return None
    return Choice(kind, plan_id[:40], Tier(tier), people, opening[:40])
