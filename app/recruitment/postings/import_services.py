"""Storing imported postings: what is new is inserted, what differs is changed, the rest is left alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.accounts import queries as account_queries
from app.accounts.agencies.services import add_agency
from app.accounts.models import Agency
from app.personnel.positions.states import PayPeriod
from app.platform import audit, clock, jobs
from app.platform.actors import Actor
from app.platform.errors import Conflict, Forbidden
from app.platform.ids import new_id
from app.platform.words import fold
from app.recruitment.postings import queries, rules
from app.recruitment.postings.models import Posting
from app.recruitment.postings.nyc_jobs import DEFAULT_OPEN_DAYS, SOURCE, ZONE, JobRow
from app.recruitment.postings.states import Audience, EmploymentType, PostingState

ACT = "recruitment.postings.import_file"
PERIODS = {"Annual": PayPeriod.YEAR, "Daily": PayPeriod.DAY, "Hourly": PayPeriod.HOUR}
INDICATORS = {"F": EmploymentType.FULL_TIME, "P": EmploymentType.PART_TIME, "": None}
LONGEST_CODE = 12
MOST_NAMED = 5
# Midnight would leave a reader to guess which of two days it belongs to; no zone skips this minute.
LAST_MINUTE = dt.time(23, 59)


@dataclass(slots=True)
class Summary:
    """How many postings were inserted, changed and left alone, and how many agencies were added."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    agencies: int = 0

    @property
    def has_changes(self) -> bool:
        return bool(self.inserted or self.updated or self.agencies)


def import_postings(
    session: Session, *, rows: Iterable[JobRow], digest: str, actor: Actor, at: dt.datetime
) -> Summary:
    """Store rows under their keys; the same rows again change nothing.

    Agencies are found by their names in any letter case and added where they are not known. A posting
    whose deadline has passed arrives closed, any other published. A posting that was cancelled here keeps
    its state. Who imports must be allowed to in all agencies, and to add agencies where the file names new
    ones (else Conflict). `digest` is that of the file.
    """
    if actor.agencies(ACT) is not None:
        raise Forbidden("Only an officer of all agencies may import postings: a file names many.")
    rows = list(rows)
    summary = Summary()
    agencies = _find_or_add_agencies(session, rows, summary, actor, at)
    known = queries.find_by_source_keys(session, [row.key for row in rows])
    for row in rows:
        values = _values(row, agencies[row.agency.casefold()])
        posting = known.get(row.key)
        if posting is None:
            posting = _insert(session, row, values, at)
            summary.inserted += 1
        elif changed := {name: new for name, new in values.items() if getattr(posting, name) != new}:
            _update(session, posting, changed, at)
            summary.updated += 1
        else:
            summary.unchanged += 1
            continue
        details = {"source": SOURCE, "file": digest}
        audit.record(
            session, ACT, actor=actor, at=at, subject=posting.id, agency_id=posting.agency_id, **details
        )
    session.flush()
    return summary


def _find_or_add_agencies(
    session: Session, rows: list[JobRow], summary: Summary, actor: Actor, at: dt.datetime
) -> dict[str, Agency]:
    """Give the agency of each casefolded name in the rows."""
    listed = account_queries.list_agencies(session)
    agencies = {agency.name.casefold(): agency for agency in listed}
    codes = {agency.code for agency in listed}
    unknown = sorted({row.agency for row in rows if row.agency.casefold() not in agencies})
    if unknown and actor.agencies("accounts.add_agency") is not None:
        shown = ", ".join(unknown[:MOST_NAMED]) + (" and others" if len(unknown) > MOST_NAMED else "")
        raise Conflict(f"These agencies are not known here: {shown}. Ask a system administrator to add them.")
    for row in rows:
        if row.agency.casefold() in agencies:
            continue
        code = make_code(row.agency, codes)
        codes.add(code)
        values = {"code": code, "name": row.agency, "time_zone": ZONE}
        values |= dict.fromkeys(("address", "contact_email", "contact_phone"), "")
        agencies[row.agency.casefold()] = add_agency(session, values=values, actor=actor, at=at)
        summary.agencies += 1
    return agencies


def make_code(name: str, taken: Iterable[str]) -> str:
    """Make a free code from the first letters of a name's words, numbered where they are taken."""
    taken = frozenset(taken)
    initials = "".join(word[0] for word in re.findall(r"[A-Z][A-Z0-9]*", name.upper()))
    base = (initials if len(initials) > 1 else f"{initials}AGENCY")[: LONGEST_CODE - 4]
    number = 1
    while (code := base if number == 1 else f"{base}{number}") in taken:
        number += 1
    return code


def _values(row: JobRow, agency: Agency) -> dict[str, Any]:
    """Give every column that the row decides, as it is stored."""
    period = PERIODS[row.frequency]
    opens_on = row.posted_on
    # “Post Until” is the last day; without one the last day is a set number of days after the posting
    closes_on = row.until or opens_on + dt.timedelta(days=DEFAULT_OPEN_DAYS)
    opens_at = _start_of(opens_on, agency.time_zone)
    number = f"NYC-{row.job_id}-{row.posting_type[0]}"
    return {
        "number": number,
        "agency_id": agency.id,
        "title": row.title,
        "title_key": fold(row.title),
        "class_code": row.class_code,
        "class_title": row.class_title,
        "grade": row.level,
        "category": row.category,
        "employment_type": INDICATORS[row.indicator],
        "audience": Audience.EMPLOYEES if row.posting_type == "Internal" else Audience.EVERYONE,
        "summary": "",
        "duties": _paragraphs(row.duties, hours=row.hours, additional_information=row.additional),
        "qualifications": _paragraphs(row.qualifications, residence=row.residency),
        "preferred": row.preferred,
        "how_to_apply": _paragraphs(row.how_to_apply, contact=row.contact),
        "unit": row.unit,
        "location": row.place,
        "pay_min_minor": row.pay_from,
        "pay_max_minor": row.pay_to,
        "pay_currency": "USD",
        "pay_period": period,
        "pay_year_minor": rules.yearly(row.pay_from, period),
        "openings": row.openings,
        "opens_at": opens_at,
        "closes_at": clock.zoned_moment(closes_on, LAST_MINUTE, agency.time_zone),
        "time_zone": agency.time_zone,
        "announced_on": opens_on,
        "published_at": opens_at,
        "search_text": rules.search_text(
            row.title,
            number,
            agency.name,
            row.class_title,
            row.class_code,
            row.category,
            row.unit,
            row.place,
            row.duties,
            row.qualifications,
            row.preferred,
        ),
    }


def _paragraphs(text: str, **labelled: str) -> str:
    """Join a text and further ones, each under its name."""
    parts = [f"{name.replace('_', ' ').capitalize()}: {part}" for name, part in labelled.items() if part]
    return "\n\n".join([text, *parts] if text else parts)


def _start_of(day: dt.date, zone: str) -> dt.datetime:
    """Give the first moment of a day; in some zones the clocks go forward at midnight."""
    try:
        return clock.zoned_moment(day, dt.time(0), zone)
    except ValueError:
        return clock.zoned_moment(day, dt.time(1), zone)


def _standing(values: Mapping[str, Any], at: dt.datetime) -> dict[str, Any]:
    is_over = values["closes_at"] <= at
    return {
        "state": PostingState.CLOSED if is_over else PostingState.PUBLISHED,
        "closed_at": values["closes_at"] if is_over else None,
    }


def _insert(session: Session, row: JobRow, values: dict[str, Any], at: dt.datetime) -> Posting:
    posting = Posting(
        id=new_id("pst"),
        source=SOURCE,
        source_key=row.key,
        created_at=at,
        criteria=[],
        **values,
        **_standing(values, at),
    )
    session.add(posting)
    _promise_closing(session, posting, at)
    return posting


def _update(session: Session, posting: Posting, changed: dict[str, Any], at: dt.datetime) -> None:
    if "closes_at" in changed and posting.state is not PostingState.CANCELLED:
        changed |= _standing(changed, at)
    for name, value in changed.items():
        setattr(posting, name, value)
    _promise_closing(session, posting, at)


def _promise_closing(session: Session, posting: Posting, at: dt.datetime) -> None:
    """Promise the closing at this deadline; a promise for an earlier one will find nothing to do."""
    if posting.state is PostingState.PUBLISHED and posting.closes_at is not None:
        jobs.enqueue(
            session,
            "recruitment.close_posting",
            key=f"close:{posting.id}:{posting.closes_at.isoformat()}",
            payload={"posting_id": posting.id},
            at=at,
            run_at=posting.closes_at,
        )
