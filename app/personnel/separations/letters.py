"""The mails and the certificate about leaving service."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.notices import services as notices
from app.notices.models import Notice
from app.personnel import mailing
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.queries import list_service
from app.personnel.probations.queries import list_watchers
from app.personnel.separations import queries
from app.personnel.separations.models import Separation
from app.personnel.separations.states import ItemState, SeparationKind, SeparationState
from app.platform import links, mail
from app.platform.actors import SYSTEM
from app.platform.locales import write_date

OWN_PAGE = "/my/separation"
MOST_POSITIONS = 40


def tell_decision(session: Session, separation: Separation, at: dt.datetime) -> None:
    """Tell the person what was decided, and what comes until the last day."""
    if separation.kind is SeparationKind.DEATH:
        return
    day = write_date(separation.last_day)
    told = (
        f"Your last day of service is {day}. What is to be cleared until then stands on your page. There are "
        "a few questions too; the office reads the answers of five people together, and never yours alone."
        if separation.state is SeparationState.ACCEPTED
        else f"Your request was refused. Reason: {separation.decision_reason}"
    )
    mailing.tell(
        session,
        separation.employee,
        key=f"separation:{separation.id}:{separation.state.value}",
        subject=f"{separation.kind.title}: {separation.state.title.lower()}",
        lines=(told, links.absolute(OWN_PAGE)),
        at=at,
    )


def tell_answer(session: Session, separation: Separation, *, agrees: bool, at: dt.datetime) -> None:
    """Tell the person whether it is taken back."""
    told = "It is taken back, and you stay in service." if agrees else "It stands."
    mailing.tell(
        session,
        separation.employee,
        key=f"separation-back:{separation.id}:{separation.withdrawal_asked_at}",
        subject="You asked to take your request back",
        lines=(told, f"Reason: {separation.withdrawal_answer}", links.absolute(OWN_PAGE)),
        at=at,
    )


def remind(session: Session, separation: Separation, days: int, at: dt.datetime) -> int:
    """Remind the office of what is open before somebody's last day, once a step; count the mails."""
    left = [item for item in separation.items if item.state is ItemState.OPEN]
    watchers = list_watchers(session, separation.agency_id)
    for watcher in watchers:
        mail.promise(
            session,
            key=f"clearance:{separation.id}:{separation.last_day}:{days}:{watcher.id}",
            to=watcher.email,
            subject=f"{separation.employee.name} leaves on {write_date(separation.last_day)}",
            body=(
                f"Dear {watcher.name},",
                f"Still open: {', '.join(f'{item.title} ({item.owner})' for item in left)}.",
                links.absolute(f"/staff/separations/{separation.id}"),
            ),
            at=at,
            language="en",
        )
    return len(watchers) + tell_signers(session, separation, f"{separation.last_day}:{days}", at)


def tell_signers(
    session: Session, separation: Separation, occasion: str, at: dt.datetime, *, only: str | None = None
) -> int:
    """Tell each person who signs open steps which ones they are, once an occasion; count the mails."""
    steps: dict[Account, list[str]] = {}
    people = queries.map_signers(session, separation)
    for item in separation.items:
        for account in people.get(item.id, ()):
            if only is None or account.id == only:
                steps.setdefault(account, []).append(item.title)
    for account, titles in steps.items():
        mail.promise(
            session,
            key=f"clearance-steps:{separation.id}:{occasion}:{account.id}",
            to=account.email,
            subject=f"{separation.employee.name} leaves on {write_date(separation.last_day)}",
            body=(
                f"Dear {account.name},",
                f"You sign off: {', '.join(titles)}.",
                links.absolute("/my/clearances"),
            ),
            at=at,
            language="en",
        )
    return len(steps)


def tell_stuck(session: Session, separation: Separation, why: str, at: dt.datetime) -> None:
    """Tell the office, once for each last day, that a separation could not be put into effect."""
    for watcher in list_watchers(session, separation.agency_id):
        mail.promise(
            session,
            key=f"separation-stuck:{separation.id}:{separation.last_day}:{watcher.id}",
            to=watcher.email,
            subject=f"The separation of {separation.employee.name} could not take effect",
            body=(
                f"Dear {watcher.name},",
                f"The last day of service was {write_date(separation.last_day)}. {why}",
                "Put the record right; it is tried again by itself.",
                links.absolute(f"/staff/separations/{separation.id}"),
            ),
            at=at,
            language="en",
        )


def promise_certificate(session: Session, separation: Separation, at: dt.datetime) -> Notice:
    """Promise the certificate of service, once for each leaving."""
    employee = separation.employee
    service = list_service(session, employee.id)
    return notices.promise(
        session,
        template="service_certificate",
        subject=separation.id,
        agency_id=separation.agency_id,
        account_id=employee.account_id,
        name=employee.name,
        email=employee.email,
        letter=certificate(separation, service),
        actor=SYSTEM,
        at=at,
        key=f"certificate-of-service:{separation.id}",
    )


def certificate(separation: Separation, service: list[Appointment]) -> dict[str, Any]:
    """Give the fields of the certificate: every position with its days, the first one first."""
    employee = separation.employee
    return {
        "signed_by": {"name": "Human resources office", "title": separation.agency.name},
        "employee_number": employee.number,
        "from_on": min((row.starts_on for row in service), default=employee.hired_on),
        "to_on": separation.last_day,
        "positions": [
            {
                "title": row.position.title,
                "unit": row.agency.name,
                "kind": row.kind.title,
                "from_on": row.starts_on,
                "to_on": max(row.starts_on, row.ended_on or separation.last_day),
            }
            for row in reversed(service[:MOST_POSITIONS])
        ],
    }
