"""Changing how an employee is reached."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from sqlalchemy.orm import Session

from app.personnel.contacts import queries, rules
from app.personnel.contacts.models import EmployeeContact
from app.personnel.contacts.rules import Contacts
from app.personnel.serving import get_own
from app.platform import audit
from app.platform.actors import Actor


def set_own(session: Session, *, contacts: Contacts, actor: Actor, at: dt.datetime) -> EmployeeContact:
    """Keep what an employee states; the audit trail names the fields that changed, not what they say."""
    employee = get_own(session, actor.id)
    rules.check(contacts)
    found = queries.find_contacts(session, employee.id)
    if found is None:
        found = EmployeeContact(employee_id=employee.id, **asdict(Contacts()))
        session.add(found)
    changed = [name for name, value in asdict(contacts).items() if getattr(found, name) != value]
    for name in changed:
        setattr(found, name, getattr(contacts, name))
    found.changed_at = at
    session.flush()
    audit.record(
        session,
        "personnel.contacts.edit",
        actor=actor,
        at=at,
        subject=employee.id,
        agency_id=employee.agency_id,
        changed=changed,
    )
    return found
