"""What a system administrator may send about an agency."""

from __future__ import annotations

from app.accounts.agencies.services import FIELDS
from app.web.forms import EmailField, MeritumForm, SubmitField, TextAreaField, TextField


class AgencyForm(MeritumForm):
    name = TextField("Name", max_length=200)
    code = TextField(
        "Code", max_length=12, width="10", spellcheck=False, hint="Short and public, such as DOT or PARKS."
    )
    time_zone = TextField(
        "Time zone",
        max_length=60,
        width="20",
        spellcheck=False,
        hint="The clock by which the agency’s deadlines run, such as America/New_York.",
    )
    address = TextAreaField("Postal address", max_length=500, rows=3, hint="It stands on letters.")
    contact_email = EmailField("Email address for applicants’ questions")
    contact_phone = TextField("Telephone number", max_length=40, width="20")
    submit = SubmitField("Save the agency")

    def values(self) -> dict[str, str]:
        """Give what the services take."""
        return {field: str(self[field].data) for field in FIELDS}
