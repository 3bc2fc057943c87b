"""Asking for leave, deciding on it, taking it back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel import reporting
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import find_own_employee
from app.personnel.leave.services import NewEntry, enter, give_back
from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.leave_requests import letters, queries, rules, weighing
from app.personnel.leave_requests.models import LeaveCertificate, LeaveDay, LeaveRequest
from app.personnel.leave_requests.states import RequestState, move
from app.personnel.leave_requests.weighing import Weighed
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.filecheck.kept import KeptFile
from app.platform.ids import new_id

MOST_CERTIFICATES = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for; `minutes_a_day` None means whole days."""

    kind: LeaveKind
    starts_on: dt.date
    ends_on: dt.date
    minutes_a_day: int | None = None
    note: str = ""


def ask(session: Session, *, wish: Wish, actor: Actor, at: dt.datetime) -> LeaveRequest:
    """Ask for leave for oneself; refused over the balance, or where other leave was asked for."""
    employee = _own(session, actor)
    weighed = weighing.weigh(session, employee, wish, at)
    request = LeaveRequest(id=new_id("lvr"), employee_id=employee.id, agency_id=employee.agency_id)
    _write(session, request, wish, weighed, actor, at, is_live=True)
    _record(session, "ask", request, actor, at, kind=wish.kind.value, minutes=request.minutes)
    letters.tell_approver(session, request, employee, at)
    return request


def amend(session: Session, *, request_id: str, wish: Wish, actor: Actor, at: dt.datetime) -> LeaveRequest:
    """Change one's request; approved leave goes on as it is until the change is approved, too."""
    employee = _own(session, actor)
    request = queries.get_own(session, request_id, actor.id, lock=True)
    if request.state is RequestState.ASKED:
        weighed = weighing.weigh(session, employee, wish, at, instead_of=request)
        _write(session, request, wish, weighed, actor, at, is_live=request.replaces_id is None)
        _record(session, "amend", request, actor, at, minutes=request.minutes)
        letters.tell_approver(session, request, employee, at)
        return request
    if request.state is not RequestState.APPROVED:
        raise Conflict(f"This request is not open to a change: {request.state.title.lower()}.")
    weighed = weighing.weigh(session, employee, wish, at, instead_of=request)
    later = LeaveRequest(
        id=new_id("lvr"), employee_id=employee.id, agency_id=employee.agency_id, replaces_id=request.id
    )
    _write(session, later, wish, weighed, actor, at, is_live=False)
    _record(session, "amend", later, actor, at, minutes=later.minutes, replaces=request.id)
    letters.tell_approver(session, later, employee, at)
    return later


def withdraw(session: Session, *, request_id: str, actor: Actor, at: dt.datetime) -> LeaveRequest:
    """Withdraw one's request before it is decided."""
    _own(session, actor)
    request = queries.get_own(session, request_id, actor.id, lock=True)
    _end(session, request, move(request.state, RequestState.WITHDRAWN), "", actor, at)
    _record(session, "withdraw", request, actor, at)
    return request


def cancel(session: Session, *, request_id: str, actor: Actor, at: dt.datetime) -> LeaveRequest:
    """Take back one's approved leave before its first day; what it took comes back into the ledger."""
    employee = _own(session, actor)
    request = queries.get_own(session, request_id, actor.id, lock=True)
    state = move(request.state, RequestState.CANCELLED)
    if request.starts_on <= _today(employee, at):
        raise Conflict("This leave has begun. Change it, and your supervisor decides on the change.")
    back = give_back(
        session, request_id=request.id, since=request.starts_on, basis="Taken back", by=actor.id, at=at
    )
    request.given_back_on = request.starts_on
    _end(session, request, state, "", actor, at)
    _record(session, "cancel", request, actor, at, minutes=back)
    letters.tell_cancelled(session, request, employee, at)
    return request


def decide(
    session: Session, *, request_id: str, approves: bool, reason: str, actor: Actor, at: dt.datetime
) -> LeaveRequest:
    """Approve or, with a reason, refuse a request; the balance is looked at again."""
    request = queries.get_to_decide(session, request_id, actor)
    employee = queries.lock_employee(session, request.employee_id)
    request = queries.get_to_decide(session, request_id, actor, lock=True)
    rules.demand_not_own(actor.id, employee.account_id)
    state = move(request.state, RequestState.APPROVED if approves else RequestState.REFUSED)
    if not approves and not reason.strip():
        raise Invalid(reason="Enter the reason of the refusal")
    if approves:
        _take(session, request, employee, actor, at)
    else:
        _free(request, request.starts_on)
    request.state, request.reason = state, reason.strip() or None
    request.decided_by, request.decided_at = actor.id, at
    session.flush()
    _record(session, "decide", request, actor, at, approved=approves, minutes=request.minutes)
    letters.tell_decision(session, request, employee, at)
    return request


def recall(
    session: Session, *, request_id: str, since: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> LeaveRequest:
    """Call somebody back from approved leave from a day on, with a reason; the rest is given back."""
    request = queries.get_to_decide(session, request_id, actor)
    employee = queries.lock_employee(session, request.employee_id)
    request = queries.get_to_decide(session, request_id, actor, lock=True)
    rules.demand_not_own(actor.id, employee.account_id)
    if request.state is not RequestState.APPROVED:
        raise Conflict("Only approved leave can be called back.")
    if not reason.strip():
        raise Invalid(reason="Enter the reason")
    if since < _today(employee, at):
        raise Invalid(since="Leave can be called back from today on")
    first = rules.first_to_give_back(since, request.starts_on, request.ends_on)
    back = give_back(session, request_id=request.id, since=first, basis="Called back", by=actor.id, at=at)
    if not back:
        raise Invalid(since="No working day of this leave is left from then on")
    request.given_back_on = first
    _free(request, first)
    if first == request.starts_on:
        state = move(request.state, RequestState.CANCELLED)
        _end(session, request, state, reason.strip(), actor, at)
    else:
        request.end_reason = reason.strip()
    session.flush()
    _record(session, "recall", request, actor, at, since=first, minutes=back)
    letters.tell_recalled(session, request, employee, reason.strip(), at)
    return request


def add_certificate(
    session: Session, *, request_id: str, file: KeptFile, actor: Actor, at: dt.datetime
) -> LeaveCertificate:
    """Hand in a medical certificate to one's own request; the same file is kept once."""
    _own(session, actor)
    request = queries.get_own(session, request_id, actor.id, lock=True)
    for kept in request.certificates:
        if kept.digest == file.digest:
            return kept
    if len(request.certificates) >= MOST_CERTIFICATES:
        raise Conflict(f"{MOST_CERTIFICATES} certificates at most belong to a request.")
    made = LeaveCertificate(
        id=new_id("lvc"), employee_id=request.employee_id, filename=file.filename,
        media_type=file.media_type, size=file.size, digest=file.digest, uploaded_at=at,
    )  # fmt: skip
    request.certificates.append(made)
    session.flush()
    _record(session, "add_certificate", request, actor, at, certificate=made.id)
    return made


def record_reading(
    session: Session, *, request_id: str, certificate_id: str, actor: Actor, at: dt.datetime
) -> LeaveCertificate:
    """Give a certificate to somebody of the office who may read it, and record that it was read."""
    request = queries.get_request(session, request_id, actor, queries.CERTIFICATES)
    certificate = queries.get_certificate(request, certificate_id)
    _record(session, "show_certificate", request, actor, at, certificate=certificate.id)
    return certificate


def _take(session: Session, request: LeaveRequest, employee: Employee, actor: Actor, at: dt.datetime) -> None:
    """Enter what approved leave takes, and undo what it stands for."""
    before = request.replaces_id
    wish = Wish(request.kind, request.starts_on, request.ends_on, request.minutes_a_day)
    weighed = weighing.weigh(session, employee, wish, at, instead_of=request)
    if before:
        earlier = queries.get_own(session, before, employee.account_id, lock=True)
        state = move(earlier.state, RequestState.REPLACED)
        give_back(session, request_id=before, since=earlier.starts_on, basis="Changed", by=actor.id, at=at)
        _end(session, earlier, state, "", actor, at)
    _put_days(session, request, weighed, is_live=True)
    basis = request.kind.title
    enter(
        session,
        [
            NewEntry(
                employee.id, request.agency_id, request.kind, EntrySort.TAKEN, -minutes, on,
                f"{request.id}:{on}", basis, request_id=request.id,
            )
            for on, minutes in weighed.charged.items()
        ],
        by=actor.id,
        at=at,
    )  # fmt: skip


def _write(
    session: Session,
    request: LeaveRequest,
    wish: Wish,
    weighed: Weighed,
    actor: Actor,
    at: dt.datetime,
    *,
    is_live: bool,
) -> None:
    supervisor = reporting.find_supervisor(session, request.employee_id)
    request.kind, request.starts_on, request.ends_on = wish.kind, wish.starts_on, wish.ends_on
    request.minutes_a_day, request.note = wish.minutes_a_day, wish.note.strip()
    request.state = RequestState.ASKED
    request.approver_id = supervisor.account_id if supervisor else None
    request.asked_by, request.asked_at = str(actor.id), at
    session.add(request)
    _put_days(session, request, weighed, is_live=is_live)


def _put_days(session: Session, request: LeaveRequest, weighed: Weighed, *, is_live: bool) -> None:
    request.minutes, request.advance_minutes = sum(weighed.charged.values()), weighed.advance_minutes
    request.days = [
        LeaveDay(on=on, employee_id=request.employee_id, minutes=minutes, is_live=is_live)
        for on, minutes in weighed.charged.items()
    ]
    session.flush()


def _free(request: LeaveRequest, since: dt.date) -> None:
    for day in request.days:
        if day.on >= since:
            day.is_live = False


def _end(
    session: Session, request: LeaveRequest, state: RequestState, reason: str, actor: Actor, at: dt.datetime
) -> None:
    request.state = state
    request.ended_by, request.ended_at, request.end_reason = actor.id, at, reason or None
    _free(request, request.starts_on)
    session.flush()


def _own(session: Session, actor: Actor) -> Employee:
    found = find_own_employee(session, actor.id)
    if found is None:
        raise NotFound("You have no service record here.")
    return queries.lock_employee(session, found.id)


def _today(employee: Employee, at: dt.datetime) -> dt.date:
    return clock.local_date(at, employee.agency.time_zone)


def _record(
    session: Session, act: str, request: LeaveRequest, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.leave_requests.{act}",
        actor=actor,
        at=at,
        subject=request.id,
        agency_id=request.agency_id,
        employee=request.employee_id,
        **details,
    )
