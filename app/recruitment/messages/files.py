"""The files of a message: checked and stored first, then named by the message they came with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.platform.antivirus import Verdict
from app.platform.ids import new_id
from app.recruitment.messages.models import MessageFile
from app.recruitment.scanning.services import note_verdict


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was checked and stored before the transaction that names it.

    `virus_check` is what the virus scanner said of it, None where there is no scanner.
    """

    filename: str
    media_type: str
    size: int
    digest: str
    virus_check: Verdict | None = None


def attach(session: Session, files: Sequence[StoredFile], at: dt.datetime) -> list[MessageFile]:
    """Make the rows of a message's files, and write down what the scanner said of each."""
    for file in files:
        note_verdict(session, digest=file.digest, verdict=file.virus_check, at=at)
    return [
        MessageFile(
            id=new_id("mfl"),
            filename=file.filename,
            media_type=file.media_type,
            size=file.size,
            digest=file.digest,
        )
        for file in files
    ]
