"""Allegations and investigations: seen by few, carried out by one, ended by another."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.roles import Role
from app.personnel.allegations import inquiries, queries, services
from app.personnel.allegations.inquiries import Talk
from app.personnel.allegations.models import Allegation, AllegationFile
from app.personnel.allegations.services import Report
from app.personnel.allegations.states import AllegationState, Source
from app.personnel.case_files.models import CaseFile
from app.personnel.discipline import services as discipline
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.rules import propose
from app.personnel.discipline.services import ChargeValues, Draft
from app.personnel.discipline.states import Action, DutyStatus
from app.platform import clock
from app.platform.actors import Grant
from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.filecheck.kept import KeptFile
from tests.conftest import sign_in
from tests.factories.accounts import make_actor, make_agency
from tests.factories.files import make_pdf
from tests.factories.personnel import make_appointment, make_employee, make_position

TODAY = dt.date(2026, 11, 20)
REPORT = Report(Source.COLLEAGUE, dt.date(2026, 11, 18), "Fuel cards were used at night.")
FILE = KeptFile("cards.pdf", "application/pdf", 900, "a" * 64)


def run(act, **values):
    with transaction() as opened:
        return act(opened, **values)


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def officer(session, agency):
    return make_actor(session, name="Helen Marsh", roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def second(session, agency):
    return make_actor(session, name="Ana Ruiz", roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def investigator(session, agency):
    return make_actor(session, name="Ida Wells", roles=[(Role.SUPERVISOR, agency.id)])


@pytest.fixture
def own(session, agency):
    return make_actor(session, name="Dana Okafor", roles=[(Role.SUPERVISOR, agency.id)])


@pytest.fixture
def employee(session, agency, own):
    employee = make_employee(session, agency=agency, name="Dana Okafor", account_id=own.id)
    make_appointment(session, position=make_position(session, agency=agency), employee=employee)
    return employee


@pytest.fixture
def received(session, employee, officer, at):
    made = run(services.record_allegation, employee_id=employee.id, report=REPORT, actor=officer, at=at)
    return session.get(Allegation, made.id)


def assign(allegation, investigator, officer, at, due_on=dt.date(2026, 12, 18)):
    values = {"investigator_id": investigator.id, "due_on": due_on}
    return run(services.assign, allegation_id=allegation.id, actor=officer, at=at, **values)


@pytest.fixture
def running(session, received, investigator, officer, at):
    assign(received, investigator, officer, at)
    session.expire_all()
    return received


@pytest.fixture
def reported(session, running, investigator, at):
    given = {"allegation_id": running.id, "actor": investigator, "at": at}
    run(inquiries.write_plan, plan="Hear the night shift.", **given)
    talk = Talk(dt.date(2026, 11, 19), "Rex Holt", "He saw the card.")
    run(inquiries.add_interview, talk=talk, **given)
    run(inquiries.add_file, title="Statement of the card", file=FILE, **given)
    run(inquiries.report_findings, findings="The card was used on five nights.", **given)
    session.expire_all()
    return running


def test_an_allegation_is_seen_by_who_oversees_and_who_investigates_alone(
    session, received, officer, investigator, own, agency, at
):
    auditor = make_actor(session, roles=[(Role.AUDITOR, agency.id)])
    outside = make_actor(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    for actor in (investigator, own, auditor, outside):
        with pytest.raises(NotFound):
            queries.get_allegation(session, received.id, actor)
        assert queries.list_allegations(session, actor).rows == []
    assign(received, investigator, officer, at)
    assert [row.id for row in queries.list_allegations(session, investigator).rows] == [received.id]
    assert queries.list_allegations(session, own).rows == []


def test_an_overseer_does_not_see_what_is_said_of_themselves(session, agency, officer, second, at):
    me = make_employee(session, agency=agency, account_id=officer.id)
    made = run(services.record_allegation, employee_id=me.id, report=REPORT, actor=second, at=at)
    with pytest.raises(NotFound):
        queries.get_allegation(session, made.id, officer)
    with pytest.raises(Conflict, match="against yourself"):
        run(services.record_allegation, employee_id=me.id, report=REPORT, actor=officer, at=at)


def test_the_investigator_is_not_whom_it_is_about_nor_somebody_outside(session, received, own, officer, at):
    outside = make_actor(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    for somebody in (own, outside):
        with pytest.raises(Invalid) as refused:
            assign(received, somebody, officer, at)
        assert set(refused.value.fields) == {"investigator_id"}
    with pytest.raises(Invalid) as refused:
        assign(received, officer, officer, at, due_on=dt.date(2026, 11, 19))
    assert refused.value.fields == {"due_on": "The day must be today or later"}


def test_findings_end_the_work_and_only_the_investigator_does_it(
    session, officer, reported, investigator, at
):
    given = {"allegation_id": reported.id, "at": at}
    with pytest.raises(Conflict, match="findings handed in"):
        run(inquiries.write_plan, plan="More.", actor=investigator, **given)
    with pytest.raises(Conflict, match="Only the investigator"):
        run(inquiries.write_plan, plan="More.", actor=officer, **given)
    found = queries.get_allegation(session, reported.id, officer).interviews
    assert [(row.person, row.held_on) for row in found] == [("Rex Holt", dt.date(2026, 11, 19))]


def draft(decider):
    return Draft(propose(Action.SUSPENSION, 5), "Cards.", "Trust.", decider.id)


def test_a_case_follows_with_chosen_files_and_another_proposer(
    session, reported, officer, second, investigator, at
):
    file = session.scalars(select(AllegationFile)).one()
    values = {"allegation_id": reported.id, "draft": draft(second), "files": [file.id], "at": at}
    with pytest.raises(Forbidden):
        run(services.open_case, actor=investigator, **values)
    case = run(services.open_case, actor=officer, **values)
    session.expire_all()
    assert (reported.state, case.allegation_id) == (AllegationState.LED_TO_CASE, reported.id)
    assert session.scalars(select(CaseFile.title)).all() == ["Statement of the card"]
    with pytest.raises(Conflict):
        run(services.open_case, actor=officer, **values)
    charge = ChargeValues("Misuse", "On five nights.", "Statement")
    run(discipline.add_charge, case_id=case.id, values=charge, actor=officer, at=at)
    proposal = {"delivered_on": TODAY, "duty_status": DutyStatus.ON_DUTY}
    with pytest.raises(Conflict, match="You were named to investigate"):
        run(discipline.propose_action, case_id=case.id, actor=investigator, at=at, **proposal)
    run(discipline.propose_action, case_id=case.id, actor=officer, at=at, **proposal)


def test_who_investigated_never_decides_the_case(session, reported, officer, second, investigator, at):
    values = {"allegation_id": reported.id, "files": [], "actor": officer, "at": at}
    with pytest.raises(Invalid, match="was named to investigate"):
        run(services.open_case, draft=draft(investigator), **values)
    case = run(services.open_case, draft=draft(second), **values)
    edit = {"case_id": case.id, "actor": officer, "at": at}
    with pytest.raises(Invalid, match="was named to investigate"):
        run(discipline.edit_case, draft=draft(investigator), **edit)
    run(discipline.edit_case, draft=draft(second), **edit)


def test_an_investigation_passes_to_another_or_is_closed(session, running, investigator, second, officer, at):
    assign(running, second, officer, at)
    session.expire_all()
    assert (running.state, running.investigator_id) == (AllegationState.INVESTIGATED, second.id)
    events = select(AuditEvent).where(AuditEvent.action == "personnel.allegations.assign")
    assert {event.details["was"] for event in session.scalars(events)} == {None, investigator.id}
    with pytest.raises(NotFound):
        queries.get_allegation(session, running.id, investigator)
    given = {"allegation_id": running.id, "reason": "It was withdrawn.", "at": at}
    with pytest.raises(Conflict, match="You were named to investigate"):
        run(services.close, actor=second, **given)
    run(services.close, actor=officer, **given)
    session.expire_all()
    assert running.state is AllegationState.CLOSED


def test_an_investigator_who_left_the_agency_s_office_sees_nothing(session, running, investigator):
    elsewhere = (Grant("personnel.allegations.*", make_agency(session).id),)
    with pytest.raises(NotFound):
        queries.get_allegation(session, running.id, replace(investigator, grants=elsewhere))


def test_who_investigates_does_not_close(session, received, officer, second, at):
    assign(received, officer, second, at)
    given = {"allegation_id": received.id, "at": at}
    run(inquiries.report_findings, findings="Nothing.", actor=officer, **given)
    with pytest.raises(Conflict, match="You were named to investigate this"):
        run(services.close, reason="Nothing.", actor=officer, **given)
    run(services.close, reason="Nothing is proved.", actor=second, **given)
    session.expire_all()
    assert (received.state, received.closing_reason) == (AllegationState.CLOSED, "Nothing is proved.")


@pytest.fixture
def enter(client, session):
    def go(actor):
        sign_in(client, session.get(Account, actor.id))
        return client

    return go


def test_an_investigation_goes_over_the_pages(session, employee, officer, second, investigator, enter):
    client, today = enter(officer), clock.local_date(clock.now(), "America/New_York")
    opening = f"/staff/employees/{employee.id}/allegations/new"
    form = {"source": "public", "received_on": today.isoformat(), "summary": "He shouted."}
    ahead = form | {"received_on": (today + dt.timedelta(days=2)).isoformat()}
    assert client.post(opening, data=ahead).status_code == 422
    for change in ({"source": "x"}, {"received_on": "2026-02-30"}, {"summary": ""}):
        assert client.post(opening, data=form | change).status_code == 422
    address = client.post(opening, data=form).location
    assert "He shouted." in client.get(address).text
    naming = {"investigator_id": investigator.id, "due_on": (today + dt.timedelta(days=9)).isoformat()}
    assert client.post(f"{address}/investigator", data=naming | {"investigator_id": ""}).status_code == 422
    assert client.post(f"{address}/investigator", data=naming).status_code == 303
    client = enter(investigator)
    assert address in client.get("/staff/allegations").text
    assert client.get(f"{address}/investigator").status_code == 403
    assert client.post(f"{address}/plan", data={"plan": "Hear both."}).status_code == 303
    talk = {"person": "Rex Holt", "held_on": today.isoformat(), "summary": "He heard it."}
    assert client.post(f"{address}/interviews/new", data=talk | {"held_on": ""}).status_code == 422
    assert client.post(f"{address}/interviews/new", data=talk).status_code == 303
    upload = {"title": "Recording", "file": (io.BytesIO(b"MZ"), "a.pdf")}
    assert client.post(f"{address}/files/new", data=upload).status_code == 422
    upload = {"title": "Recording", "file": (io.BytesIO(make_pdf()), "a.pdf")}
    assert client.post(f"{address}/files/new", data=upload).status_code == 303
    file = session.scalars(select(AllegationFile)).one()
    assert client.get(f"{address}/files/{file.id}").data.startswith(b"%PDF")
    assert client.post(f"{address}/findings", data={"findings": ""}).status_code == 422
    assert client.post(f"{address}/findings", data={"findings": "He did."}).status_code == 303
    client = enter(officer)
    case = {"action": "reprimand", "days": "", "procedure": "", "summary": "Shouting."}
    case |= {
        "penalty_reasons": "Once.",
        "deciding_official_id": second.id,
        "notice_days": "",
        "reply_days": "",
    }
    wrong = client.post(f"{address}/case", data=case | {"files": ["alf_1"]})
    assert wrong.status_code == 422
    assert client.post(f"{address}/case", data=case | {"files": [file.id]}).status_code == 303
    made = session.scalars(select(DisciplinaryCase)).one()
    assert "Allegation L-" in client.get(f"/staff/cases/{made.id}").text
    client = enter(make_actor(session, roles=[(Role.SUPERVISOR, made.agency_id)]))
    assert "Allegation L-" not in client.get(f"/staff/cases/{made.id}").text
    assert client.get(f"{address}/files/{file.id}").status_code == 404
    assert client.get(address).status_code == 404
