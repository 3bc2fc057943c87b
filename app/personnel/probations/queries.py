"""Reading probations: who is on one, what was decided, whom to remind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.accounts.grants.states import GrantState
from app.accounts.models import Account, RoleGrant
from app.accounts.roles import Role
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position
from app.personnel.probations.models import ProbationRegime, ProbationReview
from app.personnel.probations.regimes import REGIMES, USUAL, Regime
from app.personnel.probations.states import Outcome, ReviewState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.probations.list_staff"
OFFICE = "personnel.probations.set_regime"
MOST_AT_ONCE = 500
# They hear that a probation nears its end without a decision.
WATCHING = (Role.APPOINTING_AUTHORITY, Role.HR_OFFICER)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps probations to the agencies in which the actor may read them."""
    return scope.within(Appointment.agency_id, actor, READ)


def get_probation(session: Session, appointment_id: str, actor: Actor, *, lock: bool = False) -> Appointment:
    """Give an appointment on probation, with person, position and agency, or raise NotFound."""
    return _one(session, (Appointment.id == appointment_id) & visible_to(actor), lock=lock)


def get_for_clock(session: Session, appointment_id: str) -> Appointment:
    """Give an appointment on probation, locked, for what the clock does to it."""
    return _one(session, Appointment.id == appointment_id, lock=True)


def _one(session: Session, condition: ColumnElement[bool], *, lock: bool) -> Appointment:
    query = (
        select(Appointment)
        .where(condition)
        .options(
            joinedload(Appointment.employee),
            joinedload(Appointment.position),
            joinedload(Appointment.agency),
        )
    )
    if lock:
        query = query.with_for_update(of=Appointment).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such probation.")
    return found


def waits_for(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on probations whose recommendation waits for the actor.

    It is the supervisor's, who holds the post above; where nobody with an account does, the office's.
    """
    post, above, chief = aliased(Position), aliased(Position), aliased(Employee)
    account = (
        select(chief.account_id)
        .join(above, above.incumbent_id == chief.id)
        .join(post, post.reports_to_id == above.id)
        .where(post.id == Appointment.position_id)
        .correlate(Appointment)
        .scalar_subquery()
    )
    in_office = scope.within(Appointment.agency_id, actor, OFFICE) & account.is_(None)
    own = select(Employee.id).where(Employee.account_id == actor.id)
    return or_(account == actor.id, in_office) & Appointment.employee_id.not_in(own)


def list_running(
    session: Session, actor: Actor, *, cursor: str, size: int = keyset.SIZE
) -> keyset.Page[Appointment]:
    """List who is on probation, whose ends first at the top."""
    query = (
        select(Appointment)
        .where(
            visible_to(actor),
            Appointment.kind == AppointmentKind.PROBATIONAL,
            Appointment.ended_on.is_(None),
        )
        .options(
            joinedload(Appointment.employee),
            joinedload(Appointment.position),
            joinedload(Appointment.agency),
        )
    )
    return keyset.fetch(
        session, query, (Appointment.probation_ends_on, Appointment.id), cursor=cursor, size=size
    )


def map_reviews(session: Session, appointment_ids: Sequence[str]) -> dict[str, ProbationReview]:
    """Map appointments to what was recommended and decided on their probations."""
    rows = session.scalars(select(ProbationReview).where(ProbationReview.appointment_id.in_(appointment_ids)))
    return {row.appointment_id: row for row in rows}


def find_review(session: Session, appointment_id: str, *, lock: bool = False) -> ProbationReview | None:
    """Find what was recommended and decided on a probation, with the people."""
    query = (
        select(ProbationReview)
        .where(ProbationReview.appointment_id == appointment_id)
        .options(joinedload(ProbationReview.reviewer), joinedload(ProbationReview.decider))
    )
    return session.scalar(query.with_for_update(of=ProbationReview) if lock else query)


def regime_of(session: Session, agency_id: str) -> Regime:
    """Give the rule under which an agency's probations run."""
    name = session.scalar(select(ProbationRegime.name).where(ProbationRegime.agency_id == agency_id))
    return REGIMES[name or USUAL]


def list_to_watch(session: Session, until: dt.date) -> list[Appointment]:
    """List live appointments on probation that end by a day, with person, position and agency."""
    query = (
        select(Appointment)
        .where(
            Appointment.kind == AppointmentKind.PROBATIONAL,
            Appointment.ended_on.is_(None),
            Appointment.probation_ends_on <= until,
        )
        .options(
            joinedload(Appointment.employee),
            joinedload(Appointment.position),
            joinedload(Appointment.agency),
        )
        .order_by(Appointment.probation_ends_on, Appointment.id)
        .limit(MOST_AT_ONCE)
    )
    return list(session.scalars(query))


def list_carried_out(session: Session) -> list[ProbationReview]:
    """List decisions to end a service that has ended, and which are not concluded yet."""
    query = (
        select(ProbationReview)
        .join(Appointment, Appointment.id == ProbationReview.appointment_id)
        .where(
            Appointment.ended_on.is_not(None),
            ProbationReview.outcome == Outcome.END,
            ProbationReview.state == ReviewState.DECIDED,
        )
        .order_by(ProbationReview.last_day, ProbationReview.id)
        .limit(MOST_AT_ONCE)
    )
    return list(session.scalars(query))


def list_watchers(session: Session, agency_id: str) -> list[Account]:
    """List whom an agency's probations concern: those who decide, and the HR officers, by id."""
    query = (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role.in_(WATCHING),
            RoleGrant.state == GrantState.ACTIVE,
            or_(RoleGrant.agency_id.is_(None), RoleGrant.agency_id == agency_id),
        )
        .order_by(Account.id)
        .distinct()
    )
    return list(session.scalars(query))
