"""Mandatory training on the clock, competencies against positions, development plans, pages of the staff."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import event, insert, select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.personnel.competencies import queries as competencies
from app.personnel.competencies.services import assess, require_level
from app.personnel.completions.services import record_completion
from app.personnel.course_sessions.models import CourseSession
from app.personnel.courses.models import Course
from app.personnel.development_plans import services as plans
from app.personnel.development_plans.models import DevelopmentPlan
from app.personnel.development_plans.states import PlanState
from app.personnel.employees.states import EmployeeState
from app.personnel.mandatory_training import queries, services
from app.personnel.mandatory_training.models import TrainingDuty
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_employee, make_position
from tests.factories.training import make_competency, make_course

TODAY = dt.date(2026, 11, 20)
CLASS = "31215"


class Office:
    """An agency with an officer, a supervisor and a person below."""

    def __init__(self, session):
        self.session = session
        self.agency = make_agency(session, name="Records Commission")
        self.accounts = {
            "officer": make_account(session, name="officer", roles=[(Role.HR_OFFICER, self.agency.id)]),
            "boss": make_account(session, name="boss", email="boss@office.example"),
            "nia": make_account(session, name="Nia Okafor", email="nia@office.example"),
        }
        self.actors = {name: actor_of(account) for name, account in self.accounts.items()}
        boss = make_employee(session, agency=self.agency, account_id=self.accounts["boss"].id, name="boss")
        self.nia = make_employee(
            session,
            agency=self.agency,
            account_id=self.accounts["nia"].id,
            name="Nia Okafor",
            hired_on=dt.date(2026, 9, 1),
        )
        above = make_position(session, agency=self.agency, incumbent_id=boss.id)
        self.post = make_position(
            session,
            agency=self.agency,
            incumbent_id=self.nia.id,
            reports_to_id=above.id,
            class_code=CLASS,
        )
        self.course = make_course(session, agency=self.agency)

    def actor(self, name):
        return self.actors[name]

    def require(self, at, mandate="no-fear", class_code="", begins_on=dt.date(2026, 1, 1), **values):
        return services.require(
            self.session,
            agency_id=self.agency.id,
            course_id=self.course.id,
            mandate=mandate,
            class_code=class_code,
            duty_station=values.get("duty_station", ""),
            begins_on=begins_on,
            actor=self.actor("officer"),
            at=at,
        )

    def duty(self):
        self.session.expire_all()
        query = select(TrainingDuty).where(TrainingDuty.employee_id == self.nia.id)
        return self.session.scalars(query).one()


@pytest.fixture
def office(session):
    return Office(session)


def mails(session, to):
    rows = session.scalars(select(Job).where(Job.name == "platform.send_mail").order_by(Job.id))
    return [row.payload["subject"] for row in rows if row.payload["to"] == to]


def test_a_duty_begins_with_service_or_with_the_rule_and_ends_with_the_class(session, office, at):
    office.require(at, class_code=CLASS)
    duty = office.duty()
    assert (duty.begins_on, duty.due_on) == (dt.date(2026, 9, 1), dt.date(2026, 11, 30))
    assert services.renew_duties(session, at=at) == 0
    office.post.class_code = "99999"
    session.flush()
    assert services.renew_duties(session, at=at) == 1
    assert office.duty().ended_on == TODAY
    office.post.class_code = CLASS
    session.flush()
    assert services.renew_duties(session, at=at) == 1
    duty = office.duty()
    assert (duty.ended_on, duty.due_on) == (None, TODAY + dt.timedelta(days=90))
    office.nia.state, office.nia.separated_on = EmployeeState.SEPARATED, TODAY
    session.flush()
    services.renew_duties(session, at=at)
    assert office.duty().ended_on == TODAY


def test_a_completion_is_carried_to_the_duty_and_one_of_before_counts(session, office, at):
    def record(day):
        record_completion(
            session,
            employee_id=office.nia.id,
            course_id=office.course.id,
            completed_on=day,
            evidence="Certificate 41 of the state academy.",
            actor=office.actor("officer"),
            at=at,
        )

    record(dt.date(2026, 2, 28))
    office.require(at)
    assert office.duty().due_on == dt.date(2028, 2, 28)
    record(dt.date(2026, 11, 20))
    assert (office.duty().completed_on, office.duty().due_on) == (TODAY, dt.date(2028, 11, 20))
    record(dt.date(2025, 1, 1))
    assert office.duty().due_on == dt.date(2028, 11, 20)
    with pytest.raises(Invalid) as ahead:
        record(dt.date(2026, 11, 21))
    assert list(ahead.value.fields) == ["completed_on"]


def test_reminders_come_once_each_and_the_supervisor_hears_of_the_first_day_over(session, office, at):
    office.require(at)
    assert (services.remind(session, at=at), services.remind(session, at=at)) == (2, 0)
    over = dt.datetime(2026, 12, 1, 15, tzinfo=dt.UTC)
    services.remind(session, at=over)
    assert services.remind(session, at=over) == 0
    assert mails(session, "nia@office.example") == [
        "Training: First aid at work is due by 30 November 2026",
        "Training: First aid at work was due on 30 November 2026",
    ]
    assert "Training overdue: Nia Okafor" in mails(session, "boss@office.example")


def test_the_supervisor_hears_once_of_what_is_long_over_already(session, office, at):
    office.require(at)
    for later in (dt.datetime(2027, 1, 15, 15, tzinfo=dt.UTC), dt.datetime(2027, 2, 15, 15, tzinfo=dt.UTC)):
        services.remind(session, at=later)
    told = mails(session, "boss@office.example")
    assert told.count("Training overdue: Nia Okafor") == 1


def test_duties_that_the_clock_made_a_moment_ago_are_not_made_again(session, office, at):
    table = TrainingDuty.__table__

    made = []

    def make_first(state):
        if state.is_insert and state.bind_mapper and state.bind_mapper.local_table is table:
            rows = [duty | {"id": f"{duty['id']}x"} for duty in state.parameters]
            session.connection().execute(insert(table), rows)
            made.extend(rows)

    event.listen(session, "do_orm_execute", make_first)
    office.require(at)
    event.remove(session, "do_orm_execute", make_first)
    assert office.duty().id.endswith("x")
    assert len(made) == 2


def test_what_is_made_mandatory_is_checked(session, office, at):
    office.require(at)
    for wrong in ({"mandate": "none"}, {"class_code": "0"}, {"duty_station": "Nowhere"}):
        with pytest.raises(Invalid) as refused:
            office.require(at, **wrong)
        assert list(refused.value.fields) == list(wrong)
    foreign = make_agency(session)
    with pytest.raises(Forbidden):
        services.require(
            session,
            agency_id=foreign.id,
            course_id=office.course.id,
            mandate="no-fear",
            class_code="",
            duty_station="",
            begins_on=TODAY,
            actor=office.actor("officer"),
            at=at,
        )


def test_the_picture_counts_what_the_list_shows(session, office, at):
    office.require(at)
    actor = office.actor("officer")
    counts = queries.count_standings(session, actor, TODAY)
    assert counts == [("Records Commission", 0, 1, 1)]
    for standing, number in ((one, counts[0][place]) for place, one in enumerate(queries.Standing, 1)):
        wanted = queries.Wanted(standing=standing)
        assert queries.count_duties(session, actor, wanted, TODAY) == number
    by_course = queries.count_standings(session, actor, TODAY, agency_id=office.agency.id)
    assert by_course == [("First aid at work", 0, 1, 1)]
    assert queries.count_standings(session, office.actor("boss"), TODAY) == []


def test_competencies_are_assessed_by_somebody_else_and_the_last_word_counts(session, office, at):
    competency = make_competency(session, agency=office.agency, asked={CLASS: 3}, name="Working safely")

    def find(level, by, is_own=False):
        assess(
            session,
            employee=office.nia,
            competency_id=competency.id,
            level=level,
            evidence="Seen on the line.",
            is_own=is_own,
            actor=office.actor(by),
            at=at,
        )

    find(3, "nia", is_own=True)
    find(1, "boss")
    find(2, "boss")
    gap = competencies.load_gaps(session, office.nia)[0]
    assert (gap.asked, gap.found, gap.own, gap.missing) == (3, 2, 3, 1)
    with pytest.raises(Forbidden):
        find(3, "nia")
    with pytest.raises(Invalid):
        find(4, "boss")
    with pytest.raises(Invalid) as unknown:
        require_level(
            session,
            agency_id=office.agency.id,
            class_code=CLASS,
            competency_id=competency.id,
            level=5,
            actor=office.actor("officer"),
            at=at,
        )
    assert list(unknown.value.fields) == ["level"]


def test_a_plan_is_agreed_by_two_done_and_looked_back_on(session, office, at):
    nia, boss = office.actor("nia"), office.actor("boss")
    plan = plans.create_plan(session, starts_on=TODAY, ends_on=dt.date(2027, 11, 19), actor=nia, at=at)
    with pytest.raises(Conflict, match="Add a goal"):
        plans.propose_plan(session, plan_id=plan.id, actor=nia, at=at)
    goal = plans.add_goal(
        session, plan_id=plan.id, goal="Lead a crew.", competency_id=None, level=None, actor=nia, at=at
    )
    session.expire_all()
    with pytest.raises(Conflict, match="at least one activity"):
        plans.propose_plan(session, plan_id=plan.id, actor=nia, at=at)
    session.expire_all()

    def add(by_on):
        return plans.add_activity(
            session,
            plan_id=plan.id,
            goal_id=goal.id,
            activity="Stand in for the crew leader.",
            course_id=office.course.id,
            by_on=by_on,
            actor=nia,
            at=at,
        )

    with pytest.raises(Invalid):
        add(dt.date(2027, 11, 20))
    session.expire_all()
    activity = add(dt.date(2027, 5, 1))
    session.expire_all()
    with pytest.raises(NotFound):
        plans.answer_plan(session, plan_id=plan.id, agrees=True, remark="", actor=boss, at=at)
    plans.propose_plan(session, plan_id=plan.id, actor=nia, at=at)
    with pytest.raises(NotFound):
        plans.answer_plan(session, plan_id=plan.id, agrees=True, remark="", actor=nia, at=at)
    with pytest.raises(Invalid):
        plans.answer_plan(session, plan_id=plan.id, agrees=False, remark=" ", actor=boss, at=at)
    plans.answer_plan(session, plan_id=plan.id, agrees=True, remark="Gladly.", actor=boss, at=at)
    with pytest.raises(Conflict, match="while the plan is a draft"):
        plans.remove_goal(session, plan_id=plan.id, goal_id=goal.id, actor=nia, at=at)
    plans.finish_activity(session, plan_id=plan.id, activity_id=activity.id, done_on=TODAY, actor=nia, at=at)
    plans.review_plan(session, plan_id=plan.id, review="Reached early.", actor=boss, at=at)
    found = session.get_one(DevelopmentPlan, plan.id)
    assert (found.state, found.review) == (PlanState.REVIEWED, "Reached early.")
    with pytest.raises(Conflict):
        plans.review_plan(session, plan_id=plan.id, review="Again.", actor=boss, at=at)


def test_pages_of_the_staff_take_and_refuse(client, session, office, at, monkeypatch):
    monkeypatch.setattr("app.platform.clock.now", lambda: at)
    sign_in(client, office.accounts["officer"])
    course = {
        "code": "saf-110",
        "title": "Rope work",
        "provider": "Academy",
        "summary": "Ropes.",
        "hours": "7.5",
    }
    for wrong in ({"hours": "0"}, {"hours": "x"}, {"title": ""}, {"pass_mark": "101"}, {"valid_months": "0"}):
        assert client.post("/staff/courses/create", data=course | wrong).status_code == 422
    assert client.post("/staff/courses/create", data=course).status_code == 303
    made = session.scalars(select(Course).where(Course.code == "SAF-110")).one()
    again = client.post("/staff/courses/create", data=course)
    assert (again.status_code, "has this code" in again.text) == (422, True)
    assert client.post(f"/staff/courses/{made.id}/edit", data=course | {"title": "Ropes"}).status_code == 303
    competency = make_competency(session, agency=office.agency, asked={CLASS: 2})
    taught = {"competency": competency.id, "level": "2"}
    assert client.post(f"/staff/courses/{made.id}/teach", data=taught | {"level": "5"}).status_code == 422
    assert client.post(f"/staff/courses/{made.id}/teach", data=taught).status_code == 303
    held = {
        "starts_at": "2026-12-03T09:00",
        "ends_at": "2026-12-03T17:00",
        "enrol_until": "2026-12-01T12:00",
        "held": "place",
        "place": "Yard 3",
        "trainer": "H. Brooks",
        "seats": "8",
    }
    path = f"/staff/courses/{made.id}/sessions/create"
    for wrong in (
        {"starts_at": "2026-11-01T09:00"},
        {"ends_at": "2026-12-03T08:00"},
        {"enrol_until": "2026-12-04T09:00"},
        {"seats": "0"},
        {"seats": "99999999999999"},
        {"starts_at": "0000-12-03T09:00"},
    ):
        assert client.post(path, data=held | wrong).status_code == 422, wrong
    assert client.post(path, data=held).status_code == 303
    one = session.scalars(select(CourseSession).where(CourseSession.course_id == made.id)).one()
    number = {"number": office.nia.number, "why": "The yard asks for it."}
    assert client.post(f"/staff/course-sessions/{one.id}/nominate", data=number).status_code == 303
    assert client.get(f"/staff/course-sessions/{one.id}/edit").status_code == 200
    for page in (
        "/staff/courses?text=rop",
        f"/staff/courses/{made.id}",
        "/staff/course-sessions",
        "/staff/course-sessions?when=past",
        f"/staff/course-sessions/{one.id}",
        f"/staff/course-sessions/{one.id}/cancel",
        "/staff/competencies",
        "/staff/competencies/gaps",
        f"/staff/employees/{office.nia.id}/competencies",
        f"/staff/employees/{office.nia.id}/training/record",
    ):
        assert client.get(page).status_code == 200, page
    rule = {"course": made.id, "mandate": "lockout", "begins_on": "2026-10-01", "class_code": CLASS}
    path = f"/staff/agencies/{office.agency.id}/mandatory-training"
    assert client.post(path, data=rule | {"begins_on": "2026-02-30"}).status_code == 422
    assert client.post(path, data=rule).status_code == 303
    page = client.get("/staff/mandatory-training?standing=overdue").text
    assert ("Nia Okafor" in page, "Overdue" in page) == (True, True)
    assert "29 CFR 1910.147" in client.get("/staff/mandatory-training/requirements").text
    levels = {"name": "Climbing", "definition": "Climbs.", "anchor_1": "With help.", "anchor_3": "Alone."}
    assert client.post("/staff/competencies/create", data=levels).status_code == 422
    assert client.post("/staff/competencies/create", data=levels | {"anchor_2": "x"}).status_code == 303
    assert client.post(f"/staff/courses/{made.id}/retire").status_code == 303
    assert "Offered no more" in client.get(f"/staff/courses/{made.id}").text
    sign_in(client, office.accounts["nia"])
    assert client.get("/staff/courses").status_code == 403
    assert client.get("/my/training/courses?text=%00&page=zzz").status_code == 200


def test_pages_of_competencies_and_plans(client, session, office, at, monkeypatch):
    monkeypatch.setattr("app.platform.clock.now", lambda: at)
    competency = make_competency(session, agency=office.agency, asked={CLASS: 2}, name="Working safely")
    sign_in(client, office.accounts["nia"])
    assert "Not assessed yet" in client.get("/my/competencies").text
    path = f"/my/competencies/{competency.id}"
    assert client.post(path, data={"level": "9", "evidence": "x"}).status_code == 422
    assert client.post(path, data={"level": "2", "evidence": "I trained two."}).status_code == 303
    assert client.get(f"/my/team/{office.nia.id}/competencies").status_code == 404
    assert client.get("/my/development").status_code == 200
    days = {"starts_on": "2026-12-01", "ends_on": "2027-11-30"}
    assert client.post("/my/development/create", data=days | {"ends_on": "2026-12-01"}).status_code == 422
    assert client.post("/my/development/create", data=days).status_code == 303
    plan = session.scalars(select(DevelopmentPlan)).one()
    goal = client.post(
        f"/my/development/{plan.id}/goals/add",
        data={"goal": "Lead.", "competency": competency.id, "level": "2"},
    )
    assert goal.status_code == 303
    assert client.get(goal.location).status_code == 200
    assert (
        client.post(goal.location, data={"activity": "Stand in.", "by_on": "2030-01-01"}).status_code == 422
    )
    assert (
        client.post(goal.location, data={"activity": "Stand in.", "by_on": "2027-01-01"}).status_code == 303
    )
    assert client.post(f"/my/development/{plan.id}/propose").status_code == 303
    assert "Waits for the supervisor" in client.get(f"/my/development/{plan.id}").text
    sign_in(client, office.accounts["boss"])
    assert "I trained two." in client.get(f"/my/team/{office.nia.id}/competencies").text
    path = f"/my/team/{office.nia.id}/competencies/{competency.id}"
    assert client.post(path, data={"level": "1", "evidence": "Needs a reminder."}).status_code == 303
    assert client.get(f"/my/team/{office.nia.id}/development").status_code == 200
    answered = client.post(f"/my/team/development/{plan.id}", data={"decision": "agree"})
    assert answered.status_code == 303
    assert client.get(f"/my/team/development/{plan.id}/review").status_code == 200
    sign_in(client, office.accounts["nia"])
    page = client.get("/my/competencies").text
    assert ("1 level missing" in page, "Needs a reminder." in page) == (True, True)
    page = client.get(f"/my/development/{plan.id}").text
    assert "Agreed by boss" in page
