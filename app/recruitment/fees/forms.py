"""What an applicant chooses about a fee, and what an officer declares and records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.personnel.positions.rules import CURRENCIES
from app.platform.errors import Invalid
from app.platform.sentences import say
from app.recruitment.drafts.forms import DraftForm
from app.recruitment.fees.models import WaiverGround
from app.recruitment.fees.rules import MOST_GROUNDS, PAY
from app.recruitment.fees.states import FeeHold
from app.web.forms import (
    CheckboxField,
    FilterForm,
    MeritumForm,
    MoneyField,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)

STATES = [("due", "Not paid"), ("waiver_asked", "Waiver asked for"), ("paid", "Paid"), ("waived", "Waived")]


class ChooseForm(DraftForm):
    """Whether the person pays or asks for the fee to be waived; the grounds are the posting's own."""

    ground = RadiosField(
        say("How is the fee settled?"), choices=[], missing=say("Select how the fee is settled")
    )
    note = TextAreaField(
        say("What we should know about it"),
        max_length=1000,
        rows=3,
        required=False,
        hint=say("For a waiver: which paper shows it, and where it stands among your documents."),
    )

    def offer(self, pay: str, grounds: Sequence[WaiverGround]) -> None:
        """Offer paying, named `pay`, and the posting's grounds for a waiver."""
        self.ground.choices = [
            (PAY, pay),
            *((row.id, row.title, f"{row.source}. {row.evidence}") for row in grounds),
        ]

    def title_of(self, ground: str | None) -> str:
        """Give the words of a choice; empty where nothing is chosen."""
        return next((text for value, text, *_ in self.ground.choices if value == ground), "")

    @property
    def ground_id(self) -> str:
        """Give the chosen ground; empty for paying."""
        return "" if self.ground.data in (PAY, None) else str(self.ground.data)


class DeclareForm(MeritumForm):
    """What applying costs and who need not pay; a ground a line, its parts apart by bars."""

    has_fee = CheckboxField("Applying costs a fee")
    currency = SelectField("Currency", choices=[(code, code) for code in CURRENCIES], required=False)
    amount_minor = MoneyField("Fee", required=False, maximum_minor=10_000_000)
    authority = TextField(
        "The law that sets the fee",
        max_length=300,
        required=False,
        hint="For example, Civil Service Law 50(5).",
    )
    where_to_pay = TextAreaField("Where it is paid, and when", max_length=1000, rows=3, required=False)
    hold = RadiosField(
        "What an unpaid fee holds up",
        choices=[
            (FeeHold.SUBMISSION.value, "The submission: nobody submits before paying or asking for a waiver"),
            (FeeHold.SCREENING.value, "The screening: people submit, and are screened once it is settled"),
        ],
        required=False,
    )
    grounds = TextAreaField(
        "Who need not pay",
        max_length=5000,
        rows=5,
        required=False,
        hint="A ground a line: the ground | the law that says so | the paper that shows it.",
    )
    submit = SubmitField("Save the fee")

    def process(self, formdata: Any = None, obj: Any = None, *args: Any, **kwargs: Any) -> None:
        """Read the amount in the currency that comes with it."""
        given = self.meta.wrap_formdata(self, formdata)
        data = kwargs.get("data") or {}
        currency = given.get("currency") if given else data.get("currency")
        self.amount_minor.currency = currency if currency in CURRENCIES else "USD"
        super().process(formdata, obj, *args, **kwargs)

    def values(self) -> dict[str, Any] | None:
        """Give what the service stores, None for no fee; Invalid for what is missing."""
        if not self.has_fee.data:
            return None
        needed = {
            "currency": "Select a currency",
            "amount_minor": "Enter the fee",
            "authority": "Enter the law that sets the fee",
            "where_to_pay": "Enter where the fee is paid",
            "hold": "Select what an unpaid fee holds up",
        }
        missing = {name: text for name, text in needed.items() if not self[name].data}
        if missing:
            raise Invalid(**missing)
        return {name: self[name].data for name in needed} | {"hold": FeeHold(self.hold.data)}

    def listed_grounds(self) -> list[dict[str, str]]:
        """Give the grounds; Invalid for a line that does not have its three parts."""
        found = []
        for line in filter(None, (line.strip() for line in self.grounds.data.splitlines())):
            parts = [part.strip() for part in line.split("|")]
            if len(parts) != 3 or not all(parts) or max(map(len, parts)) > 300:
                raise Invalid(grounds="Write each line as: the ground | the law | the paper that shows it")
            found.append(dict(zip(("title", "source", "evidence"), parts, strict=True)))
        if len(found) > MOST_GROUNDS:
            raise Invalid(grounds=f"Enter {MOST_GROUNDS} grounds at most")
        return found


class PaymentForm(MeritumForm):
    """That a fee was paid at the office."""

    reference = TextField("Number in the cash book", max_length=120, width="20")
    submit = SubmitField("Record the payment")


class WaiverForm(MeritumForm):
    """What was decided about a waiver."""

    decision = RadiosField(
        "Is the fee waived?", choices=[("grant", "Yes, it is waived"), ("refuse", "No, it is due")]
    )
    reason = TextAreaField("Reason", max_length=1000, rows=3, hint="The applicant reads it.")
    submit = SubmitField("Record the decision")


class ReverseForm(MeritumForm):
    """Why what was recorded is taken back."""

    reason = TextAreaField("What was wrong", max_length=1000, rows=3)
    submit = SubmitField("Take it back", kind="warning")


class FeesFilter(FilterForm):
    """What the list of fees is narrowed to."""

    state = SelectField("State", choices=STATES, prompt="All", required=False)
    number = TextField("Slip number", max_length=40, required=False)
