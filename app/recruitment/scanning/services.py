"""Noting what the virus scanner said, and asking again about files that wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.platform import audit
from app.platform.actors import SYSTEM
from app.platform.antivirus import Verdict
from app.platform.errors import Conflict
from app.platform.rows import insert_once
from app.platform.sentences import say
from app.recruitment.scanning import queries
from app.recruitment.scanning.models import ScannedFile

WAITING = say("This file waits for the virus scanner, which does not answer now. Try again in some minutes.")
INFECTED = say("The virus scanner found something in this file, so nobody can open it.")


def note_verdict(session: Session, *, digest: str, verdict: Verdict | None, at: dt.datetime) -> None:
    """Write down what the scanner said of a file that is being kept; None where there is no scanner.

    It belongs to the act that keeps the file, which is recorded there.
    """
    if verdict is None:
        return
    if insert_once(session, ScannedFile, digest=digest, verdict=verdict, asked_at=at):
        return
    row = session.get_one(ScannedFile, digest)
    if row.verdict is not Verdict.INFECTED and verdict is not Verdict.WAITING:
        row.verdict, row.asked_at = verdict, at
    session.flush()


def demand_clean(session: Session, digest: str) -> None:
    """Raise Conflict while a file waits for the scanner, or when it found something."""
    verdict = queries.find_verdict(session, digest)
    if verdict is Verdict.WAITING:
        raise Conflict(WAITING)
    if verdict is Verdict.INFECTED:
        raise Conflict(INFECTED)


def settle(session: Session, *, verdicts: dict[str, Verdict], at: dt.datetime) -> int:
    """Write down the scanner's late answers; give how many files it has now looked at."""
    answered = {digest: verdict for digest, verdict in verdicts.items() if verdict is not Verdict.WAITING}
    for digest, verdict in answered.items():
        note_verdict(session, digest=digest, verdict=verdict, at=at)
        audit.record(
            session,
            "recruitment.documents.scan",
            actor=SYSTEM,
            at=at,
            subject=digest[:40],  # as long as the trail's subjects are; the whole stands in the details
            digest=digest,
            outcome=verdict.value,
        )
    return len(answered)


def forget(session: Session, digests: Collection[str]) -> None:
    """Drop what is known of files that are removed for good; it belongs to the act that removes them.

    The scanner is asked anew when the same content comes again.
    """
    if not digests:
        return
    session.execute(
        delete(ScannedFile)
        .where(ScannedFile.digest.in_(digests))
        .execution_options(synchronize_session=False)
    )
