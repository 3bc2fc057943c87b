"""Who may decide on a separation, and the trail of what was done to it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.separations.models import Separation
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict


def demand_another(actor: Actor, separation: Separation) -> None:
    """Raise Conflict when who decides is the person, or the one who asked."""
    if actor.id is None or actor.id in (separation.employee.account_id, separation.requested_by):
        raise Conflict("Somebody else has to decide on this: neither the person nor who asked for it.")


def record(
    session: Session, act: str, separation: Separation, actor: Actor, at: dt.datetime, **details: object
) -> None:
    """Record an act on a separation."""
    audit.record(
        session,
        f"personnel.separations.{act}",
        actor=actor,
        at=at,
        subject=separation.id,
        agency_id=separation.agency_id,
        employee=separation.employee_id,
        **details,
    )
