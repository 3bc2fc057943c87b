"""What a browser may send about positions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from app.personnel.positions.rules import CURRENCIES, PositionValues
from app.personnel.positions.states import PayPeriod
from app.web.forms import (
    DateField,
    DecimalField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    MoneyField,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)

MOST_PAY_MINOR = 10**13  # beyond any pay in any currency's smallest coin, within a BIGINT


class ClassifiedForm(MeritumForm):
    """The class, the grade and the pay of a position."""

    class_code = TextField("Class code", max_length=20, width="10")
    class_title = TextField("Class title", max_length=200)
    grade = TextField("Grade", max_length=20, width="10")
    pay_currency = SelectField(
        "Currency", choices=[(code, code) for code in CURRENCIES], default="USD", prompt="Choose a currency"
    )
    pay_min = MoneyField("Lowest pay", maximum_minor=MOST_PAY_MINOR, hint="In the currency chosen above.")
    pay_max = MoneyField("Highest pay", maximum_minor=MOST_PAY_MINOR)
    pay_period = RadiosField(
        "Pay is for",
        choices=[(period.value, period.title) for period in PayPeriod],
        default=PayPeriod.YEAR,
        inline=True,
    )

    def process(self, formdata: Any = None, obj: Any = None, *args: Any, **kwargs: Any) -> None:
        """Read the amounts in the currency that comes with them, whose smallest coin they are counted in."""
        given = self.meta.wrap_formdata(self, formdata)
        currency = given.get("pay_currency") if given else getattr(obj, "pay_currency", None)
        for field in (self.pay_min, self.pay_max):
            field.currency = currency if currency in CURRENCIES else "USD"
        super().process(formdata, obj, *args, **kwargs)


class DescribedForm(MeritumForm):
    """What describes a position without changing what its holder is paid."""

    number = TextField("Position number", max_length=30, width="20", hint="As in the plan of posts.")
    title = TextField("Title", max_length=200)
    duty_station = TextField("Place of work", max_length=200)
    unit = TextField(
        "Unit", max_length=200, required=False, hint="The division or branch that the post is in."
    )
    superior = TextField(
        "Reports to",
        max_length=30,
        width="20",
        required=False,
        hint="The number of the post above, in the same agency. Empty for the head of the agency.",
    )
    weekly_hours = DecimalField(
        "Authorized hours a week", places=2, maximum=Decimal(168), default=Decimal(40)
    )
    funding = TextField(
        "Funded by",
        max_length=120,
        required=False,
        hint="The line of the budget, such as General Fund 10-410.",
    )
    established_on = DateField("Established on", required=False)

    def described(self) -> dict[str, Any]:
        """Give what was sent, after it was validated."""
        return {
            "number": self.number.data,
            "title": self.title.data,
            "duty_station": self.duty_station.data,
            "unit": self.unit.data,
            "funding": self.funding.data,
            "authorized_minutes": round(cast(Decimal, self.weekly_hours.data) * 60),
            "established_on": self.established_on.data,
            "superior": self.superior.data,
        }


class EditPositionForm(DescribedForm):
    """Another description of a position, and why."""

    reason = TextAreaField("Reason", max_length=2000, rows=3)
    submit = SubmitField("Save the position")


class CreatePositionForm(ClassifiedForm, DescribedForm):
    """A new position, in one of the officer's agencies."""

    idempotency_key = IdempotencyKeyField()
    agency_id = SelectField("Agency", prompt="Choose an agency")
    submit = SubmitField("Save the position")

    def offer(self, agencies: Sequence[tuple[str, str]]) -> None:
        """Offer agencies, each an id and a name; the only one is chosen already."""
        self.agency_id.choices = agencies
        if len(agencies) == 1 and not self.agency_id.data:
            self.agency_id.data = agencies[0][0]

    def values(self) -> PositionValues:
        """Give what was sent, after it was validated."""
        return PositionValues(
            **self.described(),
            class_code=self.class_code.data,
            class_title=self.class_title.data,
            grade=self.grade.data,
            pay_min_minor=cast(int, self.pay_min.data),
            pay_max_minor=cast(int, self.pay_max.data),
            pay_currency=self.pay_currency.data,
            pay_period=PayPeriod(self.pay_period.data),
        )


class AbolishForm(MeritumForm):
    """Why a position is abolished."""

    reason = TextAreaField(
        "Reason", max_length=2000, rows=3, hint="For example the decision of the board and its date."
    )
    submit = SubmitField("Abolish the position", kind="warning")


class PositionFilterForm(FilterForm):
    """What a list of positions is narrowed to."""

    text = TextField("Number, title, class or place", max_length=80, required=False)
    agency = SelectField("Agency", required=False, prompt="All agencies")
    grade = SelectField("Grade", required=False, prompt="All grades")
    status = SelectField(
        "Status",
        required=False,
        prompt="Any",
        choices=[("vacant", "Vacant"), ("filled", "Filled"), ("abolished", "Abolished")],
    )
