"""What a browser may send about requisitions."""

from __future__ import annotations

from collections.abc import Sequence

from app.personnel.positions.models import Position
from app.recruitment.requisitions.services import Request
from app.recruitment.requisitions.states import RequisitionState
from app.recruitment.rulebooks import Described
from app.web.amounts import format_money
from app.web.forms import (
    CheckboxesField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)


class PickForm(FilterForm):
    """Of which agency and class the vacant positions are listed."""

    agency = SelectField("Agency", required=False, prompt="Choose an agency")
    class_code = TextField("Class code", max_length=20, width="10", required=False)

    def __init__(self, *, agencies: Sequence[tuple[str, str]]) -> None:
        super().__init__(choices={"agency": agencies})
        if len(agencies) == 1:
            self.agency.data = agencies[0][0]


class RequisitionForm(MeritumForm):
    """What an officer asks for."""

    idempotency_key = IdempotencyKeyField()
    positions = CheckboxesField("Vacant positions", missing="Select at least one vacant position")
    title = TextField("Title of the vacancy", max_length=200)
    justification = TextAreaField(
        "Why the positions must be filled", max_length=4000, rows=5, hint="Whoever decides reads this first."
    )
    rulebook = RadiosField("How applicants are ranked")
    submit = SubmitField("Save the draft")

    def begin_with(self, position_id: str) -> None:
        """Begin an empty form with a position that a link names; one that is not on offer is no fault."""
        for value, text, *_ in self.positions.choices:
            if value == position_id:
                self.positions.data = [value]
                self.title.data = self.title.data or text.partition(": ")[2]

    def offer(self, positions: Sequence[Position], books: Sequence[Described]) -> None:
        """Offer the positions and rulebooks that there are."""
        self.positions.choices = [
            (
                position.id,
                f"{position.number}: {position.title}",
                f"{position.class_title} ({position.class_code}), grade {position.grade}, "
                f"{position.duty_station}, "
                f"{format_money(position.pay_min_minor, position.pay_currency)} to "
                f"{format_money(position.pay_max_minor, position.pay_currency)} {position.pay_period.title}",
            )
            for position in positions
        ]
        self.rulebook.choices = [(book.name, book.title, " ".join(book.sentences)) for book in books]

    def request(self) -> Request:
        """Give what was sent, after it was validated."""
        return Request(
            title=self.title.data,
            justification=self.justification.data,
            rulebook=self.rulebook.data,
            positions=self.positions.data,
        )


class DecideForm(MeritumForm):
    """Whether the positions may be filled."""

    decision = RadiosField(
        "Decision", choices=[("approve", "Approve"), ("refuse", "Refuse")], missing="Select a decision"
    )
    reason = TextAreaField(
        "Reason", max_length=2000, rows=4, required=False, hint="Needed for a refusal; read by who asked."
    )
    submit = SubmitField("Record the decision")


class CancelForm(MeritumForm):
    """Why a requisition is given up."""

    reason = TextAreaField("Reason", max_length=2000, rows=3)
    submit = SubmitField("Cancel the requisition", kind="warning")


class RequisitionFilterForm(FilterForm):
    """What the list is narrowed to."""

    text = TextField("Title or number", max_length=80, required=False)
    state = SelectField(
        "State",
        required=False,
        prompt="Any state",
        choices=[(state.value, state.title) for state in RequisitionState],
    )
    agency = SelectField("Agency", required=False, prompt="All agencies")
