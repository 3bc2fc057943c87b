"""What a browser may send about pay scales."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from app.personnel.pay_scales.services import NewScale
from app.personnel.positions.states import PayPeriod
from app.web.amounts import SYMBOLS
from app.web.forms import (
    DateField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextField,
    UploadField,
)

MOST_BYTES = 200_000


class ScaleForm(MeritumForm):
    """A scale without figures."""

    idempotency_key = IdempotencyKeyField()
    agency = SelectField("Agency", choices=[], missing="Select an agency")
    code = TextField("Code", max_length=20, hint="Short, such as GEN.", missing="Enter a code")
    title = TextField("Title", max_length=200, missing="Enter a title")
    currency = SelectField(
        "Currency", choices=[(code, code) for code in SYMBOLS], default="USD", missing="Select a currency"
    )
    period = RadiosField(
        "Pay is for",
        choices=[(one.value, one.title) for one in PayPeriod],
        default=PayPeriod.YEAR.value,
        missing="Select a time",
    )
    submit = SubmitField("Make the scale")

    def __init__(self, *, agencies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.agency.choices = list(agencies)

    def values(self) -> NewScale:
        """Give what a validated form holds."""
        return NewScale(
            self.agency.data, self.code.data, self.title.data, self.currency.data, PayPeriod(self.period.data)
        )


class VersionForm(MeritumForm):
    """Figures from a table, which are looked at before they are kept."""

    effective_on = DateField("Holds from", missing="Enter the day from which the figures hold")
    authority = TextField("By what act", max_length=300, missing="Enter the act, such as an ordinance")
    file = UploadField(
        "Figures",
        allowed=["csv"],
        max_bytes=MOST_BYTES,
        hint="A table with the columns grade, step and pay; a line for each step.",
        missing="Choose a file",
    )
    what = RadiosField(
        "What to do",
        choices=[
            ("look", "Look only", "Nothing is kept; you see what would change."),
            ("keep", "Keep it as a draft", "Another person puts it in force."),
        ],
        default="look",
    )
    submit = SubmitField("Go on")

    def day(self) -> dt.date:
        """Give the day of a validated form."""
        return self.effective_on.data or dt.date.max


class PayrollForm(FilterForm):
    """For which agency and time a payroll system is told what changed."""

    agency = SelectField("Agency", choices=[], required=False)
    first = DateField("From", required=False)
    last = DateField("To", required=False)
