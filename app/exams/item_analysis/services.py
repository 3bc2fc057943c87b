"""Analysing the items of an examination and keeping what was found."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.examinations.rules import MULTIPLE
from app.exams.item_analysis import queries, rules
from app.exams.item_analysis.models import ItemAnalysis
from app.exams.keys.queries import find_in_force
from app.exams.responses.queries import find_current, load_sheets
from app.exams.scoring.queries import load_inputs, load_key
from app.exams.scoring.rules import rank
from app.platform import audit, jobs
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id

# Up to so many sheets a page waits; more of them a worker analyses.
MOST_AT_ONCE = 20_000
SEED = "no list is made of this"


def ask(session: Session, *, examination_id: str, actor: Actor, at: dt.datetime) -> ItemAnalysis | None:
    """Analyse the items of a small examination at once; for a large one promise it and give None."""
    examination = get_examination(session, examination_id, actor, permission="exams.item_analysis.make")
    actor.demand("exams.item_analysis.make", examination.agency_id)
    current = find_current(session, examination_id)
    if current is None or find_in_force(session, examination_id) is None:
        raise Conflict("The key has to be approved and the answers imported first.")
    if current.rows <= MOST_AT_ONCE:
        return analyse(session, examination_id=examination_id, actor=actor, at=at)
    digest = queries.inputs_digest(session, examination_id)
    payload = {"examination": examination_id, "by": actor.id}
    jobs.enqueue(session, "exams.analyse_items", key=job_key(digest), payload=payload, at=at)
    _record(session, examination, actor, at, digest=digest, promised=True)
    return None


def job_key(digest: str) -> str:
    """Give the key of the job that analyses these answers."""
    return f"exams.analyse_items:{digest}"


def analyse(session: Session, *, examination_id: str, actor: Actor, at: dt.datetime) -> ItemAnalysis:
    """Analyse the answers in force by the key in force; the same answers and key give the same analysis."""
    examination = get_examination(session, examination_id, actor, permission="exams.item_analysis.make")
    current, key = find_current(session, examination.id), find_in_force(session, examination.id)
    if current is None or key is None:
        raise Conflict("The key has to be approved and the answers imported first.")
    digest = queries.inputs_digest(session, examination.id)
    known = queries.find_same(session, current.id, key.id, digest)
    if known is not None:
        return known
    sheets = load_sheets(session, examination, current.id)
    made = ItemAnalysis(
        id=new_id("anl"),
        examination_id=examination.id,
        import_id=current.id,
        key_version_id=key.id,
        inputs_digest=digest,
        figures=rules.figures(
            load_key(key),
            sheets.responses(),
            queries.load_sessions(session, examination),
            _normalised(session, examination, current.id),
            MULTIPLE,
        ),
        made_by=actor.id,
        made_at=at,
    )
    session.add(made)
    session.flush()
    _record(session, examination, actor, at, digest=digest)
    return made


def _normalised(session: Session, examination: Examination, import_id: str) -> dict[str, float] | None:
    """Give each score as the rulebook makes it, None where it does not normalise or cannot be made yet."""
    inputs = load_inputs(session, examination, import_id)
    if all(part.normalise is None for part in inputs.book.components):
        return None
    key = find_in_force(session, examination.id)
    try:
        listing = rank(inputs, load_key(key) if key else None, SEED).listing
    except Conflict:  # another part is not marked yet
        return None
    earned = listing.working.earned
    values = (earned.numerators / earned.denominator).tolist()
    return dict(zip(listing.candidates.ids.tolist(), values, strict=True))


def record_download(
    session: Session, *, examination_id: str, actor: Actor, at: dt.datetime
) -> tuple[ItemAnalysis, Examination]:
    """Record that someone took the figures, and give them."""
    examination = get_examination(session, examination_id, actor, permission="exams.item_analysis.download")
    actor.demand("exams.item_analysis.download", examination.agency_id)
    found = queries.get_latest(session, examination_id)
    audit.record(
        session, "exams.item_analysis.download", actor=actor, at=at, subject=examination.id,
        agency_id=examination.agency_id, digest=found.inputs_digest,
    )  # fmt: skip
    return found, examination


def _record(
    session: Session, examination: Examination, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session, "exams.item_analysis.make", actor=actor, at=at, subject=examination.id,
        agency_id=examination.agency_id, **details,
    )  # fmt: skip
