"""What an administrator may send about holidays."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.web.forms import DateField, MeritumForm, SubmitField, TextField


class HolidayForm(MeritumForm):
    on = DateField(
        "Day",
        missing="Enter the day on which the agency does not work",
        earliest=dt.date(2000, 1, 1),
        latest=dt.date(2100, 12, 31),
    )
    name = TextField("Name", max_length=120, width="20", hint="Such as Thanksgiving Day.")
    submit = SubmitField("Add the holiday")

    def values(self) -> dict[str, Any]:
        """Give what the services take."""
        return {"on": self.on.data, "name": self.name.data}
