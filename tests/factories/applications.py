"""Applications in any state, their documents, claims and screening, made by direct inserts."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from typing import Any

from sqlalchemy.orm import Session

from app.notices.numbers import application_number
from app.platform.audit import canonical
from app.platform.ids import new_id
from app.recruitment.applications.models import (
    Application,
    ApplicationClaim,
    ApplicationDocument,
    ApplicationSection,
    ApplicationVersion,
)
from app.recruitment.applications.states import Assessment, Placement, Screening, Standing, Submission
from app.recruitment.claims.models import ClaimEvidence
from app.recruitment.postings.models import Posting
from app.recruitment.screening.models import CriterionDecision, Outcome, ScreeningOutcome

# Beyond the numbers that a test's own submissions take.
_sequence = itertools.count(500_000)
STARTED_AT = dt.datetime(2026, 11, 10, 14, 0, tzinfo=dt.UTC)
SUBMITTED_AT = dt.datetime(2026, 11, 12, 16, 30, tzinfo=dt.UTC)
CONTACT = {
    "full_name": "Ada Example",
    "email": "ada@people.example",
    "telephone": "+1 212 555 0123",
    "address_line_1": "12 Sample Street",
    "address_line_2": "",
    "town": "New York",
    "region": "NY",
    "postcode": "10007",
    "country": "United States",
}


def make_application(
    session: Session, *, posting_id: str, account_id: str, was_received: bool = False, **values: Any
) -> Application:
    """Insert a submitted application, or a draft with `submission=Submission.DRAFT`.

    Any axis may be given; a receipt is made up for a submitted one, and with `was_received` for one that
    was withdrawn after it had come in.
    """
    own = new_id("app")
    submission = values.get("submission", Submission.SUBMITTED)
    row: dict[str, Any] = {
        "id": own,
        "posting_id": posting_id,
        "account_id": account_id,
        "submission": submission,
        "screening": Screening.PENDING,
        "assessment": Assessment.NONE,
        "standing": Standing.NONE,
        "placement": Placement.NONE,
        "started_at": STARTED_AT,
        "saved_at": STARTED_AT,
    }
    if submission is Submission.SUBMITTED or was_received:
        row |= _receipt(own, values.get("applicant_name", CONTACT["full_name"]))
    if submission is Submission.WITHDRAWN:
        row["withdrawn_at"] = SUBMITTED_AT
    application = Application(**(row | values))
    session.add(application)
    session.flush()
    if application.snapshot is not None:
        session.add(_version(application))
        session.flush()
    return application


def _version(application: Application) -> ApplicationVersion:
    return ApplicationVersion(
        application_id=application.id,
        version=application.version,
        snapshot=application.snapshot,
        digest=application.snapshot_digest,
        submitted_at=application.submitted_at,
    )


def _receipt(own: str, name: str) -> dict[str, Any]:
    number = application_number(next(_sequence), SUBMITTED_AT.year)
    snapshot: dict[str, Any] = {
        "format": "meritum-application-1",
        "number": number,
        "application": own,
        "contact": CONTACT | {"full_name": name},
        "education": [],
        "experience": [],
        "answers": [],
        "claims": [],
        "documents": [],
    }
    return {
        "number": number,
        "version": 1,
        "submitted_at": SUBMITTED_AT,
        "snapshot": snapshot,
        "snapshot_digest": hashlib.sha256(canonical(snapshot).encode()).hexdigest(),
        "applicant_name": name,
        "applicant_email": CONTACT["email"],
    }


EDUCATION = {
    "level": "bachelor",
    "institution": "City College",
    "qualification": "Bachelor of Engineering",
    "progress": "awarded",
    "year": 2019,
}
EXPERIENCE = {
    "employer": "Harbour Works",
    "job_title": "Inspector",
    "start_month": "3",
    "start_year": 2020,
    "is_current": True,
    "end_month": "",
    "end_year": None,
    "hours": 40,
    "duties": "I inspect bridges.",
}


def make_whole_draft(session: Session, *, posting: Posting, account_id: str, **values: Any) -> Application:
    """Insert a draft in which every step is complete, without claims and documents."""
    draft = make_application(
        session,
        posting_id=posting.id,
        account_id=account_id,
        **({"submission": Submission.DRAFT} | values),
    )
    answers = {criterion.id: f"I meet this: {criterion.statement}" for criterion in posting.criteria}
    make_section(session, draft, "contact", CONTACT)
    make_section(session, draft, "education", {"entries": [{"id": 1, "is_complete": True} | EDUCATION]})
    make_section(session, draft, "experience", {"entries": [{"id": 1, "is_complete": True} | EXPERIENCE]})
    make_section(session, draft, "answers", answers)
    make_section(session, draft, "claims", {"kinds": ["none"]})
    make_section(session, draft, "documents", {})
    return draft


def make_section(
    session: Session,
    application: Application,
    section: str,
    data: dict[str, Any],
    *,
    is_complete: bool = True,
) -> ApplicationSection:
    """Insert what the applicant entered at one step."""
    made = ApplicationSection(
        application_id=application.id,
        section=section,
        data=data,
        is_complete=is_complete,
        saved_at=STARTED_AT,
    )
    session.add(made)
    session.flush()
    return made


def make_document(session: Session, application: Application, **values: Any) -> ApplicationDocument:
    """Insert a document's row; its content is not put into the store."""
    own = new_id("doc")
    row = {
        "id": own,
        "application_id": application.id,
        "kind": "resume",
        "filename": "resume.pdf",
        "media_type": "application/pdf",
        "size": 1200,
        "digest": hashlib.sha256(own.encode()).hexdigest(),
        "uploaded_at": STARTED_AT,
    }
    document = ApplicationDocument(**(row | values))
    session.add(document)
    session.flush()
    return document


def make_claim(session: Session, application: Application, **values: Any) -> ApplicationClaim:
    """Insert a claim to veterans' preference that nobody has decided yet; its document is its evidence."""
    row = {"id": new_id("clm"), "application_id": application.id, "kind": "veteran"}
    claim = ApplicationClaim(**(row | values))
    session.add(claim)
    session.flush()
    if claim.document_id is not None:
        session.add(ClaimEvidence(claim_id=claim.id, document_id=claim.document_id, added_at=STARTED_AT))
        session.flush()
    return claim


def make_decision(
    session: Session, application: Application, *, criterion_id: str, decided_by: str, **values: Any
) -> CriterionDecision:
    """Insert a decision that a criterion is met."""
    row = {
        "id": new_id("cdn"),
        "application_id": application.id,
        "criterion_id": criterion_id,
        "is_met": True,
        "reason": "The evidence shows it.",
        "decided_by": decided_by,
        "decided_at": SUBMITTED_AT,
    }
    decision = CriterionDecision(**(row | values))
    session.add(decision)
    session.flush()
    return decision


def make_outcome(
    session: Session, application: Application, *, decided_by: str, **values: Any
) -> ScreeningOutcome:
    """Insert a screening outcome, eligible unless given, and move the application's axis with it."""
    outcome = values.get("outcome", Outcome.ELIGIBLE)
    row = {
        "id": new_id("sco"),
        "application_id": application.id,
        "outcome": outcome,
        "reason": "Every essential criterion is met.",
        "version": 1,
        "decided_by": decided_by,
        "decided_at": SUBMITTED_AT,
    }
    application.screening = Screening(outcome.value)
    made = ScreeningOutcome(**(row | values))
    session.add(made)
    session.flush()
    return made
