"""Lists of the personnel office as files: the columns of each page, its filters, its agencies."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from app.accounts.roles import Role
from app.personnel.benefit_plans.states import EventKind
from app.personnel.course_enrolments.states import EnrolmentState
from app.personnel.life_events.models import LifeEvent
from app.personnel.life_events.states import EventState
from app.personnel.pay_scales.models import PayScale
from app.personnel.positions.states import PayPeriod
from app.platform.ids import new_id
from app.web import tables
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.benefits import make_dependant
from tests.factories.leave import make_leave
from tests.factories.performance import make_cycle, make_improvement, make_plan, make_rating
from tests.factories.personnel import make_employee
from tests.factories.training import make_course, make_enrolment, make_session

THEN = dt.datetime(2026, 11, 2, 14, 0, tzinfo=dt.UTC)


@pytest.fixture
def agency(session, client):
    found = make_agency(session, name="Harbour Office")
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, found.id)]))
    return found


@pytest.fixture
def person(session, agency):
    return make_employee(session, agency=agency, name="Ines Duarte")


@pytest.fixture
def stranger(session):
    return make_employee(session, name="Somebody Else")


def take(client, noun: str, query: str = "") -> list[list[str]]:
    """Take every column of a list of the package, without its headings."""
    endpoint = f"personnel.{noun}.list_staff"
    names = [column.name for column in tables._tables[endpoint].columns]
    response = client.post(f"/staff/tables/{endpoint}?{query}", data={"columns": names, "form": "csv"})
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"))))[1:]


def test_requests_for_leave(session, client, person, stranger):
    asker = make_account(session)
    for employee in (person, stranger):
        make_leave(session, employee=employee, on=dt.date(2026, 12, 3), asked_by=asker.id)
    page = client.get("/staff/leave-requests").text
    assert 'href="/staff/tables/personnel.leave_requests.list_staff"' in page
    assert take(client, "leave_requests") == [
        ["Ines Duarte", "2026-12-03", "2026-12-03", "Annual leave", "480", "Waits for a decision"]
    ]
    assert take(client, "leave_requests", "state=refused") == []


def test_courses_and_their_sessions(session, client, agency, person, stranger):
    course = make_course(session, agency=agency, code="AID", valid_months=24)
    make_course(session, agency=agency, code="OLD", title="Typing", retired_on=dt.date(2026, 1, 2))
    make_session(session, course=make_course(session, agency=make_agency(session)))
    assert take(client, "courses") == [
        ["First aid at work", "AID", "Harbour Office", "480", "24", "Offered"],
        ["Typing", "OLD", "Harbour Office", "480", "", "Offered no more"],
    ]
    assert [row[1] for row in take(client, "courses", "text=typing")] == ["OLD"]
    held = make_session(session, course=course)
    make_session(session, course=course, starts_at=THEN, place="Old hall")
    asker = make_account(session)
    make_enrolment(
        session, held=held, employee=person, requested_by=asker.id, state=EnrolmentState.ENROLLED, seat=1
    )
    assert take(client, "course_sessions") == [
        ["First aid at work", "2026-12-03T14:00:00+00:00", "Training room 2", "2", "1", "0", "Planned"]
    ]
    assert [row[2] for row in take(client, "course_sessions", "when=past")] == ["Old hall"]


def test_ratings_and_improvement_plans(session, client, agency, person, stranger):
    plan = make_plan(
        session, employee=person, cycle=make_cycle(session, agency_id=agency.id, title="FY 2026")
    )
    make_rating(session, plan=plan, level=2)
    make_improvement(session, plan=plan, number="IP-1")
    other = make_plan(session, employee=stranger)
    make_rating(session, plan=other)
    make_improvement(session, plan=other)
    assert take(client, "ratings") == [
        ["Ines Duarte", "FY 2026", "Harbour Office", "", "2", "Rating of record"]
    ]
    assert take(client, "ratings", "state=returned") == []
    assert take(client, "improvement") == [
        ["IP-1", "Ines Duarte", "Harbour Office", "2026-09-01", "2026-10-31", "Running"]
    ]
    assert take(client, "improvement", "state=cancelled") == []


def test_life_events_and_dependants(session, client, person, stranger):
    for employee in (person, stranger):
        make_dependant(session, employee=employee, claimed_at=THEN)
        event = LifeEvent(
            id=new_id("lev"),
            employee_id=employee.id,
            agency_id=employee.agency_id,
            kind=EventKind.BIRTH,
            happened_on=dt.date(2026, 10, 20),
            elects_until=dt.date(2026, 12, 19),
            note="",
            state=EventState.REPORTED,
            reported_at=THEN,
        )
        session.add(event)
    session.flush()
    assert take(client, "life_events") == [
        ["Ines Duarte", EventKind.BIRTH.title, "2026-10-20", "2026-12-19", EventState.REPORTED.title]
    ]
    assert take(client, "life_events", "state=approved") == []
    assert take(client, "dependants") == [
        ["Tomi Okafor", "Child", "Ines Duarte", "2026-11-02", "yes", "Verified"]
    ]
    assert take(client, "dependants", "state=claimed") == []


def test_pay_scales(session, client, agency):
    maker = make_account(session)
    for owner, title in ((agency, "General"), (make_agency(session), "Of others")):
        scale = PayScale(
            id=new_id("psc"),
            agency_id=owner.id,
            code="GEN",
            title=title,
            currency="USD",
            period=PayPeriod.YEAR,
            created_by=maker.id,
            created_at=THEN,
        )
        session.add(scale)
    session.flush()
    assert take(client, "pay_scales") == [
        ["General", "GEN", "Harbour Office", "USD", PayPeriod.YEAR.title, ""]
    ]
