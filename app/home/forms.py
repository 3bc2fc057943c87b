"""What an officer may ask of the queue and of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.accounts.models import Agency
from app.home.waiting import Wanted
from app.web.forms import (
    CheckboxesField,
    FilterForm,
    HiddenTextField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
    named,
)
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


class QueueFilter(FilterForm):
    """What of the queue is shown."""

    kind = SelectField("Kind of work", prompt="Any kind", required=False)
    agency = SelectField("Agency", prompt="Any agency", required=False)
    late = SelectField("Deadline", choices=[("yes", "Overdue")], prompt="Any", required=False)
    text = TextField("Words", max_length=80, required=False)

    @classmethod
    def about(cls, kinds: Sequence[tuple[str, str]], agencies: Iterable[Agency]) -> QueueFilter:
        """Offer the kinds and the agencies of what waits for somebody."""
        return cls(choices={"kind": kinds, "agency": named(agencies)})

    @property
    def wanted(self) -> Wanted:
        """Give what was asked for."""
        return Wanted(
            self.kind.data or "", self.agency.data or "", self.late.data == "yes", self.text.data or ""
        )


class ViewForm(MeritumForm):
    """A name for the filters that are chosen."""

    name = TextField("Name of this view", max_length=60, width="20", missing="Enter a name")
    query = HiddenTextField(max_length=500, required=False)
    submit = SubmitField("Keep this view", kind="secondary")


class BulkForm(MeritumForm):
    """One act on several pieces of work, first shown and then done."""

    act = HiddenTextField(max_length=20)
    preview = SubmitField("Show what will happen")
    submit = SubmitField("Do it", kind="warning")


class ScreenForm(BulkForm):
    """What several applications have in common."""

    outcome = RadiosField(
        "Outcome of each",
        choices=[("eligible", "Eligible"), ("ineligible", "Not eligible")],
        inline=True,
        missing="Select the outcome",
    )
    reason = TextAreaField(
        "Reason", max_length=1000, rows=3, hint="Each applicant can read it; it stands at each requirement."
    )
