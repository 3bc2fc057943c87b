"""Mails to people in service about their own employment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.personnel.employees.models import Employee
from app.platform import mail


def address_of(session: Session, employee: Employee) -> str | None:
    """Give where a person reads mail: the account's address, else the one on the record."""
    if employee.account_id is None:
        return employee.email
    return session.scalar(select(Account.email).where(Account.id == employee.account_id))


def tell(
    session: Session,
    employee: Employee,
    *,
    key: str,
    subject: str,
    lines: Sequence[str],
    at: dt.datetime,
) -> bool:
    """Promise a mail to somebody in service, once a key; False where there is no address."""
    to = address_of(session, employee)
    if not to:
        return False
    mail.promise(
        session,
        key=key,
        to=to,
        subject=subject,
        body=(f"Dear {employee.name},", *lines),
        at=at,
        language="en",
    )
    return True
