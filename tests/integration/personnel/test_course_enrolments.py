"""Seats are asked for, approved, waited for and given up; the last seat is given once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.notices.models import Notice
from app.personnel.completions.models import CourseCompletion
from app.personnel.completions.services import record_completion
from app.personnel.course_enrolments import services, session_services
from app.personnel.course_enrolments.models import CourseEnrolment
from app.personnel.course_enrolments.states import EnrolmentState, Result
from app.personnel.course_feedback.models import CourseFeedback
from app.personnel.course_feedback.services import give_feedback
from app.personnel.course_sessions.rules import SessionValues
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_employee, make_position
from tests.factories.training import STARTS_AT, make_course, make_enrolment, make_session

HELD = STARTS_AT + dt.timedelta(hours=9)
RATINGS = {"content": 5, "teaching": 4, "length": 3, "place": 4, "again": 5}


class Office:
    """An agency with a supervisor, a training officer and three people below the supervisor."""

    def __init__(self, session):
        self.session = session
        self.agency = make_agency(session, name="Records Commission")
        self.officer = make_account(session, name="Rosa Delgado", roles=[(Role.HR_OFFICER, self.agency.id)])
        self.boss = make_account(session, name="Lena Fischer", roles=[(Role.SUPERVISOR, self.agency.id)])
        boss = make_employee(session, agency=self.agency, account_id=self.boss.id, name="Lena Fischer")
        post = make_position(session, agency=self.agency, incumbent_id=boss.id)
        self.people = {}
        for name in ("Amina", "Chen", "Dana"):
            account = make_account(session, name=name, email=f"{name.lower()}@office.example")
            person = make_employee(session, agency=self.agency, account_id=account.id, name=name)
            make_position(session, agency=self.agency, incumbent_id=person.id, reports_to_id=post.id)
            self.people[name] = (account, person)
        self.course = make_course(session, agency=self.agency, valid_months=24)
        self.held = make_session(session, course=self.course, seats=1)

    def actor(self, name):
        accounts = {"officer": self.officer, "boss": self.boss}
        return actor_of(accounts.get(name) or self.people[name][0])

    def ask(self, name, at, held=None):
        return services.enrol_self(
            self.session,
            session_id=(held or self.held).id,
            why="I climb poles.",
            actor=self.actor(name),
            at=at,
        )

    def decide(self, row, at, approves=True, reason="", by="boss"):
        return services.decide_enrolment(
            self.session,
            enrolment_id=row.id,
            approves=approves,
            reason=reason,
            actor=self.actor(by),
            at=at,
        )

    def attend(self, rows, at=HELD):
        return session_services.take_attendance(
            self.session,
            session_id=self.held.id,
            present=[row.id for row in rows],
            actor=self.actor("officer"),
            at=at,
        )


@pytest.fixture
def office(session):
    return Office(session)


def mailed(session, to):
    rows = session.scalars(select(Job).where(Job.name == "platform.send_mail").order_by(Job.id))
    return [row.payload["body"] for row in rows if row.payload["to"] == to]


def test_who_asks_first_and_is_approved_has_the_seat_and_the_next_waits_and_moves_up(session, office, at):
    first, second, third = (office.ask(name, at) for name in ("Amina", "Chen", "Dana"))
    assert first.approver_id == office.boss.id
    for row in (first, third, second):
        at += dt.timedelta(minutes=1)
        office.decide(row, at)
    assert [(row.state, row.seat) for row in (first, third, second)] == [
        (EnrolmentState.ENROLLED, 1),
        (EnrolmentState.WAITING, None),
        (EnrolmentState.WAITING, None),
    ]
    services.withdraw(session, enrolment_id=first.id, actor=office.actor("Amina"), at=at)
    assert [(row.state, row.seat) for row in (first, third, second)] == [
        (EnrolmentState.WITHDRAWN, None),
        (EnrolmentState.ENROLLED, 1),
        (EnrolmentState.WAITING, None),
    ]
    assert "You have a seat." in mailed(session, "dana@office.example")[-1]


def test_more_seats_let_people_move_up_and_seats_that_are_taken_stay(session, office, at):
    rows = [office.ask(name, at) for name in ("Amina", "Chen")]
    for row in rows:
        office.decide(row, at)
    held = office.held

    def change(seats):
        values = SessionValues(
            held.starts_at, held.ends_at, held.enrol_until, True, "https://meet.example/1", "H. B.", seats
        )
        session_services.edit_session(
            session, session_id=held.id, values=values, actor=office.actor("officer"), at=at
        )

    change(2)
    assert [row.seat for row in rows] == [1, 2]
    with pytest.raises(Invalid) as refused:
        change(1)
    assert refused.value.fields == {"seats": "People have seats up to number 2: there cannot be fewer."}


def test_two_people_who_race_for_the_last_seat_never_both_get_it(committed, at):
    with transaction() as session:
        office = Office(session)
        rows = [office.ask(name, at) for name in ("Amina", "Chen")]
        boss, ids, held = office.actor("boss"), [row.id for row in rows], office.held.id
    barrier = Barrier(2)

    def approve(own):
        barrier.wait()
        with transaction() as session:
            found = services.decide_enrolment(
                session, enrolment_id=own, approves=True, reason="", actor=boss, at=at
            )
            return found.state

    with ThreadPoolExecutor(2) as pool:
        states = sorted(pool.map(approve, ids), key=lambda state: state.value)
    assert states == [EnrolmentState.ENROLLED, EnrolmentState.WAITING]
    with transaction() as session:
        seats = session.scalars(select(CourseEnrolment.seat).where(CourseEnrolment.session_id == held)).all()
        assert sorted(seat for seat in seats if seat) == [1]


def test_the_database_gives_a_seat_once_whatever_the_program_does(session, office):
    boss = office.boss.id
    seated = {"state": EnrolmentState.ENROLLED, "seat": 1, "decided_by": boss, "decided_at": HELD}
    first, second = (office.people[name] for name in ("Amina", "Chen"))
    make_enrolment(session, held=office.held, employee=first[1], requested_by=first[0].id, **seated)
    with pytest.raises(IntegrityError), session.begin_nested():
        make_enrolment(session, held=office.held, employee=second[1], requested_by=second[0].id, **seated)


def test_shortcuts_are_refused(session, office, at):
    row = office.ask("Amina", at)
    with pytest.raises(NotFound):
        office.decide(row, at, by="Chen")
    with pytest.raises(NotFound):
        office.decide(row, at, by="Amina")
    with pytest.raises(Invalid) as unreasoned:
        office.decide(row, at, approves=False)
    assert unreasoned.value.fields == {"reason": "Enter the reason: the person reads it."}
    office.decide(row, at, approves=False, reason="The crane course comes first.")
    assert "The crane course comes first." in mailed(session, "amina@office.example")[-1]
    with pytest.raises(Conflict, match="decided already"):
        office.decide(row, at)
    with pytest.raises(Conflict, match="time to enrol"):
        office.ask("Chen", office.held.enrol_until + dt.timedelta(seconds=1))
    other = make_session(session, course=make_course(session, agency=office.agency, title="Crane"))
    office.ask("Dana", at)
    with pytest.raises(Conflict, match="another course at the same time: First aid"):
        office.ask("Dana", at, held=other)
    foreign = make_course(session, agency=make_agency(session))
    with pytest.raises(NotFound):
        office.ask("Chen", at, held=make_session(session, course=foreign))
    shared = make_course(session, agency=make_agency(session), is_shared=True)
    assert office.ask("Chen", at, held=make_session(session, course=shared)).approver_id


def test_who_nominates_does_not_approve(session, office, at):
    number = office.people["Chen"][1].number
    row = services.nominate(
        session,
        session_id=office.held.id,
        number=number,
        why="Asked for by the yard.",
        actor=office.actor("officer"),
        at=at,
    )
    with pytest.raises(Forbidden):
        office.decide(row, at, by="officer")
    office.decide(row, at)
    assert row.state is EnrolmentState.ENROLLED
    with pytest.raises(Invalid) as unknown:
        services.nominate(
            session, session_id=office.held.id, number="E-1", why="x", actor=office.actor("officer"), at=at
        )
    assert list(unknown.value.fields) == ["number"]


def test_who_came_gets_the_certificate_and_who_did_not_does_not(session, office, at):
    office.held.seats = 2
    rows = [office.ask(name, at) for name in ("Amina", "Chen")]
    for row in rows:
        office.decide(row, at)
    with pytest.raises(Conflict, match="when the session has begun"):
        office.attend(rows, at=at)
    office.attend(rows[:1])
    assert [(row.state, row.result) for row in rows] == [
        (EnrolmentState.ATTENDED, Result.PASSED),
        (EnrolmentState.ABSENT, None),
    ]
    done = session.scalars(select(CourseCompletion)).one()
    assert (done.completed_on, done.expires_on) == (dt.date(2026, 12, 3), dt.date(2028, 12, 3))
    letter = session.get_one(Notice, done.notice_id)
    assert (letter.template, letter.title) == (
        "training_certificate",
        "Certificate of training: First aid at work",
    )
    session_services.correct_attendance(
        session, enrolment_id=rows[1].id, actor=office.actor("officer"), at=HELD
    )
    assert session.scalar(select(func.count()).select_from(CourseCompletion)) == 2
    with pytest.raises(Conflict, match="held already"):
        office.attend(rows)


def test_who_has_a_completion_of_the_day_attends_without_a_second_one(session, office, at):
    office.held.seats = 2
    rows = [office.decide(office.ask(name, at), at) for name in ("Amina", "Chen")]
    record_completion(
        session,
        employee_id=rows[0].employee_id,
        course_id=office.course.id,
        completed_on=dt.date(2026, 12, 3),
        evidence="Certificate 41 of the state academy.",
        actor=office.actor("officer"),
        at=HELD,
    )
    office.attend(rows)
    assert [row.state for row in rows] == [EnrolmentState.ATTENDED] * 2
    found = session.execute(select(CourseCompletion.employee_id, CourseCompletion.source)).all()
    assert sorted(map(tuple, found)) == sorted(
        [(rows[0].employee_id, None), (rows[1].employee_id, rows[1].id)]
    )


def test_nobody_completes_a_course_before_its_session_has_ended(session, office, at):
    row = office.decide(office.ask("Amina", at), at)
    ends_at = office.held.ends_at
    with pytest.raises(Conflict, match="when the session has ended"), session.begin_nested():
        office.attend([row], at=ends_at - dt.timedelta(seconds=1))
    office.attend([row], at=ends_at)
    assert row.result is Result.PASSED


@pytest.mark.parametrize(("score", "result"), [(69, Result.FAILED), (70, Result.PASSED)])
def test_a_test_is_passed_from_the_pass_mark_on(session, office, at, score, result):
    office.course.pass_mark = 70
    row = office.decide(office.ask("Amina", at), at)
    office.attend([row])
    assert row.result is None
    session_services.record_result(
        session, enrolment_id=row.id, score=score, actor=office.actor("officer"), at=HELD
    )
    assert row.result is result
    held = session.scalar(select(func.count()).select_from(CourseCompletion))
    assert held == (result is Result.PASSED)
    with pytest.raises(Conflict, match="on record already"):
        session_services.record_result(
            session, enrolment_id=row.id, score=99, actor=office.actor("officer"), at=HELD
        )


def test_what_is_undecided_when_the_session_begins_lapses(session, office, at):
    row, seated = office.ask("Amina", at), office.decide(office.ask("Chen", at), at)
    assert services.lapse(session, at=STARTS_AT - dt.timedelta(seconds=1)) == 0
    assert services.lapse(session, at=STARTS_AT) == 1
    assert (row.state, seated.state) == (EnrolmentState.LAPSED, EnrolmentState.ENROLLED)


def test_a_cancelled_session_tells_everybody_and_frees_the_seats(session, office, at):
    row = office.decide(office.ask("Amina", at), at)
    session_services.cancel_session(
        session,
        session_id=office.held.id,
        reason="The trainer is ill.",
        actor=office.actor("officer"),
        at=at,
    )
    assert (row.state, row.seat) == (EnrolmentState.CANCELLED, None)
    assert "The trainer is ill." in mailed(session, "amina@office.example")[-1]
    with pytest.raises(Conflict, match="held or cancelled"):
        office.ask("Chen", at)


def test_feedback_is_given_once_by_who_attended_and_leads_to_nobody(session, office, at):
    row = office.decide(office.ask("Amina", at), at)

    def answer():
        give_feedback(
            session,
            enrolment_id=row.id,
            ratings=RATINGS,
            remark="Good.",
            actor=office.actor("Amina"),
            at=HELD,
        )

    with pytest.raises(Conflict, match="Only who attended"):
        answer()
    office.attend([row])
    answer()
    with pytest.raises(Conflict, match="answered already"):
        answer()
    kept = session.scalars(select(CourseFeedback)).one()
    assert (kept.ratings, kept.remark) == (RATINGS, "Good.")
    assert kept.id.startswith("fbk_0000000000")
    assert set(CourseFeedback.__table__.columns.keys()) == {
        "id",
        "course_id",
        "session_id",
        "ratings",
        "remark",
    }


def test_pages_of_an_enrolment_from_asking_to_answering(client, session, office, at, monkeypatch):
    monkeypatch.setattr("app.platform.clock.now", lambda: at)
    amina, boss = office.people["Amina"][0], office.boss
    sign_in(client, amina)
    assert "First aid at work" in client.get("/my/training/courses").text
    assert "1 seat of 1 free" in client.get(f"/my/training/courses/{office.course.id}").text
    path = f"/my/training/sessions/{office.held.id}/enrol"
    refused = client.post(path, data={"why": ""})
    assert (refused.status_code, "Say why this course" in refused.text) == (422, True)
    assert client.post(path, data={"why": "I climb poles."}).status_code == 303
    again = client.post(path, data={"why": "Once more."})
    assert (again.status_code, "already" in again.text) == (422, True)
    row = session.scalars(select(CourseEnrolment)).one()
    assert "Waits for approval" in client.get("/my/training").text
    assert client.get(f"/my/team/enrolments/{row.id}").status_code == 404
    sign_in(client, boss)
    page = client.get("/my/training").text
    assert "Your team asks for your approval" in page
    decided = client.post(f"/my/team/enrolments/{row.id}", data={"decision": "approve"})
    assert decided.status_code == 303
    assert client.get(f"/my/team/{office.people['Amina'][1].id}/training").status_code == 200
    sign_in(client, office.people["Chen"][0])
    assert client.get(f"/my/training/enrolments/{row.id}").status_code == 404
    assert client.get(f"/my/training/enrolments/{row.id}/feedback").status_code == 404
    sign_in(client, office.officer)
    assert "Has a seat" in client.get(f"/staff/course-sessions/{office.held.id}").text
    monkeypatch.setattr("app.platform.clock.now", lambda: HELD)
    sign_in(client, office.officer)
    assert "Amina" in client.get(f"/staff/course-sessions/{office.held.id}/attendance").text
    wrong = client.post(f"/staff/course-sessions/{office.held.id}/attendance", data={"present": "cer_x"})
    assert wrong.status_code == 422
    done = client.post(f"/staff/course-sessions/{office.held.id}/attendance", data={"present": row.id})
    assert done.status_code == 303
    assert client.get(f"/staff/employees/{row.employee_id}/training").status_code == 200
    sign_in(client, amina)
    assert "Certificate of training" in client.get("/my/training").text
    assert "Say how the course was" in client.get(f"/my/training/enrolments/{row.id}").text
    answers = {name: str(value) for name, value in RATINGS.items()}
    path = f"/my/training/enrolments/{row.id}/feedback"
    assert client.post(path, data=answers | {"again": ""}).status_code == 422
    assert client.post(path, data=answers).status_code == 303
    sign_in(client, office.officer)
    shown = client.get(f"/staff/courses/{office.course.id}/feedback").text
    assert ("1 answer" in shown, "nobody can be recognised" in shown) == (True, True)
