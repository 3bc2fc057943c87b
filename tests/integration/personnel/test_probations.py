"""A probation is reviewed, decided by somebody else, and concluded by the clock: never by forgetting."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.states import EmployeeState
from app.personnel.probations import services
from app.personnel.probations.states import Outcome, ReviewState
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position

STARTS_ON, ENDS_ON = dt.date(2025, 12, 8), dt.date(2026, 12, 7)
AFTER = dt.datetime(2026, 12, 9, 15, 0, tzinfo=dt.UTC)


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def people(session, agency):
    roles = {
        "officer": Role.HR_OFFICER,
        "supervisor": Role.SUPERVISOR,
        "authority": Role.APPOINTING_AUTHORITY,
    }
    return {name: make_account(session, name=name, roles=[(role, agency.id)]) for name, role in roles.items()}


@pytest.fixture
def appointment(session, agency):
    person = make_account(session, name="Nia Okafor")
    employee = make_employee(session, agency_id=agency.id, account_id=person.id, name=person.name)
    return make_appointment(
        session,
        position=make_position(session, agency=agency),
        employee=employee,
        kind=AppointmentKind.PROBATIONAL,
        starts_on=STARTS_ON,
        probation_ends_on=ENDS_ON,
    )


@pytest.fixture
def act(session, people, appointment, at):
    """Review and decide as one of the people."""

    class Act:
        def review(self, by="supervisor", recommended=Outcome.RETAIN, grounds="Sound work.", when=at):
            return services.review_probation(
                session,
                appointment_id=appointment.id,
                recommended=recommended,
                grounds=grounds,
                actor=self.actor(by),
                at=when,
            )

        def decide(self, by="authority", outcome=Outcome.RETAIN, last_day=None, reason="Agreed.", when=at):
            return services.decide_probation(
                session,
                appointment_id=appointment.id,
                outcome=outcome,
                last_day=last_day,
                reason=reason,
                actor=self.actor(by),
                at=when,
            )

        def actor(self, name):
            return actor_of(people[name])

        def under(self, name):
            officer = self.actor("officer")
            services.set_regime(session, agency_id=appointment.agency_id, name=name, actor=officer, at=at)

    return Act()


def mails(session):
    rows = session.scalars(select(Job).where(Job.name == "platform.send_mail").order_by(Job.id))
    return [(row.payload["to"], row.payload["subject"]) for row in rows]


def test_who_is_kept_is_permanent_once_the_probation_is_over(session, appointment, act):
    act.review()
    act.decide()
    assert appointment.kind is AppointmentKind.PROBATIONAL
    assert services.conclude(session, at=AFTER) == 1
    session.refresh(appointment)
    assert (appointment.kind, appointment.probation_ends_on) == (AppointmentKind.PERMANENT, None)
    assert services.conclude(session, at=AFTER) == 0


def test_who_is_not_kept_leaves_on_the_day_that_was_decided(session, appointment, act, at):
    act.review(recommended=Outcome.END, grounds="Absent without leave four times.")
    last = dt.date(2026, 11, 27)
    act.decide(outcome=Outcome.END, last_day=last)
    assert services.conclude(session, at=at) == 0
    assert services.conclude(session, at=dt.datetime(2026, 11, 28, 15, tzinfo=dt.UTC)) == 1
    assert (appointment.ended_on, appointment.position.incumbent_id) == (last, None)
    assert appointment.employee.state is EmployeeState.SEPARATED


@pytest.mark.parametrize(("regime", "is_kept"), [("new-york", True), ("rule-xi", False)])
def test_silence_has_the_outcome_that_the_rule_of_the_agency_gives_it(
    session, appointment, act, regime, is_kept
):
    act.under(regime)
    act.review()
    assert services.conclude(session, at=AFTER) == 1
    session.refresh(appointment)
    assert (appointment.ended_on is None, appointment.kind is AppointmentKind.PERMANENT) == (is_kept, is_kept)
    if not is_kept:
        assert appointment.ended_on == ENDS_ON
        assert "Civil Service Rule XI" in appointment.end_reason


def test_the_shortcuts_are_refused(session, act, agency):
    with pytest.raises(Conflict, match="Nobody has recommended"):
        act.decide()
    with pytest.raises(Invalid):
        act.review(grounds=" ")
    act.review(by="officer")
    with pytest.raises(Forbidden):
        act.decide(by="officer")
    with pytest.raises(Invalid) as unnamed:
        act.decide(outcome=Outcome.END)
    assert unnamed.value.fields == {"last_day": "Enter the last day of service"}
    act.under("rule-xi")
    with pytest.raises(Conflict, match="from 2026-11-07"):
        act.decide(when=dt.datetime(2026, 11, 6, 15, tzinfo=dt.UTC))
    assert act.decide().state is ReviewState.DECIDED
    with pytest.raises(Conflict, match="decided already"):
        act.decide()
    with pytest.raises(Conflict, match="decided on already"):
        act.review()


def test_nobody_takes_part_in_the_decision_on_their_own_probation(session, appointment, agency, at):
    own = make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])
    appointment.employee.account_id = own.id
    session.flush()
    with pytest.raises(Conflict, match="your own probation"):
        services.review_probation(
            session,
            appointment_id=appointment.id,
            recommended=Outcome.RETAIN,
            grounds="I am good.",
            actor=own,
            at=at,
        )


def test_those_who_decide_are_reminded_once_for_each_step_and_not_after_the_decision(
    session, people, appointment, act, at
):
    concerned = sorted([people["authority"].email, people["officer"].email])
    assert services.remind(session, at=at) == 2
    services.remind(session, at=at + dt.timedelta(hours=1))
    assert sorted(to for to, _ in mails(session)) == concerned
    services.remind(session, at=dt.datetime(2026, 11, 30, 15, tzinfo=dt.UTC))
    assert len(mails(session)) == 4
    act.review()
    act.decide()
    before = len(mails(session))
    assert services.remind(session, at=dt.datetime(2026, 12, 6, 15, tzinfo=dt.UTC)) == 0
    assert len(mails(session)) == before
    assert mails(session)[-1][1] == "Your probation"


def test_the_pages_show_the_days_and_keep_what_was_typed(client, people, appointment):
    supervisor = sign_in(client, people["supervisor"])
    assert "Nia Okafor" in supervisor.get("/staff/probations").text
    address = f"/staff/probations/{appointment.id}"
    wrong = supervisor.post(f"{address}/review", data={"grounds": "Sound work."})
    assert wrong.status_code == 422
    assert "Select a recommendation" in wrong.text
    assert "Sound work." in wrong.text
    done = supervisor.post(f"{address}/review", data={"recommended": "retain", "grounds": "Sound work."})
    assert done.location == address
    authority = sign_in(client, people["authority"])
    answer = authority.post(f"{address}/decide", data={"outcome": "retain", "reason": "Agreed."})
    assert answer.location == address
    assert "Keep in service" in authority.get(address).text
    officer = sign_in(client, people["officer"])
    rule = f"/staff/agencies/{appointment.agency_id}/probation-rule"
    assert officer.post(rule, data={"name": "rule-xi"}).status_code == 303
    assert "Service ends with the probation" in officer.get(address).text


def test_another_agency_sees_nothing(client, session, appointment, at):
    other = make_agency(session)
    stranger = make_account(session, roles=[(Role.HR_OFFICER, other.id)])
    assert sign_in(client, stranger).get(f"/staff/probations/{appointment.id}").status_code == 404
    with pytest.raises(NotFound):
        services.decide_probation(
            session,
            appointment_id=appointment.id,
            outcome=Outcome.RETAIN,
            last_day=None,
            reason="x",
            actor=make_actor(session, roles=[(Role.APPOINTING_AUTHORITY, other.id)]),
            at=at,
        )
