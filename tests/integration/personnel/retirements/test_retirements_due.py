"""Retirements due: counted by agency and grade from service and births, small groups hidden everywhere."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from sqlalchemy import event

from app.accounts.models import Agency
from app.accounts.roles import Role
from app.personnel.actions.states import Standing
from app.personnel.retirements import queries
from app.personnel.retirements.models import EmployeeBirth
from app.personnel.separations.models import SeparationRegime
from app.personnel.service_records.models import ServiceRecord
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.personnel import make_appointment, make_position

PAGE = "/staff/workforce/retirements"
ON = dt.date(2026, 11, 20)


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def planner(session, agency):
    return make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def serve(session, at):
    def act(agency, born_on, starts_on=dt.date(2000, 7, 1), grade="09"):
        position = make_position(session, agency=agency, grade=grade)
        employee = make_appointment(session, position=position, starts_on=starts_on).employee
        if born_on:
            session.add(EmployeeBirth(employee_id=employee.id, born_on=born_on, recorded_at=at))
            session.flush()
        return employee

    return act


def test_each_person_is_due_by_age_and_service(session, planner, agency, serve):
    serve(agency, dt.date(1966, 6, 15))
    serve(agency, dt.date(1990, 6, 15), grade="11")
    serve(agency, None)
    found = sorted(queries.load_due(session, planner, ON), key=lambda one: (one.grade, not one.is_known))
    assert [(one.agency, one.grade, one.is_known, one.full_on, one.reduced_on) for one in found] == [
        ("Records Commission", "09", True, dt.date(2026, 6, 14), dt.date(2022, 10, 14)),
        ("Records Commission", "09", False, None, None),
        ("Records Commission", "11", True, None, None),  # too young for any of the years told of
    ]


def test_long_leave_without_pay_puts_it_off(session, planner, agency, serve):
    employee = serve(agency, dt.date(1966, 6, 15), starts_on=dt.date(2007, 1, 1))
    record = session.query(ServiceRecord).filter_by(employee_id=employee.id).one()
    values = {
        column.name: getattr(record, column.name)
        for column in ServiceRecord.__table__.columns
        if column.name not in ("id", "valid_from", "valid_to", "standing")
    }
    record.valid_to = dt.date(2020, 1, 1)
    for number, (since, until, standing) in enumerate(
        (
            (dt.date(2020, 1, 1), dt.date(2021, 1, 1), Standing.ON_LEAVE_WITHOUT_PAY),
            (dt.date(2021, 1, 1), None, Standing.IN_SERVICE),
        )
    ):
        session.add(
            ServiceRecord(id=f"svr_{number}", valid_from=since, valid_to=until, standing=standing, **values)
        )
    session.flush()
    [found] = queries.load_due(session, planner, ON)
    # 20 years end on 31 December 2026; of the 366 days of leave in 2020, 180 count
    assert found.full_on == dt.date(2026, 12, 31) + dt.timedelta(days=186)


def test_an_agency_in_new_york_goes_by_its_own_system(session, planner, agency, serve, at):
    actor = make_account(session)
    session.add(SeparationRegime(agency_id=agency.id, name="new-york", set_by=actor.id, set_at=at))
    serve(agency, dt.date(1966, 6, 15))
    [found] = queries.load_due(session, planner, ON)
    assert (found.full_on, found.reduced_on) == (dt.date(2028, 6, 14), dt.date(2021, 6, 14))


@pytest.fixture
def office(client, session, agency, serve):
    """Six who may retire, two more within a year, and ten who are far from it; a second agency with three."""
    for _ in range(6):
        serve(agency, dt.date(1960, 1, 1))
    for _ in range(2):
        serve(agency, dt.date(1967, 3, 1))
    for _ in range(10):
        serve(agency, dt.date(1990, 3, 1), starts_on=dt.date(2015, 1, 1), grade="07")
    other = make_agency(session, name="Parks Commission")
    for _ in range(3):
        serve(other, dt.date(1960, 1, 1))
    return other


def _figures(client, agency_id=""):
    chosen = {"form": "csv", "columns": ["measure", "agency", "grade", "count"]}
    answer = client.post(f"/staff/tables/personnel.retirements.show_due?agency={agency_id}", data=chosen)
    return {tuple(row[:3]): row[3] for row in csv.reader(io.StringIO(answer.text))}


def test_few_people_are_hidden_on_the_page_and_in_the_file(client, session, agency, office):
    roles = [(Role.APPOINTING_AUTHORITY, own.id) for own in (agency, office)]
    sign_in(client, make_account(session, roles=roles))
    page = client.get(PAGE).text
    assert "Who may retire in full, by agency" in page
    rows = _figures(client)
    # the three of the second agency are hidden, and with them the six, which the total would give away
    assert rows["May retire now", "Parks Commission", ""] == ""
    assert rows["May retire now", "Records Commission", ""] == ""
    assert rows["May retire now", "", "09"] == "9"
    assert rows["Within 1 year", "", "09"] == ""
    assert rows["Within 5 years", "", "07"] == "0"
    own = _figures(client, agency.id)
    assert own["May retire now", "Records Commission", ""] == "6"
    assert own["Within 1 year", "Records Commission", ""] == ""


def test_it_is_for_those_who_plan_the_workforce(client, session, agency, office):
    sign_in(client, make_account(session, roles=[(Role.SUPERVISOR, agency.id)]))
    assert client.get(PAGE).status_code == 403
    elsewhere = make_agency(session)
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, elsewhere.id)]))
    assert "No date of birth is held of anybody" in client.get(PAGE).text
    assert client.get(f"{PAGE}?agency=x").status_code in (200, 422)


def test_the_number_of_queries_does_not_grow_with_people(session, planner, agency, serve):
    def count():
        seen = []
        bind = session.get_bind()
        listener = lambda *given: seen.append(given[2])  # noqa: E731
        event.listen(bind, "before_cursor_execute", listener)
        queries.load_due(session, planner, ON)
        event.remove(bind, "before_cursor_execute", listener)
        return len(seen)

    serve(agency, dt.date(1960, 1, 1))
    session.get_one(Agency, agency.id)
    first = count()
    for _ in range(3):
        serve(agency, dt.date(1961, 1, 1))
    assert count() == first
