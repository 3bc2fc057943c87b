"""What a browser may send about the employee's side of a case."""

from __future__ import annotations

import datetime as dt
from typing import cast

from app.personnel.discipline.regimes import Procedure
from app.personnel.replies.states import Ground, ReplyKind
from app.platform.filecheck.files import ALLOWED, FILE_HINT, MAX_PHOTO_BYTES
from app.web.checked_files import FileForm
from app.web.file_fields import UploadsField
from app.web.forms import (
    DateField,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SubmitField,
    TextAreaField,
    TextField,
)

SPOKEN = (ReplyKind.ORAL, ReplyKind.HEARING)


class ReplyForm(FileForm):
    """A written answer, with a file or without."""

    idempotency_key = IdempotencyKeyField()
    text = TextAreaField(
        "Your answer",
        max_length=10000,
        rows=14,
        hint="You may answer each charge, give facts that were left out, and raise anything that you want "
        "to be considered, a medical condition too.",
        missing="Enter your answer",
    )
    title = TextField(
        "What the file is", max_length=200, required=False, hint="For example: Letter of my doctor."
    )
    file = UploadsField(
        "A file that supports it", allowed=ALLOWED, max_bytes=MAX_PHOTO_BYTES, hint=FILE_HINT, required=False
    )
    submit = SubmitField("Hand in the answer", kind="warning")


class RepresentativeForm(MeritumForm):
    """Who shall speak for the employee."""

    name = TextField("Name", max_length=200)
    organization = TextField("Union, law office or other body", max_length=200, required=False)
    contact = TextField("How to reach them", max_length=300, hint="E-mail address or telephone number.")
    submit = SubmitField("Name this representative")


class MoreTimeForm(MeritumForm):
    """Until when the employee wants to answer, and why."""

    until_on = DateField("Answer until the end of", missing="Enter the day until which you want to answer")
    reason = TextAreaField(
        "Why you need more time", max_length=2000, rows=4, missing="Say why you need more time"
    )
    submit = SubmitField("Ask for more time")

    def day(self) -> dt.date:
        """Give the day, after the form was validated."""
        return cast(dt.date, self.until_on.data)


class RefuseRepresentativeForm(MeritumForm):
    """On what ground a representative is refused."""

    ground = RadiosField(
        "Ground",
        choices=[(ground.value, ground.title) for ground in Ground],
        missing="Select the ground",
    )
    reason = TextAreaField("Reason", max_length=2000, rows=4, hint="The employee reads it.")
    submit = SubmitField("Refuse the representative", kind="warning")


class DecideMoreTimeForm(MeritumForm):
    """Whether the office agrees to more time."""

    is_agreed = RadiosField(
        "Do you agree?",
        choices=[("yes", "Yes, the time runs longer"), ("no", "No")],
        missing="Select yes or no",
    )
    answer = TextAreaField(
        "What the employee is told",
        max_length=2000,
        rows=3,
        required=False,
        hint="Needed where you do not agree.",
    )
    submit = SubmitField("Answer the request")


class HeardForm(MeritumForm):
    """What was said aloud."""

    idempotency_key = IdempotencyKeyField()
    kind = RadiosField("What was it?", choices=[(kind.value, kind.title) for kind in SPOKEN])
    given_on = DateField("Day", missing="Enter the day on which the employee was heard")
    heard_by_name = TextField("Heard by", max_length=200, hint="Name and office of who listened or presided.")
    summary = TextAreaField("Summary of what was said", max_length=10000, rows=12)
    submit = SubmitField("Record it")

    def day(self) -> dt.date:
        """Give the day, after the form was validated."""
        return cast(dt.date, self.given_on.data)

    def offer(self, law: Procedure) -> None:
        """Offer a hearing only where the law knows one."""
        if not law.needs_hearing:
            self.kind.choices = [(ReplyKind.ORAL.value, ReplyKind.ORAL.title)]
