"""The mails about mandatory training: to the person, and to the supervisor once it is overdue."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.queries import get_account
from app.personnel import reporting
from app.personnel.employees.models import Employee
from app.personnel.mandatory_training.models import TrainingDuty
from app.personnel.mandatory_training.rules import MANDATES
from app.platform import links, mail
from app.web.dates import format_date


def address_of(session: Session, employee: Employee) -> str:
    """Give the address at which a person is reached, "" where none is known."""
    if employee.account_id:
        return get_account(session, employee.account_id).email
    return employee.email or ""


def remind(session: Session, duty: TrainingDuty, name: str, today: dt.date, at: dt.datetime) -> None:
    """Remind a person of a training; the supervisor hears of it the first time that it is overdue."""
    employee, course = duty.employee, duty.requirement.course
    mandate = MANDATES[duty.requirement.mandate]
    due_on = duty.due_on or today
    is_overdue = due_on < today
    when = f"was due on {format_date(due_on)}" if is_overdue else f"is due by {format_date(due_on)}"
    lines = (
        f"{course.title} {when}. {mandate.says}",
        f"Rule: {mandate.citation}",
        links.absolute(f"/my/training/courses/{course.id}"),
    )
    _mail(session, f"training-due:{duty.id}:{name}", employee, f"Training: {course.title} {when}", lines, at)
    if is_overdue and name.endswith(" after 0"):
        supervisor = reporting.find_supervisor(session, employee.id)
        if supervisor is not None:
            lines = (f"{employee.name} has not taken {course.title}, which {when}.", *lines[:2])
            _mail(
                session,
                f"training-overdue:{duty.id}:{due_on}",
                supervisor,
                f"Training overdue: {employee.name}",
                lines,
                at,
            )


def _mail(
    session: Session, key: str, to: Employee, subject: str, lines: tuple[str, ...], at: dt.datetime
) -> None:
    address = address_of(session, to)
    if address:
        body = (f"Dear {to.name},", *lines, to.agency.name)
        mail.promise(session, key=key, to=address, subject=subject, body=body, at=at, language="en")
