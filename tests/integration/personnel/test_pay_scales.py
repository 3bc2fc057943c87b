"""Pay scales: versions by two people, what a step earns on a day, and what payroll is told."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from sqlalchemy import func, select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.personnel.actions.planning import find_most_steps
from app.personnel.actions.rules import USUAL_STEPS
from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.pay_scales import queries, services
from app.personnel.pay_scales.models import PayScaleVersion
from app.personnel.pay_scales.payroll import list_changes
from app.personnel.pay_scales.rules import Rate
from app.personnel.pay_scales.services import NewScale
from app.personnel.pay_scales.states import VersionState
from app.personnel.positions.states import PayPeriod
from app.platform.errors import Conflict, Invalid, NotFound
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.leave import make_entry
from tests.factories.personnel import make_appointment, make_employee, make_position

D = dt.date
FIGURES = [Rate("09", 1, 4_500_000), Rate("09", 2, 4_650_000)]


@pytest.fixture
def agency(session):
    return make_agency(session, name="Harbor Commission")


@pytest.fixture
def officers(session, agency):
    return [
        make_account(session, name=f"Officer {number}", roles=[(Role.HR_OFFICER, agency.id)])
        for number in (1, 2)
    ]


@pytest.fixture
def actors(officers):
    return [actor_of(one) for one in officers]


@pytest.fixture
def scale(session, agency, actors, at):
    values = NewScale(agency.id, "GEN", "General scale", "USD", PayPeriod.YEAR)
    return services.create_scale(session, values=values, actor=actors[0], at=at)


def put_in_force(session, scale, actors, on, rates, at):
    first, second = actors
    version = services.draft_version(
        session, scale_id=scale.id, effective_on=on, authority="Ordinance 4", rates=rates, actor=first, at=at
    )
    return services.approve_version(session, version_id=version.id, actor=second, at=at)


def test_what_a_step_earns_follows_the_version_of_the_day(session, agency, scale, actors, at):
    put_in_force(session, scale, actors, D(2025, 1, 1), FIGURES, at)
    put_in_force(session, scale, actors, D(2026, 1, 1), [Rate("09", 1, 4_600_000)], at)

    def pay(step, on):
        found = queries.find_pay(session, agency.id, "09", step, on)
        return found.pay_minor if found else None

    assert [pay(1, on) for on in (D(2024, 12, 31), D(2025, 1, 1), D(2025, 12, 31), D(2026, 1, 1))] == [
        None, 4_500_000, 4_500_000, 4_600_000,
    ]  # fmt: skip
    assert (pay(2, D(2025, 6, 1)), pay(2, D(2026, 6, 1))) == (4_650_000, None)
    assert find_most_steps(session, agency.id, "09", D(2025, 6, 1)) == 2
    assert find_most_steps(session, agency.id, "77", D(2025, 6, 1)) == USUAL_STEPS
    assert queries.find_pay(session, make_agency(session).id, "09", 1, D(2026, 1, 1)) is None
    assert list(queries.load_pay(session, agency.id, D(2026, 1, 1))) == [("09", 1)]


def test_a_draft_holds_nothing_and_takes_a_second_person(session, agency, scale, actors, at):
    first = actors[0]
    version = services.draft_version(
        session, scale_id=scale.id, effective_on=D(2026, 1, 1), authority="Ordinance 4", rates=FIGURES,
        actor=first, at=at,
    )  # fmt: skip
    assert queries.find_pay(session, agency.id, "09", 1, D(2026, 6, 1)) is None
    for act in (services.approve_version, services.discard_version):
        with pytest.raises(Conflict, match="drafted"):
            act(session, version_id=version.id, actor=first, at=at)
    services.discard_version(session, version_id=version.id, actor=actors[1], at=at)
    with pytest.raises(Conflict):
        services.approve_version(session, version_id=version.id, actor=actors[1], at=at)


def test_figures_that_cannot_be_are_refused(session, agency, scale, actors, at):
    put_in_force(session, scale, actors, D(2026, 1, 1), FIGURES, at)
    actor = actors[0]
    given = {"effective_on": D(2027, 1, 1), "authority": "Ordinance 5", "actor": actor, "at": at}
    with pytest.raises(Invalid, match="more than step 1"):
        services.draft_version(
            session, scale_id=scale.id, rates=[Rate("09", 1, 5), Rate("09", 2, 5)], **given
        )
    other = services.create_scale(
        session, values=NewScale(agency.id, "CRAFT", "Crafts", "USD", PayPeriod.HOUR), actor=actor, at=at
    )
    with pytest.raises(Invalid, match="names grade 09"):
        services.draft_version(session, scale_id=other.id, rates=FIGURES, **given)
    stranger = actor_of(make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)]))
    with pytest.raises(NotFound):
        services.draft_version(session, scale_id=scale.id, rates=FIGURES, **given | {"actor": stranger})


def test_a_grade_that_two_drafts_name_is_put_in_force_in_one_scale_alone(session, agency, scale, actors, at):
    first, second = actors
    other = services.create_scale(
        session, values=NewScale(agency.id, "CRAFT", "Crafts", "USD", PayPeriod.YEAR), actor=first, at=at
    )
    drafts = [
        services.draft_version(
            session, scale_id=one.id, effective_on=D(2026, 1, 1), authority="Ordinance 4", rates=FIGURES,
            actor=first, at=at,
        )
        for one in (scale, other)
    ]  # fmt: skip
    services.approve_version(session, version_id=drafts[0].id, actor=second, at=at)
    with pytest.raises(Conflict, match="names grade 09"):
        services.approve_version(session, version_id=drafts[1].id, actor=second, at=at)
    assert drafts[1].state is VersionState.DRAFT


def test_a_table_is_looked_at_before_it_is_kept(session, client, scale, officers):
    sign_in(client, officers[0])
    address = f"/staff/pay-scales/{scale.id}/draft"
    assert client.get(address).status_code == 200
    assert client.get("/staff/pay-scales").status_code == 200

    def send(text, what):
        content = text.encode() if isinstance(text, str) else text
        values = {"effective_on": "2026-01-01", "authority": "Ordinance 4", "what": what}
        return client.post(address, data=values | {"file": (io.BytesIO(content), "scale.csv")})

    wrong = send("grade,step,pay\n09,1,5\n09,3,7\n", "keep")
    assert (wrong.status_code, "step 2 is missing" in wrong.text) == (422, True)
    assert send(b"\xff\xfe\x00", "keep").status_code == 422
    looked = send("grade,step,pay\n09,1,45000\n", "look")
    assert (looked.status_code, "The table is in order" in looked.text) == (200, True)
    assert session.scalar(select(func.count()).select_from(PayScaleVersion)) == 0
    assert send("grade,step,pay\n09,1,45000\n", "keep").status_code == 303
    version = session.scalars(select(PayScaleVersion)).one()
    one = f"/staff/pay-scale-versions/{version.id}"
    client.post(f"{one}/approve")
    session.expire_all()
    assert version.state.value == "draft"
    sign_in(client, officers[1])
    assert client.get(one).status_code == 200
    client.post(f"{one}/approve")
    session.expire_all()
    assert version.state.value == "approved"
    assert "$45,000.00" in client.get(f"/staff/pay-scales/{scale.id}").text


def test_a_scale_is_made_on_a_page(session, client, agency, officers):
    sign_in(client, officers[0])
    values = {"agency": agency.id, "code": "GEN", "title": "General", "currency": "USD", "period": "year"}
    assert client.get("/staff/pay-scales/new").status_code == 200
    assert client.post("/staff/pay-scales/new", data=values | {"agency": "agy_x"}).status_code == 422
    assert client.post("/staff/pay-scales/new", data=values).status_code == 303
    assert client.post("/staff/pay-scales/new", data=values).status_code == 422


def test_payroll_is_told_of_the_agency_that_an_officer_of_two_chooses(session, client, agency):
    other = make_agency(session, name="Zoning Board")
    for one, name in ((agency, "Cleo Clerk"), (other, "Zora Zoning")):
        employee = make_employee(session, agency=one, name=name)
        make_entry(
            session, employee, -480, kind=LeaveKind.UNPAID, sort=EntrySort.CORRECTED,
            effective_on=D(2025, 3, 10),
        )  # fmt: skip
    roles = [(Role.HR_OFFICER, agency.id), (Role.HR_OFFICER, other.id)]
    sign_in(client, make_account(session, name="Officer of both", roles=roles))
    for wanted, seen in ((agency, (True, False)), (other, (False, True))):
        page = client.get(f"/staff/payroll?first=2025-03-01&last=2025-03-31&agency={wanted.id}").text
        assert ("Cleo Clerk" in page, "Zora Zoning" in page) == seen


def test_people_see_their_pay_and_payroll_what_changed(session, client, agency, scale, officers, actors, at):
    put_in_force(session, scale, actors, D(2025, 1, 1), FIGURES, at)
    account = make_account(session, name="Cleo Clerk")
    employee = make_employee(session, agency=agency, account_id=account.id, name="Cleo Clerk")
    make_appointment(session, position=make_position(session, agency=agency), employee=employee)
    make_entry(
        session, employee, -480, kind=LeaveKind.UNPAID, sort=EntrySort.CORRECTED, effective_on=D(2025, 3, 10)
    )
    changes = list_changes(session, agency.id, D(2025, 3, 1), D(2025, 3, 31))
    assert [
        (one.what, one.on, one.grade, one.step, one.pay_minor, one.unpaid_minutes) for one in changes
    ] == [
        ("Appointment", D(2025, 3, 3), "09", 1, 4_500_000, None),
        ("Leave without pay", D(2025, 3, 10), "", None, None, 480),
    ]
    assert list_changes(session, agency.id, D(2025, 4, 1), D(2025, 4, 30)) == []
    sign_in(client, account)
    assert "Step" in client.get("/my/pay").text
    sign_in(client, officers[0])
    assert client.get(f"/staff/employees/{employee.id}/pay").status_code == 200
    page = client.get("/staff/payroll?first=2025-03-01&last=2025-03-31")
    assert "Leave without pay" in page.text
    assert client.get("/staff/payroll?first=2025-02-30&agency=x").status_code == 200
    assert client.get("/staff/tables/personnel.pay_scales.export?first=2025-03-01").status_code == 200
    sign_in(client, make_account(session))
    assert client.get("/my/pay").status_code == 403
    assert client.get("/staff/payroll").status_code == 403
