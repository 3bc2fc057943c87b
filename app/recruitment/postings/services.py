"""Changing postings: written, submitted, approved by a second person, published, closed by the clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.personnel.positions.models import Position
from app.platform import audit, clock, jobs, sequences
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.platform.words import fold
from app.recruitment import rulebooks
from app.recruitment.postings import queries, rules
from app.recruitment.postings.models import OWN, Criterion, Posting
from app.recruitment.postings.states import Audience, CriterionKind, EmploymentType, PostingState, move
from app.recruitment.requisitions import services as requisition_services
from app.recruitment.requisitions.models import Requisition

# What an officer may write; all else follows from the requisition or from an act.
EDITABLE = (
    "title",
    "class_code",
    "class_title",
    "grade",
    "category",
    "employment_type",
    "audience",
    "summary",
    "duties",
    "qualifications",
    "preferred",
    "how_to_apply",
    "unit",
    "location",
    "pay_min_minor",
    "pay_max_minor",
    "pay_currency",
    "pay_period",
    "openings",
    "rulebook",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion as an officer wrote it."""

    kind: CriterionKind
    statement: str
    is_essential: bool


def create_posting(session: Session, *, requisition_id: str, actor: Actor, at: dt.datetime) -> Posting:
    """Draft the posting of an approved requisition, filled from its positions."""
    requisition = requisition_services.mark_advertised(
        session, requisition_id=requisition_id, is_advertised=True, actor=actor, at=at
    )
    actor.demand("recruitment.postings.create", requisition.agency_id)
    positions = [entry.position for entry in requisition.entries if entry.is_live]
    if not positions:
        raise Conflict("All positions of this requisition have been filled.")
    zone = requisition.agency.time_zone
    year = clock.local_date(at, zone).year
    posting = Posting(
        id=new_id("pst"),
        number=f"VAC-{year}-{sequences.next_number(session, f'posting:{year}'):04d}",
        requisition_id=requisition.id,
        agency_id=requisition.agency_id,
        time_zone=zone,
        state=PostingState.DRAFT,
        created_at=at,
        created_by=actor.id,
        source=OWN,
        criteria=[],
        **_prefilled(requisition, positions),
    )
    _derive(posting, requisition.agency.name)
    session.add(posting)
    session.flush()
    _record(session, "create", posting, actor, at, requisition=requisition.id)
    return posting


def edit_posting(
    session: Session, *, posting_id: str, values: Mapping[str, Any], actor: Actor, at: dt.datetime
) -> Posting:
    """Change a draft; `values` hold any of EDITABLE. Conflict once it was submitted."""
    posting = _load_draft(session, posting_id, actor, "edit")
    rulebook = values.get("rulebook")
    today = clock.local_date(at, posting.time_zone)
    if rulebook and rulebooks.find(session, rulebook, today, posting.agency_id) is None:
        raise Invalid(rulebook="Select how applicants are ranked from the list.")
    changed = [name for name in EDITABLE if name in values and getattr(posting, name) != values[name]]
    for name in changed:
        setattr(posting, name, values[name])
    _derive(posting, posting.agency.name)
    session.flush()
    _record(session, "edit", posting, actor, at, changed=changed)
    return posting


def set_criteria(
    session: Session, *, posting_id: str, criteria: Sequence[Asked], actor: Actor, at: dt.datetime
) -> Posting:
    """Replace the criteria of a draft by these, in this order."""
    posting = _load_draft(session, posting_id, actor, "criteria")
    posting.criteria.clear()
    session.flush()  # old places are given up before new ones are taken
    posting.criteria.extend(
        Criterion(
            id=new_id("pcr"),
            position=position,
            kind=asked.kind,
            statement=asked.statement,
            is_essential=asked.is_essential,
        )
        for position, asked in enumerate(criteria, start=1)
    )
    session.flush()
    _record(session, "criteria", posting, actor, at, count=len(criteria))
    return posting


def submit_posting(session: Session, *, posting_id: str, actor: Actor, at: dt.datetime) -> Posting:
    """Ask a second person to approve; Invalid when something is missing."""
    posting = _load(session, posting_id, actor, "submit")
    state = move(posting.state, PostingState.SUBMITTED)
    written = {name: getattr(posting, name) for name in EDITABLE}
    rules.check_complete(written, sum(criterion.is_essential for criterion in posting.criteria))
    posting.state, posting.submitted_by = state, actor.id
    _record(session, "submit", posting, actor, at)
    return posting


def approve_posting(session: Session, *, posting_id: str, actor: Actor, at: dt.datetime) -> Posting:
    """Approve, by someone who neither wrote nor submitted it."""
    posting = _load(session, posting_id, actor, "approve")
    state = move(posting.state, PostingState.APPROVED)
    rules.demand_second_person(actor.id, posting.created_by, posting.submitted_by)
    posting.state, posting.approved_by = state, actor.id
    _record(session, "approve", posting, actor, at)
    return posting


def send_back_posting(
    session: Session, *, posting_id: str, reason: str, actor: Actor, at: dt.datetime
) -> Posting:
    """Make a draft of it again, so that it can be corrected and approved anew; needs a reason."""
    posting = _load(session, posting_id, actor, "send_back")
    state = move(posting.state, PostingState.DRAFT)
    if not reason.strip():
        raise Invalid(reason="Enter what has to be changed.")
    posting.state, posting.approved_by = state, None
    _record(session, "send_back", posting, actor, at, reason=reason.strip())
    return posting


def publish_posting(
    session: Session,
    *,
    posting_id: str,
    opens_at: dt.datetime | None,
    closes_at: dt.datetime,
    actor: Actor,
    at: dt.datetime,
    grace_minutes: int = 0,
) -> Posting:
    """Announce an approved posting; it opens at once when `opens_at` is None.

    Forms that are open when it closes may come in for `grace_minutes` more.
    The day of the announcement fixes the rulebook's version, and the exam plan is sealed. The closing is
    promised for the deadline.
    """
    posting = _load(session, posting_id, actor, "publish")
    state = move(posting.state, PostingState.PUBLISHED)
    rules.check_window(opens_at or at, closes_at, posting.time_zone, at)
    announced_on = clock.local_date(at, posting.time_zone)
    if rulebooks.find(session, posting.rulebook, announced_on, posting.agency_id) is None:
        raise Conflict("The rulebook of this posting is not in force today. Send the posting back.")
    posting.opens_at, posting.closes_at = opens_at or at, closes_at
    posting.grace_minutes = grace_minutes
    posting.published_at, posting.announced_on = at, announced_on
    posting.state = state
    window = {"opens_at": posting.opens_at, "closes_at": closes_at, "grace_minutes": grace_minutes}
    plan = rulebooks.seal(session, posting, actor, at)
    _record(session, "publish", posting, actor, at, rulebook=posting.rulebook, plan=plan, **window)
    jobs.enqueue(
        session,
        "recruitment.close_posting",
        key=f"close:{posting.id}",
        payload={"posting_id": posting.id},
        at=at,
        run_at=closes_at,
    )
    jobs.enqueue(session, "recruitment.send_alerts", key=f"alerts:{posting.id}", payload={}, at=at)
    return posting


def close_posting(session: Session, *, posting_id: str, at: dt.datetime) -> bool:
    """Close a posting whose deadline has come; False when there is nothing to close."""
    posting = queries.get_posting_for_closing(session, posting_id)
    if not rules.is_due_to_close(posting.state, posting.closes_at, at):
        return False
    _close(session, posting, at)
    return True


def close_due_postings(session: Session, *, at: dt.datetime) -> int:
    """Close every posting whose deadline has come, and give how many."""
    due = queries.list_due(session, at)
    for posting in due:
        _close(session, posting, at)
    return len(due)


def cancel_posting(
    session: Session, *, posting_id: str, reason: str, actor: Actor, at: dt.datetime
) -> Posting:
    """Withdraw a posting that has not closed, with the reason that the public reads; no way leads back."""
    posting = _load(session, posting_id, actor, "cancel")
    state = move(posting.state, PostingState.CANCELLED)
    if not reason.strip():
        raise Invalid(reason="Enter the reason.")
    posting.state, posting.cancelled_at, posting.cancel_reason = state, at, reason.strip()
    if posting.requisition_id is not None:
        requisition_services.mark_advertised(
            session, requisition_id=posting.requisition_id, is_advertised=False, actor=actor, at=at
        )
    _record(session, "cancel", posting, actor, at)
    return posting


def _load(session: Session, posting_id: str, actor: Actor, act: str) -> Posting:
    posting = queries.get_posting(session, posting_id, actor, lock=True)
    actor.demand(f"recruitment.postings.{act}", posting.agency_id)
    return posting


def _load_draft(session: Session, posting_id: str, actor: Actor, act: str) -> Posting:
    posting = _load(session, posting_id, actor, act)
    if posting.state is not PostingState.DRAFT:
        raise Conflict("Only a draft can be changed. Send the posting back first.")
    return posting


def _close(session: Session, posting: Posting, at: dt.datetime) -> None:
    posting.state, posting.closed_at = move(posting.state, PostingState.CLOSED), at
    _record(session, "close", posting, SYSTEM, at, closes_at=posting.closes_at)


def _prefilled(requisition: Requisition, positions: Sequence[Position]) -> dict[str, Any]:
    """Give what the positions say: all are of one class; pay spans from the lowest to the highest."""
    first = positions[0]
    alike = [
        position
        for position in positions
        if (position.pay_currency, position.pay_period) == (first.pay_currency, first.pay_period)
    ]
    stations = sorted({position.duty_station for position in positions})
    grades = {position.grade for position in positions}
    return {
        "title": requisition.title,
        "class_code": first.class_code,
        "class_title": first.class_title,
        "grade": first.grade if len(grades) == 1 else "",
        "category": "",
        "employment_type": EmploymentType.FULL_TIME,
        "audience": Audience.EVERYONE,
        **dict.fromkeys(("summary", "duties", "qualifications", "preferred", "how_to_apply", "unit"), ""),
        "location": stations[0] if len(stations) == 1 else f"{stations[0]} and other places",
        "pay_min_minor": min(position.pay_min_minor for position in alike),
        "pay_max_minor": max(position.pay_max_minor for position in alike),
        "pay_currency": first.pay_currency,
        "pay_period": first.pay_period,
        "openings": len(positions),
        "rulebook": requisition.rulebook,
    }


def _derive(posting: Posting, agency_name: str) -> None:
    """Bring the columns that searches and orders read into step with what is shown."""
    posting.title_key = fold(posting.title)
    least = posting.pay_min_minor
    posting.pay_year_minor = None if least is None else rules.yearly(least, posting.pay_period)
    posting.search_text = rules.search_text(
        posting.title,
        posting.number,
        agency_name,
        posting.class_title,
        posting.class_code,
        posting.category,
        posting.unit,
        posting.location,
        posting.summary,
        posting.duties,
        posting.qualifications,
    )


def _record(
    session: Session, act: str, posting: Posting, actor: Actor, at: dt.datetime, **details: Any
) -> None:
    audit.record(
        session,
        f"recruitment.postings.{act}",
        actor=actor,
        at=at,
        subject=posting.id,
        agency_id=posting.agency_id,
        **details,
    )
