"""The mails about leave: to who decides, and to who asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.personnel.employees.models import Employee
from app.personnel.leave.amounts import hours
from app.personnel.leave_requests.models import LeaveRequest
from app.personnel.leave_requests.states import RequestState
from app.platform import links, mail
from app.web.dates import format_date


def tell_approver(session: Session, request: LeaveRequest, employee: Employee, at: dt.datetime) -> None:
    """Tell the supervisor that somebody asks for leave, or has changed what is asked for."""
    approver = session.get(Account, request.approver_id) if request.approver_id else None
    if approver is None:
        return
    asked = (
        f"{employee.name} asks for {request.kind.title.lower()} {_span(request)}: {hours(request.minutes)}."
    )
    lines = [asked, links.absolute(f"/my/team/leave/{request.id}")]
    key = f"leave-asked:{request.id}:{at.isoformat()}"
    _mail(session, key, approver.email, approver.name, f"Leave of {employee.name}", lines, employee, at)


def tell_decision(session: Session, request: LeaveRequest, employee: Employee, at: dt.datetime) -> None:
    """Tell who asked what was decided, with the reason."""
    word = "approved" if request.state is RequestState.APPROVED else "refused"
    lines = [f"Your {request.kind.title.lower()} {_span(request)} is {word}: {hours(request.minutes)}."]
    if request.reason:
        lines.append(f"Reason: {request.reason}")
    _tell_own(session, f"leave-decided:{request.id}", request, employee, lines, at)


def tell_recalled(
    session: Session, request: LeaveRequest, employee: Employee, reason: str, at: dt.datetime
) -> None:
    """Tell who is on leave that it ends earlier."""
    since = format_date(request.given_back_on or request.starts_on)
    lines = [
        f"You are called back from your {request.kind.title.lower()} {_span(request)} from {since} on. "
        "What is left of it is in your ledger again.",
        f"Reason: {reason}",
    ]
    _tell_own(session, f"leave-recalled:{request.id}:{since}", request, employee, lines, at)


def tell_called_off(
    session: Session, request: LeaveRequest, employee: Employee, reason: str, at: dt.datetime
) -> None:
    """Tell who has left what became of leave that reached beyond the last day, and who would have decided."""
    told = f"The {request.kind.title.lower()} {_span(request)} of {employee.name} is called off"
    since = request.given_back_on
    if request.state is RequestState.APPROVED and since is not None:
        told += f" from {format_date(since)} on"
    key = f"leave-called-off:{request.id}"
    _tell_own(session, key, request, employee, [f"{told}.", reason], at)
    approver = session.get(Account, request.approver_id) if request.approver_id else None
    if approver is not None:
        subject = f"Leave of {employee.name}"
        _mail(session, f"{key}:approver", approver.email, approver.name, subject, [f"{told}."], employee, at)


def tell_cancelled(session: Session, request: LeaveRequest, employee: Employee, at: dt.datetime) -> None:
    """Tell the supervisor that approved leave was taken back."""
    approver = session.get(Account, request.approver_id) if request.approver_id else None
    if approver is not None:
        line = f"{employee.name} has taken back the {request.kind.title.lower()} {_span(request)}."
        key = f"leave-cancelled:{request.id}"
        _mail(session, key, approver.email, approver.name, f"Leave of {employee.name}", [line], employee, at)


def _tell_own(
    session: Session,
    key: str,
    request: LeaveRequest,
    employee: Employee,
    lines: list[str],
    at: dt.datetime,
) -> None:
    account = session.get(Account, employee.account_id) if employee.account_id else None
    to = account.email if account else employee.email
    if to:
        address = links.absolute(f"/my/leave/requests/{request.id}")
        _mail(session, key, to, employee.name, "Your leave", [*lines, address], employee, at)


def _mail(
    session: Session,
    key: str,
    to: str,
    name: str,
    subject: str,
    lines: Sequence[str],
    employee: Employee,
    at: dt.datetime,
) -> None:
    body = (f"Dear {name},", *lines, employee.agency.name)
    mail.promise(session, key=key, to=to, subject=subject, body=body, at=at, language="en")


def _span(request: LeaveRequest) -> str:
    if request.starts_on == request.ends_on:
        return f"on {format_date(request.starts_on)}"
    return f"from {format_date(request.starts_on)} to {format_date(request.ends_on)}"
