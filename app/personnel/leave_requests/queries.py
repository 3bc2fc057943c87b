"""Reading requests for leave: one's own, those of the people one supervises, those of an agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.personnel import reporting
from app.personnel.employees.models import Employee
from app.personnel.leave.models import LeaveEntry
from app.personnel.leave.states import LeaveKind
from app.personnel.leave_requests.models import LeaveCertificate, LeaveDay, LeaveRequest
from app.personnel.leave_requests.states import LIVE, RequestState
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

DAY = dt.timedelta(days=1)
READ = "personnel.leave_requests.show"
DECIDE = "personnel.leave_requests.decide_staff"
CERTIFICATES = "personnel.leave_requests.show_certificate"
MOST_OWN = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty narrows nothing."""

    agency_id: str = ""
    state: RequestState | None = None
    kind: LeaveKind | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Away:
    """A day on which somebody is, or wishes to be, away."""

    on: dt.date
    employee_id: str
    kind: LeaveKind
    state: RequestState
    request_id: str
    minutes: int


def visible_to(actor: Actor, permission: str = READ) -> ColumnElement[bool]:
    """Give the condition on requests of agencies in which the actor holds the permission."""
    return scope.within(LeaveRequest.agency_id, actor, permission)


def lock_employee(session: Session, employee_id: str) -> Employee:
    """Give an employee with the agency, locked: a person's requests are dealt with one after another."""
    query = select(Employee).where(Employee.id == employee_id).options(joinedload(Employee.agency))
    return session.scalars(query.with_for_update(of=Employee).execution_options(populate_existing=True)).one()


def get_own(session: Session, request_id: str, account_id: str | None, *, lock: bool = False) -> LeaveRequest:
    """Give one's own request, or raise NotFound."""
    own = LeaveRequest.employee_id.in_(select(Employee.id).where(Employee.account_id == account_id))
    return _one(session, (LeaveRequest.id == request_id) & own, lock=lock)


def get_to_decide(session: Session, request_id: str, actor: Actor, *, lock: bool = False) -> LeaveRequest:
    """Give a request that the actor may decide on, as a superior or for the office, or raise NotFound."""
    request = _one(session, LeaveRequest.id == request_id, lock=lock)
    if actor.may(DECIDE, request.agency_id) or reporting.is_above(session, actor.id, request.employee_id):
        return request
    raise NotFound("There is no such request.")


def get_request(session: Session, request_id: str, actor: Actor, permission: str = READ) -> LeaveRequest:
    """Give a request of an agency in which the actor holds the permission, or raise NotFound."""
    return _one(session, (LeaveRequest.id == request_id) & visible_to(actor, permission), lock=False)


def _one(session: Session, condition: ColumnElement[bool], *, lock: bool) -> LeaveRequest:
    query = _whole(select(LeaveRequest).where(condition))
    if lock:
        query = query.with_for_update(of=LeaveRequest).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such request.")
    return found


def _whole(query: Select[LeaveRequest]) -> Select[LeaveRequest]:
    return query.options(
        joinedload(LeaveRequest.employee).joinedload(Employee.agency),
        joinedload(LeaveRequest.agency),
        joinedload(LeaveRequest.decider),
        selectinload(LeaveRequest.days),
        selectinload(LeaveRequest.certificates),
    )


def list_own(session: Session, employee_id: str) -> list[LeaveRequest]:
    """List a person's requests, the latest first."""
    query = (
        select(LeaveRequest)
        .where(LeaveRequest.employee_id == employee_id)
        .order_by(LeaveRequest.starts_on.desc(), LeaveRequest.id.desc())
        .limit(MOST_OWN)
    )
    return list(session.scalars(query))


def list_overlapping(
    session: Session, employee_id: str, starts_on: dt.date, ends_on: dt.date, but: Collection[str] = ()
) -> list[LeaveRequest]:
    """List the live requests of a person that share a day with others, without the named ones."""
    query = (
        select(LeaveRequest)
        .where(
            LeaveRequest.employee_id == employee_id,
            LeaveRequest.state.in_(LIVE),
            LeaveRequest.starts_on <= ends_on,
            LeaveRequest.ends_on >= starts_on,
            LeaveRequest.given_back_on.is_(None) | (LeaveRequest.given_back_on > starts_on),
            LeaveRequest.id.not_in(but),
        )
        .order_by(LeaveRequest.starts_on)
    )
    return list(session.scalars(query))


def list_after(session: Session, employee_id: str, last: dt.date) -> list[LeaveRequest]:
    """List the live requests of a person that reach beyond a day and still take something there, locked."""
    query = (
        _whole(select(LeaveRequest))
        .where(
            LeaveRequest.employee_id == employee_id,
            LeaveRequest.state.in_(LIVE),
            LeaveRequest.ends_on > last,
            LeaveRequest.given_back_on.is_(None) | (LeaveRequest.given_back_on > last + DAY),
        )
        .order_by(LeaveRequest.starts_on, LeaveRequest.id)
        .with_for_update(of=LeaveRequest)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def load_waiting(
    session: Session, employee_id: str, but: Collection[str] = ()
) -> dict[LeaveKind, dict[dt.date, int]]:
    """Load what a person has asked for and nobody decided yet, by kind and day."""
    query = (
        select(LeaveRequest.kind, LeaveDay.on, LeaveDay.minutes)
        .join(LeaveDay, LeaveDay.request_id == LeaveRequest.id)
        .where(
            LeaveRequest.employee_id == employee_id,
            LeaveRequest.state == RequestState.ASKED,
            LeaveRequest.replaces_id.is_(None),
            LeaveRequest.id.not_in(but),
        )
    )
    found: dict[LeaveKind, dict[dt.date, int]] = {}
    for kind, on, minutes in session.execute(query):
        days = found.setdefault(kind, {})
        days[on] = days.get(on, 0) + minutes
    return found


def list_away(session: Session, employee_ids: Collection[str], first: dt.date, last: dt.date) -> list[Away]:
    """List the days in a span on which people are or wish to be away, by day."""
    query = (
        select(
            LeaveDay.on,
            LeaveDay.employee_id,
            LeaveRequest.kind,
            LeaveRequest.state,
            LeaveRequest.id,
            LeaveDay.minutes,
        )
        .join(LeaveRequest, LeaveRequest.id == LeaveDay.request_id)
        .where(
            LeaveDay.employee_id.in_(employee_ids),
            LeaveDay.on.between(first, last),
            LeaveDay.is_live,
        )
        .order_by(LeaveDay.on, LeaveDay.employee_id)
    )
    return [Away(*row) for row in session.execute(query)]


def list_waiting_of(session: Session, employee_ids: Collection[str]) -> list[LeaveRequest]:
    """List the requests of people on which nobody decided yet, those that begin first at the top."""
    query = (
        select(LeaveRequest)
        .where(LeaveRequest.employee_id.in_(employee_ids), LeaveRequest.state == RequestState.ASKED)
        .options(joinedload(LeaveRequest.employee))
        .order_by(LeaveRequest.starts_on, LeaveRequest.id)
    )
    return list(session.scalars(query))


def list_requests(
    session: Session, actor: Actor, wanted: Wanted, *, cursor: str = "", size: int = keyset.SIZE
) -> keyset.Page[LeaveRequest]:
    """List a page of requests with their people, those that begin last at the top."""
    found = (
        select(LeaveRequest)
        .join(Employee, Employee.id == LeaveRequest.employee_id)
        .where(visible_to(actor))
        .options(joinedload(LeaveRequest.employee), joinedload(LeaveRequest.agency))
    )
    if wanted.agency_id:
        found = found.where(LeaveRequest.agency_id == wanted.agency_id)
    if wanted.state:
        found = found.where(LeaveRequest.state == wanted.state)
    if wanted.kind:
        found = found.where(LeaveRequest.kind == wanted.kind)
    for condition in keyset.contains(Employee.search_text, wanted.text):
        found = found.where(condition)
    return keyset.fetch(
        session,
        found,
        (LeaveRequest.starts_on, LeaveRequest.id),
        is_descending=True,
        cursor=cursor,
        size=size,
    )


def get_certificate(request: LeaveRequest, certificate_id: str) -> LeaveCertificate:
    """Give a certificate to a request, or raise NotFound."""
    for certificate in request.certificates:
        if certificate.id == certificate_id:
            return certificate
    raise NotFound("There is no such certificate.")


def load_entered(session: Session, request_id: str) -> dict[LeaveKind, dict[dt.date, int]]:
    """Load what a request has taken and not given back, in minutes by kind and day."""
    query = (
        select(LeaveEntry.kind, LeaveEntry.effective_on, -func.sum(LeaveEntry.minutes))
        .where(LeaveEntry.request_id == request_id)
        .group_by(LeaveEntry.kind, LeaveEntry.effective_on)
    )
    found: dict[LeaveKind, dict[dt.date, int]] = {}
    for kind, on, minutes in session.execute(query):
        if minutes:
            found.setdefault(kind, {})[on] = int(minutes)
    return found


def list_spans(
    session: Session, employee_ids: Collection[str], first: dt.date, last: dt.date
) -> list[LeaveRequest]:
    """List the live requests of people that touch a span, in order."""
    query = (
        select(LeaveRequest)
        .where(
            LeaveRequest.employee_id.in_(employee_ids),
            LeaveRequest.state.in_(LIVE),
            LeaveRequest.starts_on <= last,
            LeaveRequest.ends_on >= first,
        )
        .options(joinedload(LeaveRequest.employee))
        .order_by(LeaveRequest.starts_on, LeaveRequest.id)
    )
    return list(session.scalars(query))
