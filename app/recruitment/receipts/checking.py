"""Telling whether a receipt is genuine, and making a lost one again from what was received."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.notices.numbers import verify_number
from app.platform.audit import canonical
from app.platform.db import reading
from app.platform.errors import Invalid, NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.receipts import keyring, queries, rules
from app.recruitment.receipts.rules import Finding

LOST = say(
    "We never received exactly this file. Choose the file that you downloaded from your receipt, unchanged."
)
NOT_JSON = say("This file cannot be read. Choose the file as it was downloaded, unchanged.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a check found; what the receipt stands for is given for a genuine one only, never a person."""

    finding: Finding
    number: str = ""
    version: int = 0
    versions: int = 0
    posting_title: str = ""
    posting_number: str = ""
    agency: str = ""
    received_at: dt.datetime | None = None
    zone: str = "UTC"
    digest: str = ""
    ledger_index: int = 0


def check_typed(session: Session, number: str, digest: str) -> Answer:
    """Check a receipt by its number and at least the first 16 characters of its fingerprint."""
    try:
        number = verify_number(number)
    except Invalid:
        return Answer(Finding.MISTYPED)
    application = queries.find_by_number(session, number)
    if application is None:
        return Answer(Finding.UNKNOWN, number=number)
    wanted = rules.plain_digest(digest)
    received = queries.list_received(session, application)
    for found in received:
        if wanted and found.digest.startswith(wanted):
            return _genuine(session, application, found, len(received))
    return Answer(Finding.ALTERED, number=number)


def check_file(session: Session, content: bytes) -> Answer:
    """Check a receipt file: its signature, and each field against the register and the ledger.

    Raises Invalid(file=...) when it is no receipt file.
    """
    receipt = rules.check_shape(_read(content))
    is_signed = keyring.is_signed(receipt, keyring.current().public())
    try:
        number = verify_number(receipt["number"])
    except Invalid:
        return Answer(Finding.ALTERED)
    application = queries.find_by_number(session, number)
    if application is None:
        return Answer(Finding.UNKNOWN, number=number)
    received = queries.list_received(session, application)
    for found in received:
        ours = queries.get_receipt(session, application, found).body()
        if is_signed and all(receipt[name] == value for name, value in ours.items()):
            return _genuine(session, application, found, len(received))
    return Answer(Finding.ALTERED, number=number)


def make_again(session: Session, content: bytes) -> dict[str, Any]:
    """Make the receipt of what stands in a file of what was received; NotFound when we never received it.

    Whoever holds the content holds more than the receipt tells, so nobody is asked who they are.
    """
    snapshot = _read(content)
    number = snapshot.get("number") if isinstance(snapshot, dict) else None
    application = queries.find_by_number(session, number) if isinstance(number, str) else None
    if application is None:
        raise NotFound(LOST)
    digest = hashlib.sha256(canonical(snapshot).encode()).hexdigest()
    for received in queries.list_received(session, application):
        if received.digest == digest:
            return signed(session, application, received)
    raise NotFound(LOST)


def signed(session: Session, application: Application, received: queries.Received) -> dict[str, Any]:
    """Give the signed receipt of a version, made with the key that was in force when it came in."""
    receipt = queries.get_receipt(session, application, received)
    return keyring.current().in_force(received.received_at).sign(receipt)


def begin_keys(session: Session) -> None:
    """Make the first key before the first application is received, and none later; it never refuses."""
    ring = keyring.current()
    if not ring.path.exists() and not queries.has_received(session):
        ring.begin()


def is_used() -> bool:
    """Tell whether a receipt may have been signed, so that its key must be there."""
    with reading() as session:
        return queries.has_received(session)


def _genuine(session: Session, application: Application, found: queries.Received, versions: int) -> Answer:
    posting = application.posting
    return Answer(
        Finding.GENUINE,
        number=str(application.number),
        version=found.version,
        versions=versions,
        posting_title=posting.title,
        posting_number=posting.number,
        agency=posting.agency.name,
        received_at=found.received_at,
        zone=posting.time_zone,
        digest=found.digest,
        ledger_index=queries.get_receipt(session, application, found).ledger_index,
    )


def _read(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Invalid(file=NOT_JSON) from error
