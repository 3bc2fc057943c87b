"""Telling people of leave that they would lose, while there is time to take it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Agency
from app.personnel.accruals import queries, rules
from app.personnel.accruals.forecasts import follow
from app.personnel.accruals.periods import leave_year
from app.personnel.accruals.queries import Kept
from app.personnel.accruals.regimes import KindRule
from app.personnel.employees.models import Employee
from app.personnel.leave.queries import load_balances
from app.platform import clock, links, mail
from app.web.dates import format_date

BATCH = 500


def warn_all(session: Session, *, at: dt.datetime) -> int:
    """Mail whoever would lose leave, once for each reminder, and count the mails."""
    sent = 0
    for agency, kept in queries.list_kept(session):
        today = clock.local_date(at, agency.time_zone)
        people = queries.list_earning(session, agency.id, today)
        due = rules.warning_due(kept.regime, today)
        for first in range(0, len(people), BATCH):
            batch = people[first : first + BATCH]
            if due is not None:
                sent += _warn_of_year(session, agency, kept, batch, today, due, at)
            sent += _warn_of_sum(session, agency, kept, batch, today, at)
    return sent


def _warn_of_year(
    session: Session, agency: Agency, kept: Kept, people: list[str], today: dt.date, due: int, at: dt.datetime
) -> int:
    """Tell who would have more than can be carried over when the leave year ends."""
    _, ends = leave_year(kept.regime.first_period_on, today)
    over: dict[str, str] = {}
    for followed in follow(session, kept, people, ends, since=today):
        for rule in kept.regime.kinds.values():
            most = rule.ceilings.get(kept.ceiling)
            left = followed.course.at(rule.kind, ends)
            if most is not None and left > most:
                over[followed.employee_id] = (
                    f"On {format_date(ends)}, when the leave year ends, you will have {_hours(left)} of "
                    f"{rule.kind.title.lower()}. {_hours(most)} can be carried over, so you would lose "
                    f"{_hours(left - most)} ({rule.ceiling_law})."
                )
    return _tell(session, agency, over, f"{ends}:{due}", at)


def _warn_of_sum(
    session: Session, agency: Agency, kept: Kept, people: list[str], today: dt.date, at: dt.datetime
) -> int:
    """Tell who comes near the most that a ledger can hold, once a leave year."""
    watched = [rule for rule in kept.regime.kinds.values() if rule.warn_minutes]
    if not watched:
        return 0
    begins, _ = leave_year(kept.regime.first_period_on, today)
    near: dict[str, str] = {}
    for own, balances in load_balances(session, people, today).items():
        for rule in watched:
            if balances.get(rule.kind, 0) >= rule.warn_minutes:
                near[own] = _near(rule, balances[rule.kind])
    return _tell(session, agency, near, f"{begins}:near", at)


def _near(rule: KindRule, held: int) -> str:
    return (
        f"You have {_hours(held)} of {rule.kind.title.lower()}. No more than {_hours(rule.most_minutes)} can "
        f"come together, and what would go beyond is not credited ({rule.most_law})."
    )


def _tell(session: Session, agency: Agency, told: dict[str, str], occasion: str, at: dt.datetime) -> int:
    query = (
        select(Employee.id, Employee.name, Employee.email, Account.email)
        .outerjoin(Account, Account.id == Employee.account_id)
        .where(Employee.id.in_(told))
        .order_by(Employee.id)
    )
    sent = 0
    for own, name, address, account_address in session.execute(query):
        to = account_address or address
        if to:
            mail.promise(
                session,
                key=f"leave-lost:{own}:{occasion}",
                to=to,
                subject="Leave that you would lose",
                body=(f"Dear {name},", told[own], links.absolute("/my/leave"), agency.name),
                at=at,
            )
            sent += 1
    return sent


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} hours"
