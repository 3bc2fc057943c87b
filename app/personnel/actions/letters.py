"""The notice of a personnel action to the person, and the mails about actions that came to nothing."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.queries import get_account
from app.notices import services as notices
from app.notices.models import Notice
from app.personnel.actions import sights
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.states import Standing
from app.personnel.employees.models import Employee
from app.personnel.letters import title_of
from app.platform import links, mail
from app.platform.actors import Actor
from app.web.dates import format_date


def tell_cancelled(session: Session, action: PersonnelAction, employee: Employee, at: dt.datetime) -> None:
    """Tell who proposed an action that it does not take effect, and why."""
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
            f"The action of {format_date(action.effective_on)} was cancelled, because it is no longer "
            f"possible: {action.outcome_reason}",
            links.absolute(f"/staff/employees/{employee.id}"),
        ),
        at=at,
        language="en",
    )


def tell_person_cancelled(session: Session, action: PersonnelAction, at: dt.datetime) -> None:
    """Tell the person that an action of which notice was given will not take effect."""
    employee = action.employee
    if not employee.email:
        return
    mail.promise(
        session,
        key=f"action-called-off:{action.id}",
        to=employee.email,
        subject=f"{action.kind.title} of {format_date(action.effective_on)}: cancelled",
        body=(
            f"Dear {employee.name},",
            f"The personnel action of which we gave you notice will not take effect: {action.outcome_reason}",
            action.agency.name,
        ),
        at=at,
        language="en",
    )


def promise_notice(
    session: Session, action: PersonnelAction, employee: Employee, actor: Actor, at: dt.datetime
) -> Notice:
    """Promise the person the notice of an approved action, with what changes and by what authority."""
    return notices.promise(
        session,
        template="personnel_action",
        subject=action.id,
        agency_id=action.agency_id,
        account_id=employee.account_id,
        name=employee.name,
        email=employee.email,
        letter={
            "signed_by": {"name": actor.name, "title": title_of(actor.roles)},
            "employee_number": employee.number,
            "action": action.kind.title,
            "effective_on": action.effective_on,
            "is_last_day": action.effect.get("standing") == Standing.SEPARATED.value,
            "ends_on": action.ends_on,
            "law": f"{action.authority_code} ({action.authority})",
            "reason": " ".join(action.reason.split()),
            "changes": [
                {"label": change.label, "before": change.before or "None", "after": change.after or "None"}
                for change in sights.list_changes(session, action)
            ],
        },
        actor=actor,
        at=at,
        key=f"personnel_action:{action.id}",
    )
