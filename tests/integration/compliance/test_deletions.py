"""Deletion at a person's request: shown before it is asked, decided by two, carried out once; holds win."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account, AccountState
from app.accounts.preferences.kinds import MailKind
from app.accounts.preferences.models import NotificationPreference
from app.accounts.preferences.services import choose
from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.compliance.deletions import planning, services
from app.compliance.deletions.models import DeletionRequest, LegalHold
from app.compliance.deletions.states import DeletionState, HoldState
from app.platform import storage
from app.platform.antivirus import Verdict
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, NotFound
from app.recruitment.applications.models import Application, ApplicationDocument, ApplicationSection
from app.recruitment.applications.states import Submission
from app.recruitment.fees.models import ApplicationFee, FeeEntry
from app.recruitment.fees.states import FeeAct, FeeState
from app.recruitment.scanning.models import ScannedFile
from app.recruitment.scanning.services import note_verdict
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.applications import make_application, make_document, make_section
from tests.factories.recruitment import make_posting

REASON = "Drafts are no records of the office."


@pytest.fixture
def ada(session):
    return make_account(session, name="Ada Example", email="ada@people.example")


@pytest.fixture
def records(session):
    return make_actor(session, roles=[(Role.RECORDS_OFFICER, None)], name="Rita Records")


@pytest.fixture
def auditor(session):
    return make_actor(session, roles=[(Role.AUDITOR, None)], name="Otto Auditor")


@pytest.fixture
def agency(session):
    return make_agency(session)


def draft_of(session, agency, account, content=b"%PDF- draft"):
    posting = make_posting(session, agency_id=agency.id)
    draft = make_application(
        session, posting_id=posting.id, account_id=account.id, submission=Submission.DRAFT
    )
    make_section(session, draft, "contact", {"full_name": account.name})
    make_document(session, draft, digest=storage.current().put(content))
    return draft


def decide(session, account, records, auditor, at):
    with transaction() as opened:
        request = services.ask_deletion(opened, reason="Please.", actor=actor_of(account), at=at)
        services.propose(opened, request_id=request.id, reason=REASON, actor=records, at=at)
    with transaction() as opened:
        services.approve(opened, request_id=request.id, actor=auditor, at=at)
    return request.id


def test_who_never_submitted_leaves_nothing_behind(
    session, ada, records, auditor, agency, at, run_jobs, outbox
):
    draft_id = draft_of(session, agency, ada).id
    digest = session.query(ApplicationDocument).one().digest
    with transaction() as opened:
        note_verdict(opened, digest=digest, verdict=Verdict.WAITING, at=at)
        choose(opened, wanted=[MailKind.ALERTS], actor=actor_of(ada), at=at)
    own = decide(session, ada, records, auditor, at)
    run_jobs()
    session.expire_all()
    request = session.get(DeletionRequest, own)
    assert request.state is DeletionState.CARRIED_OUT
    assert request.result == {
        "application_documents": 1,
        "application_sections": 1,
        "applications": 1,
        "notification_preferences": 3,
    }
    assert session.get(Application, draft_id) is None
    assert session.query(NotificationPreference).count() == 0
    account = session.get(Account, ada.id)
    assert (account.name, account.state, account.password_hash) == (
        "Deleted account",
        AccountState.CLOSED,
        "",
    )
    assert account.email == f"{ada.id}@deleted.invalid"
    with pytest.raises(NotFound):
        storage.current().get(digest)
    assert session.get(ScannedFile, digest) is None
    assert [message["To"] for message in outbox] == ["ada@people.example"]


def test_the_ledger_tells_of_it_without_personal_data(session, ada, records, auditor, agency, at, run_jobs):
    draft_of(session, agency, ada)
    own = decide(session, ada, records, auditor, at)
    run_jobs()
    told = [
        (event.action.rpartition(".")[2], event.details)
        for event in session.query(AuditEvent).filter_by(subject=own).order_by(AuditEvent.index)
    ]
    assert told == [
        ("ask", {}),
        ("propose", {"deleted": 3}),
        ("approve", {}),
        ("carry_out", {"deleted": 3, "closed": True}),
    ]


def test_what_was_received_stays_with_the_account(session, ada, records, auditor, agency, at, run_jobs):
    posting = make_posting(session, agency_id=agency.id)
    received = make_application(session, posting_id=posting.id, account_id=ada.id)
    make_section(session, received, "contact", {"full_name": "Ada Example"})
    draft_id = draft_of(session, agency, ada).id
    plan = planning.make_plan(session, ada.id)
    assert [(str(title), count) for title, count in plan.deleted] == [
        ("Your applications", 1),
        ("What you entered, step by step", 1),
        ("Documents of your applications", 1),
    ]
    assert [one.until.isoformat() for one in plan.kept] == ["2028-11-12"]
    assert not plan.closes_account
    decide(session, ada, records, auditor, at)
    run_jobs()
    session.expire_all()
    assert session.get(Application, draft_id) is None
    assert session.get(Application, received.id) is not None
    assert session.query(ApplicationSection).count() == 1
    assert session.get(Account, ada.id).email == "ada@people.example"


def test_accounts_that_were_joined_go_with_the_one_that_went_on(
    session, ada, records, auditor, agency, at, run_jobs
):
    twin = make_account(session, state=AccountState.CLOSED, email="ada@old.example", merged_into_id=ada.id)
    older = make_account(session, state=AccountState.CLOSED, email="a@older.example", merged_into_id=twin.id)
    draft_of(session, agency, older)
    ids = (ada.id, twin.id, older.id)
    decide(session, ada, records, auditor, at)
    run_jobs()
    session.expire_all()
    assert session.query(Application).count() == 0
    for own in ids:
        account = session.get(Account, own)
        assert (account.name, account.email) == ("Deleted account", f"{own}@deleted.invalid")
        assert (account.password_hash, account.state) == ("", AccountState.CLOSED)
    assert session.get(Account, records.id).name == "Rita Records"


def test_a_hold_on_a_joined_account_keeps_all(session, ada, records, at):
    twin = make_account(session, state=AccountState.CLOSED, merged_into_id=ada.id)
    with transaction() as opened:
        services.place_hold(opened, account_id=twin.id, reason="A suit is filed.", actor=records, at=at)
    assert planning.make_plan(session, ada.id).is_held


def test_a_fee_that_was_recorded_stays_with_the_draft_it_was_paid_for(
    session, ada, records, auditor, agency, at, run_jobs
):
    paid, unpaid = draft_of(session, agency, ada), draft_of(session, agency, ada)
    for draft, number in ((paid, "1"), (unpaid, "2")):
        session.add(
            ApplicationFee(
                application_id=draft.id, slip_number=number, amount_minor=4000, currency="USD",
                state=FeeState.DUE, note="", chosen_at=at,
            )
        )  # fmt: skip
    session.flush()
    session.add(
        FeeEntry(
            id="fen_1", application_id=paid.id, act=FeeAct.PAYMENT, amount_minor=4000, number="P-1",
            reference="", reason="", recorded_by=records.id, recorded_at=at,
        )
    )  # fmt: skip
    session.flush()
    plan = planning.make_plan(session, ada.id)
    assert [(str(one.title), one.until) for one in plan.kept] == [
        ("What was paid, waived or given back", None)
    ]
    assert not plan.closes_account
    paid_id, unpaid_id = paid.id, unpaid.id
    decide(session, ada, records, auditor, at)
    run_jobs()
    session.expire_all()
    assert session.get(Application, unpaid_id) is None
    assert session.get(Application, paid_id) is not None
    assert [fee.application_id for fee in session.query(ApplicationFee)] == [paid_id]
    assert [entry.number for entry in session.query(FeeEntry)] == ["P-1"]
    assert session.query(ApplicationSection).count() == 1
    assert session.get(Account, ada.id).email == "ada@people.example"


def test_a_file_that_another_row_names_stays(session, ada, records, auditor, agency, at, run_jobs):
    draft_of(session, agency, ada, b"%PDF- shared")
    draft_of(session, agency, make_account(session), b"%PDF- shared")
    digest = session.query(ApplicationDocument).first().digest
    decide(session, ada, records, auditor, at)
    run_jobs()
    assert storage.current().get(digest) == b"%PDF- shared"


def test_a_hold_wins_at_every_step(session, ada, records, auditor, agency, at, run_jobs):
    draft = draft_of(session, agency, ada)
    own = decide(session, ada, records, auditor, at)
    with transaction() as opened:
        hold = services.place_hold(opened, account_id=ada.id, reason="A suit is filed.", actor=records, at=at)
    run_jobs()
    session.expire_all()
    assert session.get(DeletionRequest, own).state is DeletionState.ASKED
    assert session.get(Application, draft.id) is not None
    with pytest.raises(Conflict, match="order to keep"), transaction() as opened:
        services.propose(opened, request_id=own, reason=REASON, actor=records, at=at)
    with transaction() as opened:
        services.propose_release(opened, hold_id=hold.id, reason="It is settled.", actor=records, at=at)
    with pytest.raises(Forbidden), transaction() as opened:
        services.release_hold(opened, hold_id=hold.id, actor=records, at=at)
    with transaction() as opened:
        services.release_hold(opened, hold_id=hold.id, actor=auditor, at=at)
        services.propose(opened, request_id=own, reason=REASON, actor=records, at=at)
    session.expire_all()
    assert session.get(LegalHold, hold.id).state is HoldState.RELEASED


def test_what_changed_since_the_proposal_is_looked_at_again(session, ada, records, auditor, agency, at):
    draft_of(session, agency, ada)
    with transaction() as opened:
        own = services.ask_deletion(opened, reason="", actor=actor_of(ada), at=at).id
        services.propose(opened, request_id=own, reason=REASON, actor=records, at=at)
    draft_of(session, agency, ada)
    with pytest.raises(Conflict, match="has changed"), transaction() as opened:
        services.approve(opened, request_id=own, actor=auditor, at=at)
    with transaction() as opened:
        services.send_back(opened, request_id=own, reason="There is a new draft.", actor=auditor, at=at)
    session.expire_all()
    assert session.get(DeletionRequest, own).state is DeletionState.ASKED


def test_one_person_cannot_do_both_and_nobody_decides_on_their_own(session, ada, agency, at):
    draft_of(session, agency, ada)
    both = make_actor(session, roles=[(Role.RECORDS_OFFICER, None), (Role.AUDITOR, None)])
    with transaction() as opened:
        own = services.ask_deletion(opened, reason="", actor=actor_of(ada), at=at).id
        services.propose(opened, request_id=own, reason=REASON, actor=both, at=at)
    with pytest.raises(Conflict, match="other than who proposed"), transaction() as opened:
        services.approve(opened, request_id=own, actor=both, at=at)
    with transaction() as opened:
        mine = services.ask_deletion(opened, reason="", actor=both, at=at).id
    with pytest.raises(Conflict, match="your own"), transaction() as opened:
        services.propose(opened, request_id=mine, reason=REASON, actor=both, at=at)
    request = session.get(DeletionRequest, own)
    with pytest.raises(IntegrityError), session.begin_nested():
        request.decided_by, request.decided_at = both.id, at


def test_an_officer_of_one_agency_sees_none_of_it(session, ada, agency, at):
    local = make_actor(session, roles=[(Role.RECORDS_OFFICER, agency.id)])
    with transaction() as opened:
        own = services.ask_deletion(opened, reason="", actor=actor_of(ada), at=at).id
    with pytest.raises(Forbidden), transaction() as opened:
        services.propose(opened, request_id=own, reason=REASON, actor=local, at=at)


def test_the_pages_lead_from_asking_to_done(app, session, ada, records, auditor, agency, run_jobs):
    draft_of(session, agency, ada)
    person = sign_in(app.test_client(), ada)
    page = person.get("/my/data/delete").text
    assert "What you entered, step by step: 1" in page
    assert "The account itself" in page
    assert person.post("/my/data/delete", data={"reason": "x"}).status_code == 422
    assert person.post("/my/data/delete", data={"understood": "y"}).location == "/my/data/delete"
    assert "We have your request" in person.get("/my/data/delete").text
    own = session.query(DeletionRequest).one().id
    officer = sign_in(app.test_client(), session.get(Account, records.id))
    assert "Ada Example" in officer.get("/staff/deletions").text
    assert "Propose the deletion" in officer.get(f"/staff/deletions/{own}").text
    assert officer.post(f"/staff/deletions/{own}/propose", data={"reason": "short"}).status_code == 422
    assert officer.post(f"/staff/deletions/{own}/propose", data={"reason": REASON}).status_code == 303
    assert officer.post(f"/staff/deletions/{own}/approve").status_code == 403
    other = sign_in(app.test_client(), session.get(Account, auditor.id))
    assert "Approve" in other.get(f"/staff/deletions/{own}").text
    assert other.get(f"/staff/deletions/{own}/propose").status_code == 403
    assert other.post(f"/staff/deletions/{own}/approve").status_code == 303
    run_jobs()
    assert "Carried out" in other.get(f"/staff/deletions/{own}").text
    assert "Deleted account" in other.get("/staff/deletions?state=over").text
    assert person.get("/my/data").status_code == 303


def test_a_request_can_be_taken_back_or_refused(app, session, ada, records, agency, at, run_jobs, outbox):
    draft_of(session, agency, ada)
    person = sign_in(app.test_client(), ada)
    person.post("/my/data/delete", data={"understood": "y"})
    assert person.post("/my/data/delete/take-back").location == "/my/data/delete"
    assert "taken back" in person.get("/my/data/delete").text
    person.post("/my/data/delete", data={"understood": "y"})
    own = session.query(DeletionRequest).filter_by(state=DeletionState.ASKED).one().id
    officer = sign_in(app.test_client(), session.get(Account, records.id))
    officer.post(f"/staff/deletions/{own}/refuse", data={"reason": "A charge is open about the vacancy."})
    assert "A charge is open about the vacancy." in person.get("/my/data/delete").text
    run_jobs()
    assert [message["To"] for message in outbox] == ["ada@people.example"]


def test_holds_are_placed_and_released_on_the_pages(app, session, ada, records, auditor, agency):
    draft_of(session, agency, ada)
    sign_in(app.test_client(), ada).post("/my/data/delete", data={"understood": "y"})
    place = f"/staff/deletions/{session.query(DeletionRequest).one().id}"
    officer = sign_in(app.test_client(), session.get(Account, records.id))
    assert officer.post(f"{place}/hold", data={"reason": "Suit 26-4711 is filed."}).status_code == 303
    page = officer.get(place).text
    assert "Suit 26-4711" in page
    assert "Propose the deletion" not in page
    hold = session.query(LegalHold).one().id
    url = f"{place}/holds/{hold}"
    assert officer.post(f"{url}/propose-release", data={"reason": "The suit is settled."}).status_code == 303
    assert officer.post(f"{url}/release").status_code == 403
    other = sign_in(app.test_client(), session.get(Account, auditor.id))
    assert "Release the hold" in other.get(place).text
    assert other.post(f"{url}/release").status_code == 303
    assert "Propose the deletion" in officer.get(place).text
