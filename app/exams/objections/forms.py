"""What a candidate and an officer may send about a released key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.exams.objections.rules import LEAST_DAYS, MOST_DAYS, MOST_GROUNDS, USUAL_DAYS
from app.exams.objections.states import Claim
from app.personnel.positions.rules import CURRENCIES
from app.platform.sentences import say
from app.recruitment.documents.forms import UploadForm
from app.web.forms import (
    CharacterCountField,
    IntegerField,
    MeritumForm,
    MoneyField,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)

# What stands for paying where a ground for a waiver could be chosen.
PAY = "pay"


class ReleaseForm(MeritumForm):
    days = IntegerField(
        "Days to object",
        minimum=LEAST_DAYS,
        maximum=MOST_DAYS,
        default=USUAL_DAYS,
        width=2,
        hint="Objections are taken until 5 pm of the last day.",
    )
    amount_minor = MoneyField(
        "Fee for each objection",
        required=False,
        maximum_minor=10_000_000,
        hint="Leave empty where objecting is free.",
    )
    currency = SelectField("Currency", choices=[(code, code) for code in CURRENCIES], required=False)
    authority = TextField("The law that sets the fee", max_length=300, required=False)
    where_to_pay = TextAreaField("Where it is paid, and when", max_length=1000, rows=2, required=False)
    grounds = TextAreaField(
        "Who need not pay", max_length=2500, rows=3, required=False, hint="A ground a line."
    )
    submit = SubmitField("Publish the provisional key")

    def process(self, formdata: Any = None, obj: Any = None, *args: Any, **kwargs: Any) -> None:
        """Read the amount in the currency that comes with it."""
        given = self.meta.wrap_formdata(self, formdata)
        currency = given.get("currency") if given else None
        self.amount_minor.currency = currency if currency in CURRENCIES else "USD"
        super().process(formdata, obj, *args, **kwargs)

    def terms(self) -> dict[str, Any]:
        """Give what was said of a fee."""
        names = ("amount_minor", "currency", "authority", "where_to_pay", "grounds")
        return {name: self[name].data for name in names}


class ObjectionForm(UploadForm):
    """Why an item of the key is wrong; a paper may prove it."""

    claim = RadiosField(
        say("What is wrong?"),
        choices=[(claim.value, claim.title) for claim in Claim],
        missing=say("Select what is wrong"),
    )
    grounds = CharacterCountField(
        say("Why? Name your source"),
        max_length=MOST_GROUNDS,
        rows=6,
        missing=say("Enter why the key is wrong, with your source."),
        hint=say("A book with its page, a law with its section, or a calculation."),
    )
    ground = RadiosField(
        say("How is the fee settled?"),
        choices=[],
        required=False,
        missing=say("Select how the fee is settled"),
    )
    submit = SubmitField(say("Send the objection"))

    def ask_fee(self, pay: str, grounds: Sequence[str]) -> None:
        """Ask how the fee is settled: `pay` names paying, `grounds` are those of a waiver."""
        self.ground.required = True
        self.ground.choices = [(PAY, pay), *((ground, ground) for ground in grounds)]

    @property
    def chosen_ground(self) -> str:
        """Give the ground on which a waiver is asked for; empty for paying."""
        return "" if self.ground.data in (PAY, None, "") else str(self.ground.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a paper is welcome, not needed."""
        if self.file.data or self.held.data:
            return bool(super().validate(extra_validators))
        self.file.required = False
        return bool(MeritumForm.validate(self, extra_validators))
