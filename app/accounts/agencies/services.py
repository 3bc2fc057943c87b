"""Adding and editing agencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.accounts.agencies.rules import check_agency
from app.accounts.grants.rules import covers
from app.accounts.models import Agency
from app.accounts.queries import get_agency
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Forbidden
from app.platform.ids import new_id

FIELDS = ("code", "name", "time_zone", "address", "contact_email", "contact_phone")


def add_agency(session: Session, *, values: Mapping[str, str], actor: Actor, at: dt.datetime) -> Agency:
    """Add an agency; a used code or name comes out as Invalid at its field."""
    if not covers(actor, "accounts.add_agency", None):
        raise Forbidden()
    check_agency(code=values["code"], time_zone=values["time_zone"])
    agency = Agency(id=new_id("agy"), **{field: values[field] for field in FIELDS})
    session.add(agency)
    session.flush()
    audit.record(session, "accounts.add_agency", actor=actor, at=at, subject=agency.id, agency_id=agency.id)
    return agency


def edit_agency(
    session: Session, *, agency_id: str, values: Mapping[str, str], actor: Actor, at: dt.datetime
) -> Agency:
    """Change an agency's particulars; postings keep the time zone they were given."""
    actor.demand("accounts.edit_agency", agency_id)
    agency = get_agency(session, agency_id)
    check_agency(code=values["code"], time_zone=values["time_zone"])
    changed = {field: values[field] for field in FIELDS if getattr(agency, field) != values[field]}
    for field, value in changed.items():
        setattr(agency, field, value)
    session.flush()
    audit.record(
        session,
        "accounts.edit_agency",
        actor=actor,
        at=at,
        subject=agency_id,
        agency_id=agency_id,
        changed=sorted(changed),
    )
    return agency
