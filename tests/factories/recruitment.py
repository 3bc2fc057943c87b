"""Requisitions, postings and criteria, made by direct inserts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.personnel.positions.states import PayPeriod
from app.platform.ids import new_id
from app.platform.words import fold
from app.recruitment.eligibility.models import EligibilityQuestion
from app.recruitment.fees.models import PostingFee, WaiverGround
from app.recruitment.fees.states import FeeHold
from app.recruitment.postings.models import Criterion, Posting
from app.recruitment.postings.states import Audience, CriterionKind, EmploymentType, PostingState
from app.recruitment.requisitions.models import Requisition, RequisitionPosition
from app.recruitment.requisitions.states import LIVE, RequisitionState
from tests.factories.accounts import make_account, make_agency

# The fixed moment of the tests is 2026-11-20 15:00 UTC: a posting made here is open at it.
WRITTEN = dt.datetime(2026, 11, 2, 14, 0, tzinfo=dt.UTC)
OPENED = dt.datetime(2026, 11, 9, 14, 0, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 12, 11, 22, 0, tzinfo=dt.UTC)
SEEN = (PostingState.PUBLISHED, PostingState.CLOSED)


def make_requisition(session: Session, *, positions: Sequence[str] = (), **values: Any) -> Requisition:
    """Insert a requisition, approved unless `state` says otherwise, for positions given by their ids."""
    own = values.pop("id", None) or new_id("req")
    state = values.setdefault("state", RequisitionState.APPROVED)
    values.setdefault("agency_id", None)
    values["agency_id"] = values["agency_id"] or make_agency(session).id
    values["created_by"] = values.get("created_by") or make_account(session).id
    if state is not RequisitionState.DRAFT:
        values = {"requested_at": WRITTEN, "requested_by": values["created_by"]} | values
    if state is RequisitionState.CANCELLED:
        values = {"cancelled_at": WRITTEN, "cancel_reason": "The posts were given up."} | values
    if state in (RequisitionState.APPROVED, RequisitionState.REFUSED):
        values["decided_by"] = values.get("decided_by") or make_account(session).id
        values.setdefault("decided_at", WRITTEN + dt.timedelta(days=1))
        values.setdefault("decision_reason", "The posts are in this year's budget.")
    entries = [
        RequisitionPosition(requisition_id=own, position_id=position_id, is_live=state in LIVE)
        for position_id in positions
    ]
    requisition = Requisition(
        **{
            "id": own,
            "number": f"REQ-{own[-8:].upper()}",
            "title": "Civil Engineer",
            "justification": "Two bridges are to be inspected a year more than last year.",
            "rulebook": "city-civil-service",
            "created_at": WRITTEN,
            "entries": entries,
        }
        | values
    )
    session.add(requisition)
    session.flush()
    return requisition


def make_posting(session: Session, *, criteria: Sequence[str] | None = None, **values: Any) -> Posting:
    """Insert a posting with two criteria, published and open at the tests' moment unless told otherwise.

    `criteria` are statements, all essential; an empty list makes none.
    """
    own = values.pop("id", None) or new_id("pst")
    state = values.setdefault("state", PostingState.PUBLISHED)
    values["agency_id"] = values.get("agency_id") or make_agency(session).id
    statements = (
        ("A degree in engineering.", "Two years of site work.") if criteria is None else tuple(criteria)
    )
    made = [_criterion(own, index, statement) for index, statement in enumerate(statements, start=1)]
    values = _standard(own) | _dated(session, state, values) | values
    if values["search_text"] == "":
        words = [values["title"], values["class_title"], values["location"], values["summary"]]
        values["search_text"] = " ".join(words).casefold()
    values.setdefault("title_key", fold(values["title"]))
    posting = Posting(**values, criteria=made)
    session.add(posting)
    session.flush()
    return posting


def make_criterion(session: Session, posting: Posting, **values: Any) -> Criterion:
    """Insert one more criterion at the end of the posting's; the posting must have been made here."""
    criterion = _criterion(posting.id, len(posting.criteria) + 1, "A driving licence.")
    for name, value in values.items():
        setattr(criterion, name, value)
    posting.criteria.append(criterion)
    session.flush()
    return criterion


def _criterion(posting_id: str, position: int, statement: str) -> Criterion:
    return Criterion(
        id=new_id("pcr"),
        posting_id=posting_id,
        position=position,
        kind=CriterionKind.EXPERIENCE,
        statement=statement,
        is_essential=True,
    )


def _standard(own: str) -> dict[str, Any]:
    return {
        "id": own,
        "number": f"VAC-{own[-8:].upper()}",
        "title": "Civil Engineer",
        "class_code": "20215",
        "class_title": "Civil Engineer",
        "grade": "2",
        "category": "Engineering",
        "employment_type": EmploymentType.FULL_TIME,
        "audience": Audience.EVERYONE,
        "summary": "You inspect bridges and say which must be mended first.",
        "duties": "You visit sites.\n\nYou write reports.",
        "qualifications": "A degree in engineering and two years of site work.",
        "preferred": "",
        "how_to_apply": "",
        "unit": "Bureau of Bridges",
        "location": "Brooklyn",
        "pay_min_minor": 7_250_000,
        "pay_max_minor": 9_800_000,
        "pay_currency": "USD",
        "pay_period": PayPeriod.YEAR,
        "pay_year_minor": 7_250_000,
        "openings": 2,
        "rulebook": "city-civil-service",
        "time_zone": "America/New_York",
        "created_at": WRITTEN,
        "source": "meritum",
        "search_text": "",
    }


def _dated(session: Session, state: PostingState, values: dict[str, Any]) -> dict[str, Any]:
    """Give the people and moments that the state asks for."""
    dated: dict[str, Any] = {}
    if values.get("source", "meritum") == "meritum":
        dated["created_by"] = values.get("created_by") or make_account(session).id
        if state not in (PostingState.DRAFT, PostingState.CANCELLED):
            dated["submitted_by"] = dated["created_by"]
        if state in (PostingState.APPROVED, *SEEN):
            dated["approved_by"] = values.get("approved_by") or make_account(session).id
    if state in SEEN:
        dated |= {"opens_at": OPENED, "closes_at": CLOSES, "published_at": OPENED}
        dated["announced_on"] = values.get("published_at", OPENED).date()
    if state is PostingState.CLOSED:
        dated["closed_at"] = values.get("closes_at", CLOSES)
    if state is PostingState.CANCELLED:
        dated |= {"cancelled_at": OPENED, "cancel_reason": "The post was withdrawn from the budget."}
    return dated


def make_question(session: Session, posting: Posting, **values: Any) -> EligibilityQuestion:
    """Insert one more question of eligibility, answered Yes or No; a No bars unless it is advisory."""
    row = {
        "id": new_id("eqn"),
        "posting_id": posting.id,
        "position": values.pop("position", 1),
        "question": "Are you at least 18 years old?",
        "lawful": ["Yes"],
        "unlawful": ["No"],
        "explanation": "The law sets a lowest age of 18 for this post.",
        "source": "Civil Service Rules, rule 4",
        "is_advisory": False,
    }
    question = EligibilityQuestion(**(row | values))
    session.add(question)
    session.flush()
    session.expire(posting, ["questions"])
    return question


def make_fee(session: Session, posting: Posting, **values: Any) -> PostingFee:
    """Insert a fee of 40 dollars that holds up screening, waived for one ground."""
    row = {
        "posting_id": posting.id,
        "amount_minor": 4000,
        "currency": "USD",
        "authority": "Civil Service Law 50(5)",
        "where_to_pay": "Cash desk, 1 Main Street, weekdays 9 to 4.",
        "hold": FeeHold.SCREENING,
    }
    ground = WaiverGround(
        id=new_id("wvg"),
        position=1,
        title="You receive public assistance",
        source="Civil Service Law 50(5)(b)",
        evidence="A letter of the agency that pays it",
    )
    fee = PostingFee(**(row | values), grounds=[ground])
    session.add(fee)
    session.flush()
    session.expire(posting, ["fee"])
    return fee
