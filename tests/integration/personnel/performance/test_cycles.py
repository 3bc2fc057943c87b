"""A cycle: made under the agency's rule, started for everybody, reminded of, closed when all is rated."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.personnel.performance import services
from app.personnel.performance.models import PerformancePlan
from app.personnel.performance.rules import CycleValues
from app.personnel.performance.states import CycleState, PlanState
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.performance import make_cycle, make_plan, make_rating
from tests.factories.personnel import make_employee
from tests.page_checks import named

YEAR = CycleValues("Fiscal year 2027", dt.date(2026, 10, 1), dt.date(2027, 9, 30), dt.date(2027, 3, 31))


def make(session, agency, actor, at, values=YEAR):
    return services.create_cycle(session, agency_id=agency.id, values=values, actor=actor("officer"), at=at)


def mails(session):
    rows = session.scalars(select(Job).where(Job.name == "platform.send_mail").order_by(Job.id))
    return [(row.payload["to"], row.payload["subject"]) for row in rows]


def test_starting_makes_a_plan_for_everybody_in_service_once(session, agency, line, actor, at):
    make_employee(session, agency=agency, name="Without a post")
    cycle = make(session, agency, actor, at)
    assert (cycle.plans_due_on, cycle.ratings_due_on) == (dt.date(2026, 10, 31), dt.date(2027, 11, 14))
    assert services.start_cycle(session, cycle_id=cycle.id, actor=actor("officer"), at=at) == 3
    assert services.start_cycle(session, cycle_id=cycle.id, actor=actor("officer"), at=at) == 0
    plans = {plan.employee_id: plan for plan in session.scalars(select(PerformancePlan))}
    assert {own: plan.supervisor_id for own, plan in plans.items()} == {
        line.head.id: None,
        line.supervisor.id: line.head.id,
        line.employee.id: line.supervisor.id,
    }
    assert {plan.state for plan in plans.values()} == {PlanState.DRAFT}


def test_it_is_closed_once_every_issued_plan_is_rated(session, agency, line, actor, at):
    cycle = make_cycle(session, agency_id=agency.id)
    plan = make_plan(session, employee=line.employee, cycle=cycle)
    draft = make_plan(
        session,
        employee=line.supervisor,
        cycle=cycle,
        state=PlanState.DRAFT,
        issued_at=None,
        acknowledged_at=None,
    )
    with pytest.raises(Conflict, match="1 plans are not rated"):
        services.close_cycle(session, cycle_id=cycle.id, actor=actor("officer"), at=at)
    make_rating(session, plan=plan)
    services.close_cycle(session, cycle_id=cycle.id, actor=actor("officer"), at=at)
    session.refresh(draft)
    assert (cycle.state, draft.state) == (CycleState.CLOSED, PlanState.VOID)
    with pytest.raises(Conflict):
        services.start_cycle(session, cycle_id=cycle.id, actor=actor("officer"), at=at)


def test_who_may_not_is_refused_and_another_agency_is_not_found(session, agency, line, actor, at):
    cycle = make_cycle(session, agency_id=agency.id)
    with pytest.raises(Forbidden):
        services.create_cycle(session, agency_id=agency.id, values=YEAR, actor=actor("auditor"), at=at)
    with pytest.raises(NotFound):
        services.start_cycle(session, cycle_id=cycle.id, actor=actor("stranger"), at=at)
    with pytest.raises(Forbidden):
        services.close_cycle(session, cycle_id=cycle.id, actor=actor("auditor"), at=at)


def test_supervisors_are_reminded_of_each_step_once(session, agency, line, people, at):
    cycle = make_cycle(session, agency_id=agency.id, progress_due_on=dt.date(2026, 3, 31))
    make_plan(session, employee=line.employee, cycle=cycle, supervisor_id=line.supervisor.id)
    due = dt.datetime(2026, 3, 17, 15, tzinfo=dt.UTC)
    assert services.remind(session, at=due - dt.timedelta(days=1)) == 0
    assert services.remind(session, at=due) == 1
    services.remind(session, at=due + dt.timedelta(hours=4))
    assert mails(session) == [(people["supervisor"].email, f"Performance, {cycle.title}: progress")]
    late = dt.datetime(2026, 11, 15, 15, tzinfo=dt.UTC)
    assert services.remind(session, at=late) == 1
    assert mails(session)[-1][1] == f"Performance, {cycle.title}: ratings"


def test_the_rules_of_an_agency_are_those_of_the_files(session, agency, actor, at):
    names = {"ratings": "larkhaven-points", "within_grade": "larkhaven-yearly", "awards": "larkhaven-awards"}
    services.set_regimes(session, agency_id=agency.id, names=names, actor=actor("officer"), at=at)
    assert make(session, agency, actor, at).regime == "larkhaven-points"
    with pytest.raises(Invalid):
        services.set_regimes(
            session, agency_id=agency.id, names={"awards": "mine"}, actor=actor("officer"), at=at
        )


def test_an_officer_makes_starts_and_reads_a_period(client, session, agency, line, people):
    sign_in(client, people["officer"])
    form = {"agency_id": agency.id, "title": YEAR.title, "starts_on": "2026-10-01", "ends_on": "2027-09-30"}
    wrong = client.post("/staff/performance/new", data=form | {"progress_due_on": "2026-02-30"})
    assert wrong.status_code == 422
    assert "Fiscal year 2027" in wrong.text
    short = client.post("/staff/performance/new", data=form | {"progress_due_on": "2028-01-01"})
    assert (short.status_code, "to the end of the period" in short.text) == (422, True)
    made = client.post("/staff/performance/new", data=form | {"progress_due_on": "2027-03-31"})
    assert made.status_code == 303
    again = client.post("/staff/performance/new", data=form | {"progress_due_on": "2027-03-31"})
    assert "Another cycle of this agency has this title" in again.text
    place = made.location
    assert client.post(f"{place}/start").status_code == 303
    page = client.get(f"{place}?state=draft&text=employee")
    assert named(page.text, "Employee")
    assert not named(client.get(f"{place}?state=rated").text, "Supervisor")
    assert client.get(f"{place}?state=nonsense&text=%00").status_code == 200
    listed = client.get("/staff/performance")
    assert "Fiscal year 2027" in listed.text
    assert client.get(f"/staff/agencies/{agency.id}/performance-rules").status_code == 200


def test_pages_of_the_office_are_closed_to_others(client, session, agency, line, people):
    cycle = make_cycle(session, agency_id=agency.id)
    sign_in(client, people["stranger"])
    assert client.get(f"/staff/performance/{cycle.id}").status_code == 404
    sign_in(client, people["employee"])
    assert client.get(f"/staff/performance/{cycle.id}").status_code == 403


def test_the_plans_come_as_a_file(client, session, agency, line, people):
    cycle = make_cycle(session, agency_id=agency.id)
    make_plan(session, employee=line.employee, cycle=cycle, supervisor_id=line.supervisor.id)
    sign_in(client, people["officer"])
    page = client.get(f"/staff/performance/{cycle.id}")
    assert f"cycle_id={cycle.id}" in page.text
