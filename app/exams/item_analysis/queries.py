"""Reading analyses, and what they are made from."""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.exams.examinations.models import Candidate, Examination
from app.exams.item_analysis.models import ItemAnalysis
from app.exams.keys.queries import find_in_force
from app.exams.responses.models import DoubtfulMark
from app.exams.responses.queries import counts, find_current
from app.exams.sessions.queries import load_session_names
from app.platform.audit import canonical
from app.platform.errors import NotFound


def find_latest(session: Session, examination_id: str) -> ItemAnalysis | None:
    """Find the latest analysis of an examination, with its import, its key and who made it."""
    return session.scalar(
        select(ItemAnalysis)
        .where(ItemAnalysis.examination_id == examination_id)
        .options(
            joinedload(ItemAnalysis.response_import),
            joinedload(ItemAnalysis.key_version),
            joinedload(ItemAnalysis.maker),
        )
        .order_by(ItemAnalysis.made_at.desc(), ItemAnalysis.id.desc())
        .limit(1)
    )


def get_latest(session: Session, examination_id: str) -> ItemAnalysis:
    """Give the latest analysis, or raise NotFound."""
    found = find_latest(session, examination_id)
    if found is None:
        raise NotFound("The items of this examination were not analysed yet.")
    return found


def find_same(session: Session, import_id: str, key_id: str, digest: str) -> ItemAnalysis | None:
    """Find the analysis of exactly these answers by exactly this key."""
    return session.scalar(
        select(ItemAnalysis).where(
            ItemAnalysis.import_id == import_id,
            ItemAnalysis.key_version_id == key_id,
            ItemAnalysis.inputs_digest == digest,
        )
    )


def inputs_digest(session: Session, examination_id: str) -> str:
    """Give the digest of what an analysis follows from; "" while answers or key are missing."""
    current, key = find_current(session, examination_id), find_in_force(session, examination_id)
    if current is None or key is None:
        return ""
    decided = session.execute(
        select(DoubtfulMark.id, DoubtfulMark.answer)
        .where(DoubtfulMark.import_id == current.id, counts())
        .order_by(DoubtfulMark.id)
    )
    body = [current.digest, key.digest, [list(row) for row in decided]]
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def load_sessions(session: Session, examination: Examination) -> dict[str, str]:
    """Load the session of each candidate, by number."""
    names = load_session_names(session, examination.id)
    rows = session.execute(
        select(Candidate.number, Candidate.id).where(Candidate.examination_id == examination.id)
    )
    return {number: names[own] for number, own in rows if own in names}
