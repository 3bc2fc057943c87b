"""An appointment fills a position once, begins a record, and promises its letter, all or nothing."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from sqlalchemy import func, select

from app.accounts.roles import Role
from app.notices.models import Notice
from app.personnel.appointments import services
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.rules import ProbationRule
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.models import Employee
from app.personnel.employees.rules import employee_number
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.models import Position
from app.personnel.positions.states import PayPeriod, PositionState
from app.platform.audit import AuditEvent
from app.platform.db import reading, transaction
from app.platform.errors import Conflict, Forbidden, Invalid
from tests.conftest import count_queries, sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.personnel import end_appointment, make_appointment, make_employee, make_position

STARTS_ON = dt.date(2026, 12, 1)


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def authority(session, agency):
    return make_actor(session, name="Ruth Bell", roles=[(Role.APPOINTING_AUTHORITY, agency.id)])


def appoint(position, actor, at, **values):
    with transaction() as opened:
        return services.appoint(
            opened,
            **{
                "position_id": position.id,
                "name": "Dana Okafor",
                "email": "dana@people.example",
                "account_id": None,
                "starts_on": STARTS_ON,
                "kind": AppointmentKind.PROBATIONAL,
                "authority": "Civil Service Law, section 61",
                "source": "cen_00000000000000000000000001",
                "actor": actor,
                "at": at,
            }
            | values,
        )


def test_an_appointment_fills_the_position_and_begins_the_record(session, agency, authority, at):
    account = make_account(session, name="Dana Okafor", email="dana@people.example")
    position = make_position(session, agency=agency)
    made = appoint(position, authority, at, account_id=account.id)
    session.expire_all()
    [appointment] = session.scalars(select(Appointment)).all()
    assert {name: getattr(appointment, name) for name in ("id", "position_id", "agency_id", "source")} == {
        "id": made.id,
        "position_id": position.id,
        "agency_id": agency.id,
        "source": "cen_00000000000000000000000001",
    }
    assert appointment.probation_ends_on == dt.date(2027, 11, 30)
    assert (appointment.appointed_by, appointment.ended_on) == (authority.id, None)
    [employee] = session.scalars(select(Employee)).all()
    assert (employee.number, employee.name, employee.account_id, employee.agency_id) == (
        "E-000001-8",
        "Dana Okafor",
        account.id,
        agency.id,
    )
    assert (employee.hired_on, employee.state) == (STARTS_ON, EmployeeState.ACTIVE)
    assert position.incumbent_id == employee.id
    [event] = session.scalars(select(AuditEvent).where(AuditEvent.subject == made.id)).all()
    assert (event.action, event.details) == (
        "personnel.appointments.appoint",
        {
            "position": position.id,
            "employee": employee.id,
            "kind": "probational",
            "source": "cen_00000000000000000000000001",
        },
    )


def test_the_letter_states_the_appointment(session, agency, authority, at):
    account = make_account(session)
    position = make_position(session, agency=agency, number="P-9", title="Clerk", pay_period=PayPeriod.DAY)
    rule = ProbationRule(6, "City personnel rule 5.2")
    lines = ["Room 210", "Ask for Ms Vance"]
    made = appoint(position, authority, at, account_id=account.id, probation=rule, report_to=lines)
    [notice] = session.scalars(select(Notice)).all()
    assert (notice.template, notice.subject, notice.account_id) == ("appointment", made.id, account.id)
    assert (notice.agency_id, notice.recipient_name) == (agency.id, "Dana Okafor")
    letter = notice.context["letter"]
    assert letter["signed_by"] == {"name": "Ruth Bell", "title": "Appointing authority"}
    assert letter["probation"] == {
        "months": 6,
        "ends_on": "2027-05-31",
        "law": "City personnel rule 5.2",
    }
    assert (letter["position_number"], letter["pay_minor"], letter["pay_period"]) == ("P-9", 4_500_000, "day")
    assert (letter["start_on"], letter["report_to"]) == ("2026-12-01", lines)
    assert letter["law"] == "Civil Service Law, section 61"


def test_the_letter_is_rendered(session, agency, authority, at, run_jobs, outbox):
    appoint(make_position(session, agency=agency), authority, at)
    assert run_jobs() >= 1
    session.expire_all()
    [notice] = session.scalars(select(Notice)).all()
    assert notice.pdf_digest is not None
    assert [message["To"] for message in outbox] == ["dana@people.example"]


def test_an_occupied_position_is_refused_and_nothing_is_left_behind(session, agency, authority, at):
    position = make_position(session, agency=agency, number="P-9")
    make_appointment(session, position=position)
    with pytest.raises(Conflict, match=r"^Position P-9 is occupied\."):
        appoint(position, authority, at)
    assert session.scalar(select(func.count()).select_from(Employee)) == 1
    assert session.scalars(select(Notice)).all() == []


def test_an_abolished_position_is_refused(session, agency, authority, at):
    position = make_position(
        session,
        agency=agency,
        state=PositionState.ABOLISHED,
        abolished_at=at,
        abolition_reason="Merged.",
    )
    with pytest.raises(Conflict, match="was abolished"):
        appoint(position, authority, at)


def test_a_person_who_holds_a_position_is_refused_another(session, agency, authority, at):
    account = make_account(session)
    first, second = (make_position(session, agency=agency, number=f"P-{n}") for n in (1, 2))
    appoint(first, authority, at, account_id=account.id)
    with pytest.raises(Conflict, match="This person holds position P-1"):
        appoint(second, authority, at, account_id=account.id)


def test_nobody_appoints_themselves(session, agency, authority, at):
    with pytest.raises(Conflict, match="You cannot appoint yourself"):
        appoint(make_position(session, agency=agency), authority, at, account_id=authority.id)


def test_people_without_accounts_are_people_of_their_own(session, agency, authority, at):
    for _ in range(2):
        appoint(make_position(session, agency=agency), authority, at, email=None)
    assert sorted(session.scalars(select(Employee.number))) == [employee_number(1), employee_number(2)]


def test_a_successor_does_not_begin_before_the_position_was_free(session, agency, authority, at):
    position = make_position(session, agency=agency)
    left_on = dt.date(2026, 12, 2)
    make_appointment(session, position=position, ended_on=left_on, end_reason="Moved.")
    with pytest.raises(Invalid) as refused:
        appoint(position, authority, at)
    assert set(refused.value.fields) == {"starts_on"}
    appoint(position, authority, at, starts_on=left_on)


def test_nobody_comes_back_before_they_had_left(session, agency, authority, at):
    account = make_account(session)
    first, second = (make_position(session, agency=agency) for _ in range(2))
    made = appoint(first, authority, at, account_id=account.id, starts_on=dt.date(2026, 1, 5))
    end(made.id, authority, at)
    with pytest.raises(Invalid) as refused:
        appoint(second, authority, at, account_id=account.id, starts_on=dt.date(2026, 11, 20))
    assert refused.value.fields == {
        "starts_on": "This person's earlier service lasts until the day before 21 November 2026. "
        "Enter that day or a later one"
    }
    appoint(second, authority, at, account_id=account.id, starts_on=dt.date(2026, 11, 21))


def test_only_the_agency_s_own_officers_appoint(session, agency, at):
    position = make_position(session, agency=agency)
    other = make_actor(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    supervisor = make_actor(session, roles=[(Role.SUPERVISOR, agency.id)])
    for actor in (other, supervisor):
        with pytest.raises(Forbidden):
            appoint(position, actor, at)


def end(appointment_id, actor, at, **values):
    with transaction() as opened:
        return end_appointment(
            opened,
            **{
                "appointment_id": appointment_id,
                "reason": "Resigned.",
                "ended_on": dt.date(2026, 11, 20),
                "actor": actor,
                "at": at,
            }
            | values,
        )


def test_an_end_empties_the_position_and_separates_the_person(session, agency, authority, at):
    account = make_account(session)
    position = make_position(session, agency=agency)
    made = appoint(position, authority, at, account_id=account.id, starts_on=dt.date(2026, 1, 5))
    end(made.id, authority, at)
    session.expire_all()
    [appointment] = session.scalars(select(Appointment)).all()
    [employee] = session.scalars(select(Employee)).all()
    assert (appointment.ended_on, appointment.end_reason) == (dt.date(2026, 11, 20), "Resigned.")
    assert position.incumbent_id is None
    assert (employee.state, employee.separated_on) == (EmployeeState.SEPARATED, dt.date(2026, 11, 20))

    other = make_position(session, agency=agency)
    again = appoint(other, authority, at, account_id=account.id, kind=AppointmentKind.PERMANENT)
    session.expire_all()
    assert again.employee_id == employee.id
    assert again.probation_ends_on is None
    assert (employee.state, employee.separated_on) == (EmployeeState.ACTIVE, None)
    assert employee.hired_on == dt.date(2026, 1, 5)


def test_two_appointments_race_for_one_position_and_one_wins(committed, at):
    with transaction() as opened:
        agency = make_agency(opened)
        position_id = make_position(opened, agency=agency).id
        actor = make_actor(opened, roles=[(Role.HR_OFFICER, agency.id)])
        services.audit.record(opened, "system.seed", actor=actor, at=at, subject=agency.id)
    barrier, results = threading.Barrier(4), []

    def race(number: int) -> None:
        barrier.wait()
        try:
            with transaction() as opened:
                services.appoint(
                    opened,
                    position_id=position_id,
                    name=f"Racer {number}",
                    email=None,
                    account_id=None,
                    starts_on=STARTS_ON,
                    kind=AppointmentKind.PERMANENT,
                    authority="Civil Service Law, section 61",
                    source=None,
                    actor=actor,
                    at=at,
                )
            results.append("appointed")
        except Conflict as error:
            results.append(error.message.partition(" is ")[2])

    threads = [threading.Thread(target=race, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lost = "occupied. That service has to end first."
    assert sorted(results) == sorted(["appointed", lost, lost, lost])
    with reading() as opened:
        [appointment] = opened.scalars(select(Appointment)).all()
        [employee] = opened.scalars(select(Employee)).all()
        assert opened.scalar(select(Position.incumbent_id)) == employee.id == appointment.employee_id
        assert opened.scalar(select(func.count()).select_from(Notice)) == 1


@pytest.fixture
def officer(session, client, agency):
    account = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, account)
    return account


@pytest.mark.parametrize("role", [Role.HR_OFFICER, Role.APPOINTING_AUTHORITY])
def test_nobody_ends_an_appointment_or_appoints_by_a_page_alone(client, session, agency, role):
    sign_in(client, make_account(session, roles=[(role, agency.id)]))
    position = make_position(session, agency=agency)
    made = make_appointment(session, position=make_position(session, agency=agency))
    for address in (f"/staff/appointments/{made.id}/end", f"/staff/positions/{position.id}/appoint"):
        assert (
            client.post(address, data={"ended_on": "2026-11-20", "reason": "Not needed."}).status_code == 404
        )
    session.expire_all()
    assert made.ended_on is None
    shown = client.get(f"/staff/appointments/{made.id}").text
    assert "Never taken up" not in shown  # it began in 2025
    assert ("/separation/new" in shown) is (role is Role.HR_OFFICER)


@pytest.fixture
def varied(session, agency, officer):
    rows = [
        ("Ana Ruiz", "P-1", AppointmentKind.PERMANENT, dt.date(2026, 1, 1), None),
        ("Bo Chen", "P-2", AppointmentKind.TEMPORARY, dt.date(2026, 3, 1), dt.date(2026, 6, 1)),
        ("Çelik Ay", "P-3", AppointmentKind.PERMANENT, dt.date(2026, 2, 1), None),
    ]
    for name, number, kind, starts_on, ended_on in rows:
        make_appointment(
            session,
            position=make_position(session, agency=agency, number=number),
            employee=make_employee(session, agency=agency, name=name),
            kind=kind,
            starts_on=starts_on,
            ended_on=ended_on,
            end_reason="Moved." if ended_on else None,
        )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Bo Chen", "Çelik Ay", "Ana Ruiz"]),
        ("?sort=starts&order=ascending", ["Ana Ruiz", "Çelik Ay", "Bo Chen"]),
        ("?sort=position&order=descending", ["Çelik Ay", "Bo Chen", "Ana Ruiz"]),
        ("?status=live", ["Çelik Ay", "Ana Ruiz"]),
        ("?status=ended", ["Bo Chen"]),
        ("?kind=temporary", ["Bo Chen"]),
        ("?text=ÇELIK", ["Çelik Ay"]),
        ("?text=p-1", ["Ana Ruiz"]),
        ("?text=p-1+chen", []),
        ("?kind=nonsense&status=7&sort=&page=%F0", ["Bo Chen", "Çelik Ay", "Ana Ruiz"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(client, varied, query, names):
    text = client.get(f"/staff/appointments{query}").text
    found = [name for name in ("Ana Ruiz", "Bo Chen", "Çelik Ay") if f">{name}</a>" in text]
    assert sorted(found, key=lambda name: text.index(f">{name}</a>")) == names


def test_one_row_and_three_cost_the_same_queries(client, session, agency, officer, database):
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            make_appointment(session, position=make_position(session, agency=agency))
        session.expunge_all()
        with count_queries(database) as statements:
            assert client.get("/staff/appointments").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
