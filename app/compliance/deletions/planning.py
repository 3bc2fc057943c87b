"""What a request would delete and what is kept: worked out from the declarations and the retention rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, joinedload

from app.compliance.deletions import rules
from app.compliance.deletions.models import LegalHold
from app.compliance.deletions.rules import Kept, Received
from app.compliance.deletions.states import HoldState
from app.compliance.personal_data.declared import HELD
from app.compliance.personal_data.queries import accounts_of, belongs_to, load_rows, table_of
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.states import ListState
from app.personnel.employees.models import Employee
from app.platform import clock
from app.platform.personal_data import Fate, Held
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.fees.models import FeeEntry
from app.recruitment.screening.models import ScreeningOutcome


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes, as titles with counts, and what stays; `closes_account` when nothing stays."""

    deleted: list[tuple[str, int]]
    kept: list[Kept]
    is_held: bool
    closes_account: bool

    def frozen(self) -> dict[str, Any]:
        """Give the plan as plain JSON values, without names of files or people."""
        return {
            "deleted": [[str(title), count] for title, count in self.deleted],
            "kept": [
                [str(one.title), one.until.isoformat() if one.until else None, str(one.why)]
                for one in self.kept
            ],
            "is_held": self.is_held,
            "closes_account": self.closes_account,
        }


def make_plan(session: Session, account_id: str) -> Plan:
    """Work out what a request of this person would do now."""
    kept = _kept(session, account_id)
    closes = not kept
    counts = [
        (held.title, _count(session, held, account_id))
        for held in HELD.values()
        if goes(held, closes_account=closes) and held.table != "accounts"
    ]
    return Plan(
        deleted=[(title, count) for title, count in counts if count],
        kept=kept,
        is_held=has_hold(session, account_id),
        closes_account=closes,
    )


def goes(held: Held, *, closes_account: bool) -> bool:
    """Tell whether rows of a table go: what belongs to the account only together with it."""
    if held.fate is Fate.WITH_ACCOUNT:
        return closes_account
    return held.fate in (Fate.ON_REQUEST, Fate.WITH_DRAFT)


def to_delete(held: Held, account_id: str) -> ColumnElement[bool]:
    """Give the condition on a table's rows that go: a person's, of applications only those never received."""
    own = belongs_to(held, account_id)
    return and_(own, _of_draft(held)) if held.fate is Fate.WITH_DRAFT else own


def has_hold(session: Session, account_id: str) -> bool:
    """Tell whether a legal hold on the person stands."""
    query = select(func.count()).where(
        LegalHold.account_id.in_(accounts_of(account_id)), LegalHold.state != HoldState.RELEASED
    )
    return bool(session.scalar(query))


def _of_draft(held: Held) -> ColumnElement[bool]:
    """Give the condition that a row belongs to an application that was never received.

    One whose fee the office recorded stays whole: the entry in the accounts tells what it was paid for.
    """
    table, (column, target) = table_of(held), held.link
    if held.table == "applications":
        return and_(table.c.number.is_(None), table.c.id.not_in(select(FeeEntry.application_id)))
    parent_name, parent_column = target.split(".")
    parent = HELD[parent_name]
    drafts = select(table_of(parent).c[parent_column]).where(_of_draft(parent))
    return table.c[column].in_(drafts)


def _count(session: Session, held: Held, account_id: str) -> int:
    query = select(func.count()).select_from(table_of(held)).where(to_delete(held, account_id))
    return session.scalar(query) or 0


def _kept(session: Session, account_id: str) -> list[Kept]:
    kept = [rules.kept_application(received) for received in _received(session, account_id)]
    if _has_paid_draft(session, account_id):
        why = say("Money that the office recorded is part of its accounts.")
        kept.append(Kept(say("What was paid, waived or given back"), None, why))
    employees = session.scalars(
        select(Employee).where(Employee.account_id.in_(accounts_of(account_id)))
    ).all()
    for employee in employees:
        until = rules.add_years(employee.separated_on, 2) if employee.separated_on else None
        why = say(
            "A personnel file is kept while somebody serves, and for two years after (%(law)s).",
            law=rules.APPLICATION_LAW,
        )
        kept.append(Kept(say("Your personnel file"), until, why))
    if load_rows(session, HELD["role_grants"], account_id):
        why = say("Who could decide what, and when, is part of each decision's file.")
        kept.append(Kept(say("Your roles in the office"), None, why))
    return kept


def _has_paid_draft(session: Session, account_id: str) -> bool:
    query = (
        select(func.count())
        .select_from(Application)
        .where(Application.account_id.in_(accounts_of(account_id)), Application.number.is_(None))
        .where(Application.id.in_(select(FeeEntry.application_id)))
    )
    return bool(session.scalar(query))


def _received(session: Session, account_id: str) -> list[Received]:
    """Give a person's received applications, oldest first."""
    acted = (
        select(ScreeningOutcome.application_id, func.max(ScreeningOutcome.decided_at).label("at"))
        .group_by(ScreeningOutcome.application_id)
        .subquery()
    )
    lists = (
        select(MeritListEntry.application_id, func.max(MeritList.expires_on).label("until"))
        .join(MeritList, MeritList.id == MeritListEntry.list_id)
        .where(MeritList.state == ListState.PUBLISHED)
        .group_by(MeritListEntry.application_id)
        .subquery()
    )
    rows = session.execute(
        select(Application, acted.c.at, lists.c.until)
        .outerjoin(acted, acted.c.application_id == Application.id)
        .outerjoin(lists, lists.c.application_id == Application.id)
        .where(Application.account_id.in_(accounts_of(account_id)), Application.number.is_not(None))
        .options(joinedload(Application.posting))
        .order_by(Application.submitted_at, Application.id)
    )
    return [_received_one(application, at, until) for application, at, until in rows]


def _received_one(application: Application, acted_at: dt.datetime | None, until: dt.date | None) -> Received:
    posting = application.posting
    zone = posting.time_zone
    acted = max(filter(None, (acted_at, posting.closed_at, posting.cancelled_at)), default=None)
    received_at = application.submitted_at or application.started_at
    return Received(
        number=str(application.number),
        title=posting.title,
        received_on=clock.local_date(received_at, zone),
        acted_on=clock.local_date(acted, zone) if acted else None,
        list_until=until,
    )
