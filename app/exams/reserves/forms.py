"""What an officer may send when somebody is called from a reserve."""

from __future__ import annotations

from collections.abc import Sequence

from app.exams.reserves.rules import CAUSES, Place
from app.exams.selections.forms import EvidenceForm
from app.web.dates import format_date
from app.web.forms import CheckboxField, HiddenTextField, RadiosField, SubmitField, TextAreaField


class CallForm(EvidenceForm):
    """To which place, and what shows that it fell free."""

    place_id = RadiosField("Which place fell free?", missing="Select the place")
    reserve_entry_id = HiddenTextField(max_length=40)
    reason = TextAreaField(
        "What shows it",
        max_length=2000,
        rows=4,
        hint="The letter, the day, and who recorded it. The audit reads this.",
        missing="Enter what shows that the place fell free",
    )
    is_sure = CheckboxField(
        "The person named above is next in the reserve, and I call them to this place",
        required=True,
        missing="Tick the box to call the next person",
    )
    submit = SubmitField("Call the next person")

    def offer(self, places: Sequence[Place]) -> None:
        """Offer the places that fell free."""
        self.place_id.choices = [
            (
                place.name_id,
                f"{place.person} ({place.number}) {CAUSES[place.cause]}, {format_date(place.since)}",
            )
            for place in places
        ]
