"""What a browser may send about answers."""

from __future__ import annotations

from app.web.forms import (
    CheckboxField,
    IdempotencyKeyField,
    MeritumForm,
    SubmitField,
    TextAreaField,
    TextField,
    UploadField,
)

# A million rows of a hundred items are 210 MB as text.
MOST_BYTES = 400_000_000
ENDINGS = ("csv", "txt", "tsv", "xlsx", "parquet")


class UploadForm(MeritumForm):
    """A file to check; nothing of it counts yet."""

    file = UploadField("File of answers", allowed=ENDINGS, max_bytes=MOST_BYTES)
    left_out = TextField(
        "Columns that hold no answers",
        max_length=1000,
        required=False,
        hint="Their headings, with commas between. All other columns must be known.",
    )
    submit = SubmitField("Check the file")

    def headings(self) -> list[str]:
        """List the headings that were named."""
        return [text for part in str(self.left_out.data or "").split(",") if (text := part.strip())]


class ConfirmForm(MeritumForm):
    """What has to be confirmed with a file that was checked."""

    idempotency_key = IdempotencyKeyField()
    accepts_absent = CheckboxField(
        "The candidates without a sheet were absent",
        missing="Tick the box if they were absent, or choose a file with all sheets",
    )
    reason = TextAreaField(
        "Why this file replaces the earlier one",
        max_length=2000,
        rows=3,
        missing="Enter why this file replaces the earlier one",
    )
    submit = SubmitField("Import the answers")

    def ask(self, *, for_absent: bool, for_reason: bool) -> None:
        """Ask for what this file needs; the page shows nothing else."""
        self.accepts_absent.required, self.reason.required = for_absent, for_reason
