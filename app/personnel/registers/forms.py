"""What a browser may send about files of people and of actions."""

from __future__ import annotations

from collections.abc import Sequence

from app.web.file_fields import UploadField
from app.web.forms import HiddenTextField, MeritumForm, RadiosField, SelectField, SubmitField

MOST_BYTES = 5_000_000


class FileForm(MeritumForm):
    """A file to be looked at."""

    agency_id = SelectField("Agency", prompt="Choose an agency")
    kind = RadiosField(
        "What is in the file?",
        choices=[
            ("people", "People who serve", "They are entered in posts that stand vacant."),
            ("actions", "Personnel actions", "They are proposed, and somebody else decides on each."),
        ],
        missing="Select what is in the file",
    )
    file = UploadField(
        "File",
        allowed=["csv", "xlsx"],
        max_bytes=MOST_BYTES,
        hint="CSV or XLSX, 5,000 rows and 5 MB at most.",
    )
    submit = SubmitField("Look at the file")

    def offer(self, agencies: Sequence[tuple[str, str]]) -> None:
        """Offer agencies, each an id and a name; the only one is chosen already."""
        self.agency_id.choices = agencies
        if len(agencies) == 1 and not self.agency_id.data:
            self.agency_id.data = agencies[0][0]


class ConfirmForm(MeritumForm):
    """That a file which was looked at is taken in."""

    ticket = HiddenTextField(max_length=600)
    submit = SubmitField("Take in every row")
