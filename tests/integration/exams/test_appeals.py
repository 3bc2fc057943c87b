"""Appeals: in time, once, decided by somebody who had no part in the decision."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.roles import Role
from app.exams.appeals import services
from app.exams.appeals.models import Appeal
from app.exams.appeals.states import AppealState, Subject
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.jobs import Job
from app.recruitment.applications.states import Screening
from app.recruitment.screening.models import Outcome, ScreeningOutcome
from tests.conftest import AT, sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.applications import make_application
from tests.factories.recruitment import make_posting
from tests.integration.exams import world as office

DECIDED = AT - dt.timedelta(days=3)
ENDS = dt.datetime(2026, 12, 17, 22, 0, tzinfo=dt.UTC)  # 17:00 in New York, thirty days after the 17th


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def officer(session, agency):
    return make_account(session, name="Olga Officer", roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def refused(session, agency, officer):
    """An application that the officer found not eligible, three days ago."""
    posting = make_posting(session, agency_id=agency.id)
    ada = make_account(session, name="Ada Applicant")
    application = make_application(
        session, posting_id=posting.id, account_id=ada.id, screening=Screening.INELIGIBLE
    )
    session.add(
        ScreeningOutcome(
            id="sco_01m81jxvdzkd4readaxgy0vd2k",
            application_id=application.id,
            outcome=Outcome.INELIGIBLE,
            reason="No degree.",
            decided_by=officer.id,
            decided_at=DECIDED,
        )
    )
    session.flush()
    return application


def ada(application) -> Actor:
    return Actor(id=application.account_id, name="Ada Applicant")


def file(session, application, *, at=AT, grounds="My degree is on page 2.", subject=Subject.ELIGIBILITY):
    return services.file_appeal(
        session,
        application_id=application.id,
        subject=subject,
        grounds=grounds,
        actor=ada(application),
        at=at,
    )


@pytest.mark.parametrize(("at", "is_taken"), [(ENDS - dt.timedelta(seconds=1), True), (ENDS, False)])
def test_thirty_days_from_the_decision(session, refused, at, is_taken):
    if is_taken:
        assert file(session, refused, at=at).state is AppealState.FILED
    else:
        with pytest.raises(Conflict, match="time to appeal ended"):
            file(session, refused, at=at)


def test_only_what_was_decided_can_be_appealed_against_and_once(session, refused):
    with pytest.raises(Conflict, match="no decision"):
        file(session, refused, subject=Subject.RESULT)
    with pytest.raises(Invalid):
        file(session, refused, grounds="  ")
    appeal = file(session, refused)
    with pytest.raises(Conflict, match="already appealed"):
        file(session, refused)
    services.withdraw_appeal(session, appeal_id=appeal.id, actor=ada(refused), at=AT)
    assert file(session, refused, grounds="Again, with the paper.").state is AppealState.FILED


def test_a_decision_made_anew_can_be_appealed_against_anew(session, refused, agency):
    second = make_actor(session, name="Second Officer", roles=[(Role.HR_OFFICER, agency.id)])
    appeal = file(session, refused)
    services.decide_appeal(
        session, appeal_id=appeal.id, is_upheld=True, decision="Look again.", actor=second, at=AT
    )
    with pytest.raises(Conflict, match="already appealed"):
        file(session, refused)
    outcome = session.scalars(select(ScreeningOutcome)).one()
    outcome.decided_at = AT + dt.timedelta(days=1)
    session.flush()
    assert file(session, refused, at=AT + dt.timedelta(days=2)).state is AppealState.FILED


def test_an_officer_does_not_decide_their_own_appeal(session, refused, agency):
    own = make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])
    appeal = file(session, refused)
    same = Actor(id=refused.account_id, name="Ada", grants=own.grants, roles=own.roles)
    with pytest.raises(Conflict, match="your own application"):
        services.decide_appeal(
            session, appeal_id=appeal.id, is_upheld=True, decision="Mine.", actor=same, at=AT
        )


def test_who_decided_first_does_not_decide_the_appeal(session, refused, agency, officer):
    appeal = file(session, refused)
    second = make_actor(session, name="Second Officer", roles=[(Role.HR_OFFICER, agency.id)])
    first = make_actor(session, name="x", roles=[(Role.HR_OFFICER, agency.id)])
    same = Actor(id=officer.id, name=officer.name, grants=first.grants, roles=first.roles)
    decision = {"appeal_id": appeal.id, "is_upheld": True, "decision": "Page 2 shows it.", "at": AT}
    with pytest.raises(Conflict, match="took part"):
        services.decide_appeal(session, **decision, actor=same)
    decided = services.decide_appeal(session, **decision, actor=second)
    assert (decided.state, decided.decided_by, decided.decision) == (
        AppealState.UPHELD,
        second.id,
        "Page 2 shows it.",
    )
    told = session.scalars(select(Job).where(Job.key == f"mail:appeal:{appeal.id}")).one().payload
    assert told["body"].split("\n\n")[2:4] == ["Upheld", "Page 2 shows it."]


def test_a_result_can_be_appealed_against_once_it_is_published(session):
    world = office.prepare(office.make_world(session))
    office.publish(world)
    application = world.applications["Fay"]
    appeal = services.file_appeal(
        session,
        application_id=application.id,
        subject=Subject.RESULT,
        grounds="Question 3 was marked wrongly.",
        actor=Actor(id=application.account_id, name="Fay"),
        at=office.AT,
    )
    with pytest.raises(Conflict, match="took part"):
        services.decide_appeal(
            session,
            appeal_id=appeal.id,
            is_upheld=False,
            decision="It was not.",
            actor=world.actor("hr_officer"),
            at=office.AT,
        )


def test_the_pages_of_both_sides(session, client, refused, agency, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    sign_in(client, session.get(Account, refused.account_id))
    place = f"/my/applications/{refused.id}/appeals"
    assert "You can appeal until" in client.get(place).text
    assert client.get(f"{place}/eligibility/new").status_code == 200
    assert client.get(f"{place}/result/new").status_code == 404
    assert client.post(f"{place}/eligibility/new", data={"grounds": ""}).status_code == 422
    assert client.post(f"{place}/eligibility/new", data={"grounds": "My degree."}).status_code == 303
    assert "Waiting for a decision" in client.get(place).text
    appeal = session.scalars(select(Appeal)).one()
    second = make_account(session, name="Second Officer", roles=[(Role.HR_OFFICER, agency.id)])
    sign_in(client, second)
    assert "Ada Example" in client.get("/staff/appeals?state=filed").text
    assert "My degree." in client.get(f"/staff/appeals/{appeal.id}").text
    decide = f"/staff/appeals/{appeal.id}/decide"
    assert client.get(decide).status_code == 200
    assert client.post(decide, data={"outcome": "upheld", "decision": ""}).status_code == 422
    assert client.post(decide, data={"outcome": "upheld", "decision": "So it is."}).status_code == 303
    assert "Second Officer" in client.get(f"/staff/appeals/{appeal.id}").text
    sign_in(client, make_account(session))
    assert client.get(place).status_code == 404


def test_another_agency_sees_nothing(session, client, refused):
    appeal = file(session, refused)
    other = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    sign_in(client, other)
    assert client.get(f"/staff/appeals/{appeal.id}").status_code == 404
    assert "No appeal waits here." in client.get("/staff/appeals").text
