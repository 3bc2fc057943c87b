"""The mails about mandatory training: to the person, and to the supervisor once it is overdue."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel import mailing, reporting
from app.personnel.mandatory_training.models import TrainingDuty
from app.personnel.mandatory_training.rules import MANDATES
from app.platform import links
from app.web.dates import format_date

AFTER = " after "


def remind(session: Session, duty: TrainingDuty, name: str, today: dt.date, at: dt.datetime) -> None:
    """Remind a person of a training; the supervisor hears of it once, when it is overdue."""
    employee, course = duty.employee, duty.requirement.course
    mandate = MANDATES[duty.requirement.mandate]
    due_on = duty.due_on or today
    when = f"was due on {format_date(due_on)}" if due_on < today else f"is due by {format_date(due_on)}"
    rule = f"Rule: {mandate.citation}"
    mailing.tell(
        session,
        employee,
        key=f"training-due:{duty.id}:{name}",
        subject=f"Training: {course.title} {when}",
        lines=(
            f"{course.title} {when}. {mandate.says}",
            rule,
            links.absolute(f"/my/training/courses/{course.id}"),
            employee.agency.name,
        ),
        at=at,
    )
    supervisor = reporting.find_supervisor(session, employee.id) if AFTER in name else None
    if supervisor is not None:
        mailing.tell(
            session,
            supervisor,
            key=f"training-overdue:{duty.id}:{due_on}",
            subject=f"Training overdue: {employee.name}",
            lines=(f"{employee.name} has not taken {course.title}, which {when}.", rule),
            at=at,
        )
