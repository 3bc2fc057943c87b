"""Asking again who came before a certificate when it was issued."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.exams.certificates.models import Certificate
from app.exams.preferred_lists.queries import list_before


def list_passed_over(session: Session, certificate: Certificate) -> list[str]:
    """Say who came before every name of a loaded certificate at its issue; nothing when nobody did."""
    if certificate.issued_at is None:
        return []
    regime, people = list_before(session, certificate.merit_list, certificate.issued_at)
    if regime is None:
        return []
    return [f"By {regime.citation} {one.name} came before every name of this certificate." for one in people]
