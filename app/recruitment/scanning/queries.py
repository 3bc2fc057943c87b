"""Reading what the virus scanner said."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.platform.antivirus import Verdict
from app.recruitment.scanning.models import ScannedFile


def load_verdicts(session: Session, digests: Collection[str]) -> dict[str, Verdict]:
    """Map files to what the scanner said of each; those it was never asked about are left out."""
    query = select(ScannedFile.digest, ScannedFile.verdict).where(ScannedFile.digest.in_(digests))
    return {row.digest: row.verdict for row in session.execute(query)}


def find_verdict(session: Session, digest: str) -> Verdict | None:
    """Find what the scanner said of a file, or None."""
    return load_verdicts(session, [digest]).get(digest)


def list_waiting(session: Session) -> list[str]:
    """List the digests of files that the scanner has not answered for, longest waiting first."""
    query = (
        select(ScannedFile.digest)
        .where(ScannedFile.verdict == Verdict.WAITING)
        .order_by(ScannedFile.asked_at, ScannedFile.digest)
    )
    return list(session.scalars(query))
