"""The pages about leave: one's own, the superior's, the office's; and who may not open them."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from sqlalchemy import func, select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.personnel.accruals import services as accruals
from app.personnel.accruals.queries import load_keys
from app.personnel.leave.models import LeaveEntry
from app.personnel.leave.queries import find_balance, load_agency_balances, load_balances
from app.personnel.leave.services import NewEntry
from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.leave_adjustments.models import LeaveAdjustment
from app.personnel.leave_requests.models import LeaveCertificate, LeaveRequest
from app.personnel.leave_requests.states import RequestState
from app.platform import clock
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Invalid
from app.platform.ids import new_id
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.leave import make_entry, make_regime
from tests.factories.personnel import make_appointment, make_employee, make_position

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"


@pytest.fixture
def agency(session):
    made = make_agency(session, name="Harbor Commission")
    make_regime(session, made)
    return made


@pytest.fixture
def head(session, agency):
    account = make_account(session, name="Hana Head")
    post = make_position(session, agency=agency)
    employee = make_employee(session, agency=agency, account_id=account.id, name="Hana Head")
    make_appointment(session, position=post, employee=employee)
    return account, post


@pytest.fixture
def clerk(session, agency, head):
    account = make_account(session, name="Cleo Clerk")
    employee = make_employee(session, agency=agency, account_id=account.id, name="Cleo Clerk")
    make_appointment(
        session, position=make_position(session, agency=agency, reports_to_id=head[1].id), employee=employee
    )
    make_entry(session, employee, 160 * 60)
    make_entry(session, employee, 80 * 60, kind=LeaveKind.SICK)
    return account, employee


@pytest.fixture
def officers(session, agency):
    return [
        make_account(session, name=f"Officer {number}", roles=[(Role.HR_OFFICER, agency.id)])
        for number in (1, 2)
    ]


def workday(days=30):
    day = clock.now().date() + dt.timedelta(days=days)
    return day + dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def ask(client, **values):
    day = workday()
    return client.post("/my/leave/ask", data={"kind": "annual", "starts_on": day.isoformat()} | values)


def the_request(session):
    session.expire_all()
    return session.scalars(select(LeaveRequest).order_by(LeaveRequest.id.desc()).limit(1)).one()


def test_leave_is_asked_for_and_approved_and_the_balances_agree(session, client, clerk, head):
    account, employee = clerk
    sign_in(client, account)
    before = client.get("/my/leave")
    assert "160 h" in before.text
    assert "20 days" in before.text
    assert client.get("/my/leave/ask").status_code == 200
    assert ask(client).status_code == 303
    request = the_request(session)
    assert (request.minutes, request.state, request.approver_id) == (480, RequestState.ASKED, head[0].id)
    assert client.get(f"/my/leave/requests/{request.id}").status_code == 200
    sign_in(client, head[0])
    team = client.get("/my/team/leave", query_string={"month": request.starts_on.isoformat()[:7]})
    assert "Cleo Clerk" in team.text
    assert "CC?" in team.text
    assert client.get(f"/my/team/leave/{request.id}").status_code == 200
    decided = client.post(f"/my/team/leave/{request.id}", data={"decision": "approve"})
    assert decided.status_code == 303
    session.expire_all()
    assert find_balance(session, employee.id, LeaveKind.ANNUAL, request.starts_on) == 160 * 60 - 480
    assert find_balance(session, employee.id, LeaveKind.ANNUAL, clock.now().date()) == 160 * 60
    assert client.get(f"/my/team/{employee.id}/leave").status_code == 200
    sign_in(client, account)
    ledger = client.get("/my/leave/ledger").text
    assert "-8 h" in ledger
    assert "152 h" in ledger


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": ""}, "Select a kind of leave"),
        ({"kind": "holiday"}, "Select one of the choices on the page"),
        ({"starts_on": "2026-02-30"}, "real date"),
        ({"starts_on": ""}, "Enter the first day"),
        ({"ends_on": "0000-01-01"}, "real date"),
        ({"hours_a_day": "0"}, "whole minutes"),
        ({"hours_a_day": "99999999999"}, "must be between 0 and 24"),
        ({"hours_a_day": "1.5"}, "units of 1 h"),
        ({"note": "a\x00b"}, "cannot be saved"),
        ({"kind": "compensatory"}, "8 h are missing"),
    ],
)
def test_bad_input_is_named_at_its_field_and_nothing_is_stored(session, client, clerk, values, sentence):
    sign_in(client, clerk[0])
    response = ask(client, **values)
    assert response.status_code == 422
    assert sentence in response.text
    assert session.scalar(select(func.count()).select_from(LeaveRequest)) == 0


def test_strange_months_kinds_and_pages_are_no_fault(client, clerk):
    sign_in(client, clerk[0])
    for address in (
        "/my/leave/ask?month=9999-99&kind=x",
        "/my/leave/ask?month=%00&kind=sick",
        "/my/leave/ledger?kind=nothing",
        "/my/leave/ask?month=2100-12&kind=annual",
    ):
        assert client.get(address).status_code == 200


def test_the_same_form_sent_twice_asks_once(session, client, clerk):
    sign_in(client, clerk[0])
    page = client.get("/my/leave/ask").text
    key = page.split('name="idempotency_key" value="')[1].split('"')[0]
    assert [ask(client, idempotency_key=key).status_code for _ in range(2)] == [303, 303]
    assert session.scalar(select(func.count()).select_from(LeaveRequest)) == 1


def test_a_request_is_changed_withdrawn_and_taken_back(session, client, clerk, head):
    sign_in(client, clerk[0])
    ask(client)
    request = the_request(session)
    address = f"/my/leave/requests/{request.id}"
    assert client.get(f"{address}/change").status_code == 200
    client.post(
        f"{address}/change", data={"kind": "annual", "starts_on": request.starts_on, "hours_a_day": "4"}
    )
    assert the_request(session).minutes == 240
    client.post(f"{address}/withdraw")
    assert the_request(session).state is RequestState.WITHDRAWN
    assert "not open to that" in client.post(f"{address}/withdraw", follow_redirects=True).text
    ask(client)
    second = the_request(session)
    sign_in(client, head[0])
    client.post(f"/my/team/leave/{second.id}", data={"decision": "approve"})
    recall = {"since": second.starts_on.isoformat(), "reason": "Storm"}
    assert client.get(f"/my/team/leave/{second.id}/recall").status_code == 200
    assert client.post(f"/my/team/leave/{second.id}/recall", data=recall | {"reason": ""}).status_code == 422
    sign_in(client, clerk[0])
    client.post(f"/my/leave/requests/{second.id}/cancel")
    session.expire_all()
    assert second.state is RequestState.CANCELLED
    assert find_balance(session, clerk[1].id, LeaveKind.ANNUAL, dt.date(2099, 1, 1)) == 160 * 60


def test_strangers_and_other_agencies_find_nothing(session, client, clerk, head):
    sign_in(client, clerk[0])
    ask(client)
    request = the_request(session)
    other = make_agency(session)
    stranger = make_account(session)
    abroad = make_account(session, roles=[(Role.HR_OFFICER, other.id)])
    for account in (stranger, abroad):
        sign_in(client, account)
        for address in (
            f"/my/leave/requests/{request.id}",
            f"/my/team/leave/{request.id}",
            f"/my/team/{clerk[1].id}/leave",
        ):
            assert client.get(address).status_code == 404
    assert client.get(f"/staff/leave-requests/{request.id}").status_code == 404
    assert client.get(f"/staff/employees/{clerk[1].id}/leave").status_code == 404
    sign_in(client, stranger)
    assert client.get("/my/leave").status_code == 403
    assert client.get("/staff/leave").status_code == 403
    sign_in(client, head[0])
    assert client.get(f"/my/leave/requests/{request.id}").status_code == 404


def test_a_certificate_is_read_by_the_office_alone_and_the_reading_is_recorded(
    session, client, clerk, head, officers, agency
):
    sign_in(client, clerk[0])
    ask(client, kind="sick")
    request = the_request(session)
    address = f"/my/leave/requests/{request.id}/certificate"
    assert client.get(address).status_code == 200
    wrong = client.post(address, data={"file": (io.BytesIO(b"MZ"), "note.pdf")})
    assert wrong.status_code == 422
    picture = _picture()
    assert client.post(address, data={"file": (io.BytesIO(picture), "note.png")}).status_code == 303
    certificate = session.scalars(select(LeaveCertificate)).one()
    own = f"/my/leave/requests/{request.id}/certificates/{certificate.id}"
    staff = f"/staff/leave-requests/{request.id}/certificates/{certificate.id}"
    assert client.get(own).mimetype == certificate.media_type
    sign_in(client, head[0])
    assert "Medical certificates handed in: 1" in client.get(f"/my/team/leave/{request.id}").text
    assert client.get(own).status_code == 404
    assert client.get(staff).status_code == 403
    auditor = make_account(session, roles=[(Role.AUDITOR, agency.id)])
    sign_in(client, auditor)
    assert "You may not read them" in client.get(f"/staff/leave-requests/{request.id}").text
    assert client.get(staff).status_code == 403
    sign_in(client, officers[0])
    assert client.get(staff).status_code == 200
    action = "personnel.leave_requests.show_certificate"
    assert session.scalar(select(func.count()).where(AuditEvent.action == action)) == 1


def _picture():
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "PNG")
    return out.getvalue()


def test_the_office_sees_balances_of_any_day_and_downloads_them(session, client, clerk, officers, agency):
    make_entry(session, clerk[1], -13 * 60, sort=EntrySort.CORRECTED, effective_on=dt.date(2026, 3, 2))
    sign_in(client, officers[0])
    later = client.get("/staff/leave", query_string={"on": "2026-03-02"}).text
    earlier = client.get("/staff/leave", query_string={"on": "2026-03-01"}).text
    assert (">147 h<" in later, ">147 h<" in earlier) == (True, False)
    for address in ("/staff/leave?first=7", "/staff/leave?agency=x&on=2026-02-30", "/staff/leave?first=-1"):
        assert client.get(address).status_code == 200
    assert client.get(f"/staff/employees/{clerk[1].id}/leave?kind=sick").status_code == 200
    assert client.get("/staff/tables/personnel.leave.list_staff?on=2026-03-02").status_code == 200


def test_an_officer_of_two_agencies_chooses_whose_leave_to_see(session, client, agency, clerk):
    other = make_agency(session, name="Zoning Board")
    employee = make_employee(session, agency=other, name="Zora Zoning")
    for person in (clerk[1], employee):
        session.add(
            LeaveRequest(
                id=new_id("lvr"), employee_id=person.id, agency_id=person.agency_id, kind=LeaveKind.ANNUAL,
                starts_on=dt.date(2026, 12, 1), ends_on=dt.date(2026, 12, 1), minutes=480, advance_minutes=0,
                note="", state=RequestState.ASKED, asked_at=clock.now(), asked_by=clerk[0].id,
            )
        )  # fmt: skip
    session.flush()
    roles = [(Role.HR_OFFICER, agency.id), (Role.HR_OFFICER, other.id)]
    sign_in(client, make_account(session, name="Officer of both", roles=roles))
    for address in ("/staff/leave", "/staff/leave-requests"):
        for wanted, seen in ((agency, (True, False)), (other, (False, True))):
            page = client.get(address, query_string={"agency": wanted.id}).text
            assert ("Cleo Clerk" in page, "Zora Zoning" in page) == seen, address


def test_a_correction_takes_two_people(session, client, clerk, officers):
    sign_in(client, officers[0])
    address = f"/staff/employees/{clerk[1].id}/leave/correct"
    assert client.get(address).status_code == 200
    values = {
        "kind": "restored", "sort": "restored", "direction": "in", "hours": "12",
        "effective_on": "2026-06-01", "reason": "Exigency of the public business: the flood of December.",
    }  # fmt: skip
    assert client.post(address, data=values | {"hours": "0"}).status_code == 422
    assert client.post(address, data=values | {"kind": "annual"}).status_code == 422
    assert client.post(address, data=values | {"reason": ""}).status_code == 422
    assert client.post(address, data=values).status_code == 303
    found = session.scalars(select(LeaveAdjustment)).one()
    assert found.expires_on == dt.date(2029, 1, 6)
    one = f"/staff/leave-corrections/{found.id}"
    assert client.post(f"{one}/decide", data={"decision": "approve"}).status_code == 422
    sign_in(client, officers[1])
    assert client.get("/staff/leave-corrections").status_code == 200
    assert client.get(f"{one}/decide").status_code == 200
    assert client.post(f"{one}/decide", data={"decision": "approve"}).status_code == 303
    assert client.get(one).status_code == 200
    assert find_balance(session, clerk[1].id, LeaveKind.RESTORED, dt.date(2026, 6, 1)) == 720
    assert find_balance(session, clerk[1].id, LeaveKind.RESTORED, dt.date(2026, 5, 31)) == 0


def test_the_rule_of_an_agency_is_chosen_and_its_days_stand_once_posted(session, client, officers, agency):
    sign_in(client, officers[0])
    address = f"/staff/agencies/{agency.id}/leave-rule"
    assert client.get(address).status_code == 200
    values = {
        "name": "title-5", "ceiling": "usual", "first_period_on": "2024-01-14", "kept_from": "2026-01-11",
    }  # fmt: skip
    assert client.post(address, data=values | {"kept_from": "2026-01-12"}).status_code == 422
    assert client.post(address, data=values | {"name": "new-york", "ceiling": "abroad"}).status_code == 422
    assert client.post(address, data=values | {"ceiling": "abroad"}).status_code == 303


def test_leave_is_kept_from_a_day_within_a_year(session, officers, agency, at):
    agency = make_agency(session, name="Zoning Board")
    officer = make_account(session, name="Officer", roles=[(Role.HR_OFFICER, agency.id)])

    def choose(first, kept_from, ceiling="usual", when=at):
        accruals.set_regime(
            session, agency_id=agency.id, name="title-5", ceiling=ceiling,
            days=(dt.date.fromisoformat(first), dt.date.fromisoformat(kept_from)),
            actor=actor_of(officer), at=when,
        )  # fmt: skip

    for first, kept_from in (
        ("1926-11-21", "1926-11-21"),
        ("2025-11-02", "2025-11-02"),
        ("2026-11-01", "2099-11-15"),
    ):
        with pytest.raises(Invalid) as refused:
            choose(first, kept_from)
        assert list(refused.value.fields) == ["kept_from"]
    choose("2025-11-30", "2025-11-30")
    choose("2025-11-30", "2025-11-30", "abroad", at + dt.timedelta(days=800))


def test_pay_periods_are_posted_once_and_an_outage_is_caught_up(session, agency, clerk, head):
    at = dt.datetime(2026, 3, 1, 15, 0, tzinfo=dt.UTC)
    with transaction() as opened:
        first = accruals.post_all(opened, at=at)
    assert first == 2 * 2 * 3  # two people, two kinds, three pay periods over
    with transaction() as opened:
        assert accruals.post_all(opened, at=at) == 0
    with transaction() as opened:
        later = accruals.post_all(opened, at=at + dt.timedelta(weeks=8))
    assert later == 2 * 2 * 4
    session.expire_all()
    people = load_balances(session, [clerk[1].id], dt.date(2026, 4, 30))
    assert people[clerk[1].id] == {LeaveKind.ANNUAL: 160 * 60 + 7 * 240, LeaveKind.SICK: 80 * 60 + 7 * 240}
    assert load_agency_balances(session, agency.id, dt.date(2026, 4, 30))[clerk[1].id] == people[clerk[1].id]


def test_what_was_posted_before_leave_was_kept_here_is_not_posted_again(session, agency, clerk):
    own, before = clerk[1], dt.date(2025, 12, 20)
    make_entry(
        session, own, 480, kind=LeaveKind.RESTORED, effective_on=dt.date(2025, 6, 1), expires_on=before
    )
    make_entry(
        session, own, -480, kind=LeaveKind.RESTORED, sort=EntrySort.FORFEITED,
        effective_on=before + dt.timedelta(days=1), key=f"restored:expired:{before}",
    )  # fmt: skip
    make_entry(
        session, own, 60, sort=EntrySort.ACCRUAL, effective_on=dt.date(2025, 5, 1), key="annual:years:1"
    )
    known = load_keys(session, [own.id], dt.date(2026, 1, 11))[own.id]
    assert known == {f"restored:expired:{before}", "annual:years:1"}
    with transaction() as opened:
        assert accruals.post_all(opened, at=dt.datetime(2026, 3, 1, 15, tzinfo=dt.UTC)) == 2 * 2 * 3


def test_an_agency_whose_ledgers_refuse_stops_no_other(session, agency, clerk, head, monkeypatch):
    other = make_agency(session, name="Lighthouse Board")
    make_regime(session, other)
    make_employee(session, agency=other)
    expired = accruals._expired

    def twice(opened, kept, people, today):
        found = [
            NewEntry(people[0], kept.agency_id, LeaveKind.ANNUAL, EntrySort.FORFEITED, -1, today, "x", "x")
        ]
        return found * 2 if kept.agency_id == agency.id else expired(opened, kept, people, today)

    monkeypatch.setattr(accruals, "_expired", twice)
    with transaction() as opened:
        assert accruals.post_all(opened, at=dt.datetime(2026, 3, 1, 15, tzinfo=dt.UTC)) == 2 * 3
    monkeypatch.undo()
    with transaction() as opened:
        assert accruals.post_all(opened, at=dt.datetime(2026, 3, 1, 16, tzinfo=dt.UTC)) == 2 * 2 * 3


def test_a_statement_is_written_as_a_letter(session, client, clerk, run_jobs):
    sign_in(client, clerk[0])
    assert client.post("/my/leave/statement").status_code == 303
    run_jobs()
    assert "statement of leave" in client.get("/my/employment").text


def test_who_would_lose_leave_hears_of_it_in_time(session, agency, clerk):
    from app.personnel.accruals import reminders

    make_entry(session, clerk[1], 100 * 60)
    for day, count in ((dt.date(2026, 9, 1), 0), (dt.date(2026, 12, 1), 1), (dt.date(2026, 12, 2), 1)):
        with transaction() as opened:
            reminders.warn_all(opened, at=dt.datetime.combine(day, dt.time(15), dt.UTC))
        keys = session.scalars(select(Job.key).where(Job.key.like("mail:leave-lost:%"))).all()
        assert len(keys) == count


def test_ledger_downloads_hold_every_kind(session, client, clerk):
    sign_in(client, clerk[0])
    text = client.get("/my/leave/ledger.csv").data.decode("utf-8-sig")
    assert [line.split(",")[:5] for line in text.splitlines()[1:]] == [
        ["Annual leave", "2026-01-10", "Brought forward", "9600", "9600"],
        ["Sick leave", "2026-01-10", "Brought forward", "4800", "4800"],
    ]
    assert session.scalar(select(func.count()).select_from(LeaveEntry)) == 2


def test_what_waits_stands_in_the_queue_of_whom_it_waits_for(session, client, agency, clerk, officers):
    post = make_position(session, agency=agency)
    leader = make_account(session, name="Ines Lead", roles=[(Role.SUPERVISOR, agency.id)])
    chief = make_employee(session, agency=agency, account_id=leader.id, name="Ines Lead")
    make_appointment(session, position=post, employee=chief)
    worker = make_account(session, name="Wes Worker")
    employee = make_employee(session, agency=agency, account_id=worker.id, name="Wes Worker")
    seat = make_position(session, agency=agency, reports_to_id=post.id)
    make_appointment(session, position=seat, employee=employee)
    make_entry(session, employee, 4800)
    sign_in(client, worker)
    assert ask(client).status_code == 303
    sign_in(client, leader)
    address = f"/my/team/leave/{the_request(session).id}"
    assert address in client.get("/staff/").text
    sign_in(client, officers[0])
    assert address not in client.get("/staff/").text
