"""Reminding the office of provisional and temporary appointments that come to their end."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.personnel.appointments import queries, terms
from app.personnel.appointments.models import Appointment
from app.personnel.probations.queries import list_watchers
from app.platform import clock, links, mail
from app.platform.locales import write_date


def remind(session: Session, *, at: dt.datetime) -> int:
    """Mail those who watch over an agency about each appointment that nears its last day; count the mails."""
    sent = 0
    horizon = at.date() + dt.timedelta(days=max(terms.REMIND_DAYS) + 1)
    for appointment in queries.list_with_term(session, horizon):
        ends_on = appointment.term_ends_on or horizon
        due = terms.reminder_due(ends_on, clock.local_date(at, appointment.agency.time_zone))
        if due is None:
            continue
        for watcher in list_watchers(session, appointment.agency_id):
            _mail(session, appointment, ends_on, watcher, due, at)
            sent += 1
    return sent


def _mail(
    session: Session, appointment: Appointment, ends_on: dt.date, to: Account, due: int, at: dt.datetime
) -> None:
    name, day = appointment.employee.name, write_date(ends_on)
    mail.promise(
        session,
        key=f"term:{appointment.id}:{ends_on}:{due}:{to.id}",
        to=to.email,
        subject=f"The {appointment.kind.value} appointment of {name} ends on {day}",
        body=(
            f"Dear {to.name},",
            f"{name} is appointed as {appointment.position.title} until {day} at the latest "
            f"({appointment.authority}). Fill the position from a list, or record the end of the service.",
            links.absolute(f"/staff/appointments/{appointment.id}"),
        ),
        at=at,
        language="en",
    )
