"""What a browser may send about list files."""

from __future__ import annotations

from collections.abc import Sequence

from app.accounts.models import Agency
from app.exams.csv_files import MOST_BYTES
from app.web.forms import HiddenTextField, MeritumForm, SelectField, SubmitField, UploadField, named


class FileForm(MeritumForm):
    """A file of lists, and whose it becomes."""

    agency_id = SelectField("Agency", prompt="Choose an agency")
    file = UploadField(
        "File", allowed=["csv"], max_bytes=MOST_BYTES, hint="CSV with the headings of New York's list files."
    )
    submit = SubmitField("Check the file")

    def offer(self, agencies: Sequence[Agency]) -> None:
        """Offer the agencies for which lists may be imported."""
        self.agency_id.choices = named(agencies)


class ConfirmForm(MeritumForm):
    """That what was read is kept."""

    ticket = HiddenTextField(max_length=400)
    submit = SubmitField("Import the lists")
