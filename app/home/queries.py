"""What the start page counts, how much waits for an officer, and each piece of it by its deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import false, func, literal, select
from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.states import ListState
from app.home import (
    answer_kinds,
    appointment_kinds,
    benefit_kinds,
    certificate_kinds,
    discipline_kinds,
    exam_kinds,
    grievance_kinds,
    kinds,
    leave_kinds,
    panel_kinds,
    performance_kinds,
    policy_kinds,
    record_kinds,
    reserve_kinds,
    rights_kinds,
    separation_kinds,
    sitting_kinds,
    training_kinds,
    wording_kinds,
)
from app.home.waiting import Item, Kind, Waiting, Wanted, list_kinds
from app.platform.actors import Actor
from app.platform.sentences import say

# Each adds its kinds by being imported; this is their order on the page.
GROUPS = (
    kinds,
    discipline_kinds,
    record_kinds,
    appointment_kinds,
    exam_kinds,
    certificate_kinds,
    reserve_kinds,
    rights_kinds,
    sitting_kinds,
    answer_kinds,
    grievance_kinds,
    policy_kinds,
    wording_kinds,
    benefit_kinds,
    training_kinds,
    leave_kinds,
    panel_kinds,
    performance_kinds,
    separation_kinds,
)
BEGINNING = dt.datetime.min.replace(tzinfo=dt.UTC)
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
# As many pieces of one kind are read at most: more wait behind their deadlines.
MOST = 500
PAGE = 50


def list_waiting(session: Session, actor: Actor, at: dt.datetime) -> list[Waiting]:
    """List what the actor may do now, the longest waiting first, without what they proposed themselves."""
    found = [_count(session, kind, actor, at) for kind in list_kinds() if actor.may(kind.permission)]
    return sorted((item for item in found if item.count), key=lambda item: item.since or BEGINNING)


def list_items(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    at: dt.datetime,
    waiting: Sequence[Waiting],
    *,
    is_whole: bool = False,
) -> list[Item]:
    """List each piece of work that the actor may do now, by deadline, then by age; without deadline last.

    `waiting` is what list_waiting found: other kinds are not asked; of one kind MOST are read, or all of it.
    """
    counted = {row.key for row in waiting}
    asked = [kind for kind in list_kinds() if kind.key in counted and wanted.kind in ("", kind.key)]
    found = [item for kind in asked for item in _items(session, kind, actor, wanted, at, is_whole)]
    if wanted.is_overdue:
        found = [item for item in found if item.is_overdue]
    if wanted.text:
        text = wanted.text.casefold()
        found = [item for item in found if text in f"{item.kind.text} {item.label}".casefold()]
    return _in_order(found)


def list_items_of(session: Session, actor: Actor, asked: Sequence[Kind], at: dt.datetime) -> list[Item]:
    """List what of these kinds the actor may do now, in the same order."""
    allowed = [kind for kind in asked if kind.is_for_one or actor.may(kind.permission)]
    return _in_order([item for kind in allowed for item in _items(session, kind, actor, Wanted(), at)])


def find_items(session: Session, actor: Actor, kind: Kind, ids: Sequence[str], at: dt.datetime) -> list[Item]:
    """Find those of these pieces of work that still wait for the actor, by deadline."""
    waiting = [Waiting(kind.text, kind.endpoint, kind.values, 1, None, kind.key)]
    found = list_items(session, actor, Wanted(kind=kind.key), at, waiting)
    return [item for item in found if item.id in set(ids)]


def load_agencies(session: Session, ids: Sequence[str]) -> dict[str, Agency]:
    """Load agencies by id, in the order of their names."""
    rows = session.scalars(select(Agency).where(Agency.id.in_(ids)).order_by(Agency.name))
    return {agency.id: agency for agency in rows}


def load_public_figures(session: Session, *, open_postings: int) -> list[dict[str, object]]:
    """Give the figures of the start page, as its macro wants them."""
    agencies = session.scalar(select(func.count()).select_from(Agency)) or 0
    lists = select(func.count()).where(MeritList.state == ListState.PUBLISHED)
    return [
        {"label": say("Open vacancies"), "value": open_postings},
        {"label": say("Agencies"), "value": agencies},
        {"label": say("Published merit lists"), "value": session.scalar(lists) or 0},
    ]


def _in_order(items: list[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.due or NEVER, item.since or BEGINNING, item.id))


def _count(session: Session, kind: Kind, actor: Actor, at: dt.datetime) -> Waiting:
    found = _of(kind, actor, at, select(func.count(), func.min(kind.since)))
    count, since = session.execute(found).one()
    return Waiting(
        kind.text, kind.endpoint, kind.values, count, since, kind.key, is_listed=kind.one is not None
    )


def _items(
    session: Session, kind: Kind, actor: Actor, wanted: Wanted, at: dt.datetime, is_whole: bool = False
) -> list[Item]:
    if kind.one is None:
        return []
    due: Any = kind.due if kind.due is not None else literal(None)
    agency: Any = kind.agency if kind.agency is not None else literal("")
    found = _of(kind, actor, at, select(kind.one.id, _text(kind), agency, kind.since, due))
    if wanted.agency_id:
        found = found.where(agency == wanted.agency_id)
    found = found.order_by(due if kind.due is not None else kind.since)
    rows = session.execute(found if is_whole else found.limit(MOST))
    items: dict[str, Item] = {}
    for own, label, agency_id, since, until in rows:
        ends = _ends(kind, since, until)
        is_overdue = ends is not None and ends < at
        shown = str(getattr(label, "value", label) or "").replace("_", " ")
        items.setdefault(own, Item(kind, own, shown, agency_id or "", since, ends, is_overdue))
    return list(items.values())


def _text(kind: Kind) -> Any:
    label = kind.one.label if kind.one is not None else ""
    return literal(label) if isinstance(label, str) else label


def _ends(kind: Kind, since: dt.datetime | None, until: dt.date | dt.datetime | None) -> dt.datetime | None:
    """Give the moment of a deadline: that of a day is its end, in UTC."""
    if isinstance(until, dt.datetime):
        return until
    if until is not None:
        return dt.datetime.combine(until, dt.time.max, dt.UTC)
    return since + dt.timedelta(days=kind.days) if since is not None and kind.days else None


def _of(kind: Kind, actor: Actor, at: dt.datetime, found: Any) -> Any:
    """Narrow a query to what of one kind waits for the actor."""
    allowed = actor.agencies(kind.permission)
    found = found.select_from(kind.table)
    for table, condition in kind.joins:
        found = found.join(table, condition)
    if allowed is not None and not kind.is_for_one:
        found = found.where(false() if kind.agency is None else kind.agency.in_(sorted(allowed)))
    found = found.where(kind.condition)
    if kind.visible is not None:
        found = found.where(kind.visible(actor))
    if kind.proposer is not None:
        found = found.where(kind.proposer.is_distinct_from(actor.id))
    if kind.within and kind.due is not None:
        found = found.where(kind.due <= at.date() + dt.timedelta(days=kind.within))
    if kind.own is not None:
        found = found.where(kind.own == actor.id)
    return found
