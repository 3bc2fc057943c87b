"""What was received may be changed until the closing: the latest version counts, the earlier ones stay."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from app.notices.models import Notice
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Conflict, NotFound
from app.recruitment.applications import queries
from app.recruitment.applications.differences import difference
from app.recruitment.applications.models import (
    Application,
    ApplicationClaim,
    ApplicationDocument,
    ApplicationSection,
)
from app.recruitment.applications.services import submit_application, withdraw_application
from app.recruitment.applications.states import ClaimState, Screening, Submission
from app.recruitment.changes.services import begin_change, discard_change
from app.recruitment.drafts.services import save_section
from tests.conftest import sign_in
from tests.factories.applications import (
    CONTACT,
    make_claim,
    make_document,
    make_whole_draft,
)
from tests.factories.recruitment import CLOSES

MOVED = CONTACT | {"town": "Albany"}


@pytest.fixture
def sent(session, world, at):
    draft = make_whole_draft(session, posting=world.posting, account_id=world.ada.id)
    make_document(session, draft, filename="resume.pdf")
    evidence = make_document(session, draft, kind="evidence", filename="dd214.pdf")
    make_claim(session, draft, document_id=evidence.id)
    with transaction() as opened:
        return submit_application(opened, application_id=draft.id, actor=world.actor, at=at)


def begin(world, sent, at):
    with transaction() as opened:
        return begin_change(opened, application_id=sent.id, actor=world.actor, at=at).id


def move_house(world, copy, at):
    with transaction() as opened:
        save_section(
            opened,
            application_id=copy,
            section="contact",
            data=MOVED,
            is_complete=True,
            actor=world.actor,
            at=at,
        )


def submit(world, own, at):
    with transaction() as opened:
        return submit_application(opened, application_id=own, actor=world.actor, at=at)


def test_the_latest_version_counts_and_the_first_stays_as_it_was(session, world, sent, at):
    first = (sent.number, sent.snapshot, sent.snapshot_digest)
    later = at + dt.timedelta(hours=3)
    copy = begin(world, sent, later)
    move_house(world, copy, later)
    session.expire_all()
    assert session.get(Application, sent.id).snapshot == first[1]

    again = submit(world, copy, later)

    assert (again.id, again.number, again.version, again.submitted_at) == (sent.id, first[0], 2, later)
    assert (again.snapshot["contact"], again.snapshot["version"]) == (MOVED, 2)
    session.expire_all()
    versions = queries.list_versions(session, sent.id)
    assert [(row.version, row.digest, row.submitted_at) for row in versions] == [
        (1, first[2], at),
        (2, again.snapshot_digest, later),
    ]
    assert versions[0].snapshot == first[1]
    assert session.scalar(select(func.count()).select_from(Application)) == 1
    changes = difference(versions[0].snapshot, versions[1].snapshot)
    assert [(change.section, change.name, change.before, change.after) for change in changes] == [
        ("contact", "Town or city", "New York", "Albany")
    ]


def test_each_version_has_its_letter_and_its_place_in_the_trail(session, world, sent, at):
    later = at + dt.timedelta(hours=3)
    copy = begin(world, sent, later)
    move_house(world, copy, later)
    again = submit(world, copy, later)
    notices = session.scalars(select(Notice).where(Notice.subject == sent.id).order_by(Notice.number)).all()
    assert [notice.key for notice in notices] == [
        f"application-received:{sent.id}",
        f"application-received:{sent.id}:2",
    ]
    assert "version 2" in notices[1].context["letter"]["next_steps"][0]
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.subject == sent.id).order_by(AuditEvent.index)
    ).all()
    assert [event.action for event in events][-3:] == [
        "recruitment.changes.begin",
        "recruitment.drafts.contact",
        "recruitment.applications.submit",
    ]
    submitted = [event for event in events if event.action == "recruitment.applications.submit"]
    assert submitted[-1].details == {
        "number": sent.number,
        "digest": again.snapshot_digest,
        "version": 2,
    }


def test_claims_and_papers_of_the_new_version_take_the_place_of_the_old_ones(session, world, sent, at):
    before = session.scalars(select(ApplicationDocument.id)).all()
    copy = begin(world, sent, at)
    assert session.scalar(select(func.count()).select_from(ApplicationClaim)) == 2
    again = submit(world, copy, at)
    session.expire_all()
    claims = session.scalars(select(ApplicationClaim)).all()
    assert [(claim.application_id, claim.kind, claim.state) for claim in claims] == [
        (sent.id, "veteran", ClaimState.CLAIMED)
    ]
    live = session.scalars(select(ApplicationDocument).where(ApplicationDocument.removed_at.is_(None))).all()
    assert {document.filename for document in live} == {"resume.pdf", "dd214.pdf"}
    assert {document.application_id for document in live} == {sent.id}
    assert claims[0].document_id in {document.id for document in live}
    assert len(session.scalars(select(ApplicationDocument.id)).all()) == len(before) * 2
    assert difference(sent.snapshot, again.snapshot) == []


def test_a_verified_claim_that_is_no_longer_made_is_taken_back(session, world, sent, at):
    claim = session.scalar(select(ApplicationClaim).where(ApplicationClaim.application_id == sent.id))
    claim.state, claim.reason, claim.decided_by, claim.decided_at = (
        ClaimState.VERIFIED,
        "The paper shows it.",
        world.officer.id,
        at,
    )
    session.flush()
    copy = begin(world, sent, at)
    copied = session.scalar(select(ApplicationClaim).where(ApplicationClaim.application_id == copy))
    session.delete(copied)
    session.flush()
    submit(world, copy, at)
    session.expire_all()
    claim = session.scalar(select(ApplicationClaim))
    assert (claim.state, claim.reason, claim.decided_by) == (
        ClaimState.REFUSED,
        "The applicant no longer claims it.",
        world.ada.id,
    )


def test_changes_that_are_given_up_leave_nothing_behind(session, world, sent, at):
    rows = session.scalar(select(func.count()).select_from(ApplicationSection))
    copy = begin(world, sent, at)
    move_house(world, copy, at)
    with transaction() as opened:
        discard_change(opened, application_id=copy, actor=world.actor, at=at)
    session.expire_all()
    assert session.scalars(select(Application.id)).all() == [sent.id]
    assert session.scalar(select(func.count()).select_from(ApplicationSection)) == rows
    assert session.get(Application, sent.id).snapshot["contact"] == CONTACT


def test_there_is_one_working_copy_however_often_it_is_asked_for(session, world, sent, at):
    assert begin(world, sent, at) == begin(world, sent, at)


def test_a_withdrawn_application_may_come_back_before_the_closing(session, world, sent, at):
    with transaction() as opened:
        withdraw_application(opened, application_id=sent.id, reason="", actor=world.actor, at=at)
    copy = begin(world, sent, at)
    again = submit(world, copy, at)
    assert (again.submission, again.withdrawn_at, again.number, again.version) == (
        Submission.SUBMITTED,
        None,
        sent.number,
        2,
    )


@pytest.mark.parametrize("when", ["closed", "screened"])
def test_nothing_is_changed_after_the_closing_or_a_decision(session, world, sent, at, when):
    copy = begin(world, sent, at)
    if when == "screened":
        session.get(Application, sent.id).screening = Screening.ELIGIBLE
        session.flush()
    late = CLOSES if when == "closed" else at
    with pytest.raises(Conflict):
        submit(world, copy, late)
    with transaction() as opened:
        discard_change(opened, application_id=copy, actor=world.actor, at=late)
    with pytest.raises(Conflict, match="can no longer be changed"):
        begin(world, sent, late)


def test_nobody_changes_anothers(session, world, sent, at):
    with pytest.raises(NotFound), transaction() as opened:
        begin_change(opened, application_id=sent.id, actor=world.staff, at=at)


def test_a_person_changes_a_step_reads_what_differs_and_submits_again(session, world, client, sent):
    ada = sign_in(client, world.ada)
    assert "Change your application" in ada.get(f"/my/applications/{sent.id}").text
    place = ada.post(f"/my/applications/{sent.id}/change").location
    assert "Changes, not submitted" in ada.get(place).text
    copy = place.removesuffix("/tasks")
    ada.post(f"{copy}/contact", data=MOVED | {"proceed": "y"})
    review = ada.get(f"{copy}/review").text
    assert "What you changed since version 1" in review
    assert "Albany" in review
    assert [row.id for row in queries.list_own(session, world.actor)] == [sent.id]
    answer = ada.post(f"{copy}/submit", data={"declaration": "y", "idempotency_key": "k" * 32})
    assert answer.location == f"/my/applications/{sent.id}/receipt"
    twice = ada.post(f"{copy}/submit", data={"declaration": "y", "idempotency_key": "k" * 32})
    assert twice.location == answer.location
    session.expire_all()
    assert session.get(Application, sent.id).version == 2


def test_the_office_reads_the_latest_and_what_differs(session, world, client, sent, at):
    copy = begin(world, sent, at)
    move_house(world, copy, at)
    submit(world, copy, at)
    text = sign_in(client, world.officer).get(f"/staff/applications/{sent.id}").text
    assert "What changed since version 1" in text
    assert "Albany" in text
    assert "This application was changed after it was received" not in text


def test_a_copy_is_given_up_by_a_button(world, client, sent, session):
    ada = sign_in(client, world.ada)
    copy = ada.post(f"/my/applications/{sent.id}/change").location.removesuffix("/tasks")
    assert ada.post(f"{copy}/change/discard").status_code == 303
    assert ada.get(f"{copy}/tasks").status_code == 404
    assert ada.post(f"/my/applications/{sent.id}/change/discard").status_code == 409


def test_withdrawing_ends_the_changes_too(session, world, sent, at):
    begin(world, sent, at)
    with transaction() as opened:
        withdraw_application(opened, application_id=sent.id, reason="", actor=world.actor, at=at)
    session.expire_all()
    assert session.scalars(select(Application.id)).all() == [sent.id]


def test_each_version_has_a_page_with_what_it_changed(client, world, sent, at):
    copy = begin(world, sent, at)
    move_house(world, copy, at)
    with transaction() as opened:
        submit_application(opened, application_id=copy, actor=world.actor, at=at + dt.timedelta(hours=1))
    ada = sign_in(client, world.ada)
    place = f"/my/applications/{sent.id}/versions"
    assert place in ada.get(f"/my/applications/{sent.id}").text
    page = ada.get(place).text
    assert "1 change from the version before" in page
    assert f"{place}/1" in page
    first, second = ada.get(f"{place}/1").text, ada.get(f"{place}/2").text
    assert "A later version counts in its place." in first
    assert "Albany" not in first
    assert "What changed since version 1" in second
    assert "This version counts." in second
    assert "Albany" in second
    assert [ada.get(f"{place}/{number}").status_code for number in (0, 3, 100_000)] == [404, 404, 404]
    assert sign_in(client, world.officer).get(f"{place}/1").status_code == 404


def test_a_draft_has_no_versions(session, client, world):
    draft = make_whole_draft(session, posting=world.posting, account_id=world.ada.id)
    assert sign_in(client, world.ada).get(f"/my/applications/{draft.id}/versions").status_code == 404
