"""What a browser may send about keys."""

from __future__ import annotations

from app.web.forms import (
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SubmitField,
    TextAreaField,
    UploadField,
)

MOST_BYTES = 200_000


class ProposeForm(MeritumForm):
    """A key as lines of text or as a file."""

    idempotency_key = IdempotencyKeyField()
    file = UploadField(
        "Key as a CSV file",
        allowed=["csv", "txt"],
        max_bytes=MOST_BYTES,
        required=False,
        hint="The columns item and key, and treatment where it is not one right answer.",
    )
    key = TextAreaField(
        "Key",
        max_length=MOST_BYTES,
        rows=16,
        required=False,
        spellcheck=False,
        hint="Leave the first line as it is. Below it, a line an item: its code, a comma, the right answer. "
        "Several right answers are divided by a slash: 7,B/D. A chosen file is read instead.",
    )
    reason = TextAreaField(
        "Reason", max_length=2000, rows=3, hint="Why this key, and for a later version why the item changes."
    )
    submit = SubmitField("Propose this key")


class DecideForm(MeritumForm):
    """Whether a key comes into force."""

    decision = RadiosField(
        "Decision", choices=[("approve", "Approve"), ("refuse", "Refuse")], missing="Select a decision"
    )
    reason = TextAreaField(
        "Reason", max_length=2000, rows=3, hint="Kept with the key and open to the auditor."
    )
    submit = SubmitField("Record the decision")
