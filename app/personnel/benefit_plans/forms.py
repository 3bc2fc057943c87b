"""What a browser may send about plans."""

from __future__ import annotations

from collections.abc import Sequence

from app.accounts.models import Agency
from app.personnel.benefit_plans.regimes import REGIMES
from app.personnel.benefit_plans.rules import MOST_MINOR, Rate
from app.personnel.benefit_plans.services import PlanValues
from app.personnel.benefit_plans.states import BenefitKind, Tier
from app.web.forms import (
    CheckboxField,
    DateField,
    IdempotencyKeyField,
    MeritumForm,
    MoneyField,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
    named,
)


def _amount(label: str) -> MoneyField:
    return MoneyField(label, currency="USD", minimum_minor=0, maximum_minor=MOST_MINOR, required=False)


class PlanForm(MeritumForm):
    """A plan that an agency offers."""

    idempotency_key = IdempotencyKeyField()
    agency_id = SelectField("Agency", prompt="Choose an agency")
    kind = RadiosField(
        "Kind",
        choices=[(kind.value, kind.title) for kind in BenefitKind],
        missing="Select a kind",
    )
    code = TextField("Code", max_length=20, width="10", hint="Short, such as HEALTH-A.")
    name = TextField("Name", max_length=120)
    carrier = TextField("Who carries it", max_length=120)
    summary = TextAreaField(
        "What it offers", max_length=1000, rows=4, hint="Employees read this when they compare plans."
    )
    is_default = CheckboxField(
        "Enrol those in it who choose nothing and have nothing of this kind", required=False
    )
    submit = SubmitField("Save the plan")

    def offer(self, agencies: Sequence[Agency]) -> None:
        """Offer the agencies for which a plan may be made."""
        self.agency_id.choices = named(agencies)

    def values(self) -> PlanValues:
        """Give what was typed."""
        return PlanValues(
            kind=BenefitKind(self.kind.data),
            code=self.code.data,
            name=self.name.data,
            carrier=self.carrier.data,
            summary=self.summary.data,
            is_default=self.is_default.data,
        )


class RatesForm(MeritumForm):
    """What a plan costs in each pay period; a tier is offered when both of its amounts are given."""

    effective_from = DateField("First day", missing="Enter the first day of a pay period")
    self_employee = _amount("Self only: the employee pays")
    self_employer = _amount("Self only: the employer pays")
    self_plus_one_employee = _amount("Self plus one: the employee pays")
    self_plus_one_employer = _amount("Self plus one: the employer pays")
    family_employee = _amount("Self and family: the employee pays")
    family_employer = _amount("Self and family: the employer pays")
    submit = SubmitField("Propose these rates")

    def validate(self, extra_validators: object = None) -> bool:
        """Refuse a tier of which one amount is missing."""
        is_valid = bool(super().validate(extra_validators))
        for tier in Tier:
            pair = [self[f"{tier.value}_employee"], self[f"{tier.value}_employer"]]
            for field, other in (pair, pair[::-1]):
                if field.data is None and other.data is not None and not field.errors:
                    field.errors = [*field.errors, "Enter both amounts of this tier, 0 for nothing"]
                    is_valid = False
        return is_valid

    def rates(self) -> dict[Tier, Rate]:
        """Give the tiers that are offered."""
        return {
            tier: Rate(self[f"{tier.value}_employee"].data, self[f"{tier.value}_employer"].data)
            for tier in Tier
            if self[f"{tier.value}_employee"].data is not None
        }


class RegimeForm(MeritumForm):
    """Which rule of benefits an agency follows."""

    name = RadiosField(
        "Rule",
        choices=[(regime.name, regime.title, regime.event_law) for regime in REGIMES.values()],
        missing="Select a rule",
    )
    submit = SubmitField("Keep this rule")
