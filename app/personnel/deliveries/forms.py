"""What a browser may send about a delivery."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from app.personnel.deliveries.models import Way
from app.platform.filecheck.files import ALLOWED, FILE_HINT, MAX_PHOTO_BYTES
from app.web.checked_files import FileForm
from app.web.file_fields import UploadsField
from app.web.forms import DateField, RadiosField, SubmitField, TextAreaField, TextField


class DeliveryForm(FileForm):
    """How the notice came into the employee's hands."""

    way = RadiosField(
        "How", choices=[(way.value, way.title) for way in Way], missing="Select how it was delivered"
    )
    delivered_on = DateField(
        "Day of delivery",
        hint="This day is not counted. All days of the case are counted anew from it.",
        missing="Enter the day of delivery",
    )
    delivered_by = TextField(
        "Delivered by",
        max_length=200,
        hint="Who handed it over or carried it.",
        missing="Enter who delivered it",
    )
    proof = TextAreaField(
        "Proof",
        max_length=1000,
        rows=3,
        hint="What shows the delivery: a signature, a witness, the number of a receipt.",
        missing="Enter what shows the delivery",
    )
    file = UploadsField("Receipt", allowed=ALLOWED, max_bytes=MAX_PHOTO_BYTES, hint=FILE_HINT, required=False)
    submit = SubmitField("Record the delivery", kind="warning")

    def day(self) -> dt.date:
        """Give the day of delivery, after the form was validated."""
        return cast(dt.date, self.delivered_on.data)


class DecisionDeliveryForm(DeliveryForm):
    """How the decision came into the employee's hands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delivered_on.description = (
            "This day is not counted. The time to contest the decision runs from it, or from the day on "
            "which the action takes effect, as the law says."
        )
