"""Interruptions of intake: proofs, gaps, faults, officers' declarations, and the closings they move."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.accounts.holidays.models import Holiday
from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.platform import clock, schedule, storage
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Forbidden
from app.recruitment.applications.states import Submission
from app.recruitment.drafts import services as draft_services
from app.recruitment.interruptions import probe, services, tasks
from app.recruitment.interruptions import staff_routes as interruption_routes
from app.recruitment.interruptions.models import IntakeFault, IntakeProof, Interruption, MovedClosing
from app.recruitment.interruptions.rules import LOOK_BACK
from app.recruitment.interruptions.states import Cause
from app.recruitment.postings import services as posting_services
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState
from tests.conftest import AT, sign_in
from tests.factories.accounts import make_account
from tests.factories.applications import make_application
from tests.factories.recruitment import make_posting

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def closing(session):
    """A posting that closes in two hours, on a Friday at noon in New York."""
    return make_posting(session, closes_at=AT + 2 * HOUR, time_zone="America/New_York")


def prove(at):
    with transaction() as opened:
        services.prove_intake(opened, at=at)
        return services.move_closings(opened, at=at)


def window(session, posting):
    session.expire_all()
    kept = session.get(Posting, posting.id)
    return kept.state, kept.first_closes_at, kept.closes_at


def test_proofs_that_follow_closely_move_nothing(session, closing):
    for seconds in (0, 30, 60, 135):
        assert prove(AT + dt.timedelta(seconds=seconds)) == []
    assert session.scalars(select(Interruption)).all() == []
    assert window(session, closing) == (PostingState.PUBLISHED, None, AT + 2 * HOUR)


def test_a_quarter_of_an_hour_without_proof_moves_the_closing_and_everyone_with_a_draft_is_told(
    session, closing, outbox, run_jobs, monkeypatch
):
    ada = make_account(session, name="Ada Draft")
    make_application(session, posting_id=closing.id, account_id=ada.id, submission=Submission.DRAFT)
    other = make_posting(session).id
    make_application(
        session, posting_id=other, account_id=make_account(session).id, submission=Submission.DRAFT
    )
    prove(AT)
    back = AT + 15 * MINUTE
    monkeypatch.setattr(clock, "now", lambda: back)
    run_jobs()
    (moved,) = prove(back)
    monday_midnight = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)
    assert window(session, closing) == (PostingState.PUBLISHED, AT + 2 * HOUR, monday_midnight)
    assert moved.cause is Cause.DOWN_IN_LAST_DAY
    run_jobs()
    assert [(mail["To"], mail["Subject"]) for mail in outbox] == [
        (ada.email, f"You have more time to apply: {closing.title}")
    ]
    body = outbox[0].get_content().replace("\N{NO-BREAK SPACE}", " ")
    assert "Closing until now: 12:00:00 pm on 20 November 2026, EST (UTC−05:00)" in body
    assert "New closing: 12:00:00 am on 24 November 2026, EST (UTC−05:00)" in body
    assert "It is NOT submitted" in body
    actions = session.scalars(
        select(AuditEvent.action).where(AuditEvent.subject == closing.id).order_by(AuditEvent.index)
    ).all()
    assert actions == ["recruitment.interruptions.move_closing", "recruitment.interruptions.tell"]


def test_what_moved_a_closing_once_does_not_move_it_again(session, closing):
    prove(AT)
    assert len(prove(AT + 20 * MINUTE)) == 1
    assert prove(AT + 20 * MINUTE + dt.timedelta(seconds=30)) == []
    assert len(session.scalars(select(MovedClosing)).all()) == 1


def test_an_outage_over_the_closing_itself_opens_the_posting_again(session, closing):
    prove(closing.closes_at - 10 * MINUTE)
    back = closing.closes_at + 3 * HOUR
    with transaction() as opened:
        assert posting_services.close_due_postings(opened, at=back) == 1
    prove(back)
    state, first, closes_at = window(session, closing)
    assert (state, first) == (PostingState.PUBLISHED, AT + 2 * HOUR)
    assert closes_at == dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)
    assert session.get(Posting, closing.id).closed_at is None


def test_an_outage_of_days_gives_a_working_day_from_its_end(session, closing):
    prove(AT)
    prove(AT + dt.timedelta(days=5))  # Wednesday 25 November
    assert window(session, closing)[2] == dt.datetime(2026, 11, 26, 5, 0, tzinfo=dt.UTC)


def test_an_agencys_holiday_is_no_working_day(session, closing):
    session.add(Holiday(agency_id=closing.agency_id, on=dt.date(2026, 11, 23), name="Founders' Day"))
    session.flush()
    prove(AT)
    prove(AT + 20 * MINUTE)
    assert window(session, closing)[2] == dt.datetime(2026, 11, 25, 5, 0, tzinfo=dt.UTC)


def test_old_proofs_are_forgotten(session, closing):
    prove(AT)
    prove(AT + LOOK_BACK + MINUTE)
    assert session.scalars(select(IntakeProof.at)).all() == [AT + LOOK_BACK + MINUTE]


def test_a_fault_of_ours_in_the_last_hour_moves_that_closing_alone(
    session, app, client, monkeypatch, closing
):
    other = make_posting(session, closes_at=AT + 2 * HOUR)
    account = make_account(session)
    draft = make_application(
        session, posting_id=closing.id, account_id=account.id, submission=Submission.DRAFT
    )
    sign_in(client, account)
    late = AT + 90 * MINUTE
    monkeypatch.setattr(clock, "now", lambda: late)

    def broken(*_args, **_kwargs):
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr(draft_services, "save_section", broken)
    monkeypatch.setattr(app, "testing", False)
    answer = client.post(f"/my/applications/{draft.id}/contact", data={"full_name": "Ada", "later": "y"})
    assert answer.status_code == 500
    faults = session.scalars(select(IntakeFault)).all()
    assert [(fault.at, fault.endpoint, fault.posting_id) for fault in faults] == [
        (late, "recruitment.drafts.contact", closing.id)
    ]
    (moved,) = prove(late)
    assert moved.posting_id == closing.id
    assert moved.cause is Cause.FAULT_IN_LAST_HOUR
    assert window(session, other)[1] is None


def test_the_same_person_moves_a_closing_once(session, closing):
    """Otherwise one broken file, sent again each evening, would keep a vacancy open for ever."""
    late = AT + 90 * MINUTE
    for moment, person, moves in ((late, "acc_1", 1), (None, "acc_1", 0), (None, "acc_2", 1)):
        at = moment or session.get(Posting, closing.id).closes_at - 5 * MINUTE
        with transaction() as opened:
            services.note_fault(
                opened,
                endpoint="recruitment.documents.add",
                posting_id=closing.id,
                account_id=person,
                at=at,
            )
        with transaction() as opened:
            assert len(services.move_closings(opened, at=at)) == moves
        session.expire_all()


def test_a_fault_of_the_offices_own_pages_is_none_of_intake(session, app, client, monkeypatch, closing):
    officer = make_account(session, roles=[(Role.HR_OFFICER, closing.agency_id)])
    sign_in(client, officer)
    monkeypatch.setattr(interruption_routes.queries, "list_moved", lambda *_: 1 / 0)
    monkeypatch.setattr(interruption_routes, "INTAKE", ("recruitment.interruptions.",))
    monkeypatch.setattr(app, "testing", False)
    assert client.get("/staff/intake").status_code == 500
    assert session.scalars(select(IntakeFault)).all() == []


def test_a_probe_that_fails_leaves_no_proof(session, monkeypatch):
    monkeypatch.setattr(probe, "intake_works", lambda _at: False)
    tasks.prove_intake(AT)
    assert session.scalars(select(IntakeProof)).all() == []


def test_the_clock_itself_proves_intake_and_waits_for_no_job(session):
    (own,) = [beat for beat in schedule.BEATS if beat.act is tasks.prove_intake]
    assert own.seconds == 30
    own.act(AT)
    assert session.scalars(select(IntakeProof.at)).all() == [AT]


def test_the_probe_stores_a_new_document_and_asks_the_service_itself(app, monkeypatch):
    store = storage.current()
    assert probe.intake_works(AT)
    kept = [path for path in store.root.rglob("*") if path.is_file()] if store.root.exists() else []
    assert probe.intake_works(AT + MINUTE)
    assert [path for path in store.root.rglob("*") if path.is_file()] == kept
    monkeypatch.setattr(store, "put", broken_disk)
    assert not probe.intake_works(AT)
    monkeypatch.undo()
    monkeypatch.setattr(probe, "_service", ("http://127.0.0.1:9/health", "localhost"))
    assert not probe.intake_works(AT)


def broken_disk(_content):
    raise OSError("No space left on device.")


def test_health_is_public_and_never_cached(client, session):
    answer = client.get("/health")
    assert (answer.status_code, answer.json) == (200, {"intake": "open", "proved_at": None})
    assert answer.headers["Cache-Control"] == "no-store"


class TestDeclaring:
    """Two officers declare what the proofs cannot see."""

    @pytest.fixture
    def officers(self, session, closing):
        return [
            make_account(session, name=name, roles=[(Role.HR_OFFICER, closing.agency_id)])
            for name in ("Hana First", "Ivo Second")
        ]

    def declare(self, client, closing, **changes):
        data = {
            "agency_id": closing.agency_id,
            "starts_at": "2026-11-20T09:30",
            "ends_at": "2026-11-20T09:50",
            "reason": "The network operator reports a cut cable.",
        }
        return client.post("/staff/intake/interruptions/new", data=data | changes)

    def test_a_second_officer_confirms_and_the_closing_moves(
        self, session, client, closing, officers, monkeypatch
    ):
        monkeypatch.setattr(clock, "now", lambda: AT)
        first, second = officers
        sign_in(client, first)
        assert "Nothing has interrupted intake." in client.get("/staff/intake").text
        assert client.get("/staff/intake/interruptions/new").status_code == 200
        assert self.declare(client, closing).status_code == 303
        declared = session.scalars(select(Interruption)).one()
        assert declared.starts_at == dt.datetime(2026, 11, 20, 14, 30, tzinfo=dt.UTC)
        assert "Waits for a second officer" in client.get("/staff/intake").text
        sign_in(client, second)
        assert "Confirm" in client.get("/staff/intake").text
        client.post(f"/staff/intake/interruptions/{declared.id}/confirm")
        assert window(session, closing)[1] == AT + 2 * HOUR
        page = client.get("/staff/intake").text
        assert "Confirmed by Ivo Second" in page
        assert closing.title in page

    def test_nobody_confirms_their_own(self, session, client, closing, officers, monkeypatch):
        monkeypatch.setattr(clock, "now", lambda: AT)
        sign_in(client, officers[0])
        self.declare(client, closing)
        declared = session.scalars(select(Interruption)).one()
        with pytest.raises(Forbidden), transaction() as opened:
            services.decide_interruption(
                opened, interruption_id=declared.id, is_confirmed=True, actor=actor_of(officers[0]), at=AT
            )

    def test_a_refused_one_moves_nothing(self, session, client, closing, officers, monkeypatch):
        monkeypatch.setattr(clock, "now", lambda: AT)
        sign_in(client, officers[0])
        self.declare(client, closing)
        declared = session.scalars(select(Interruption)).one()
        sign_in(client, officers[1])
        client.post(f"/staff/intake/interruptions/{declared.id}/refuse")
        assert window(session, closing)[1] is None

    def test_what_cannot_be_is_refused_at_its_field(self, session, client, closing, officers, monkeypatch):
        monkeypatch.setattr(clock, "now", lambda: AT)
        sign_in(client, officers[0])
        answer = self.declare(client, closing, ends_at="2026-11-20T10:30")
        assert answer.status_code == 422
        assert "The end must lie in the past" in answer.text
        assert "The network operator reports a cut cable." in answer.text
