"""Reading windows and choices: what holds on a day, what lets somebody choose, who has not chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.accounts.models import Account
from app.personnel.benefit_plans.models import BenefitPlan
from app.personnel.benefit_plans.states import BenefitKind, Tier
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.enrolments.models import BenefitElection, EnrolmentReminder, EnrolmentWindow
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.enrolments.list_staff"


@dataclass(frozen=True, slots=True)
class Held:
    """An enrolment as the ledger needs it."""

    employee_id: str
    kind: BenefitKind
    plan_id: str
    tier: Tier
    currency: str


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps windows to the agencies in which the actor may read them."""
    return scope.within(EnrolmentWindow.agency_id, actor, READ)


def get_window(session: Session, window_id: str, actor: Actor) -> EnrolmentWindow:
    """Give a window with its agency, or raise NotFound."""
    found = session.scalar(
        select(EnrolmentWindow)
        .where(EnrolmentWindow.id == window_id, visible_to(actor))
        .options(joinedload(EnrolmentWindow.agency))
    )
    if found is None:
        raise NotFound("There is no such open season.")
    return found


def list_windows(session: Session, actor: Actor, *, cursor: str) -> keyset.Page[EnrolmentWindow]:
    """List the windows of the actor's agencies, the newest first."""
    query = select(EnrolmentWindow).where(visible_to(actor)).options(joinedload(EnrolmentWindow.agency))
    keys = (EnrolmentWindow.opens_at, EnrolmentWindow.id)
    return keyset.fetch(session, query, keys, is_descending=True, cursor=cursor)


def list_windows_of(session: Session, agency_id: str) -> list[EnrolmentWindow]:
    """List an agency's windows, the newest first."""
    query = select(EnrolmentWindow).where(EnrolmentWindow.agency_id == agency_id)
    return list(session.scalars(query.order_by(EnrolmentWindow.opens_at.desc())))


def list_to_watch(session: Session, at: dt.datetime) -> list[EnrolmentWindow]:
    """List the windows that have opened and are not concluded, locked, with their agencies."""
    return list(
        session.scalars(
            select(EnrolmentWindow)
            .where(EnrolmentWindow.concluded_at.is_(None), EnrolmentWindow.opens_at <= at)
            .options(joinedload(EnrolmentWindow.agency))
            .order_by(EnrolmentWindow.closes_at, EnrolmentWindow.id)
            .with_for_update(of=EnrolmentWindow)
        )
    )


def was_reminded(session: Session, window_id: str, days: int) -> bool:
    """Tell whether a reminder of a window went out."""
    return session.get(EnrolmentReminder, (window_id, days)) is not None


def holding(session: Session, employee_id: str, on: dt.date) -> dict[BenefitKind, BenefitElection]:
    """Map each kind to the choice that holds on a day, with its plan and whom it covers."""
    rows = session.scalars(
        _whole()
        .where(BenefitElection.employee_id == employee_id, BenefitElection.effective_from <= on)
        .order_by(BenefitElection.effective_from, BenefitElection.version)
    )
    return {row.kind: row for row in rows}


def coming(session: Session, employee_id: str, after: dt.date) -> dict[BenefitKind, BenefitElection]:
    """Map each kind to the choice that begins to hold next after a day, where there is one."""
    rows = session.scalars(
        _whole()
        .where(BenefitElection.employee_id == employee_id, BenefitElection.effective_from > after)
        .order_by(BenefitElection.effective_from.desc(), BenefitElection.version)
    )
    return {row.kind: row for row in rows}


def list_versions(session: Session, employee_id: str) -> list[BenefitElection]:
    """List every choice of an employee, the newest first."""
    query = _whole().where(BenefitElection.employee_id == employee_id)
    return list(session.scalars(query.order_by(BenefitElection.made_at.desc(), BenefitElection.id.desc())))


def last_version(session: Session, employee_id: str, kind: BenefitKind) -> int:
    """Give the newest version of an employee's choices of a kind, 0 where there is none."""
    own = (BenefitElection.employee_id == employee_id) & (BenefitElection.kind == kind)
    return session.scalar(select(func.max(BenefitElection.version)).where(own)) or 0


def load_holding(session: Session, agency_id: str, on: dt.date) -> Sequence[Held]:
    """Load every enrolment that holds on a day in an agency, by employee and kind.

    Those count who serve on that day; waivers are left out.
    """
    place = func.row_number().over(
        partition_by=(BenefitElection.employee_id, BenefitElection.kind),
        order_by=(BenefitElection.effective_from.desc(), BenefitElection.version.desc()),
    )
    ranked = (
        select(
            BenefitElection.employee_id,
            BenefitElection.kind,
            BenefitElection.plan_id,
            BenefitElection.tier,
            place.label("place"),
        )
        .join(Employee, Employee.id == BenefitElection.employee_id)
        .where(Employee.agency_id == agency_id, serving(on), BenefitElection.effective_from <= on)
        .subquery()
    )
    rows = session.execute(
        select(ranked.c.employee_id, ranked.c.kind, ranked.c.plan_id, ranked.c.tier, BenefitPlan.currency)
        .join(BenefitPlan, BenefitPlan.id == ranked.c.plan_id)
        .where(ranked.c.place == 1)
        .order_by(ranked.c.employee_id, ranked.c.kind)
    )
    return [Held(*row) for row in rows]


def serving(on: dt.date) -> ColumnElement[bool]:
    """Give the condition that a person serves on a day."""
    return and_(Employee.hired_on <= on, or_(Employee.separated_on.is_(None), Employee.separated_on >= on))


def without_choice(window: EnrolmentWindow) -> Select[Employee]:
    """Select who serves in a window's agency and has not chosen anything in it."""
    chosen = exists().where(
        BenefitElection.window_id == window.id, BenefitElection.employee_id == Employee.id
    )
    return select(Employee).where(
        Employee.agency_id == window.agency_id, Employee.state == EmployeeState.ACTIVE, ~chosen
    )


def list_without_choice(
    session: Session, window: EnrolmentWindow, *, cursor: str, size: int = keyset.SIZE
) -> keyset.Page[Employee]:
    """List a page of those who have not chosen, by name."""
    keys = (Employee.name, Employee.id)
    return keyset.fetch(session, without_choice(window), keys, cursor=cursor, size=size)


def list_to_remind(session: Session, window: EnrolmentWindow) -> Sequence[tuple[str, str, str]]:
    """List (id, name, address) of those who have not chosen and can be reached by mail."""
    found = without_choice(window).subquery()
    address = func.coalesce(Account.email, found.c.email)
    rows = session.execute(
        select(found.c.id, found.c.name, address)
        .outerjoin(Account, Account.id == found.c.account_id)
        .where(address.is_not(None))
        .order_by(found.c.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def list_without_kind(session: Session, agency_id: str, kind: BenefitKind) -> list[str]:
    """List the ids of those who serve and never chose, waived or were given anything of a kind.

    A choice that holds from a later day counts: who made it was not silent.
    """
    has_any = exists().where(BenefitElection.employee_id == Employee.id, BenefitElection.kind == kind)
    query = select(Employee.id).where(
        Employee.agency_id == agency_id, Employee.state == EmployeeState.ACTIVE, ~has_any
    )
    return list(session.scalars(query.order_by(Employee.id)))


def _whole() -> Select[BenefitElection]:
    return select(BenefitElection).options(
        joinedload(BenefitElection.plan),
        joinedload(BenefitElection.event),
        selectinload(BenefitElection.covered),
    )
