"""What is over by the schedule ends: two people for what was received, the clock for the rest; holds win."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select, update

from app.accounts.models import Account
from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.compliance.deletions.models import LegalHold
from app.compliance.deletions.states import HoldState
from app.compliance.retention import due as falling
from app.compliance.retention import schedule, services
from app.compliance.retention.models import Purge, PurgedApplication
from app.compliance.retention.schedule import Series
from app.compliance.retention.states import PurgeState
from app.platform import schedule as ticks
from app.platform import storage, uploads
from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.config import ConfigError
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, NotFound
from app.platform.ids import new_id
from app.recruitment.applications.models import Application, ApplicationDocument, ApplicationSection
from app.recruitment.applications.states import Placement, Submission
from app.recruitment.messages.services import write
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import (
    CONTACT,
    make_application,
    make_claim,
    make_document,
    make_outcome,
    make_section,
)
from tests.factories.recruitment import make_posting
from tests.integration.recruitment.conftest import build_world, hand  # noqa: F401

LONG_AGO = dt.datetime(2024, 10, 1, 12, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 20)
WHY = "Two years are over since the vacancy ended."


@pytest.fixture
def world(session, hand):  # noqa: F811
    return build_world(session)


@pytest.fixture
def old(session, world):
    """A vacancy that ended more than two years ago."""
    return make_posting(
        session,
        agency_id=world.agency.id,
        title="Toll collector",
        state=PostingState.CLOSED,
        opens_at=LONG_AGO - dt.timedelta(days=30),
        closes_at=LONG_AGO,
        closed_at=LONG_AGO,
        published_at=LONG_AGO - dt.timedelta(days=30),
    )


@pytest.fixture
def records(session):
    return make_account(session, name="Rita Records", roles=[(Role.RECORDS_OFFICER, None)])


@pytest.fixture
def auditor(session):
    return make_account(session, name="Arne Auditor", roles=[(Role.AUDITOR, None)])


def received(session, posting, name="Ada Example", at=LONG_AGO, **values):
    account = make_account(session, name=name)
    return make_application(
        session, posting_id=posting.id, account_id=account.id, submitted_at=at, applicant_name=name, **values
    )


def due(session, actor, **values):
    cutoff = schedule.current()["received"].cutoff(TODAY)
    return [
        (one.posting.title, one.count, one.held) for one in falling.list_due(session, actor, cutoff, TODAY)
    ]


def hold(session, application, by):
    row = LegalHold(
        id=new_id("hld"),
        account_id=application.account_id,
        state=HoldState.HELD,
        reason="A suit is pending.",
        placed_by=by.id,
        placed_at=LONG_AGO,
    )
    session.add(row)
    session.flush()


def propose(posting, actor, at):
    with transaction() as opened:
        return services.propose(
            opened,
            posting_id=posting.id,
            series=schedule.current()["received"],
            reason=WHY,
            actor=actor,
            at=at,
        ).id


def approve(purge_id, actor, at):
    with transaction() as opened:
        services.approve(opened, purge_id=purge_id, actor=actor, at=at)


def test_only_what_is_over_in_every_respect_falls_due(session, world, old, records):
    actor = actor_of(records)
    received(session, old)
    received(session, old, at=dt.datetime(2024, 11, 20, tzinfo=dt.UTC))  # two years to the day: not before
    received(session, old, placement=Placement.APPOINTED)
    screened = received(session, old)
    make_outcome(session, screened, decided_by=world.officer.id)  # decided this month
    received(session, world.posting)  # an open vacancy
    assert due(session, actor) == [("Toll collector", 1, 0)]
    session.execute(
        update(Posting).where(Posting.id == old.id).values(closed_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    )
    assert due(session, actor) == []


def test_two_people_end_it_and_of_what_was_received_the_words_go(
    session, client, world, old, records, auditor, at, run_jobs
):
    application = received(session, old)
    paper = storage.current().put(b"a paper")
    make_document(session, application, kind="resume", digest=paper)
    make_section(session, application, "contact", CONTACT)
    make_claim(session, application)
    digest = application.snapshot_digest
    with transaction() as opened:
        owner = Actor(id=application.account_id, name="Ada Example")
        write(opened, application_id=application.id, body="Please.", actor=owner, at=at)
    keeper = actor_of(records)
    purge_id = propose(old, keeper, at)
    both = make_account(session, roles=[(Role.RECORDS_OFFICER, None), (Role.AUDITOR, None)])
    with pytest.raises(Forbidden):
        approve(purge_id, actor_of(records), at)
    approve(purge_id, actor_of(auditor), at)
    run_jobs()
    session.expire_all()
    purge = session.get(Purge, purge_id)
    assert (purge.state, purge.applications, both.id != purge.decided_by) == (PurgeState.CARRIED_OUT, 1, True)
    left = session.get(Application, application.id)
    assert (left.applicant_name, left.applicant_email, left.snapshot_digest) == ("Deleted", "", digest)
    assert left.snapshot["contact"] == {"full_name": "Deleted"}
    assert session.scalars(select(ApplicationSection)).all() == []
    assert session.scalars(select(ApplicationDocument)).all() == []
    with pytest.raises(NotFound):
        storage.current().get(paper)
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "compliance.retention.carry_out")
    ).one()
    assert (event.details["applications"], event.details["ids"]) == (1, purge.ids_digest)
    assert due(session, keeper) == []
    sign_in(client, session.get(Account, application.account_id))
    page = client.get(f"/my/applications/{application.id}").text
    assert "What you sent was deleted when the time for which it is kept was over." in page
    assert client.get(f"/my/applications/{application.id}/receipt").status_code == 404
    sign_in(client, world.officer)
    assert "Only the frame is left" in client.get(f"/staff/applications/{application.id}").text


def test_nobody_approves_what_they_proposed(session, old, at):
    received(session, old)
    both = actor_of(make_account(session, roles=[(Role.RECORDS_OFFICER, None), (Role.AUDITOR, None)]))
    purge_id = propose(old, both, at)
    with pytest.raises(Conflict, match="Somebody other than who proposed it"):
        approve(purge_id, both, at)


def test_a_hold_wins_before_and_after_approval(session, old, records, auditor, at, run_jobs):
    first, second = received(session, old), received(session, old, name="Ben Example")
    hold(session, second, auditor)
    assert due(session, actor_of(records)) == [("Toll collector", 1, 1)]
    purge_id = propose(old, actor_of(records), at)
    hold(session, first, auditor)
    with pytest.raises(Conflict, match="has changed since this was proposed"):
        approve(purge_id, actor_of(auditor), at)
    session.execute(update(LegalHold).where(LegalHold.account_id == first.account_id).values(
        state=HoldState.RELEASED, released_at=at, released_by=auditor.id, release_proposed_by=records.id
    ))  # fmt: skip
    approve(purge_id, actor_of(auditor), at)
    hold(session, first, auditor)
    run_jobs()
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(PurgedApplication)) == 0
    assert session.get(Application, first.id).applicant_name == "Ada Example"


def test_a_proposal_that_is_sent_back_deletes_nothing_and_may_come_again(
    session, client, old, records, auditor, at
):
    received(session, old)
    sign_in(client, records)
    place = f"/staff/retention/vacancies/{old.id}/propose"
    assert "Toll collector" in client.get("/staff/retention").text
    assert client.post(place, data={"reason": "short"}).status_code == 422
    answer = client.post(place, data={"reason": WHY})
    assert answer.status_code == 303
    assert client.post(place, data={"reason": WHY}).status_code == 422
    assert "Waits for approval" in client.get("/staff/retention").text
    assert client.post(f"{answer.location}/approve").status_code == 403
    sign_in(client, auditor)
    assert "Approve the deletion" in client.get(answer.location).text
    back = f"{answer.location}/send-back"
    assert client.get(back).status_code == 200
    assert client.post(back, data={"reason": "The agency asks for time."}).status_code == 303
    assert "The agency asks for time." in client.get(answer.location).text
    assert client.post(f"{answer.location}/approve").status_code in (303, 409)
    assert session.scalars(select(Purge)).one().state is PurgeState.SENT_BACK
    assert propose(old, actor_of(records), at)


def test_an_agencys_officer_sees_its_own_vacancies_alone(session, old, at):
    received(session, old)
    other = make_posting(session)
    foreign = make_account(session, roles=[(Role.RECORDS_OFFICER, other.agency_id)])
    assert due(session, actor_of(foreign)) == []
    with pytest.raises(NotFound):
        propose(old, actor_of(foreign), at)


def tick(job, at):
    ticks.promise(next(one for one in ticks.TICKS if one.job == job), at)


def test_the_clock_ends_drafts_and_a_hold_keeps_them(session, world, old, auditor, at, run_jobs):
    gone = make_application(session, posting_id=old.id, account_id=world.ada.id, submission=Submission.DRAFT)
    make_section(session, gone, "contact", CONTACT)
    held = make_application(
        session, posting_id=old.id, account_id=make_account(session).id, submission=Submission.DRAFT
    )
    hold(session, held, auditor)
    fresh = make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )
    tick("compliance.purge_drafts", at)
    run_jobs()
    tick("compliance.purge_drafts", at + dt.timedelta(days=1))
    run_jobs()
    assert set(session.scalars(select(Application.id))) == {held.id, fresh.id}
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "compliance.retention.delete_drafts")
    ).one()
    assert (event.details["drafts"], event.details["ids"]) == (1, falling.digest_of([gone.id]))


def test_files_that_nothing_names_are_swept_after_a_week(session, world, hand, at, run_jobs):  # noqa: F811
    loose, named = uploads.keep(b"never sent again"), uploads.keep(b"named by a draft")
    draft = make_application(
        session, posting_id=world.posting.id, account_id=world.ada.id, submission=Submission.DRAFT
    )
    make_document(session, draft, digest=named)
    tick("compliance.sweep_uploads", hand.turn(days=6))
    run_jobs()
    assert storage.current().get(loose) == b"never sent again"
    hand.turn(days=3)
    young = uploads.keep(b"came just now")
    tick("compliance.sweep_uploads", hand.moment)
    run_jobs()
    with pytest.raises(NotFound):
        storage.current().get(loose)
    assert storage.current().get(named) == b"named by a draft"
    assert storage.current().get(young) == b"came just now"
    assert list(session.scalars(select(uploads.Upload.digest))) == [young]


SERIES = """
[[series]]
code = "{code}"
title = "T"
starts = "s"
years = {years}
law = "{law}"
says = "w"
read = 2026-11-22
approval = "{approval}"
"""


def a_schedule(**values):
    given = {"years": 3, "law": "Public Records Act 5", "approval": "two people"} | values
    return "".join(SERIES.format(code=code, **given) for code in schedule.CODES)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("nonsense", "cannot be read"),
        (SERIES.format(code="received", years=2, law="L", approval="clock"), "approval of received"),
        (a_schedule(law=" "), "lacks “law”"),
        (a_schedule(years=0), "a day at least"),
        (a_schedule(years="true"), "whole years"),
        (a_schedule(approval="nobody"), "approval of received"),
        (a_schedule().rpartition("\n[[series]]")[0], "each of received, drafts, uploads once"),
    ],
)
def test_a_schedule_that_cannot_be_followed_is_refused(tmp_path, text, fault):
    own = tmp_path / "schedule.toml"
    own.write_text(text)
    with pytest.raises(ConfigError, match=fault):
        schedule.load(own)


def test_an_offices_own_schedule_is_followed(tmp_path):
    own = tmp_path / "schedule.toml"
    own.write_text(a_schedule())
    made = schedule.load(own)["received"]
    assert (made.period, made.cutoff(dt.date(2028, 2, 29))) == ("3 years", dt.date(2025, 2, 28))


def test_ours_names_its_laws():
    found = schedule.load(None)
    assert {code: (one.law, one.period, one.approval) for code, one in found.items()} == {
        "received": ("29 CFR 1602.31", "2 years", "two people"),
        "drafts": ("Regulation (EU) 2016/679, art. 5(1)(e), as a measure", "1 year", "clock"),
        "uploads": ("Regulation (EU) 2016/679, art. 5(1)(e), as a measure", "7 days", "clock"),
    }
    assert isinstance(found["received"], Series)
