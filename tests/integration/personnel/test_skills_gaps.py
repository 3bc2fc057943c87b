"""Gaps against positions, by agency and over time: as of each day, few people left out, as a file too."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from sqlalchemy import event

from app.accounts.roles import Role
from app.personnel.competencies import queries
from app.personnel.competencies.models import CompetencyAssessment
from app.platform import clock
from app.platform.ids import new_id
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.personnel import make_appointment, make_position
from tests.factories.training import make_competency

PAGE = "/staff/competencies/gaps"
CLASS = "TD-5130"


@pytest.fixture
def agency(session):
    return make_agency(session, name="Water Works")


@pytest.fixture
def competency(session, agency):
    return make_competency(session, agency=agency, asked={CLASS: 3}, name="Working safely")


@pytest.fixture
def crew(session, agency):
    def act(count, of=None):
        posts = [make_position(session, agency=of or agency, class_code=CLASS) for _ in range(count)]
        return [make_appointment(session, position=post).employee for post in posts]

    return act


@pytest.fixture
def find(session):
    judge = make_account(session)

    def act(employee, competency, level, at, serial=1, is_own=False):
        session.add(
            CompetencyAssessment(
                id=new_id("cas"),
                employee_id=employee.id,
                competency_id=competency.id,
                agency_id=employee.agency_id,
                serial=serial,
                is_own=is_own,
                level=level,
                evidence="Seen.",
                assessed_by=judge.id,
                assessed_at=at,
            )
        )
        session.flush()

    return act


def test_what_was_found_counts_from_its_day_and_ones_own_view_never(
    session, agency, competency, crew, find, at
):
    [ada] = crew(1)
    find(ada, competency, 1, at - dt.timedelta(days=100))
    find(ada, competency, 3, at, serial=2)
    find(ada, competency, 5, at, is_own=True)
    officer = make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])
    skills = queries.load_skills(session, officer)
    day = at.date()
    assert [row[3] for row in skills.on(day - dt.timedelta(days=101))] == [None]
    assert skills.on(day - dt.timedelta(days=1)) == [("Water Works", "Working safely", 3, 1)]
    assert skills.on(day) == [("Water Works", "Working safely", 3, 3)]
    stranger = make_actor(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    assert queries.load_skills(session, stranger).on(day) == []


def _file(client, agency_id=""):
    columns = ["on", "agency", "competency", "asked", "met", "below", "unassessed"]
    answer = client.post(
        f"/staff/tables/personnel.competencies.list_gaps?agency={agency_id}",
        data={"form": "csv", "columns": columns},
    )
    return {tuple(row[:3]): row[3:] for row in csv.reader(io.StringIO(answer.text))}


def test_the_page_and_the_file_tell_by_agency_and_quarter_and_leave_few_people_out(
    client, session, agency, competency, crew, find
):
    now = clock.now()
    people = crew(6)
    for place, level in enumerate((3, 3, 2, 1)):
        find(people[place], competency, level, now - dt.timedelta(days=1))
    small = make_agency(session, name="Lamp Office")
    make_competency(session, agency=small, asked={CLASS: 1}, name="Lighting")
    crew(4, of=small)
    roles = [(Role.AGENCY_ADMINISTRATOR, own.id) for own in (agency, small)]
    sign_in(client, make_account(session, roles=roles))
    page = client.get(PAGE).text
    assert "Working safely" in page
    assert "Lighting" not in page
    rows, today = _file(client), now.date().isoformat()
    assert rows[today, "Water Works", ""] == ["6", "2", "2", "2"]
    assert rows[today, "Water Works", "Working safely"] == ["6", "2", "2", "2"]
    assert rows[today, "", "Working safely"] == ["6", "2", "2", "2"]
    assert {agency for _, agency, _ in rows} == {"Agency (empty: all)", "Water Works", ""}
    before = sorted(day for day, agency, name in rows if agency == "Water Works" and not name)[0]
    assert rows[before, "Water Works", ""] == ["6", "0", "0", "6"]
    assert "Lighting" not in str(_file(client, small.id))


def test_it_is_for_those_who_plan(client, session, agency, competency, crew):
    crew(6)
    for role, status in ((Role.APPOINTING_AUTHORITY, 200), (Role.SUPERVISOR, 403)):
        sign_in(client, make_account(session, roles=[(role, agency.id)]))
        assert client.get(PAGE).status_code == status
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)]))
    assert "No position asks for a competency of enough people" in client.get(PAGE).text
    assert client.get(f"{PAGE}?agency=none").status_code == 200


def test_the_number_of_queries_does_not_grow_with_people(session, agency, competency, crew, find, at):
    officer = make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])

    def count():
        seen = []

        def note(*given):
            seen.append(given[2])

        event.listen(session.get_bind(), "before_cursor_execute", note)
        queries.load_skills(session, officer)
        event.remove(session.get_bind(), "before_cursor_execute", note)
        return len(seen)

    find(crew(1)[0], competency, 2, at)
    first = count()
    for employee in crew(3):
        find(employee, competency, 2, at)
    assert count() == first == 3
