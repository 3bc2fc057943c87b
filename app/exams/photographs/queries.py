"""Reading photographs."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams.photographs.models import Photograph

PART = 500


def find_own(session: Session, account_id: str, *, lock: bool = False) -> Photograph | None:
    """Find the photograph that a person keeps."""
    query = select(Photograph).where(Photograph.account_id == account_id, Photograph.removed_at.is_(None))
    return session.scalar(query.with_for_update() if lock else query)


def load_digests(session: Session, account_ids: Collection[str]) -> dict[str, str]:
    """Load the digests of people's photographs, by account; who has none is left out."""
    found: dict[str, str] = {}
    wanted = sorted(account_ids)
    for start in range(0, len(wanted), PART):
        query = select(Photograph.account_id, Photograph.digest).where(
            Photograph.account_id.in_(wanted[start : start + PART]), Photograph.removed_at.is_(None)
        )
        found |= dict(session.execute(query).all())
    return found
