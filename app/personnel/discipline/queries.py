"""Reading disciplinary cases: HR officers see their agency's, and supervisors those of their own people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager, joinedload, selectinload

from app.accounts.grants.states import GrantState
from app.accounts.models import Account, AccountState, RoleGrant
from app.accounts.roles import Role
from app.personnel.discipline.models import Charge, DisciplinaryCase, DisciplineRegime
from app.personnel.discipline.regimes import REGIMES, USUAL, Regime
from app.personnel.discipline.states import Action, CaseState, Stage
from app.personnel.discipline.visibility import SHOW, visible_to
from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position
from app.platform import keyset
from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.errors import NotFound

# Who may be the deciding official: the roles that read cases in the agency.
DECIDING = (Role.HR_OFFICER, Role.SUPERVISOR)
MOST_OFFICIALS = 200
ORDERS: Mapping[str, tuple[InstrumentedAttribute[Any], ...]] = MappingProxyType(
    {
        "opened": (DisciplinaryCase.opened_at, DisciplinaryCase.id),
        "number": (DisciplinaryCase.number, DisciplinaryCase.id),
        "person": (Employee.name, DisciplinaryCase.id),
    }
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to, the clock read on `today`; None and an empty text narrow nothing."""

    action: Action | None = None
    state: CaseState | None = None
    text: str = ""
    stage: Stage | None = None
    today: dt.date = dt.date.max


def regime_of(session: Session, agency_id: str) -> Regime:
    """Give the rulebook under which an agency opens cases."""
    row = session.get(DisciplineRegime, agency_id)
    return REGIMES[row.name if row is not None else USUAL]


def get_case(session: Session, case_id: str, actor: Actor, *, lock: bool = False) -> DisciplinaryCase:
    """Give a case with its people, agency, charges and notice, locked on demand; else NotFound."""
    return _load(session, (DisciplinaryCase.id == case_id) & visible_to(actor), lock=lock)


def get_own_case(
    session: Session, case_id: str, account_id: str | None, *, lock: bool = False
) -> DisciplinaryCase:
    """Give the case to the employee whom it is about, once something was proposed; else NotFound."""
    return _load(session, (DisciplinaryCase.id == case_id) & told_to(account_id), lock=lock)


def list_own_cases(session: Session, account_id: str | None) -> list[DisciplinaryCase]:
    """List the cases that the person who holds the account was told of, the newest first."""
    found = select(DisciplinaryCase).where(told_to(account_id)).options(joinedload(DisciplinaryCase.agency))
    return list(
        session.scalars(found.order_by(DisciplinaryCase.opened_at.desc(), DisciplinaryCase.id).limit(100))
    )


def told_to(account_id: str | None) -> ColumnElement[bool]:
    """Give the condition on cases about the person who holds the account, once something was proposed."""
    own = select(Employee.id).where(Employee.account_id == account_id, Employee.account_id.is_not(None))
    return DisciplinaryCase.employee_id.in_(own) & DisciplinaryCase.proposed_at.is_not(None)


def _load(session: Session, condition: ColumnElement[bool], *, lock: bool) -> DisciplinaryCase:
    found = (
        select(DisciplinaryCase)
        .where(condition)
        .options(
            joinedload(DisciplinaryCase.employee),
            joinedload(DisciplinaryCase.agency),
            joinedload(DisciplinaryCase.opener),
            joinedload(DisciplinaryCase.proposer),
            joinedload(DisciplinaryCase.deciding_official).selectinload(Account.role_grants),
            joinedload(DisciplinaryCase.notice),
            selectinload(DisciplinaryCase.charges),
        )
    )
    if lock:
        found = found.with_for_update(of=DisciplinaryCase).execution_options(populate_existing=True)
    case = session.scalar(found)
    if case is None:
        raise NotFound("There is no such case.")
    return case


def list_cases(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    *,
    order: str = "opened",
    is_descending: bool = True,
    cursor: str = "",
    size: int = keyset.SIZE,
) -> keyset.Page[DisciplinaryCase]:
    """List a page of cases with employee, agency and charges, ordered by one of ORDERS."""
    found = _matching(actor, wanted).options(
        contains_eager(DisciplinaryCase.employee),
        joinedload(DisciplinaryCase.agency),
        joinedload(DisciplinaryCase.deciding_official),
    )
    return keyset.fetch(session, found, ORDERS[order], is_descending=is_descending, cursor=cursor, size=size)


def count_cases(session: Session, actor: Actor, wanted: Wanted) -> int | str:
    """Count the cases of the list, up to a cap."""
    return keyset.count(session, _matching(actor, wanted))


def list_cases_of(session: Session, employee_id: str, actor: Actor) -> list[DisciplinaryCase]:
    """List the cases about an employee that the actor may see, the newest first."""
    return list(
        session.scalars(
            select(DisciplinaryCase)
            .where(DisciplinaryCase.employee_id == employee_id, visible_to(actor))
            .order_by(DisciplinaryCase.opened_at.desc(), DisciplinaryCase.id.desc())
            .limit(100)
        )
    )


def list_officials(session: Session, agency_id: str) -> list[tuple[str, str]]:
    """List who may decide cases of the agency: account id, name and title, by name."""
    rows = session.execute(
        select(Account.id, Account.name, func.min(RoleGrant.role).label("role"))
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.role.in_(DECIDING),
            RoleGrant.state == GrantState.ACTIVE,
            or_(RoleGrant.agency_id.is_(None), RoleGrant.agency_id == agency_id),
            Account.state == AccountState.ACTIVE,
        )
        .group_by(Account.id, Account.name)
        .order_by(Account.name, Account.id)
        .limit(MOST_OFFICIALS)
    )
    return [(row.id, f"{row.name}, {row.role.title}") for row in rows]


def find_position(session: Session, employee_id: str) -> Position | None:
    """Find the position that the employee holds."""
    return session.scalar(select(Position).where(Position.incumbent_id == employee_id))


def get_charge(case: DisciplinaryCase, charge_id: str) -> Charge:
    """Give a charge of a loaded case, or raise NotFound."""
    charge = next((charge for charge in case.charges if charge.id == charge_id), None)
    if charge is None:
        raise NotFound("There is no such charge.")
    return charge


def _matching(actor: Actor, wanted: Wanted) -> Select[DisciplinaryCase]:
    found: Select[DisciplinaryCase] = (
        select(DisciplinaryCase)
        .join(Employee, DisciplinaryCase.employee_id == Employee.id)
        .where(visible_to(actor))
    )
    for word in wanted.text.casefold().split()[:8]:
        found = found.where(
            or_(
                Employee.search_text.contains(word, autoescape=True),
                DisciplinaryCase.number.contains(word.upper(), autoescape=True),
            )
        )
    if wanted.stage:
        found = found.where(_at_stage(wanted.stage, wanted.today))
    if wanted.action:
        found = found.where(DisciplinaryCase.action == wanted.action)
    return found.where(DisciplinaryCase.state == wanted.state) if wanted.state else found


def _at_stage(stage: Stage, today: dt.date) -> ColumnElement[bool]:
    is_delivered = DisciplinaryCase.state == CaseState.DELIVERED
    return {
        Stage.REPLY_RUNS: is_delivered & (DisciplinaryCase.reply_due_on >= today),
        Stage.READY: is_delivered & (DisciplinaryCase.reply_due_on < today),
        Stage.EFFECT_DUE: (DisciplinaryCase.state == CaseState.DECIDED)
        & (DisciplinaryCase.effective_on <= today),
    }[stage]


def list_readers(session: Session, case_id: str) -> list[AuditEvent]:
    """List who of the office opened a case, and when, the newest first."""
    found = select(AuditEvent).where(AuditEvent.subject == case_id, AuditEvent.action == SHOW)
    return list(session.scalars(found.order_by(AuditEvent.index.desc()).limit(100)))


def was_read_since(session: Session, case_id: str, actor_id: str | None, since: dt.datetime) -> bool:
    """Tell whether somebody opened a case since a moment."""
    found = select(AuditEvent.index).where(
        AuditEvent.subject == case_id,
        AuditEvent.action == SHOW,
        AuditEvent.actor_id == actor_id,
        AuditEvent.at >= since,
    )
    return session.scalar(found.limit(1)) is not None
