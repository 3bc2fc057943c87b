"""Reading an agency's holidays."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.holidays.models import Holiday


def list_holidays(session: Session, agency_id: str, *, since: dt.date | None = None) -> list[Holiday]:
    """List an agency's holidays in order, from a day on when one is given."""
    query = select(Holiday).where(Holiday.agency_id == agency_id).order_by(Holiday.on)
    return list(session.scalars(query if since is None else query.where(Holiday.on >= since)))


def load_days(session: Session, agency_id: str, *, since: dt.date) -> frozenset[dt.date]:
    """Load the holidays of an agency from a day on, for counting working days."""
    query = select(Holiday.on).where(Holiday.agency_id == agency_id, Holiday.on >= since)
    return frozenset(session.scalars(query))
