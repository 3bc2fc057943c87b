"""People who leave: some are gone and cleared, one is gone with steps open, one goes soon, one has asked."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.demonstration import places
from app.demonstration.accounts import DOMAIN
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position
from app.personnel.separations.clearing import finish
from app.personnel.separations.effecting import effect_due
from app.personnel.separations.models import ClearanceItem, ExitInterview, Separation
from app.personnel.separations.services import (
    Wanted,
    decide_separation,
    record_separation,
)
from app.personnel.separations.signing import add_signer, name_signer, sign_off
from app.personnel.separations.states import SeparationKind, Signer

ZONE = places.ZONES[MAIN]
# Who left, how many days ago, why, and what they answered: work, supervisor, pay, growth, conditions, again.
LEFT = (
    (64, SeparationKind.RESIGNATION, "Moves away.", (4, 4, 2, 3, 4, 4), "The pay is behind the county's."),
    (57, SeparationKind.RETIREMENT, "Retires after a long service.", (5, 4, 4, 3, 4, 5), ""),
    (50, SeparationKind.RESIGNATION, "Goes to school.", (3, 4, 3, 2, 3, 4), "Nobody says how one moves up."),
    (43, SeparationKind.RESIGNATION, "Follows the grant to the county.", (4, 5, 3, 3, 4, 5), ""),
    (36, SeparationKind.RESIGNATION, "Takes another post.", (2, 3, 2, 2, 3, 3), "The pay and the shifts."),
    (29, SeparationKind.RESIGNATION, "Cares for a parent.", (4, 5, 3, 3, 2, 5), "The depot is cold."),
)  # fmt: skip
EVIDENCE = "Statement of the retirement fund: age and service are reached."
# Who signs for each desk.
DESKS = {
    "Facilities desk": "employee",
    "Information technology desk": "second.employee",
    "Finance desk": "appointing.authority",
}
SIGNERS = {Signer.OFFICE: "hr.officer", Signer.SUPERVISOR: "supervisor"}
KEYS = ("work", "supervisor", "pay", "growth", "conditions", "again")


def tell(office: Office) -> Story:
    """Let people leave at different times, and stand at different steps today."""
    session, at = yield office.timeline.office(80, ZONE, 11)
    people = _choose(session, office, len(LEFT) + 3)
    _name_desks(session, office, at)
    for employee_id, (days, kind, reason, answers, comment) in zip(people, LEFT, strict=False):
        session, at = yield office.timeline.office(days + 14, ZONE, 10)
        row = _record(session, office, employee_id, kind, office.timeline.day(days, ZONE), reason, at)
        _accept(session, office, row, at)
        session, at = yield office.timeline.office(days - 3, ZONE, 10)
        effect_due(session, at=at)
        _clear(session, office, row, len(row.items), at)
        finish(session, separation_id=row.id, actor=office.member(session, "hr.officer"), at=at)
        given = {
            "separation_id": row.id,
            "answers": dict(zip(KEYS, answers, strict=True)),
            "comment": comment,
            "answered_at": at,
        }
        session.execute(insert(ExitInterview), [given])
    gone, going, asking = people[len(LEFT) :]
    session, at = yield office.timeline.office(20, ZONE, 10)
    retired = _record(
        session,
        office,
        gone,
        SeparationKind.RETIREMENT,
        office.timeline.day(5, ZONE),
        "Asked for it on paper, with the statement of the retirement fund.",
        at,
    )
    _accept(session, office, retired, at)
    resigning = _record(
        session,
        office,
        going,
        SeparationKind.RESIGNATION,
        office.timeline.day(-9, ZONE),
        "Handed in on paper: a post at the state university.",
        at,
    )
    _accept(session, office, resigning, at)
    session, at = yield office.timeline.office(2, ZONE, 9)
    effect_due(session, at=at)
    _clear(session, office, retired, 4, at)
    of_supervisor = select(ClearanceItem.id).where(
        ClearanceItem.separation_id == resigning.id, ClearanceItem.signer == Signer.SUPERVISOR
    )
    _name_supervisor(session, office, resigning, session.scalars(of_supervisor).one(), at)
    _record(
        session,
        office,
        asking,
        SeparationKind.RESIGNATION,
        office.timeline.day(-16, ZONE),
        "Handed in on paper at the depot: moves with the family.",
        at,
    )


def _choose(session: Session, office: Office, count: int) -> list[str]:
    """Choose people of the city who hold a post and no account, far apart in the register."""
    query = (
        select(Employee.id)
        .join(Position, Position.incumbent_id == Employee.id)
        .where(Employee.agency_id == office.agencies[MAIN], Employee.account_id.is_(None))
        .order_by(Employee.number.desc())
    )
    found = list(session.scalars(query))
    return found[5 :: max(1, len(found) // (count + 1))][:count]


def _record(
    session: Session,
    office: Office,
    employee_id: str,
    kind: SeparationKind,
    last_day: dt.date,
    reason: str,
    at: dt.datetime,
) -> Separation:
    return record_separation(
        session,
        employee_id=employee_id,
        wanted=Wanted(kind, last_day, reason),
        actor=office.member(session, "hr.officer"),
        at=at,
    )


def _accept(session: Session, office: Office, row: Separation, at: dt.datetime) -> None:
    decide_separation(
        session,
        separation_id=row.id,
        accepts=True,
        reason="",
        evidence=EVIDENCE,
        actor=office.member(session, "appointing.authority"),
        at=at,
    )


def _name_desks(session: Session, office: Office, at: dt.datetime) -> None:
    """Say who signs for each desk of the city."""
    for desk, key in DESKS.items():
        add_signer(
            session,
            agency_id=office.agencies[MAIN],
            desk=desk,
            email=f"{key}@{DOMAIN}",
            actor=office.member(session, "hr.officer"),
            at=at,
        )


def _clear(session: Session, office: Office, row: Separation, count: int, at: dt.datetime) -> None:
    """Let the first steps of a clearance be signed, each by whom it belongs to."""
    query = select(ClearanceItem).where(ClearanceItem.separation_id == row.id)
    for item in session.scalars(query.order_by(ClearanceItem.position).limit(count)).all():
        key = SIGNERS.get(item.signer) or DESKS[item.owner]
        if item.signer is Signer.SUPERVISOR:
            _name_supervisor(session, office, row, item.id, at)
        sign_off(session, item_id=item.id, note="", actor=office.member(session, key), at=at)


def _name_supervisor(
    session: Session, office: Office, row: Separation, item_id: str, at: dt.datetime
) -> None:
    name_signer(
        session,
        separation_id=row.id,
        item_id=item_id,
        email=f"supervisor@{DOMAIN}",
        reason="Who supervises has no account of their own yet.",
        actor=office.member(session, "hr.officer"),
        at=at,
    )
