"""Reading how far an examination has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.examinations.models import Candidate, Examination, ExamItem
from app.exams.examinations.queries import count_candidates
from app.exams.keys.models import KeyVersion
from app.exams.keys.states import KeyState
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.states import ListState
from app.exams.plans.rules import has_items
from app.exams.readiness import gates
from app.exams.readiness.rules import Figures
from app.exams.responses.queries import find_current
from app.platform.errors import Conflict
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.applications.states import ClaimState, Screening, Submission
from app.recruitment.screening.queries import count_unscreened


def load_figures(session: Session, examination: Examination) -> Figures:
    """Load what the panel of an examination tells."""
    own, posting_id = examination.id, examination.posting_id
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    eligible = (
        select(func.count())
        .select_from(Application)
        .where(
            Application.posting_id == posting_id,
            Application.screening == Screening.ELIGIBLE,
            (Application.submission == Submission.SUBMITTED)
            | exists().where(Candidate.application_id == Application.id),
        )
    )
    keys = {
        state: session.scalar(
            select(func.max(KeyVersion.version)).where(
                KeyVersion.examination_id == own, KeyVersion.state == state
            )
        )
        or 0
        for state in (KeyState.APPROVED, KeyState.PROPOSED)
    }
    current = find_current(session, own)
    latest = session.scalar(
        select(MeritList)
        .where(MeritList.examination_id == own, MeritList.state != ListState.DISCARDED)
        .order_by(MeritList.version.desc())
        .limit(1)
    )
    return Figures(
        unscreened=count_unscreened(session, posting_id),
        eligible=session.scalar(eligible) or 0,
        candidates=count_candidates(session, own),
        items=session.scalar(select(func.count()).where(ExamItem.examination_id == own)) or 0,
        key_approved=keys[KeyState.APPROVED],
        key_proposed=keys[KeyState.PROPOSED],
        sheets=current.rows if current else 0,
        absent=current.absent if current else 0,
        undecided_claims=_count_undecided(session, own, list(rulebooks.claim_kinds(book))),
        list_state=latest.state.value if latest else "",
        list_version=latest.version if latest else 0,
        has_sheets=has_items(book),
    )


def demand_open(session: Session, examination: Examination, at: dt.datetime) -> None:
    """Raise Conflict with the first sentence that a gate holds against the examination's list."""
    for block in gates.list_blocks(session, examination, at):
        raise Conflict(block.sentence)


def _count_undecided(session: Session, examination_id: str, claims: Sequence[str]) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(ApplicationClaim)
            .join(Candidate, Candidate.application_id == ApplicationClaim.application_id)
            .where(
                Candidate.examination_id == examination_id,
                ApplicationClaim.state == ClaimState.CLAIMED,
                ApplicationClaim.kind.in_(claims),
            )
        )
        or 0
    )
