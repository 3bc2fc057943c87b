"""Who left over the year before clearances were signed step by step."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import occupations, places
from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.personnel.appointments.models import Appointment
from app.personnel.separations.clearing import finish, waive_item
from app.personnel.separations.effecting import effect_due
from app.personnel.separations.models import ClearanceItem, Separation
from app.personnel.separations.services import Wanted, decide_separation, record_separation
from app.personnel.separations.states import LIVE, SeparationKind
from app.platform import clock

ZONE = places.ZONES[MAIN]
LEAVERS = (
    (340, "administrative-clerk", SeparationKind.RETIREMENT, "Retired after a long service."),
    (205, "bus-operator", SeparationKind.RESIGNATION, "Resigned to move to another state."),
    (128, "librarian", SeparationKind.RETIREMENT, "Retired."),
    (84, "custodian", SeparationKind.RESIGNATION, "Resigned to study."),
)
EVIDENCE = "Statement of the retirement fund: age and service are reached."
ON_PAPER = "Cleared on paper at the office."


def leave(office: Office) -> Story:
    """Let some leave over the year, each asked for by one officer and accepted by another."""
    for days, key, kind, reason in LEAVERS:
        first, second = OFFICERS[occupations.find(key).agency]
        session, at = yield office.timeline.office(days, ZONE, 9, 30)
        day = clock.local_date(at, places.ZONES[occupations.find(key).agency])
        row = record_separation(
            session,
            employee_id=_last_in_service(session, office.appointments[key]),
            wanted=Wanted(kind, day, reason),
            actor=office.member(session, first),
            at=at,
        )
        decide_separation(
            session,
            separation_id=row.id,
            accepts=True,
            reason="",
            evidence=EVIDENCE,
            actor=office.member(session, second),
            at=at,
        )
        session, at = yield at + dt.timedelta(days=1)
        effect_due(session, at=at)
        actor = office.member(session, first)
        query = select(ClearanceItem.id).where(ClearanceItem.separation_id == row.id)
        for item_id in session.scalars(query).all():
            waive_item(session, separation_id=row.id, item_id=item_id, note=ON_PAPER, actor=actor, at=at)
        finish(session, separation_id=row.id, actor=actor, at=at)


def _last_in_service(session: Session, appointments: list[str]) -> str:
    """Give the last person of these appointments who serves and of whom no separation is under way."""
    query = select(Appointment.id, Appointment.employee_id).where(
        Appointment.id.in_(appointments),
        Appointment.ended_on.is_(None),
        Appointment.employee_id.not_in(select(Separation.employee_id).where(Separation.state.in_(LIVE))),
    )
    serving: dict[str, str] = {row.id: str(row.employee_id) for row in session.execute(query)}
    return next(serving[own] for own in reversed(appointments) if own in serving)
