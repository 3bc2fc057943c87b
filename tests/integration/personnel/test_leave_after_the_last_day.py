"""Whatever ends a service, leave follows: what was taken or posted for later days is put right by itself."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from app.accounts.models import Account
from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.notices.models import Notice
from app.personnel.accruals.services import post_agency
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.leave.models import LeaveEntry
from app.personnel.leave.queries import find_balance
from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.leave_requests import leaving
from app.personnel.leave_requests import services as requests
from app.personnel.leave_requests.models import LeaveRequest
from app.personnel.leave_requests.services import Wish
from app.personnel.leave_requests.states import RequestState
from app.personnel.separations import effecting
from app.personnel.separations.models import Separation
from app.personnel.separations.services import (
    Wanted,
    decide_separation,
    record_separation,
    request_own,
)
from app.personnel.separations.states import SeparationKind
from app.personnel.service_records.models import ServiceRecord
from app.platform.actors import SYSTEM
from app.platform.errors import Conflict
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.leave import make_entry, make_regime
from tests.factories.personnel import make_appointment, make_employee, make_position

D = dt.date
DIED = D(2026, 11, 6)
FAR = D(2027, 6, 30)


@pytest.fixture
def clerk(session):
    """Give a clerk under a head, with annual leave, of an agency under title 5."""
    agency = make_agency(session, name="Harbor Commission")
    make_regime(session, agency, kept_from=D(2026, 10, 18))
    above = make_position(session, agency=agency)
    head = make_account(session, name="Head")
    make_appointment(
        session, position=above, employee=make_employee(session, agency=agency, account_id=head.id)
    )
    account = make_account(session, name="Clerk")
    employee = make_employee(session, agency=agency, account_id=account.id, name="Clerk")
    post = make_position(session, agency=agency, reports_to_id=above.id)
    make_appointment(session, position=post, employee=employee)
    officers = [make_account(session, name=name, roles=[(Role.HR_OFFICER, agency.id)]) for name in "AB"]
    make_entry(session, employee, 100 * 60, effective_on=D(2026, 10, 17))
    session.flush()
    employee.actor, employee.head = actor_of(account), actor_of(head)
    employee.officers = [actor_of(officer) for officer in officers]
    return employee


def take(session, clerk, at, first, last, kind=LeaveKind.ANNUAL, decides=True):
    request = requests.ask(session, wish=Wish(kind, first, last), actor=clerk.actor, at=at)
    if decides:
        requests.decide(session, request_id=request.id, approves=True, reason="", actor=clerk.head, at=at)
    return request.id


def die(session, clerk, at, on=DIED):
    wanted = Wanted(SeparationKind.DEATH, on, "Told by the family; the certificate was seen.")
    first, second = clerk.officers
    row = record_separation(session, employee_id=clerk.id, wanted=wanted, actor=first, at=at)
    decide_separation(
        session, separation_id=row.id, accepts=True, reason="", evidence="", actor=second, at=at
    )


def balance(session, clerk, on, kind=LeaveKind.ANNUAL):
    return find_balance(session, clerk.id, kind, on)


def test_a_last_day_in_the_past_takes_back_what_was_posted_and_taken_after_it(session, clerk, at):
    whole = take(session, clerk, at, D(2026, 11, 18), D(2026, 11, 19))
    reaches = take(session, clerk, at, D(2026, 11, 5), D(2026, 11, 9))
    ahead = take(session, clerk, at, D(2026, 12, 14), D(2026, 12, 15))
    asked = take(session, clerk, at, D(2026, 12, 21), D(2026, 12, 22), decides=False)
    sick = take(session, clerk, at, D(2026, 11, 4), D(2026, 11, 4), LeaveKind.SICK, decides=False)
    post_agency(session, agency_id=clerk.agency_id, at=at)
    accrued = session.scalars(
        select(LeaveEntry).where(LeaveEntry.sort == EntrySort.ACCRUAL).order_by(LeaveEntry.effective_on)
    ).all()
    assert {row.effective_on for row in accrued} == {D(2026, 10, 31), D(2026, 11, 14)}
    held, earned = balance(session, clerk, FAR), {row.kind: row.minutes for row in accrued[2:]}
    die(session, clerk, at)
    session.expire_all()
    assert balance(session, clerk, FAR) == held + 480 * 5 - earned[LeaveKind.ANNUAL]
    assert balance(session, clerk, FAR) == balance(session, clerk, DIED)
    assert balance(session, clerk, FAR, LeaveKind.SICK) == earned[LeaveKind.SICK]  # of the period before
    states = {row.id: row.state for row in session.scalars(select(LeaveRequest))}
    assert states == {
        whole: RequestState.CANCELLED,
        reaches: RequestState.APPROVED,
        ahead: RequestState.CANCELLED,
        asked: RequestState.WITHDRAWN,
        sick: RequestState.ASKED,
    }
    partly = session.get(LeaveRequest, reaches)
    assert (partly.given_back_on, partly.end_reason) == (D(2026, 11, 7), "Service ended on 6 November 2026.")
    back = session.scalars(select(LeaveEntry).where(LeaveEntry.sort == EntrySort.CORRECTED)).all()
    assert {row.basis for row in back} == {"Service as known now: from 2025-03-03 to 2026-11-06"}
    assert session.scalars(select(LeaveEntry.id).where(LeaveEntry.id.in_(row.id for row in accrued))).all()
    told = session.scalars(select(Job).where(Job.key.contains("leave-called-off:"))).all()
    assert len([row for row in told if row.payload["to"] == "head"]) == 0
    assert len(told) == 8  # the person's address and the head, of four requests


def test_leave_before_the_last_day_can_still_be_decided_and_none_after_it(session, clerk, at):
    sick = take(session, clerk, at, D(2026, 11, 4), D(2026, 11, 4), LeaveKind.SICK, decides=False)
    die(session, clerk, at)
    session.expire_all()
    officer = clerk.officers[0]  # nobody stands above who holds no post any more
    requests.decide(session, request_id=sick, approves=True, reason="", actor=officer, at=at)
    assert balance(session, clerk, FAR, LeaveKind.SICK) == -480
    with pytest.raises(Conflict, match="has left the service"):
        take(session, clerk, at, D(2026, 11, 4), D(2026, 11, 5), decides=False)


def test_it_is_done_once_and_comes_back_where_service_goes_on_after_all(session, clerk, at):
    post_agency(session, agency_id=clerk.agency_id, at=at)
    held = balance(session, clerk, FAR)
    die(session, clerk, at)
    session.expire_all()
    employee = session.get(Employee, clerk.id)
    ended = balance(session, clerk, FAR)
    assert ended < held
    count = len(session.scalars(select(LeaveEntry.id)).all())
    leaving.follow_service(session, employee, actor=SYSTEM, at=at)
    assert len(session.scalars(select(LeaveEntry.id)).all()) == count
    record = update(ServiceRecord).where(ServiceRecord.employee_id == clerk.id)
    separated = ServiceRecord.valid_from > DIED
    session.execute(record.where(separated).values(superseded_at=at))
    session.execute(record.where(~separated).values(valid_to=None))
    employee.state, employee.separated_on = EmployeeState.ACTIVE, None
    session.flush()
    leaving.follow_service(session, employee, actor=SYSTEM, at=at)
    assert balance(session, clerk, FAR) == held
    assert effecting.effect_due(session, at=at) == 0


def test_what_is_left_stands_in_the_papers_on_the_pages_and_in_the_file_for_payroll(
    client, session, clerk, at
):
    post_agency(session, agency_id=clerk.agency_id, at=at)
    die(session, clerk, at)
    session.expire_all()
    notice = session.scalars(select(Notice).where(Notice.template == "final_leave_statement")).all()
    assert notice == []  # nobody is written to after a death
    officer = session.get(Account, clerk.officers[0].id, options=[selectinload(Account.role_grants)])
    signed_in = sign_in(client, officer)
    page = signed_in.get("/staff/separations/leave").text
    assert "Annual leave" in page
    taken = signed_in.post(
        "/staff/tables/personnel.separations.list_leave",
        data={"columns": ["name", "last_day", "kind", "left", "paid", "owed"], "form": "csv"},
    )
    assert taken.data.decode("utf-8-sig").splitlines() == [
        "Employee,Last day,Kind of leave,Hours left,Hours paid in a lump sum,Hours to be repaid",
        "Clerk,2026-11-06,Annual leave,104.00,104.00,0.00",
        "Clerk,2026-11-06,Sick leave,4.00,0.00,0.00",
    ]
    row = session.scalars(select(Separation)).one()
    assert "Leave left on the last day" in signed_in.get(f"/staff/separations/{row.id}").text
    stranger = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    assert "Clerk" not in sign_in(client, stranger).get("/staff/separations/leave").text


def test_who_resigns_gets_the_final_statement_of_leave(session, clerk, at):
    wanted = Wanted(SeparationKind.RESIGNATION, D(2026, 11, 20), "")
    row = request_own(session, wanted=wanted, actor=clerk.actor, at=at)
    first = clerk.officers[0]
    decide_separation(session, separation_id=row.id, accepts=True, reason="", evidence="", actor=first, at=at)
    assert effecting.effect_due(session, at=at + dt.timedelta(days=1)) == 1
    (notice,) = session.scalars(select(Notice).where(Notice.template == "final_leave_statement"))
    letter = notice.context["letter"]
    assert (letter["last_day"], letter["contact"][1]) == ("2026-11-20", row.agency.contact_email)
    assert [(one["kind"], one["left"], one["paid"]) for one in letter["accounts"]] == [
        ("Annual leave", 6000, 6000)
    ]
