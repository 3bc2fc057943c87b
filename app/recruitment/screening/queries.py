"""Reading screening: what is still to be decided, what was, and the reasons given before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Screening, Submission
from app.recruitment.postings.models import Posting
from app.recruitment.screening.models import CriterionDecision, ScreeningCorrection, ScreeningOutcome

SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a posting's standing applications are screened."""

    screened: int
    total: int

    @property
    def remaining(self) -> int:
        """Count those still to be screened."""
        return self.total - self.screened


def count_unscreened(session: Session, posting_id: str) -> int:
    """Count the submitted applications of a posting that have no recorded outcome yet."""
    return load_progress(session, posting_id).remaining


def load_progress(session: Session, posting_id: str) -> Progress:
    """Load how far the screening of a posting has come; withdrawn applications do not count."""
    rows = session.execute(
        select(Application.screening, func.count())
        .where(Application.posting_id == posting_id, Application.submission == Submission.SUBMITTED)
        .group_by(Application.screening)
    )
    counts: Mapping[Screening, int] = dict(rows.all())
    total = sum(counts.values())
    return Progress(total - counts.get(Screening.PENDING, 0), total)


def find_next(
    session: Session, posting_id: str, *, after: str = "", besides: str | None = None
) -> str | None:
    """Find the next unscreened application of a posting, in the order in which they came in, or None.

    `after` is the application the officer comes from: those behind it come first, then those before it that
    were left out. Applications of the account `besides` are passed over: nobody screens their own.
    """
    query = (
        select(Application.id)
        .where(
            Application.posting_id == posting_id,
            Application.submission == Submission.SUBMITTED,
            Application.screening == Screening.PENDING,
            Application.id != after,
        )
        .order_by(Application.submitted_at, Application.id)
        .limit(1)
    )
    if besides:
        query = query.where(Application.account_id != besides)
    last = session.execute(
        select(Application.submitted_at, Application.id).where(Application.id == after)
    ).first()
    if last is not None:
        is_same = (Application.submitted_at == last.submitted_at) & (Application.id > last.id)
        behind = query.where((Application.submitted_at > last.submitted_at) | is_same)
        if found := session.scalar(behind):
            return found
    return session.scalar(query)


def find_outcome(session: Session, application_id: str) -> ScreeningOutcome | None:
    """Find the recorded outcome of an application with who decided and what was corrected, or None."""
    return session.scalar(
        select(ScreeningOutcome)
        .where(ScreeningOutcome.application_id == application_id)
        .options(
            joinedload(ScreeningOutcome.decider),
            selectinload(ScreeningOutcome.corrections).joinedload(ScreeningCorrection.corrector),
        )
    )


def load_decisions(session: Session, application_id: str) -> dict[str, CriterionDecision]:
    """Load the decisions on an application as they stand now, by criterion."""
    rows = session.scalars(
        select(CriterionDecision).where(CriterionDecision.application_id == application_id)
    )
    return {row.criterion_id: row for row in rows}


def load_reasons(session: Session, posting: Posting) -> dict[str, list[str]]:
    """Load, for each criterion, the reasons most often given in this posting, to be chosen again."""
    rows = session.execute(
        select(CriterionDecision.criterion_id, CriterionDecision.reason, func.count().label("times"))
        .where(CriterionDecision.criterion_id.in_([criterion.id for criterion in posting.criteria]))
        .group_by(CriterionDecision.criterion_id, CriterionDecision.reason)
        .order_by(func.count().desc(), CriterionDecision.reason)
    )
    reasons: dict[str, list[str]] = {criterion.id: [] for criterion in posting.criteria}
    for criterion_id, reason, _times in rows:
        if len(reasons[criterion_id]) < SUGGESTIONS:
            reasons[criterion_id].append(reason)
    return reasons
