"""The mails about a case; they name the case and what to do, never the charges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.personnel.discipline.models import DisciplinaryCase
from app.platform import links, mail


def tell_employee(
    session: Session, case: DisciplinaryCase, *, key: str, lines: Sequence[str], at: dt.datetime
) -> None:
    """Tell the employee what changed in their case, with the way to their own page; once for each `key`."""
    account = session.get(Account, case.employee.account_id) if case.employee.account_id else None
    to = account.email if account else case.employee.email
    if not to:
        return
    own = (links.absolute(f"/my/cases/{case.id}"),) if account else ()
    mail.promise(
        session,
        key=f"case:{case.id}:{key}",
        to=to,
        subject=f"Your case {case.number}",
        body=(f"Dear {case.employee.name},", *lines, *own, case.agency.name),
        at=at,
        language="en",
    )


def tell_officer(
    session: Session,
    case: DisciplinaryCase,
    officer: Account,
    *,
    key: str,
    lines: Sequence[str],
    at: dt.datetime,
) -> None:
    """Tell somebody of the office what waits for them in a case; once for each `key`."""
    mail.promise(
        session,
        key=f"case:{case.id}:{key}:{officer.id}",
        to=officer.email,
        subject=f"Case {case.number}",
        body=(f"Dear {officer.name},", *lines, links.absolute(f"/staff/cases/{case.id}")),
        at=at,
        language="en",
    )
