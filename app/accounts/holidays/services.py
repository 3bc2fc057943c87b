"""Adding and removing an agency's holidays."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.holidays.models import Holiday
from app.accounts.queries import get_agency
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Invalid, NotFound


def add_holiday(
    session: Session, *, agency_id: str, on: dt.date, name: str, actor: Actor, at: dt.datetime
) -> Holiday:
    """Add a holiday; a day that is one already comes out as Invalid at its field."""
    actor.demand("accounts.add_holiday", agency_id)
    agency = get_agency(session, agency_id)
    if session.get(Holiday, (agency_id, on)) is not None:
        raise Invalid(on="This day is a holiday already.")
    holiday = Holiday(agency_id=agency.id, on=on, name=name)
    session.add(holiday)
    session.flush()
    _record(session, "add_holiday", holiday, actor, at)
    return holiday


def remove_holiday(
    session: Session, *, agency_id: str, on: dt.date, actor: Actor, at: dt.datetime
) -> Holiday:
    """Remove a holiday; dates that were counted with it before keep their value."""
    actor.demand("accounts.remove_holiday", agency_id)
    holiday = session.get(Holiday, (agency_id, on), with_for_update=True)
    if holiday is None:
        raise NotFound("There is no such holiday.")
    session.delete(holiday)
    session.flush()
    _record(session, "remove_holiday", holiday, actor, at)
    return holiday


def _record(session: Session, act: str, holiday: Holiday, actor: Actor, at: dt.datetime) -> None:
    audit.record(
        session,
        f"accounts.{act}",
        actor=actor,
        at=at,
        subject=holiday.agency_id,
        agency_id=holiday.agency_id,
        on=holiday.on,
        name=holiday.name,
    )
