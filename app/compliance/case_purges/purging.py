"""Ending cases: what was written and gathered goes; number, action, days and outcome stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.compliance.case_purges import due as falling
from app.compliance.case_purges import queries, services
from app.compliance.case_purges.models import CasePurge
from app.compliance.retention import due, states
from app.compliance.retention.services import CHANGED
from app.notices.models import Notice
from app.personnel.allegations.models import Allegation, AllegationFile, Interview
from app.personnel.case_appeals.models import CaseAppeal
from app.personnel.case_files.models import CaseFile
from app.personnel.decisions.models import Decision, Finding
from app.personnel.deliveries.models import DecisionDelivery, Delivery
from app.personnel.discipline.models import Charge, DisciplinaryCase
from app.personnel.penalty_factors.models import PenaltyFactor
from app.personnel.replies.models import MoreTime, Reply, Representative
from app.platform.actors import SYSTEM

GONE = "Gone by the retention schedule."
# Each row of these belongs to one case by its `case_id`.
PARTS: tuple[Any, ...] = (
    CaseFile, Charge, PenaltyFactor, Representative, MoreTime, Reply, Delivery, DecisionDelivery,
)  # fmt: skip


def carry_out(session: Session, *, purge_id: str, at: dt.datetime) -> tuple[list[str], list[str]]:
    """End what was approved; give the digests of files, and of letters, that may go.

    What came under a hold meanwhile stays. Where more would go than was approved, it is sent back.
    """
    purge = queries.get_for_job(session, purge_id)
    if purge.state is not states.PurgeState.APPROVED:
        return [], []
    ids = sorted(session.scalars(falling.due_ids(purge.agency_id, purge.cutoff_on)))
    if len(ids) > purge.cases:
        purge.state, purge.decision_reason = states.move(purge.state, states.PurgeState.SENT_BACK), CHANGED
        session.flush()
        services.record(session, "stop", purge, SYSTEM, at)
        return [], []
    files = _end_investigations(session, ids) + _end_parts(session, ids)
    letters = _empty_letters(session, ids)
    _empty_cases(session, ids, at)
    _finish(session, purge, ids, at)
    return files, letters


def _finish(session: Session, purge: CasePurge, ids: list[str], at: dt.datetime) -> None:
    purge.state, purge.done_at = states.move(purge.state, states.PurgeState.CARRIED_OUT), at
    session.flush()
    session.expire_all()
    services.record(session, "carry_out", purge, SYSTEM, at, cases=len(ids), ids=due.digest_of(ids))


def _end_parts(session: Session, ids: Collection[str]) -> list[str]:
    files = list(session.scalars(select(CaseFile.digest).where(CaseFile.case_id.in_(ids))))
    decisions = select(Decision.id).where(Decision.case_id.in_(ids))
    session.execute(delete(Finding).where(Finding.decision_id.in_(decisions)))
    for part in PARTS:
        session.execute(delete(part).where(part.case_id.in_(ids)))
    return files


def _end_investigations(session: Session, ids: Collection[str]) -> list[str]:
    """End what was gathered for these cases alone; an investigation that another case rests on stays."""
    rests = select(DisciplinaryCase.allegation_id).where(DisciplinaryCase.allegation_id.is_not(None))
    others = rests.where(DisciplinaryCase.id.not_in(ids), DisciplinaryCase.purged_at.is_(None))
    found = select(Allegation.id).where(
        Allegation.id.in_(rests.where(DisciplinaryCase.id.in_(ids))), Allegation.id.not_in(others)
    )
    own = list(session.scalars(found))
    files = list(session.scalars(select(AllegationFile.digest).where(AllegationFile.allegation_id.in_(own))))
    for part in (AllegationFile, Interview):
        session.execute(delete(part).where(part.allegation_id.in_(own)))
    gone = {"summary": GONE, "plan": "", "findings": GONE}
    session.execute(update(Allegation).where(Allegation.id.in_(own)).values(**gone))
    return files


def _empty_letters(session: Session, ids: Collection[str]) -> list[str]:
    """Empty the letters of cases; number and digests stay, so that a person's own copy can be proved."""
    own = Notice.subject.in_(ids)
    rows = session.execute(select(Notice.html_digest, Notice.pdf_digest).where(own))
    digests = [digest for row in rows for digest in row if digest]
    session.execute(update(Notice).where(own).values(context={}))
    return digests


def _empty_cases(session: Session, ids: Collection[str], at: dt.datetime) -> None:
    """Take the words out of the rows that stay; where a CHECK asks for words, an empty text stands."""
    for table, columns in (
        (Decision, ("reasons", "not_entered_reason", "refusal")),
        (CaseAppeal, ("docket", "reasons", "remedy")),
    ):
        for column in columns:
            own: Any = getattr(table, column)
            condition = (table.case_id.in_(ids), own.is_not(None))
            session.execute(update(table).where(*condition).values(**{column: ""}))
    ended = update(DisciplinaryCase).where(DisciplinaryCase.id.in_(ids))
    session.execute(ended.values(summary="", penalty_reasons="", closing_note=None, purged_at=at))
    withdrawn = ended.where(DisciplinaryCase.withdrawal_reason.is_not(None))
    session.execute(withdrawn.values(withdrawal_reason=""))
