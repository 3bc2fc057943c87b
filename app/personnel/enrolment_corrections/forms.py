"""What a browser may send about corrections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import cast

from app.personnel.benefit_plans.queries import Offer
from app.personnel.benefit_plans.states import BenefitKind, Tier
from app.personnel.enrolment_corrections.rules import Wanted
from app.personnel.enrolments.forms import choice_of
from app.web.forms import (
    DateField,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)


class CorrectionForm(MeritumForm):
    """What an enrolment shall be, from when, and why."""

    idempotency_key = IdempotencyKeyField()
    option = SelectField("Enrolment as it should be", missing="Select a plan, or that it is waived")
    effective_from = DateField("From", missing="Enter the first day of a pay period")
    reason = TextAreaField(
        "What was wrong, and how is it known?", max_length=1000, rows=4, missing="Enter what was wrong"
    )
    submit = SubmitField("Propose the correction")

    def offer(self, offers: Mapping[BenefitKind, Sequence[Offer]]) -> None:
        """Offer every plan with its tiers, and the waiver of each kind."""
        self.option.choices = [
            (f"{kind.value}/{offer.plan.id}:{tier.value}", f"{offer.plan.name}, {tier.title.lower()}")
            for kind, found in offers.items()
            for offer in found
            for tier in Tier
            if tier in offer.rates
        ] + [(f"{kind.value}/waive", f"{kind.title}: waived") for kind in offers]

    def wanted(self) -> Wanted:
        """Give what was typed; the option is one of those that were offered."""
        kind, _, option = self.option.data.partition("/")
        choice = choice_of(BenefitKind(kind), option, "", "")
        return Wanted(
            kind=BenefitKind(kind),
            plan_id=choice.plan_id if choice else None,
            tier=choice.tier if choice else None,
            effective_from=cast(dt.date, self.effective_from.data),
            reason=self.reason.data,
        )


class DecideForm(MeritumForm):
    """Whether a correction is carried out."""

    decision = RadiosField(
        "Decision",
        choices=[("approve", "Approve: it is carried out at once"), ("refuse", "Refuse")],
        missing="Select a decision",
    )
    reason = TextAreaField("Reason", max_length=1000, rows=4, required=False, hint="Needed for a refusal.")
    submit = SubmitField("Decide")
