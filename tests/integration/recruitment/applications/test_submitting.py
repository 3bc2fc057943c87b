"""An application is received once, in time, whole, and frozen exactly as it came."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.queries import actor_of
from app.notices.models import Notice
from app.notices.numbers import verify_number
from app.platform import audit
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Conflict, Invalid, NotFound
from app.recruitment.applications import snapshots
from app.recruitment.applications.models import Application, ApplicationSection
from app.recruitment.applications.services import submit_application, withdraw_application
from app.recruitment.applications.states import ClaimState, Submission
from app.recruitment.postings.states import PostingState
from tests.conftest import AT
from tests.factories.applications import (
    CONTACT,
    EDUCATION,
    EXPERIENCE,
    make_application,
    make_claim,
    make_document,
    make_whole_draft,
)
from tests.factories.recruitment import CLOSES
from tests.integration.recruitment.conftest import build_world


@pytest.fixture
def draft(session, world):
    return make_whole_draft(session, posting=world.posting, account_id=world.ada.id)


def submit(application_id, actor, at):
    with transaction() as opened:
        return submit_application(opened, application_id=application_id, actor=actor, at=at)


def test_what_was_received_is_frozen_numbered_and_answered_by_a_letter(session, world, draft, at):
    resume = make_document(session, draft)
    make_document(session, draft, removed_at=at, filename="removed.pdf")
    evidence = make_document(session, draft, kind="evidence", filename="dd214.pdf")
    make_claim(session, draft, document_id=evidence.id)

    received = submit(draft.id, world.actor, at)

    assert received.number == "A-2026-000001-7"
    assert verify_number(received.number) == received.number
    assert (received.submission, received.submitted_at) == (Submission.SUBMITTED, at)
    assert (received.applicant_name, received.applicant_email) == (CONTACT["full_name"], CONTACT["email"])
    assert received.snapshot == {
        "format": "meritum-application-2",
        "number": "A-2026-000001-7",
        "version": 1,
        "application": draft.id,
        "account": world.ada.id,
        "received_at": "2026-11-20T15:00:00+00:00",
        "posting": {
            "id": world.posting.id,
            "number": world.posting.number,
            "title": world.posting.title,
        },
        "contact": CONTACT,
        "eligibility": [],
        "education": [EDUCATION],
        "experience": [EXPERIENCE],
        "licences": [],
        "languages": [],
        "answers": [
            {
                "criterion": criterion.id,
                "statement": criterion.statement,
                "is_essential": criterion.is_essential,
                "answer": f"I meet this: {criterion.statement}",
            }
            for criterion in world.posting.criteria
        ],
        "claims": [{"kind": "veteran", "document": evidence.id}],
        "documents": [
            {
                "id": document.id,
                "kind": document.kind,
                "filename": document.filename,
                "media_type": "application/pdf",
                "size": 1200,
                "sha256": document.digest,
            }
            for document in sorted((resume, evidence), key=lambda document: document.id)
        ],
        "declaration": snapshots.DECLARATION,
    }
    notice = session.scalar(select(Notice).where(Notice.subject == draft.id))
    assert (notice.template, notice.recipient_email) == ("application_received", CONTACT["email"])
    letter = notice.context["letter"]
    assert (letter["application_number"], letter["documents"]) == (
        "A-2026-000001-7",
        [document["filename"] for document in received.snapshot["documents"]],
    )


def test_the_digest_is_of_the_canonical_json_and_survives_the_database(session, world, draft, at):
    received = submit(draft.id, world.actor, at)
    session.expire_all()
    stored = session.get(Application, draft.id).snapshot
    text = json.dumps(stored, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert snapshots.write(stored) == text
    assert hashlib.sha256(text).hexdigest() == received.snapshot_digest


def test_the_trail_names_the_receipt_and_nothing_personal(session, world, draft, at):
    received = submit(draft.id, world.actor, at)
    event = session.scalar(
        select(AuditEvent).where(
            AuditEvent.subject == draft.id, AuditEvent.action == "recruitment.applications.submit"
        )
    )
    assert (event.actor_id, event.agency_id) == (world.ada.id, world.agency.id)
    assert event.details == {"number": received.number, "digest": received.snapshot_digest}


def test_sent_again_it_gives_the_same_receipt_even_after_the_deadline(session, world, draft, at):
    first = submit(draft.id, world.actor, at)
    receipt = (first.number, first.submitted_at, first.snapshot_digest)
    again = submit(draft.id, world.actor, CLOSES + dt.timedelta(days=3))
    assert (again.number, again.submitted_at, again.snapshot_digest) == receipt
    assert session.scalar(select(func.count()).select_from(Notice)) == 1


def test_two_at_the_same_moment_are_received_once(committed):
    with transaction() as setting:
        world = build_world(setting)
        draft = make_whole_draft(setting, posting=world.posting, account_id=world.ada.id)
        own, actor = draft.id, actor_of(world.ada)
        audit.record(setting, "recruitment.drafts.start", actor=actor, at=AT, subject=own)
    receipts, failures, start = [], [], threading.Barrier(4)

    def send() -> None:
        start.wait()
        try:
            received = submit(own, actor, AT)
            receipts.append((received.number, received.snapshot_digest))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(receipts) == 4
    assert len(set(receipts)) == 1
    with Session(committed.engine) as looking:
        assert looking.scalar(select(func.count()).select_from(Notice)) == 1
        assert looking.scalar(select(Application.number)) == "A-2026-000001-7"


@pytest.mark.parametrize("late", [0, 1, 14_000_000])
def test_a_late_one_is_refused_with_both_clocks_and_the_draft_stays(session, world, draft, late):
    at = CLOSES + dt.timedelta(microseconds=late)
    with pytest.raises(Conflict) as refused:
        submit(draft.id, world.actor, at)
    assert "We received your submission at 5:00:" in refused.value.message
    assert "Applications closed at 5:00:00 pm on 11" in refused.value.message
    assert refused.value.message.endswith("Your draft is kept; it is NOT submitted.")
    session.expire_all()
    kept = session.get(Application, draft.id)
    assert (kept.submission, kept.number, kept.snapshot) == (Submission.DRAFT, None, None)


def test_the_last_instant_counts_even_when_the_posting_closed_while_it_waited(session, world, draft):
    world.posting.state = PostingState.CLOSED
    world.posting.closed_at = CLOSES
    session.flush()
    in_time = CLOSES - dt.timedelta(microseconds=1)
    assert submit(draft.id, world.actor, in_time).submitted_at == in_time


def test_nothing_is_received_by_a_cancelled_vacancy(session, world, draft, at):
    world.posting.state = PostingState.CANCELLED
    world.posting.cancelled_at, world.posting.cancel_reason = at, "No budget."
    session.flush()
    with pytest.raises(Conflict, match="This vacancy takes no applications now"):
        submit(draft.id, world.actor, at)


@pytest.mark.parametrize("section", ["contact", "education", "experience", "answers", "claims", "documents"])
def test_an_incomplete_one_is_refused_by_name_and_takes_no_number(session, world, draft, at, section):
    row = next(row for row in session.scalars(select_sections(draft.id)) if row.section == section)
    row.is_complete = False
    session.flush()
    with pytest.raises(Invalid) as refused:
        submit(draft.id, world.actor, at)
    assert refused.value.message.startswith("Your application is not complete.")
    row.is_complete = True
    session.flush()
    assert submit(draft.id, world.actor, at).number == "A-2026-000001-7"


def select_sections(application_id):
    return select(ApplicationSection).where(ApplicationSection.application_id == application_id)


def test_a_claim_whose_evidence_was_removed_keeps_it_back(session, world, draft, at):
    gone = make_document(session, draft, removed_at=at)
    make_claim(session, draft, document_id=gone.id)
    with pytest.raises(Invalid, match="Add evidence for each preference that you claim"):
        submit(draft.id, world.actor, at)


def test_nobody_submits_for_another(session, world, draft, at):
    with pytest.raises(NotFound):
        submit(draft.id, world.staff, at)


def test_a_withdrawn_application_keeps_its_reason_and_is_not_simply_sent_again(session, world, draft, at):
    submit(draft.id, world.actor, at)
    with transaction() as opened:
        gone = withdraw_application(
            opened, application_id=draft.id, reason="I moved away.", actor=world.actor, at=at
        )
    assert (gone.submission, gone.withdrawn_at, gone.withdrawal_reason) == (
        Submission.WITHDRAWN,
        at,
        "I moved away.",
    )
    assert gone.number == "A-2026-000001-7"
    with pytest.raises(Conflict, match="Take it up again first"):
        submit(draft.id, world.actor, at)


def test_numbers_run_by_the_year_of_the_vacancys_own_clock(session, world, draft):
    """At 03:00 UTC on New Year's Day it is still December in New York."""
    world.posting.closes_at = dt.datetime(2027, 2, 1, tzinfo=dt.UTC)
    session.flush()
    received = submit(draft.id, world.actor, dt.datetime(2027, 1, 1, 3, 0, tzinfo=dt.UTC))
    assert received.number.startswith("A-2026-000001-")


def test_a_person_has_one_application_a_vacancy(session, world, draft, at):
    def begin_again():
        with transaction() as opened:
            make_application(
                opened,
                posting_id=world.posting.id,
                account_id=world.ada.id,
                submission=Submission.DRAFT,
            )

    with pytest.raises(Invalid) as refused:
        begin_again()
    assert refused.value.fields == {"": "You already have an application for this vacancy."}


def test_a_decided_claim_starts_as_claimed(session, world, draft):
    assert make_claim(session, draft).state is ClaimState.CLAIMED
