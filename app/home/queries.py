"""What the start page counts, and how much waits for an officer."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import false, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.states import ListState
from app.home.kinds import KINDS
from app.home.rights_kinds import RIGHTS
from app.home.waiting import Kind, Waiting
from app.platform.actors import Actor
from app.platform.sentences import say


def list_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """List what the actor may do now, the longest waiting first, without what they proposed themselves."""
    found = [_count(session, kind, actor) for kind in (*KINDS, *RIGHTS) if actor.may(kind.permission)]
    beginning = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted((item for item in found if item.count), key=lambda item: item.since or beginning)


def load_public_figures(session: Session, *, open_postings: int) -> list[dict[str, object]]:
    """Give the figures of the start page, as its macro wants them."""
    agencies = session.scalar(select(func.count()).select_from(Agency)) or 0
    lists = select(func.count()).where(MeritList.state == ListState.PUBLISHED)
    return [
        {"label": say("Open vacancies"), "value": open_postings},
        {"label": say("Agencies"), "value": agencies},
        {"label": say("Published merit lists"), "value": session.scalar(lists) or 0},
    ]


def _count(session: Session, kind: Kind, actor: Actor) -> Waiting:
    allowed = actor.agencies(kind.permission)
    found = select(func.count(), func.min(kind.since)).select_from(kind.table)
    for table, condition in kind.joins:
        found = found.join(table, condition)
    if allowed is not None:
        found = found.where(false() if kind.agency is None else kind.agency.in_(sorted(allowed)))
    found = found.where(kind.condition)
    if kind.proposer is not None:
        found = found.where(kind.proposer.is_distinct_from(actor.id))
    count, since = session.execute(found).one()
    return Waiting(kind.text, kind.endpoint, kind.values, count, since)
