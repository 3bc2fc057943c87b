"""The mails about personnel actions to those in the office who proposed them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.queries import get_account
from app.personnel.actions.models import PersonnelAction
from app.personnel.employees.models import Employee
from app.platform import links, mail
from app.web.dates import format_date


def tell_cancelled(session: Session, action: PersonnelAction, employee: Employee, at: dt.datetime) -> None:
    """Tell who proposed an action that it could not take effect on its day, and why."""
    told = action.proposed_by or action.decided_by
    if told is None:
        return
    officer = get_account(session, told)
    mail.promise(
        session,
        key=f"action-cancelled:{action.id}",
        to=officer.email,
        subject=f"{action.kind.title} of {employee.name} did not take effect",
        body=(
            f"Dear {officer.name},",
            f"The action of {format_date(action.effective_on)} was cancelled on its day, because it was no "
            f"longer possible: {action.outcome_reason}",
            links.absolute(f"/staff/employees/{employee.id}"),
        ),
        at=at,
        language="en",
    )
