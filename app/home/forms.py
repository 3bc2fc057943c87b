"""What an officer may ask of a table."""

from __future__ import annotations

from collections.abc import Sequence

from app.web.forms import CheckboxesField, MeritumForm, RadiosField, SubmitField
from app.web.tables import Column


class DownloadForm(MeritumForm):
    """Which columns of a table a file holds, and in what form."""

    columns = CheckboxesField("Columns", choices=[], missing="Select a column")
    form = RadiosField(
        "Form",
        choices=[("csv", "CSV, for any program"), ("xlsx", "XLSX, for a spreadsheet")],
        default="csv",
        missing="Select a form",
    )
    submit = SubmitField("Download")

    def offer(self, columns: Sequence[Column]) -> None:
        """Offer columns, all of them chosen at first."""
        self.columns.choices = [(column.name, column.title) for column in columns]
        if not self.is_submitted():
            self.columns.data = [column.name for column in columns]
