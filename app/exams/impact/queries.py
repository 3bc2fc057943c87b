"""Counting groups, and only counting: no page shows what one person answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from sqlalchemy import ColumnElement, Integer, case, cast, exists, func, select
from sqlalchemy.orm import Session, selectinload

from app.exams.examinations.models import Candidate, Examination
from app.exams.impact.models import VoluntaryAnswers
from app.exams.impact.rules import CLAIM, DIMENSIONS, NO_ANSWER, Counts, named
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.applications.states import (
    Assessment,
    ClaimState,
    Placement,
    Screening,
    Standing,
    Submission,
)

SAT = (Assessment.PRESENT, Assessment.SCORED)
CHOSEN = (Placement.SELECTED, Placement.APPOINTED)


def find_answers(session: Session, application_id: str) -> VoluntaryAnswers | None:
    """Find what the person of an application answered."""
    return session.get(VoluntaryAnswers, application_id)


def get_own_application(
    session: Session, application_id: str, actor: Actor, *, lock: bool = False
) -> Application:
    """Give the actor's own submitted application with its posting, or raise NotFound."""
    query = (
        select(Application)
        .where(
            Application.id == application_id,
            Application.account_id == actor.id,
            Application.submission == Submission.SUBMITTED,
        )
        .options(selectinload(Application.posting))
    )
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound(say("There is no such application."))
    return found


def count_stages(session: Session, examination: Examination, dimension: str) -> list[Counts]:
    """Count group by group how many applied for an examination's vacancy and how far they came."""
    group, names = _group(dimension)
    stages: list[ColumnElement[bool]] = [Application.screening == Screening.ELIGIBLE]
    stages.append(stages[-1] & Application.assessment.in_(SAT))
    stages.append(stages[-1] & (Application.standing == Standing.PASSED))
    stages.append(stages[-1] & Application.placement.in_(CHOSEN))
    rows = session.execute(
        select(
            group.label("own"),
            func.count(),
            *(func.coalesce(func.sum(cast(stage, Integer)), 0) for stage in stages),
        )
        .select_from(Application)
        .outerjoin(VoluntaryAnswers, VoluntaryAnswers.application_id == Application.id)
        .where(
            Application.posting_id == examination.posting_id,
            Application.submission == Submission.SUBMITTED,
        )
        .group_by("own")
        .order_by("own")
    )
    return [Counts(names(own), applied, tuple(passed)) for own, applied, *passed in rows]


def load_members(session: Session, examination_id: str, dimension: str) -> Mapping[str, list[str]]:
    """Load the candidate numbers of each group, for a computation that gives counts alone."""
    group, names = _group(dimension)
    rows = session.execute(
        select(group, Candidate.number)
        .select_from(Candidate)
        .join(Application, Application.id == Candidate.application_id)
        .outerjoin(VoluntaryAnswers, VoluntaryAnswers.application_id == Application.id)
        .where(Candidate.examination_id == examination_id)
        .order_by(group)
    )
    members: dict[str, list[str]] = {}
    for own, number in rows:
        members.setdefault(names(own), []).append(number)
    return members


def list_claims(session: Session, examination: Examination) -> list[str]:
    """List the kinds of claims that were verified among the applicants of an examination's vacancy."""
    rows = session.scalars(
        select(ApplicationClaim.kind)
        .join(Application, Application.id == ApplicationClaim.application_id)
        .where(
            Application.posting_id == examination.posting_id, ApplicationClaim.state == ClaimState.VERIFIED
        )
        .distinct()
        .order_by(ApplicationClaim.kind)
    )
    return list(rows)


def _group(dimension: str) -> tuple[ColumnElement[str], Callable[[str], str]]:
    """Give the column that tells the group of an application, and what names a group's code."""
    if dimension.startswith(CLAIM):
        kind = dimension.removeprefix(CLAIM)
        held = exists().where(
            ApplicationClaim.application_id == Application.id,
            ApplicationClaim.kind == kind,
            ApplicationClaim.state == ClaimState.VERIFIED,
        )
        return case((held, "yes"), else_="no"), {"yes": "With the claim", "no": "Without it"}.__getitem__
    if dimension not in DIMENSIONS:
        raise NotFound("There are no such groups.")
    column = getattr(VoluntaryAnswers, dimension)
    return func.coalesce(column, NO_ANSWER), partial(named, dimension=dimension)
