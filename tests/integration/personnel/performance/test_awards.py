"""Awards: proposed within their limits, decided by another, told to the person."""

from __future__ import annotations

import pytest

from app.personnel.awards import services
from app.personnel.awards.rules import Nomination
from app.personnel.awards.states import AwardKind, AwardState
from app.platform.errors import Conflict, Invalid, NotFound
from tests.conftest import sign_in
from tests.factories.performance import make_award, make_plan, make_rating


@pytest.fixture
def propose(session, line, actor, at):
    def act(kind=AwardKind.SPECIAL_ACT, amount=500_00, hours=None, by="supervisor", employee=None):
        return services.nominate(
            session,
            employee_id=(employee or line.employee).id,
            asked=Nomination(kind, amount, hours, "The index, two months early."),
            actor=actor(by),
            at=at,
        )

    return act


def decide(session, award, actor, at, by="authority", is_approved=True, reason=""):
    return services.decide(
        session, award_id=award.id, is_approved=is_approved, reason=reason, actor=actor(by), at=at
    )


def test_one_proposes_and_another_decides(session, propose, actor, at):
    award = propose(by="officer")
    assert (award.amount_minor, award.currency, award.state) == (500_00, "USD", AwardState.NOMINATED)
    with pytest.raises(Conflict, match="another person"):
        decide(session, award, actor, at, by="officer")
    with pytest.raises(Invalid):
        decide(session, award, actor, at, is_approved=False)
    decide(session, award, actor, at)
    assert award.state is AwardState.APPROVED
    with pytest.raises(Conflict):
        decide(session, award, actor, at, is_approved=False, reason="No money.")


def test_a_share_of_pay_needs_the_rating_of_record(session, line, propose):
    with pytest.raises(Conflict, match="level 3"):
        propose(AwardKind.PERFORMANCE, 100_00)
    make_rating(session, plan=make_plan(session, employee=line.employee), level=4)
    with pytest.raises(Invalid) as refused:
        propose(AwardKind.PERFORMANCE, 4_500_01)
    assert set(refused.value.fields) == {"amount_minor"}
    assert propose(AwardKind.PERFORMANCE, 4_500_00).amount_minor == 4_500_00


def test_hours_off_add_up_over_a_year(propose):
    assert propose(AwardKind.TIME_OFF, None, 40).hours == 40
    assert propose(AwardKind.TIME_OFF, None, 40).hours == 40
    with pytest.raises(Invalid) as refused:
        propose(AwardKind.TIME_OFF, None, 1)
    assert "0 are left" in refused.value.fields["hours"]


@pytest.mark.parametrize("name", ["employee", "stranger", "auditor"])
def test_nobody_else_proposes(propose, name):
    with pytest.raises(NotFound):
        propose(by=name)


def test_its_pages(client, session, line, people):
    sign_in(client, people["supervisor"])
    new = f"/my/team/{line.employee.id}/award"
    assert client.get(new).status_code == 200
    wrong = client.post(new, data={"kind": "special_act", "amount_minor": "999999", "reason": "Yes."})
    assert (wrong.status_code, "At most $10,000.00" in wrong.text) == (422, True)
    assert client.post(new, data={"kind": "odd", "reason": "Yes."}).status_code == 422
    assert client.post(new, data={"kind": "honor", "reason": "Yes."}).status_code == 303
    assert client.get(f"/my/team/{line.supervisor.id}/award").status_code == 404
    award = make_award(session, employee=line.employee)
    sign_in(client, people["officer"])
    assert client.get("/staff/awards?state=nominated").status_code == 200
    assert client.get(f"/staff/awards/{award.id}").status_code == 200
    assert client.post(f"/staff/awards/{award.id}/decide", data={"verdict": "refuse"}).status_code == 422
    assert client.post(f"/staff/awards/{award.id}/decide", data={"verdict": "approve"}).status_code == 303
    sign_in(client, people["employee"])
    assert "$500.00" in client.get("/my/awards").text
    sign_in(client, people["stranger"])
    assert client.get(f"/staff/awards/{award.id}").status_code == 404
