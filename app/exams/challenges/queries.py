"""Reading contested items and what was decided about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.exams.challenges.models import Challenge
from app.exams.challenges.states import ChallengeState
from app.exams.examinations.models import Candidate, Examination
from app.exams.objections.models import Objection
from app.exams.objections.queries import is_settled
from app.exams.objections.states import Claim, ObjectionState
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application

READ = "exams.challenges.list_staff"


@dataclass(slots=True)
class Contested:
    """An item that was objected to, in one booklet or language version, with counts of its objections.

    `unsettled` are those that a fee holds up; `claims` counts what the objectors say is wrong.
    """

    item: str
    series: str
    waiting: int = 0
    unsettled: int = 0
    decided: int = 0
    claims: dict[Claim, int] = field(default_factory=dict)
    proposed: Challenge | None = None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps decisions to the agencies in which the actor may read them."""
    return scope.within(Examination.agency_id, actor, READ)


def get_challenge(session: Session, challenge_id: str, actor: Actor, *, lock: bool = False) -> Challenge:
    """Give a decision with its examination and people; NotFound outside the actor's agencies."""
    query = _whole().where(Challenge.id == challenge_id, visible_to(actor))
    found = session.scalar(query.with_for_update(of=Challenge) if lock else query)
    if found is None:
        raise NotFound("There is no such decision.")
    return found


def list_challenges(session: Session, examination_id: str, *, item: str = "") -> list[Challenge]:
    """List the decisions on an examination's key, or on one item, the latest first."""
    query = _whole().where(Challenge.examination_id == examination_id)
    if item:
        query = query.where(Challenge.item == item)
    return list(session.scalars(query.order_by(Challenge.proposed_at.desc(), Challenge.id.desc())))


def list_proposed(
    session: Session, examination_id: str, ids: Sequence[str] | None = None, *, lock: bool = False
) -> list[Challenge]:
    """List the decisions that wait for a second person, by item; of `ids` alone when they are given."""
    query = _whole().where(
        Challenge.examination_id == examination_id, Challenge.state == ChallengeState.PROPOSED
    )
    if ids is not None:
        query = query.where(Challenge.id.in_(ids))
    query = query.order_by(Challenge.item, Challenge.series)
    return list(session.scalars(query.with_for_update(of=Challenge) if lock else query))


def has_proposed(session: Session, examination_id: str, item: str, series: str) -> bool:
    """Tell whether a decision on an item waits for its second person."""
    waits = exists().where(
        Challenge.examination_id == examination_id,
        Challenge.item == item,
        Challenge.series == series,
        Challenge.state == ChallengeState.PROPOSED,
    )
    return bool(session.scalar(select(waits)))


def list_contested(session: Session, examination: Examination, *, item: str = "") -> list[Contested]:
    """List the contested items in the order of the key; the examination comes with its items."""
    waits = Objection.state == ObjectionState.FILED
    settled = case((is_settled(), 1), else_=0)
    query = (
        select(Objection.item, Objection.series, Objection.claim, waits, settled, func.count())
        .where(Objection.examination_id == examination.id, Objection.state != ObjectionState.WITHDRAWN)
        .group_by(Objection.item, Objection.series, Objection.claim, waits, settled)
    )
    found: dict[tuple[str, str], Contested] = {}
    for code, series, claim, is_waiting, is_free, count in session.execute(
        query.where(Objection.item == item) if item else query
    ):
        row = found.setdefault((code, series), Contested(code, series))
        row.claims[claim] = row.claims.get(claim, 0) + count
        kind = "decided" if not is_waiting else "waiting" if is_free else "unsettled"
        setattr(row, kind, getattr(row, kind) + count)
    for challenge in list_proposed(session, examination.id):
        if not item or challenge.item == item:
            place = (challenge.item, challenge.series)
            found.setdefault(place, Contested(*place)).proposed = challenge
    order = {row.code: row.position for row in examination.items}
    return sorted(found.values(), key=lambda row: (order.get(row.item, 0), row.series))


def count_waiting(session: Session, examination_id: str) -> tuple[int, int]:
    """Count the contested items without a decision, and the decisions that wait for a second person."""
    items = select(Objection.item, Objection.series).where(
        Objection.examination_id == examination_id, Objection.state == ObjectionState.FILED, is_settled()
    )
    proposed = select(func.count()).where(
        Challenge.examination_id == examination_id, Challenge.state == ChallengeState.PROPOSED
    )
    waiting = select(func.count()).select_from(items.distinct().subquery())
    return session.scalar(waiting) or 0, session.scalar(proposed) or 0


def has_objected(session: Session, examination_id: str, item: str, account_id: str | None) -> bool:
    """Tell whether somebody objected to an item themselves."""
    own = (
        exists()
        .where(
            Objection.examination_id == examination_id,
            Objection.item == item,
            Objection.candidate_id == Candidate.id,
            Candidate.application_id == Application.id,
            Application.account_id == account_id,
        )
        .select()
    )
    return bool(session.scalar(own))


def _whole() -> Select[Challenge]:
    return (
        select(Challenge)
        .join(Challenge.examination)
        .options(
            contains_eager(Challenge.examination).options(
                selectinload(Examination.agency),
                selectinload(Examination.posting),
                selectinload(Examination.items),
            ),
            joinedload(Challenge.proposer),
            joinedload(Challenge.decider),
            joinedload(Challenge.key_version),
            joinedload(Challenge.merit_list),
        )
    )
