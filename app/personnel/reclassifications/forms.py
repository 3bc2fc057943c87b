"""What a browser may send about reclassifications."""

from __future__ import annotations

from typing import Any, cast

from app.personnel.positions.forms import ClassifiedForm
from app.personnel.positions.states import PayPeriod
from app.personnel.reclassifications import rules
from app.personnel.reclassifications.rules import Classified
from app.web.forms import (
    DateField,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)


class ProposeForm(ClassifiedForm):
    """Another class, grade or pay of a position, from a day on."""

    idempotency_key = IdempotencyKeyField()
    effective_on = DateField("Effective on", missing="Enter the day from which it holds")
    authority_code = SelectField("Legal authority", prompt="Choose an authority")
    reason = TextAreaField("Reason", max_length=4000, rows=4)
    submit = SubmitField("Propose the reclassification")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.authority_code.choices = [
            (one.code, f"{one.text} ({one.citation})") for one in rules.load().values()
        ]

    def classified(self) -> Classified:
        """Give what was sent, after it was validated."""
        return Classified(
            class_code=self.class_code.data,
            class_title=self.class_title.data,
            grade=self.grade.data,
            pay_min_minor=cast(int, self.pay_min.data),
            pay_max_minor=cast(int, self.pay_max.data),
            pay_currency=self.pay_currency.data,
            pay_period=PayPeriod(self.pay_period.data),
        )


class DecideForm(MeritumForm):
    """Whether a reclassification is approved."""

    decision = RadiosField(
        "Decision",
        choices=[("approve", "Approve the reclassification"), ("refuse", "Refuse it")],
        missing="Select a decision",
    )
    reason = TextAreaField("Reason", max_length=2000, rows=3, required=False, hint="Needed when you refuse.")
    submit = SubmitField("Decide", kind="warning")


class CancelForm(MeritumForm):
    """Why a reclassification is cancelled."""

    reason = TextAreaField("Reason", max_length=2000, rows=3, missing="Enter the reason")
    submit = SubmitField("Cancel the reclassification", kind="warning")
