"""What a person may know of their own place in a reserve."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.exams.certificates.queries import list_gone
from app.exams.reserves import queries
from app.exams.reserves.states import ReserveState
from app.platform.actors import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """A person's place: `first` as it was at the start, `before` how many are called before them now.

    `before` is None for who cannot be called any more, such as who took another position.
    """

    title: str
    agency: str
    first: int
    before: int | None
    lapses_on: dt.date
    is_standing: bool
    ended_at: dt.datetime | None
    called_at: dt.datetime | None
    zone: str


def find_own(session: Session, application_id: str, actor: Actor) -> Place | None:
    """Find the newest place that one of the actor's applications has in a reserve."""
    found = queries.list_own(session, application_id, actor)
    if not found:
        return None
    own = found[0]
    reserve = queries.get_with_list(session, own.reserve_id)
    certificate = reserve.certificate
    gone = set(list_gone(session, certificate.merit_list_id, certificate.id))
    waiting = [
        entry.id
        for entry in reserve.entries
        if entry.call is None and entry.entry.candidate.number not in gone
    ]
    return Place(
        title=certificate.merit_list.examination.title,
        agency=reserve.agency.name,
        first=own.position,
        before=waiting.index(own.id) if own.id in waiting else None,
        lapses_on=reserve.lapses_on,
        is_standing=reserve.state is ReserveState.STANDING,
        ended_at=reserve.ended_at,
        called_at=own.call.called_at if own.call else None,
        zone=reserve.agency.time_zone,
    )
