"""Reading which disciplinary cases are over by the schedule of their rulebooks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.compliance.deletions.models import LegalHold
from app.compliance.deletions.states import HoldState
from app.compliance.retention.due import digest_of
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.regimes import REGIMES
from app.personnel.discipline.states import CaseState
from app.personnel.employees.models import Employee
from app.platform import scope
from app.platform.actors import Actor
from app.platform.calendars import add_months
from app.platform.errors import NotFound

LIST = "compliance.case_purges.list_staff"
# What was withdrawn is kept as long as what was closed with the heaviest penalty.
YEARS = max(regime.retention_years for regime in REGIMES.values())


@dataclass(frozen=True, slots=True)
class Due:
    """The cases of an agency whose time is over: how many may go, and how many a hold keeps."""

    agency: Agency
    count: int
    held: int


def is_held() -> ColumnElement[bool]:
    """Give the condition that an order keeps everything of the person whom a case is about."""
    return exists().where(
        Employee.id == DisciplinaryCase.employee_id,
        LegalHold.account_id == Employee.account_id,
        LegalHold.state != HoldState.RELEASED,
    )


def is_over(cutoff_on: dt.date) -> ColumnElement[bool]:
    """Give the condition that a case was to be kept until before a day, and is kept still."""
    withdrawn_before = dt.datetime.combine(add_months(cutoff_on, -12 * YEARS), dt.time(), dt.UTC)
    return and_(
        DisciplinaryCase.purged_at.is_(None),
        or_(
            DisciplinaryCase.retained_until < cutoff_on,
            and_(
                DisciplinaryCase.state == CaseState.WITHDRAWN,
                DisciplinaryCase.withdrawn_at < withdrawn_before,
            ),
        ),
    )


def due_ids(agency_id: str, cutoff_on: dt.date) -> Select[str]:
    """Give the query for the ids of an agency's cases that may go."""
    return select(DisciplinaryCase.id).where(
        DisciplinaryCase.agency_id == agency_id, is_over(cutoff_on), not_(is_held())
    )


def survey(session: Session, agency_id: str, cutoff_on: dt.date) -> tuple[int, str]:
    """Give how many cases of an agency may go, and the digest of their ids."""
    ids = sorted(session.scalars(due_ids(agency_id, cutoff_on)))
    return len(ids), digest_of(ids)


def laws_of(session: Session, agency_id: str, cutoff_on: dt.date) -> str:
    """Give the law of each rulebook under which those cases ran."""
    found = select(DisciplinaryCase.regime).where(DisciplinaryCase.id.in_(due_ids(agency_id, cutoff_on)))
    return "; ".join(REGIMES[name].retention_law for name in sorted(set(session.scalars(found))))


def list_due(session: Session, actor: Actor, cutoff_on: dt.date) -> list[Due]:
    """List the agencies with cases whose time is over, by name."""
    counts = (
        select(
            DisciplinaryCase.agency_id,
            func.count().label("count"),
            func.count().filter(is_held()).label("held"),
        )
        .where(is_over(cutoff_on), scope.within(DisciplinaryCase.agency_id, actor, LIST))
        .group_by(DisciplinaryCase.agency_id)
        .subquery()
    )
    query = select(Agency, counts.c.count, counts.c.held).join(counts, counts.c.agency_id == Agency.id)
    rows = session.execute(query.order_by(Agency.name, Agency.id))
    return [Due(agency, count - held, held) for agency, count, held in rows]


def get_due(session: Session, agency_id: str, actor: Actor, cutoff_on: dt.date) -> Due:
    """Give what of an agency falls due, or raise NotFound."""
    for due in list_due(session, actor, cutoff_on):
        if due.agency.id == agency_id:
            return due
    raise NotFound("Nothing of this agency falls due.")
