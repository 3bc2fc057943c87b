"""Choosing the rule of an agency, and posting what its pay periods earn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.accruals import expiry, queries, regimes, rules
from app.personnel.accruals.forecasts import follow
from app.personnel.accruals.models import LeaveRegime
from app.personnel.accruals.periods import last_day, list_ended, period_of
from app.personnel.accruals.queries import Kept
from app.personnel.leave.services import NewEntry, enter
from app.personnel.leave.states import LeaveKind
from app.platform import audit, clock
from app.platform.actors import SYSTEM, Actor
from app.platform.db import savepoint
from app.platform.errors import Conflict, Invalid

# People whose ledgers are held in memory at a time.
BATCH = 500

log = structlog.get_logger("meritum.personnel")
# What is posted stands, so a slip of the year must not post decades.
MOST_AWAY = dt.timedelta(days=366)


def set_regime(
    session: Session,
    *,
    agency_id: str,
    name: str,
    ceiling: str,
    days: tuple[dt.date, dt.date],
    actor: Actor,
    at: dt.datetime,
) -> LeaveRegime:
    """Say by which rule an agency's people earn leave, and from which pay period on it is kept here.

    `days` are the first one of any pay period and that of the first period kept. What is posted stands;
    after the first posting the days no longer change.
    """
    first_period_on, kept_from = days
    agency = get_agency(session, agency_id)
    actor.demand("personnel.accruals.set_regime", agency.id)
    _check(name, ceiling, first_period_on, kept_from)
    row = queries.get_row_to_post(session, agency.id)
    if row is None or row.kept_from != kept_from:
        _check_near(kept_from, clock.local_date(at, agency.time_zone))
    if row is None:
        row = LeaveRegime(agency_id=agency.id)
        session.add(row)
    elif row.posted_on is not None and (row.first_period_on, row.kept_from) != (first_period_on, kept_from):
        raise Conflict("Pay periods were posted already, so their days can no longer change.")
    row.name, row.ceiling = name, ceiling
    row.first_period_on, row.kept_from = first_period_on, kept_from
    row.set_by, row.set_at = str(actor.id), at
    session.flush()
    audit.record(
        session, "personnel.accruals.set_regime", actor=actor, at=at, subject=agency.id, agency_id=agency.id,
        rule=name, ceiling=ceiling, first_period_on=first_period_on, kept_from=kept_from,
    )  # fmt: skip
    return row


def _check(name: str, ceiling: str, first_period_on: dt.date, kept_from: dt.date) -> None:
    if name not in regimes.NAMES:
        raise Invalid(name="Select a rule")
    ceilings = {key for rule in regimes.load(name).kinds.values() for key in rule.ceilings}
    if ceiling not in (ceilings or {regimes.USUAL_CEILING}):
        raise Invalid(ceiling="This rule has no such limit of carrying over")
    if kept_from < first_period_on or period_of(first_period_on, kept_from) != kept_from:
        raise Invalid(kept_from="This must be the first day of a pay period: a multiple of 14 days later")


def _check_near(kept_from: dt.date, today: dt.date) -> None:
    if abs(kept_from - today) > MOST_AWAY:
        raise Invalid(kept_from="This must lie within a year of today: what is posted since then stands")


def post_all(session: Session, *, at: dt.datetime) -> int:
    """Post what is due in every agency, and count the entries; one whose ledgers refuse stops no other."""
    count = 0
    for agency_id in [agency.id for agency, _ in queries.list_kept(session)]:
        try:
            with savepoint(session):
                count += post_agency(session, agency_id=agency_id, at=at)
        except IntegrityError:
            log.exception("leave of an agency not posted", agency=agency_id)
    return count


def post_agency(session: Session, *, agency_id: str, at: dt.datetime) -> int:
    """Post each pay period of an agency that is over and was not posted, and count the entries.

    After an outage all that were missed are posted; done twice it changes nothing. Who came late into the
    records gets the periods since their first day with the next one.
    """
    row = queries.get_row_to_post(session, agency_id)
    if row is None:
        return 0
    kept = queries.describe(row)
    today = clock.local_date(at, get_agency(session, agency_id).time_zone)
    ended = list(list_ended(kept.kept_from, today))
    if not ended or row.posted_on == ended[-1]:
        return 0
    people, count = queries.list_earning(session, agency_id, kept.kept_from), 0
    for first in range(0, len(people), BATCH):
        batch = people[first : first + BATCH]
        count += enter(session, _due(session, kept, batch, last_day(ended[-1])), by=None, at=at)
        count += enter(session, _expired(session, kept, batch, today), by=None, at=at)
    row.posted_on = ended[-1]
    session.flush()
    audit.record(
        session, "personnel.accruals.post", actor=SYSTEM, at=at, subject=agency_id, agency_id=agency_id,
        period=ended[-1], entries=count,
    )  # fmt: skip
    return count


def _due(session: Session, kept: Kept, people: Sequence[str], until: dt.date) -> Iterator[NewEntry]:
    """Give what the periods that end by a day bring to people for whom they were not posted."""
    for followed in follow(session, kept, people, until):
        yield from _entries(followed.employee_id, kept.agency_id, followed.credits)


def _expired(session: Session, kept: Kept, people: Sequence[str], today: dt.date) -> list[NewEntry]:
    """Give what is lost of leave that had a last day of use, and what was lost too much or too little."""
    found: list[NewEntry] = []
    law = kept.regime.kinds[LeaveKind.ANNUAL].restored_law
    ledgers = queries.list_expiring(session, people, today)
    ended = queries.map_last_days(session, [own for own, _ in ledgers])
    for (own, kind), dated in ledgers.items():
        found += _entries(own, kept.agency_id, expiry.credits(kind, dated, today, ended[own], law))
    return found


def _entries(
    own: str, agency_id: str, credits: Iterator[rules.Credit] | list[rules.Credit]
) -> Iterator[NewEntry]:
    for credit in credits:
        yield NewEntry(
            own, agency_id, credit.kind, credit.sort, credit.minutes, credit.on, credit.key, credit.basis
        )
