"""Reading the folder into which a demonstration puts its mail."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path

from app.platform.errors import NotFound

PAGE = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """One message; `key` is its file's name without the ending."""

    key: str
    to: str
    subject: str
    sent_at: dt.datetime
    body: str
    attachments: tuple[str, ...]


def list_letters(folder: Path) -> list[Letter]:
    """List the messages that were written last, the newest first, one page at most."""
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.eml"), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    return [_read(file) for file in files[:PAGE]]


def get_letter(folder: Path, key: str) -> Letter:
    """Give one message, or raise NotFound; `key` must be checked to be a plain id."""
    file = folder / f"{key}.eml"
    if not file.is_file():
        raise NotFound("There is no such message.")
    return _read(file)


def _read(file: Path) -> Letter:
    message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
    body = message.get_body(preferencelist=("plain",))
    return Letter(
        key=file.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        sent_at=message["Date"].datetime.astimezone(dt.UTC),
        body=body.get_content() if body else "",
        attachments=tuple(part.get_filename() or "" for part in message.iter_attachments()),
    )
