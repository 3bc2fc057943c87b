"""What a candidate and an officer may send about a released key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.exams.objections.rules import LEAST_DAYS, MOST_DAYS, MOST_GROUNDS, USUAL_DAYS
from app.exams.objections.states import Claim
from app.personnel.positions.rules import CURRENCIES
from app.platform.sentences import say
from app.recruitment.documents.forms import UploadForm
from app.web.forms import (
    CharacterCountField,
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


class PointForm(UploadForm):
    """Why one item of the key is wrong; a paper may prove it. It is a part of ObjectionsForm."""

    class Meta(UploadForm.Meta):
        csrf = False  # the whole form has the token

    submit = None  # type: ignore[assignment]  # only the whole form is sent
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

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a paper is welcome, not needed."""
        if self.file.data or self.held.data:
            return bool(super().validate(extra_validators))
        self.file.required = False
        return bool(MeritumForm.validate(self, extra_validators))

    def hold_file(self) -> None:
        """Hold a file that is right while something else of the whole form is not."""
        if self.checked is not None and not self.held_name:
            self._hold(self.checked)


class ObjectionsForm(MeritumForm):
    """Objections to several items, a part each, and how the fee of all of them is settled."""

    idempotency_key = IdempotencyKeyField()
    ground = RadiosField(
        say("How is the fee settled?"),
        choices=[],
        required=False,
        missing=say("Select how the fee is settled"),
    )
    submit = SubmitField(say("Send"))
    has_upload = True

    def __init__(self, items: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.points = {item: PointForm(prefix=f"q{place}-") for place, item in enumerate(items, start=1)}

    def ask_fee(self, pay: str, grounds: Sequence[str]) -> None:
        """Ask how the fee is settled: `pay` names paying, `grounds` are those of a waiver."""
        self.ground.required = True
        self.ground.choices = [(PAY, pay), *((ground, ground) for ground in grounds)]

    @property
    def chosen_ground(self) -> str:
        """Give the ground on which a waiver is asked for; empty for paying."""
        return "" if self.ground.data in (PAY, None, "") else str(self.ground.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every part; a file that is right is held while anything is wrong."""
        checked = [bool(super().validate(extra_validators))]
        checked += [point.validate() for point in self.points.values()]
        if not all(checked):
            for point in self.points.values():
                point.hold_file()
        return all(checked)

    @property
    def errors(self) -> dict[str, Any]:
        """Give what is wrong in the whole form."""
        found = dict(super().errors)
        for point in self.points.values():
            found |= {field.name: field.errors for field in point if field.errors}
        return found

    @property
    def whole(self) -> Whole:
        """Give the fields of all parts, for the summary of what needs correcting."""
        fields = [field for point in self.points.values() for field in point]
        told = [error for point in self.points.values() for error in point.form_errors]
        return Whole([*fields, *self], [*self.form_errors, *told])


class Whole:
    """All fields of a form and of its parts, as a summary of errors reads them."""

    def __init__(self, fields: Sequence[Any], form_errors: Sequence[str]) -> None:
        self.fields, self.form_errors = fields, form_errors

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fields)
