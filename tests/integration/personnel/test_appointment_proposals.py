"""Appointments without a certificate, and appointments never taken up: one proposes, another decides."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.home.queries import list_items, list_waiting
from app.home.waiting import Wanted as Asked
from app.notices.models import Notice
from app.personnel.appointment_proposals import services
from app.personnel.appointment_proposals.models import AppointmentProposal
from app.personnel.appointment_proposals.rules import Wanted
from app.personnel.appointment_proposals.states import ProposalState
from app.personnel.appointments import reminding
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.states import EmployeeState
from app.personnel.service_records.models import ServiceRecord
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position

STARTS_ON = dt.date(2026, 12, 1)
ESTABLISHED = dt.date(2001, 7, 1)


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def people(session, agency):
    roles = {"officer": Role.HR_OFFICER, "second": Role.HR_OFFICER, "authority": Role.APPOINTING_AUTHORITY}
    return {name: make_account(session, name=name, roles=[(role, agency.id)]) for name, role in roles.items()}


@pytest.fixture
def post(session, agency):
    return make_position(session, agency=agency, number="P-9", title="Clerk", established_on=ESTABLISHED)


@pytest.fixture
def act(session, people, post, at):
    """Propose and decide as one of the people."""
    actors = {name: actor_of(account) for name, account in people.items()}

    class Act:
        def propose(self, by="officer", when=at, **values):
            given = {
                "name": "Dana Okafor",
                "email": "dana@people.example",
                "starts_on": STARTS_ON,
                "term_ends_on": None,
                "authority_code": "NY-65",
                "reason": "No list is in force.",
            }
            return services.propose_appointment(
                session, position_id=post.id, wanted=Wanted(**given | values), actor=self.actor(by), at=when
            )

        def decide(self, proposal, by="authority", approves=True, reason="", when=at):
            return services.decide_proposal(
                session,
                proposal_id=proposal.id,
                approves=approves,
                reason=reason,
                actor=self.actor(by),
                at=when,
            )

        def take_back(self, appointment, by="officer", when=at, reason="Took another post."):
            return services.propose_taking_back(
                session, appointment_id=appointment.id, reason=reason, actor=self.actor(by), at=when
            )

        def actor(self, name):
            return actors[name]

    return Act()


def test_a_proposal_fills_nothing_until_another_person_approves_it(session, act, post, people):
    proposal = act.propose()
    assert (post.incumbent_id, session.scalars(select(Appointment)).all()) == (None, [])
    assert (proposal.kind, proposal.term_ends_on) == (AppointmentKind.PROVISIONAL, dt.date(2027, 8, 31))
    with pytest.raises(Conflict, match="You made this proposal"):
        act.decide(proposal, by="officer")
    assert act.decide(proposal, by="second").state is ProposalState.APPROVED
    [made] = session.scalars(select(Appointment)).all()
    assert (made.kind, made.term_ends_on, made.source, made.authority, made.appointed_by) == (
        AppointmentKind.PROVISIONAL,
        dt.date(2027, 8, 31),
        proposal.id,
        "New York Civil Service Law, section 65(2)",
        people["second"].id,
    )
    assert (proposal.appointment_id, post.incumbent_id) == (made.id, made.employee_id)
    [notice] = session.scalars(select(Notice)).all()
    assert notice.template == "appointment"
    assert notice.context["letter"]["law"] == (
        "New York Civil Service Law, section 65(2), until 31 August 2027 at the latest"
    )
    with pytest.raises(Conflict, match="approved already"):
        act.decide(proposal, by="second")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"authority_code": "because"}, "authority_code"),
        ({"authority_code": "NY-52"}, "authority_code"),
        ({"starts_on": dt.date(1999, 1, 1), "late_reason": "Family."}, "starts_on"),
        ({"starts_on": dt.date(2026, 11, 5), "late_reason": "Late."}, "starts_on"),
        ({"starts_on": dt.date(2026, 11, 19)}, "late_reason"),
        ({"starts_on": dt.date(2027, 6, 1)}, "starts_on"),
        ({"term_ends_on": dt.date(2027, 9, 1)}, "term_ends_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_the_shortcuts_are_refused_at_their_field(session, act, values, field):
    with pytest.raises(Invalid) as refused:
        act.propose(**values)
    assert list(refused.value.fields) == [field]
    assert session.scalars(select(AppointmentProposal)).all() == []


def test_nobody_is_proposed_before_the_position_was_there_or_free(session, act, post):
    post.established_on = dt.date(2026, 12, 2)
    with pytest.raises(Invalid) as early:
        act.propose()
    assert early.value.fields == {"starts_on": "The position was established on 2 December 2026, not before"}
    post.established_on = None
    make_appointment(session, position=post)
    with pytest.raises(Conflict, match="Position P-9 is occupied"):
        act.propose()


def test_nobody_takes_part_in_their_own_appointment_and_only_one_proposal_waits(act, people):
    with pytest.raises(Conflict, match="your own appointment"):
        act.propose(email=people["officer"].email)
    act.propose()
    with pytest.raises(Conflict, match="Something is proposed for this position already"):
        act.propose(by="second")


def test_who_is_proposed_does_not_approve(act, people):
    proposal = act.propose(email=people["authority"].email)
    with pytest.raises(Conflict, match="You cannot appoint yourself"):
        act.decide(proposal, by="authority")


def test_a_decision_that_comes_too_late_asks_for_a_new_proposal(act):
    proposal = act.propose()
    with pytest.raises(Conflict, match="Refuse it, so that it can be proposed anew"):
        act.decide(proposal, when=dt.datetime(2026, 12, 16, 15, tzinfo=dt.UTC))
    with pytest.raises(Invalid):
        act.decide(proposal, approves=False)
    refused = act.decide(proposal, approves=False, reason="The list was established meanwhile.")
    assert (refused.state, refused.appointment_id) == (ProposalState.REFUSED, None)


def test_only_who_proposed_withdraws(session, act, people, at):
    proposal = act.propose()
    for name, error in (("second", Conflict), ("officer", None)):
        given = {"proposal_id": proposal.id, "actor": act.actor(name), "at": at}
        if error:
            with pytest.raises(error):
                services.withdraw_proposal(session, **given)
        else:
            assert services.withdraw_proposal(session, **given).state is ProposalState.WITHDRAWN
    act.propose(by="second")


def test_another_agency_and_other_roles_have_no_part(session, act, agency, post, at):
    proposal = act.propose()
    stranger = make_actor(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    supervisor = make_actor(session, roles=[(Role.SUPERVISOR, agency.id)])
    for actor in (stranger, supervisor):
        with pytest.raises((NotFound, Forbidden)):
            services.decide_proposal(
                session, proposal_id=proposal.id, approves=True, reason="", actor=actor, at=at
            )


def test_who_never_came_is_taken_back_by_two_with_a_letter(session, act, post, at):
    made = act.decide(act.propose()).appointment
    later = dt.datetime(2026, 12, 4, 15, tzinfo=dt.UTC)
    proposal = act.take_back(made, when=later)
    with pytest.raises(Conflict, match="You made this proposal"):
        act.decide(proposal, by="officer", when=later)
    act.decide(proposal, when=later)
    assert (made.ended_on, post.incumbent_id) == (dt.date(2026, 11, 30), None)
    assert made.employee.state is EmployeeState.SEPARATED
    live = session.scalars(select(ServiceRecord).where(ServiceRecord.superseded_at.is_(None))).all()
    assert live == []
    templates = session.scalars(select(Notice.template).order_by(Notice.template)).all()
    assert templates == ["appointment", "appointment_taken_back"]


def test_a_permanent_employee_of_years_is_not_taken_back(session, act, agency):
    held = make_appointment(session, position=make_position(session, agency=agency))
    with pytest.raises(Conflict, match="Service ends by a separation"):
        act.take_back(held)


def titles(session, account, at):
    return {row.text for row in list_waiting(session, actor_of(account), at)}


def test_the_queue_shows_proposals_to_everybody_but_who_made_them(session, act, people, at):
    act.propose()
    kind = "Proposed appointments to decide"
    assert {name for name in people if kind in titles(session, people[name], at)} == {"second", "authority"}


def test_a_term_waits_in_the_queue_and_is_reminded_of_before_its_end(session, act, people, at):
    made = act.decide(act.propose()).appointment
    kind = "Appointments for a time to end"
    assert kind not in titles(session, people["officer"], at)
    near = dt.datetime(2027, 8, 3, 15, tzinfo=dt.UTC)
    waiting = list_waiting(session, actor_of(people["officer"]), near)
    [item] = [
        one
        for one in list_items(session, actor_of(people["officer"]), Asked(), near, waiting)
        if one.kind.text == kind
    ]
    assert (item.label, item.due.date(), item.is_overdue) == ("Dana Okafor", made.term_ends_on, False)
    assert reminding.remind(session, at=near) == 3
    reminding.remind(session, at=near + dt.timedelta(hours=1))
    sent = session.scalars(select(Job.key).where(Job.key.contains(f"term:{made.id}"))).all()
    assert len(sent) == 3
    assert reminding.remind(session, at=at) == 0


FORM = {
    "name": "My Cousin",
    "email": "cousin@people.example",
    "authority_code": "NY-65",
    "starts_on": "2026-12-01",
    "reason": "No list is in force.",
}


def test_the_pages_lead_from_the_position_to_the_decision(client, session, people, post, agency):
    address = f"/staff/positions/{post.id}/propose-appointment"
    officer = sign_in(client, people["officer"])
    for change, sentence in (
        ({"starts_on": "1999-01-01"}, "The first day can be from"),
        ({"starts_on": "2026-02-30"}, "First day must be a real date"),
        ({"authority_code": "because"}, "Select one of the choices on the page"),
        ({"authority_code": ""}, "Select the legal authority of the appointment"),
        ({"reason": ""}, "Enter why this position is filled without a certificate"),
        ({"name": "\0"}, "Full name contains characters"),
    ):
        wrong = officer.post(address, data=FORM | change)
        assert (wrong.status_code, sentence in wrong.text) == (422, True), change
    assert session.scalars(select(AppointmentProposal)).all() == []
    made = officer.post(address, data=FORM)
    assert made.status_code == 303
    shown = officer.get(made.location).text
    assert "Somebody else decides on it" in shown
    assert f"{made.location}/decide" not in shown
    again = officer.post(f"{made.location}/decide", data={"decision": "approve"})
    assert (again.status_code, "somebody else has to decide" in again.text) == (422, True)
    assert "My Cousin" in officer.get("/staff/appointment-proposals?state=proposed").text
    authority = sign_in(client, people["authority"])
    assert authority.post(f"{made.location}/decide", data={"decision": "refuse"}).status_code == 422
    assert authority.post(f"{made.location}/decide", data={"decision": "approve"}).location == made.location
    assert "Approved by authority" in authority.get(made.location).text
    [held] = session.scalars(select(Appointment)).all()
    back = f"/staff/appointments/{held.id}/take-back"
    assert back in authority.get(f"/staff/appointments/{held.id}").text
    assert authority.post(back, data={"reason": ""}).status_code == 422
    assert authority.post(back, data={"reason": "Took another post."}).status_code == 303


def test_the_lists_are_given_as_files(client, session, people, act):
    act.propose()
    officer = sign_in(client, people["officer"])
    for table, column in (
        ("appointment_proposals", "name"),
        ("appointments", "name"),
        ("probations", "name"),
    ):
        address = f"/staff/tables/personnel.{table}.list_staff"
        answer = officer.post(address, data={"columns": [column], "form": "csv"})
        assert answer.status_code == 200, table
        assert (
            answer.text.lstrip("\ufeff").splitlines()
            == {
                "appointment_proposals": ["Person", "Dana Okafor"],
                "appointments": ["Employee"],
                "probations": ["Employee"],
            }[table]
        )


def test_a_page_about_what_was_taken_up_refuses(client, session, people, agency):
    held = make_appointment(
        session,
        position=make_position(session, agency=agency),
        employee=make_employee(session, agency=agency),
        entered_on=dt.date(2025, 3, 3),
    )
    officer = sign_in(client, people["officer"])
    assert officer.get(f"/staff/appointments/{held.id}/take-back").status_code == 409
