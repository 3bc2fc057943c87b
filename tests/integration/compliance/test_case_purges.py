"""Disciplinary cases end by the schedule of their rulebooks, by two people; orders to keep win."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.accounts.roles import Role
from app.compliance.case_purges import due as falling
from app.compliance.case_purges import purging, services
from app.compliance.case_purges.models import CasePurge
from app.compliance.deletions.models import LegalHold
from app.compliance.deletions.states import HoldState
from app.compliance.retention.states import PurgeState
from app.notices.models import Notice
from app.personnel.case_files.models import CaseFile, Purpose
from app.personnel.discipline.models import Charge, DisciplinaryCase
from app.personnel.discipline.states import Action, CaseState
from app.personnel.employees.models import Employee
from app.personnel.penalty_factors.models import PenaltyFactor
from app.platform import clock, storage
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, NotFound
from app.platform.ids import new_id
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.discipline import deliver_case
from tests.factories.personnel import make_appointment, make_employee, make_position


def run(act, **values):
    with transaction() as opened:
        return act(opened, **values)


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def records(session, agency):
    return make_actor(session, name="Rosa Lind", roles=[(Role.RECORDS_OFFICER, agency.id)])


@pytest.fixture
def auditor(session, agency):
    return make_actor(session, name="Avery Holm", roles=[(Role.AUDITOR, agency.id)])


@pytest.fixture
def own(session):
    return make_actor(session, name="Dana Okafor")


@pytest.fixture
def over(session, agency, own):
    """A withdrawn case about a person with an account, with all its parts, that fell due yesterday."""
    officer, decider = (make_actor(session, roles=[(Role.HR_OFFICER, agency.id)]) for _ in range(2))
    employee = make_employee(session, agency=agency, name="Dana Okafor", account_id=own.id)
    make_appointment(session, position=make_position(session, agency=agency), employee=employee)
    at = clock.now() - dt.timedelta(days=40)
    case = deliver_case(
        session, employee=employee, proposer=officer, decider=decider, proposed_at=at, action=Action.REMOVAL
    )
    digest = storage.current().put(b"The door log of May.")
    session.add(
        CaseFile(
            id=new_id("csf"), case_id=case.id, purpose=Purpose.EVIDENCE, title="Door log", filename="log.txt",
            media_type="text/plain", size=20, digest=digest, added_by=officer.id, added_at=at,
        )
    )  # fmt: skip
    case.state, case.closed_at, case.closing_note = CaseState.CLOSED, at, "Over."
    case.retained_until = clock.now().date() - dt.timedelta(days=1)
    session.flush()
    return case


def propose(agency, records):
    return run(
        services.propose, agency_id=agency.id, reason="The time is over.", actor=records, at=clock.now()
    )


def approve(purge, auditor):
    return run(services.approve, purge_id=purge.id, actor=auditor, at=clock.now())


def test_words_files_and_letters_go_while_the_frame_stays(session, over, agency, records, auditor):
    number, kept = over.number, (over.action, over.proposed_at, over.delivered_on)
    file = session.scalars(select(CaseFile.digest)).one()
    purge = propose(agency, records)
    assert (purge.cases, purge.law.partition(",")[0]) == (1, "NARA General Records Schedule 2.3")
    approve(purge, auditor)
    with transaction() as opened:
        files, letters = purging.carry_out(opened, purge_id=purge.id, at=clock.now())
    session.expire_all()
    assert (files, letters) == ([file], [])
    for table in (Charge, CaseFile, PenaltyFactor):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    assert (over.number, over.summary, over.penalty_reasons) == (number, "", "")
    assert (over.action, over.proposed_at, over.delivered_on) == kept
    assert over.purged_at is not None
    assert session.scalars(select(Notice.context).where(Notice.subject == over.id)).all() == [{}]
    assert session.get_one(CasePurge, purge.id).state is PurgeState.CARRIED_OUT
    assert falling.survey(session, agency.id, clock.now().date())[0] == 0


def test_the_job_removes_what_was_stored(session, over, agency, records, auditor, run_jobs):
    file = session.scalars(select(CaseFile.digest)).one()
    run_jobs()
    letter = session.scalars(select(Notice).where(Notice.subject == over.id)).one()
    stored = [file, letter.html_digest, letter.pdf_digest]
    assert all(storage.current().get(digest) for digest in stored)
    approve(propose(agency, records), auditor)
    run_jobs()
    for digest in stored:
        with pytest.raises(NotFound, match="not in the store"):
            storage.current().get(digest)
    session.expire_all()
    assert [letter.html_digest, letter.pdf_digest] == stored[1:]


def test_one_proposes_and_another_approves(session, over, agency, records, auditor):
    purge = propose(agency, records)
    both = make_actor(session, roles=[(Role.RECORDS_OFFICER, agency.id), (Role.AUDITOR, agency.id)])
    with pytest.raises(Forbidden):
        approve(purge, records)
    with pytest.raises(Forbidden):
        propose(agency, auditor)
    run(services.send_back, purge_id=purge.id, reason="A grievance is announced.", actor=both, at=clock.now())
    again = propose(agency, both)
    with pytest.raises(Conflict, match="Somebody other than who proposed it"):
        approve(again, both)


def hold(session, over, records):
    account_id = session.get_one(Employee, over.employee_id).account_id
    session.add(
        LegalHold(
            id=new_id("hld"), account_id=account_id, state=HoldState.HELD, reason="Litigation is expected.",
            placed_by=records.id, placed_at=clock.now(),
        )
    )  # fmt: skip
    session.flush()


def test_an_order_to_keep_wins_before_and_after_the_approval(session, over, agency, records, auditor):
    purge = approve(propose(agency, records), auditor)
    hold(session, over, records)
    with transaction() as opened:
        assert purging.carry_out(opened, purge_id=purge.id, at=clock.now()) == ([], [])
    session.expire_all()
    assert (over.purged_at, over.summary) == (None, "Two absences.")
    with pytest.raises(Conflict, match="Orders to keep everything"):
        propose(agency, records)


def test_nothing_goes_before_its_day(session, over, agency):
    over.retained_until = clock.now().date()
    session.flush()
    assert falling.survey(session, agency.id, clock.now().date())[0] == 0


def test_a_withdrawn_case_goes_after_seven_years(session, over, agency):
    over.state, over.closed_at, over.retained_until, over.closing_note = CaseState.WITHDRAWN, None, None, None
    over.withdrawal_reason, over.withdrawn_at = "New facts.", clock.now() - dt.timedelta(days=365 * 7 - 10)
    session.flush()
    assert falling.survey(session, agency.id, clock.now().date())[0] == 0
    over.withdrawn_at = clock.now() - dt.timedelta(days=365 * 7 + 10)
    session.flush()
    assert falling.survey(session, agency.id, clock.now().date())[0] == 1


def test_pages_lead_from_what_falls_due_to_its_end(client, session, over, agency, records, auditor, own):
    sign_in(client, session.get(Account, records.id))
    assert "/staff/retention/cases" in client.get("/staff/retention").text
    assert "Propose to end them" in client.get("/staff/retention/cases").text
    address = f"/staff/retention/cases/{agency.id}/propose"
    short = client.post(address, data={"reason": "x"})
    assert short.status_code == 422
    purge_page = client.post(address, data={"reason": "The time is over."}).location
    assert "Approve the deletion" not in client.get(purge_page).text
    assert client.get(f"/staff/cases/{over.id}").status_code == 403
    sign_in(client, session.get(Account, auditor.id))
    assert "Approve the deletion" in client.get(purge_page).text
    assert client.post(f"{purge_page}/approve").status_code == 303
    purge = session.scalars(select(CasePurge)).one()
    with transaction() as opened:
        purging.carry_out(opened, purge_id=purge.id, at=clock.now())
    sign_in(client, session.get(Account, own.id))
    page = client.get(f"/my/cases/{over.id}").text
    assert "Ended by the retention schedule on" in page
    assert "Absence without leave" not in page
    officer = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, officer)
    page = client.get(f"/staff/cases/{over.id}").text
    assert "ended by the retention schedule on" in page
    assert session.get_one(DisciplinaryCase, over.id).number in page
