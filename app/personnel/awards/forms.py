"""What a browser may send about awards."""

from __future__ import annotations

from app.personnel.awards.rules import Nomination
from app.personnel.awards.states import AwardKind, AwardState
from app.web.forms import (
    FilterForm,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    MoneyField,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)


class NominateForm(MeritumForm):
    """An award to propose."""

    idempotency_key = IdempotencyKeyField()
    kind = RadiosField(
        "Kind", choices=[(kind.value, kind.title) for kind in AwardKind], missing="Select a kind of award"
    )
    amount_minor = MoneyField("Amount", currency="USD", required=False, hint="For awards of money.")
    hours = IntegerField("Hours off", minimum=1, maximum=400, required=False, hint="For time off.")
    reason = TextAreaField(
        "For what", max_length=2000, rows=5, missing="Say for what the award is", hint="The person reads it."
    )
    submit = SubmitField("Propose the award")

    def nomination(self) -> Nomination:
        """Give what was entered."""
        return Nomination(
            AwardKind(self.kind.data), self.amount_minor.data, self.hours.data, self.reason.data
        )


class DecideForm(MeritumForm):
    """Whether an award is given."""

    verdict = RadiosField(
        "Your decision",
        choices=[("approve", "Approve"), ("refuse", "Refuse", "Say why.")],
        missing="Select a decision",
    )
    reason = TextAreaField("Reason", max_length=2000, rows=4, required=False)
    submit = SubmitField("Decide")


class AwardsFilterForm(FilterForm):
    """To what the list is narrowed."""

    state = SelectField(
        "State", choices=[(state.value, state.title) for state in AwardState], prompt="All", required=False
    )
