"""What a browser may send about samples."""

from __future__ import annotations

from app.exams.examinations.rules import SAMPLE_SHARES
from app.exams.spot_checks.rules import SEED_LENGTHS
from app.web.forms import IdempotencyKeyField, MeritumForm, RadiosField, SubmitField, TextAreaField, TextField


class DrawForm(MeritumForm):
    """The seed of a sample, and what it should catch."""

    idempotency_key = IdempotencyKeyField()
    seed = TextField(
        "Public seed of the sample",
        max_length=SEED_LENGTHS[1],
        missing="Enter the seed that was drawn in public",
        hint="Drawn in public after the answers were stored. It is published, so that anyone can draw again.",
    )
    wrong_percent = RadiosField(
        "What the sample should catch in 95 of 100 cases",
        choices=[(str(share), f"{share} percent of all sheets wrong") for share in SAMPLE_SHARES],
        missing="Select what the sample should catch",
    )
    submit = SubmitField("Draw the sample")


class ReadForm(MeritumForm):
    """The answers of one original, as read by a person."""

    answers = TextAreaField(
        "Answers on the original, from the first item to the last",
        max_length=4000,
        rows=4,
        spellcheck=False,
        missing="Enter the answers of the original",
        hint="One sign for each item; spaces do not count. A hyphen (-) for no answer, an asterisk (*) "
        "for several.",
    )
    submit = SubmitField("Save this reading")


class SettleForm(MeritumForm):
    """What was found of a difference."""

    finding = TextAreaField(
        "What was found",
        max_length=2000,
        rows=4,
        missing="Enter what was found of the difference",
        hint="Its cause, and what was done about it. Where the stored answers are wrong, import them again.",
    )
    submit = SubmitField("Settle the difference")
