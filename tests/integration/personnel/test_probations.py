"""A probation is reviewed, decided by somebody else, and concluded by the clock: never by forgetting."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.home.queries import list_items, list_waiting
from app.home.waiting import Wanted as Asked
from app.notices.models import Notice
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.models import Position
from app.personnel.probations import services
from app.personnel.probations.states import Outcome, ReviewState
from app.personnel.separations.effecting import effect_due
from app.personnel.separations.models import ClearanceItem, Separation
from app.personnel.separations.services import Wanted, record_separation
from app.personnel.separations.states import SeparationKind, SeparationState
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
    actors = {name: actor_of(account) for name, account in people.items()}

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
            return actors[name]

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


def test_who_is_not_kept_leaves_after_the_day_that_was_decided(session, appointment, act, people, at):
    review = act.review(recommended=Outcome.END, grounds="Absent without leave four times.")
    assert review.decide_by == dt.date(2026, 11, 30)
    last = dt.date(2026, 11, 27)
    act.decide(outcome=Outcome.END, last_day=last, reason="Agreed.\n\nBoth talks were read.")
    [separation] = session.scalars(select(Separation)).all()
    assert (separation.state, separation.last_day, separation.source) == (
        SeparationState.ACCEPTED,
        last,
        review.id,
    )
    assert (separation.requested_by, separation.decided_by) == (
        people["supervisor"].id,
        people["authority"].id,
    )
    assert session.scalar(select(func.count()).select_from(ClearanceItem)) == 6
    [notice] = session.scalars(select(Notice)).all()
    letter = notice.context["letter"]
    assert {name: letter[name] for name in ("outcome", "last_day", "decided_on", "reasons")} == {
        "outcome": "end",
        "last_day": "2026-11-27",
        "decided_on": "2026-11-20",
        "reasons": ["Agreed.", "Both talks were read."],
    }
    assert "4 NYCRR 4.5(b)(5)(iii)" in letter["notice_law"]
    assert (effect_due(session, at=at), services.conclude(session, at=at)) == (0, 0)
    after = dt.datetime(2026, 11, 28, 15, tzinfo=dt.UTC)
    assert (effect_due(session, at=after), services.conclude(session, at=after)) == (1, 1)
    assert review.state is ReviewState.CONCLUDED
    session.expire_all()
    held = session.get_one(Appointment, appointment.id, options=[joinedload(Appointment.employee)])
    assert (held.ended_on, held.employee.state) == (last, EmployeeState.SEPARATED)
    assert session.scalar(select(Position.incumbent_id)) is None
    assert services.conclude(session, at=AFTER) == 0


@pytest.mark.parametrize("regime", ["new-york", "rule-xi", "cfr-315"])
def test_nobody_ends_a_probation_today(session, act, regime):
    act.under(regime)
    act.review(recommended=Outcome.END)
    with pytest.raises(Invalid) as refused:
        act.decide(outcome=Outcome.END, last_day=dt.date(2026, 11, 20))
    earliest = 27 if regime == "new-york" else 21
    assert refused.value.fields["last_day"].startswith(f"The last day can be {earliest} November 2026")
    assert session.scalars(select(Separation)).all() == []


def test_notice_that_would_come_too_late_ends_nothing(act):
    act.review(recommended=Outcome.END)
    with pytest.raises(Conflict, match="a decision up to 30 November 2026"):
        act.decide(outcome=Outcome.END, last_day=ENDS_ON, when=dt.datetime(2026, 12, 1, 15, tzinfo=dt.UTC))


def test_two_separations_of_one_person_do_not_stand_side_by_side(session, appointment, act, at):
    record_separation(
        session,
        employee_id=appointment.employee_id,
        wanted=Wanted(SeparationKind.RESIGNATION, dt.date(2026, 12, 1), "Moves."),
        actor=act.actor("officer"),
        at=at,
    )
    act.review(recommended=Outcome.END)
    with pytest.raises(Conflict, match="under way already"):
        act.decide(outcome=Outcome.END, last_day=dt.date(2026, 12, 1))


@pytest.fixture
def supervised(session, agency, appointment, people):
    """Put the supervisor into the post above the one on probation."""
    chief = make_employee(session, agency=agency, account_id=people["supervisor"].id)
    above = make_position(session, agency=agency, incumbent_id=chief.id)
    appointment.position.reports_to_id = above.id
    session.flush()


def kinds(session, actor, at):
    return {row.text for row in list_waiting(session, actor, at) if "robation" in row.text}


def test_a_recommendation_waits_for_who_supervises_alone(session, people, act, supervised, at):
    assert {name: kinds(session, act.actor(name), at) for name in people} == {
        "officer": set(),
        "supervisor": {"Probations to recommend on"},
        "authority": set(),
    }


def test_it_waits_for_the_office_where_nobody_supervises_and_not_too_early(session, act, at):
    assert kinds(session, act.actor("officer"), at) == {"Probations to recommend on"}
    assert kinds(session, act.actor("supervisor"), at) == set()
    early = dt.datetime(2026, 10, 1, 15, tzinfo=dt.UTC)
    assert kinds(session, act.actor("officer"), early) == set()


def test_a_decision_waits_for_the_appointing_authority_until_it_is_made(session, act, at):
    act.review()
    assert kinds(session, act.actor("officer"), at) == set()
    waiting = list_waiting(session, act.actor("authority"), at)
    items = list_items(session, act.actor("authority"), Asked(), at, waiting)
    [item] = [one for one in items if one.kind.text == "Probations to decide"]
    assert (item.label, item.due.date()) == ("Nia Okafor", dt.date(2026, 11, 30))
    act.decide()
    assert kinds(session, act.actor("authority"), at) == set()


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
    with pytest.raises(Conflict, match="from 7 November 2026"):
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
