"""What an officer may send about centres and rooms."""

from __future__ import annotations

from typing import Any

from wtforms.validators import ValidationError

from app.exams.centres import rules
from app.exams.csv_files import MOST_BYTES
from app.web.forms import (
    CheckboxField,
    HiddenTextField,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
    UploadField,
)


class CentreForm(MeritumForm):
    """A building in which examinations are held."""

    code = TextField(
        "Code", max_length=20, width="10", hint="Short, as it stands on cards and lists, such as NORTH-1."
    )
    name = TextField("Name", max_length=200)
    address = TextAreaField("Address", max_length=500, rows=3)
    latitude = TextField(
        "Latitude",
        max_length=14,
        width="10",
        required=False,
        hint="In degrees, such as 40.7128. Without it nobody is seated here by distance.",
    )
    longitude = TextField("Longitude", max_length=14, width="10", required=False)
    is_active = CheckboxField("In use", default=True)
    submit = SubmitField("Save the centre")

    def validate_code(self, field: TextField) -> None:
        """Refuse a code that cannot be read out or typed."""
        if not rules.is_code(field.data):
            raise ValidationError("Use letters, digits, dots and dashes for the code.")

    def validate_latitude(self, field: TextField) -> None:
        """Refuse what is not a latitude, and one without a longitude."""
        if bool(field.data) != bool(self.longitude.data):
            raise ValidationError("Enter latitude and longitude, or neither.")
        if field.data and rules.read_degrees(field.data, 90) is None:
            raise ValidationError("Enter degrees from -90 to 90, such as 40.7128.")

    def validate_longitude(self, field: TextField) -> None:
        """Refuse what is not a longitude."""
        if field.data and rules.read_degrees(field.data, 180) is None:
            raise ValidationError("Enter degrees from -180 to 180, such as -74.006.")

    def values(self) -> dict[str, Any]:
        """Give what the services take; degrees are in millionths."""
        return {
            "code": self.code.data,
            "name": self.name.data,
            "address": self.address.data,
            "latitude": rules.read_degrees(self.latitude.data, 90) if self.latitude.data else None,
            "longitude": rules.read_degrees(self.longitude.data, 180) if self.longitude.data else None,
            "is_active": self.is_active.data,
        }


class CreateCentreForm(CentreForm):
    """A new centre of an agency."""

    idempotency_key = IdempotencyKeyField()
    agency_id = SelectField("Agency", choices=[], prompt="Choose an agency")


class RoomForm(MeritumForm):
    """A room in which candidates sit."""

    code = TextField("Room", max_length=40, width="10", hint="As it is written on the door.")
    directions = TextField("How to find it", max_length=200, required=False)
    capacity = IntegerField("Seats", minimum=1, maximum=rules.MOST_SEATS, width=4)
    seats_per_row = IntegerField("Seats in a row", minimum=1, maximum=rules.MOST_PER_ROW, width=3)
    accessible_seats = IntegerField(
        "Seats that are reached without a step",
        minimum=0,
        maximum=rules.MOST_SEATS,
        width=4,
        default=0,
        hint="They are the first ones of the first row.",
    )
    is_active = CheckboxField("In use", default=True)
    submit = SubmitField("Save the room")

    def values(self) -> dict[str, Any]:
        """Give what the services take."""
        names = ("code", "directions", "capacity", "seats_per_row", "accessible_seats", "is_active")
        return {name: self[name].data for name in names}


class ImportForm(MeritumForm):
    """A file to look at; it is stored once it was checked and confirmed."""

    agency_id = SelectField("Agency", choices=[], prompt="Choose an agency")
    file = UploadField("File (CSV)", allowed=["csv", "txt"], max_bytes=MOST_BYTES)
    submit = SubmitField("Check the file")


class ConfirmForm(MeritumForm):
    """The checked file, named by a sealed ticket."""

    idempotency_key = IdempotencyKeyField()
    ticket = HiddenTextField(max_length=2000)
    submit = SubmitField("Store it")
