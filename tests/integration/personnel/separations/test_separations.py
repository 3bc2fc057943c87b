"""People leave: free to resign, decided by another, cleared step by step; then the post is advertised."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.notices.models import Notice
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.states import ActionKind
from app.personnel.benefit_plans.states import Tier
from app.personnel.contributions import services as ledger
from app.personnel.contributions.models import Contribution
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.enrolments.models import BenefitElection
from app.personnel.enrolments.states import Source
from app.personnel.positions.models import Position
from app.personnel.separations import clearing, effecting, queries, services, signing
from app.personnel.separations.models import ClearanceItem, ClearanceSigner, Separation
from app.personnel.separations.services import Wanted
from app.personnel.separations.states import ItemState, SeparationKind, SeparationState
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import transaction
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.ids import new_id
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.benefits import make_plan
from tests.factories.personnel import make_appointment, make_employee, make_position

LAST = dt.date(2026, 12, 4)
AFTER = dt.datetime(2026, 12, 5, 15, tzinfo=dt.UTC)


_known = {}


def who(account):
    """Give the actor of an account, kept: what a service reads anew comes without its roles."""
    if account.id not in _known:
        _known[account.id] = actor_of(account)
    return _known[account.id]


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def officers(session, agency):
    names = ("Ines", "Omar")
    return [make_account(session, name=name, roles=[(Role.HR_OFFICER, agency.id)]) for name in names]


@pytest.fixture
def person(session):
    return make_account(session, name="Nia Okafor")


@pytest.fixture
def post(session, agency, person):
    employee = make_employee(session, agency=agency, account_id=person.id, name=person.name)
    position = make_position(session, agency=agency)
    return make_appointment(session, position=position, employee=employee)


def resign(session, person, at, kind=SeparationKind.RESIGNATION, last_day=LAST, **values):
    wanted = Wanted(kind, last_day, values.pop("reason", "To study."), **values)
    return services.request_own(session, wanted=wanted, actor=who(person), at=at)


def decide(session, row, officer, at, accepts=True, reason="", evidence=""):
    return services.decide_separation(
        session,
        separation_id=row.id,
        accepts=accepts,
        reason=reason,
        evidence=evidence,
        actor=who(officer),
        at=at,
    )


def waive(session, row, item, officer, at, note=""):
    return clearing.waive_item(
        session, separation_id=row.id, item_id=item.id, note=note, actor=who(officer), at=at
    )


def sign(session, item, account, at, note=""):
    return signing.sign_off(session, item_id=item.id, note=note, actor=who(account), at=at)


def finish(session, row, officer, at):
    return clearing.finish(session, separation_id=row.id, actor=who(officer), at=at)


def test_a_resignation_takes_effect_after_its_last_day_and_the_post_is_vacant(
    session, officers, person, post, at
):
    row = resign(session, person, at)
    decide(session, row, officers[0], at)
    assert effecting.effect_due(session, at=dt.datetime(2026, 12, 5, 4, tzinfo=dt.UTC)) == 0  # the 4th there
    assert effecting.effect_due(session, at=AFTER) == 1
    assert effecting.effect_due(session, at=AFTER) == 0
    session.expire_all()
    employee = session.get(Employee, row.employee_id)
    assert (employee.state, employee.separated_on) == (EmployeeState.SEPARATED, LAST)
    assert session.get(Position, row.position_id).incumbent_id is None
    acts = session.scalars(select(PersonnelAction).where(PersonnelAction.source == row.id)).all()
    assert [(act.kind, act.effective_on, act.authority_code) for act in acts] == [
        (ActionKind.SEPARATION, LAST, "CFR-715.202")
    ]
    letter = session.scalars(select(Notice).where(Notice.template == "service_certificate")).one()
    assert letter.context["letter"]["to_on"] == "2026-12-04"
    assert [position["title"] for position in letter.context["letter"]["positions"]] == ["Records analyst"]


def test_it_cannot_be_finished_with_open_steps_unless_they_are_waived(session, officers, person, post, at):
    row = resign(session, person, at)
    decide(session, row, officers[0], at)
    with pytest.raises(Conflict, match="last day has not passed"):
        finish(session, row, officers[0], at)
    effecting.effect_due(session, at=AFTER)
    items = session.scalars(select(ClearanceItem).order_by(ClearanceItem.position)).all()
    assert [item.due_on for item in items][:2] == [dt.date(2026, 12, 1), LAST]
    for item in items[1:-1]:
        waive(session, row, item, officers[0], AFTER, note="Nothing was issued.")
    sign(session, items[-1], officers[0], AFTER)
    with pytest.raises(Conflict, match="one step is open"):
        finish(session, row, officers[0], AFTER)
    with pytest.raises(Invalid):
        waive(session, row, items[0], officers[0], AFTER, note=" ")
    waive(session, row, items[0], officers[0], AFTER, note="Nothing was left to hand over.")
    with pytest.raises(Conflict, match="waived already"):
        waive(session, row, items[0], officers[0], AFTER, note="Again.")
    with pytest.raises(Conflict, match="done already"):
        sign(session, items[-1], officers[0], AFTER)
    assert finish(session, row, officers[0], AFTER).state is SeparationState.FINISHED


@pytest.fixture
def town(session, agency, officers, person):
    """Give who signs what: a supervisor above the leaver, and a keeper of the facilities desk."""
    boss = make_account(session, name="Boss", email="boss@records.example")
    keeper = make_account(session, name="Keeper", email="keeper@records.example")
    above = make_position(session, agency=agency)
    for account, position in ((boss, above), (keeper, make_position(session, agency=agency))):
        own = make_employee(session, agency=agency, account_id=account.id, name=account.name)
        make_appointment(session, position=position, employee=own)
    employee = make_employee(session, agency=agency, account_id=person.id, name=person.name)
    held = make_position(session, agency=agency, reports_to_id=above.id)
    make_appointment(session, position=held, employee=employee)
    session.flush()
    who(boss), who(keeper)
    return SimpleNamespace(boss=boss, keeper=keeper, employee=employee)


def steps(session, account):
    return [item.title for item in queries.list_to_sign(session, who(account))]


def test_each_signs_what_is_theirs_and_nobody_for_another(session, agency, officers, person, town, at):
    row = decide(session, resign(session, person, at), officers[0], at)
    items = {item.owner: item for item in row.items}
    assert items["Supervisor"].signer_id == town.boss.id
    assert steps(session, town.boss) == ["Work handed over to the supervisor"]
    assert steps(session, town.keeper) == []
    keys = items["Facilities desk"]
    for account in (person, officers[1], town.keeper, town.boss):
        with pytest.raises(NotFound):
            sign(session, keys, account, at)
    with pytest.raises(NotFound):
        sign(session, items["Supervisor"], officers[0], at)
    name = {"session": session, "agency_id": agency.id, "at": at}
    with pytest.raises(Invalid):
        signing.add_signer(**name, desk="Garden", email=town.keeper.email, actor=who(officers[0]))
    for email in (officers[0].email, "nobody@records.example", make_account(session).email):
        with pytest.raises(Invalid) as refused:
            signing.add_signer(**name, desk="Facilities desk", email=email, actor=who(officers[0]))
        assert list(refused.value.fields) == ["email"]
    row_of_desk = signing.add_signer(
        **name, desk="Facilities desk", email=town.keeper.email, actor=who(officers[0])
    )
    assert steps(session, town.keeper) == ["Keys, badge and parking card returned"]
    sign(session, keys, town.keeper, at, note="Two keys.")
    assert (keys.state, keys.settled_by, keys.note) == (ItemState.DONE, town.keeper.id, "Two keys.")
    with pytest.raises(Conflict, match="done already"):
        sign(session, keys, town.keeper, at)
    signing.remove_signer(**name, signer_id=row_of_desk.id, actor=who(officers[0]))
    assert keys.settled_by == town.keeper.id
    assert steps(session, officers[1]) == ["Leave balance and last pay checked"]


def test_where_nobody_can_sign_the_office_names_somebody_else(session, officers, person, town, at):
    row = decide(session, resign(session, person, at), officers[0], at)
    item = row.items[0]

    def name(email, by=officers[0], reason="On leave until March."):
        return signing.name_signer(
            session, separation_id=row.id, item_id=item.id, email=email, reason=reason, actor=who(by), at=at
        )

    for email, reason in ((officers[0].email, "x"), (person.email, "x"), ("", "x"), (town.keeper.email, " ")):
        with pytest.raises(Invalid):
            name(email, reason=reason)
    with pytest.raises(NotFound):
        name(town.keeper.email, by=town.boss)
    name(town.keeper.email)
    assert steps(session, town.boss) == []
    assert steps(session, town.keeper) == ["Work handed over to the supervisor"]
    sign(session, item, town.keeper, at)
    with pytest.raises(Conflict, match="done already"):
        name(town.boss.email)
    mails = session.scalars(select(Job).where(Job.key.contains("clearance-steps:"))).all()
    assert sorted(mail.payload["to"] for mail in mails) == [town.boss.email, town.keeper.email]


def test_a_leaver_signs_nothing_of_the_own_leaving(session, agency, officers, at):
    leaver = make_account(session, name="Leaving officer", roles=[(Role.HR_OFFICER, agency.id)])
    employee = make_employee(session, agency=agency, account_id=leaver.id, name=leaver.name)
    make_appointment(session, position=make_position(session, agency=agency), employee=employee)
    email = leaver.email
    signing.add_signer(
        session, agency_id=agency.id, desk="Finance desk", email=email, actor=who(officers[0]), at=at
    )
    row = decide(session, resign(session, leaver, at), officers[0], at)
    assert steps(session, leaver) == []
    with pytest.raises(NotFound):
        sign(session, row.items[-1], leaver, at)
    assert steps(session, officers[1]) == ["Leave balance and last pay checked"]


def test_every_separation_that_is_due_takes_effect_and_one_that_fails_starves_none(
    session, agency, officers, at, monkeypatch
):
    monkeypatch.setattr("app.personnel.separations.queries.MOST_AT_ONCE", 2)
    rows = [
        leave_service(session, agency, officers, at, f"Leaver {number}", LAST - dt.timedelta(days=5 - number))
        for number in range(5)
    ]
    stuck, carry_out = {row.employee_id for row in rows[:3]}, effecting.carry_out

    def refuse(opened, *, employee_id, **values):
        if employee_id in stuck:
            raise Conflict("A later act stands in the way.")
        return carry_out(opened, employee_id=employee_id, **values)

    monkeypatch.setattr(effecting, "carry_out", refuse)
    assert effecting.effect_due(session, at=AFTER) == 2
    session.expire_all()
    assert [row.state for row in rows] == [SeparationState.ACCEPTED] * 3 + [SeparationState.EFFECTED] * 2


def test_nobody_decides_alone_or_on_themselves(session, agency, officers, person, post, at):
    own = resign(session, person, at)
    with pytest.raises(Conflict, match="under way already"):
        resign(session, person, at)
    with pytest.raises(Conflict, match="free to resign"):
        decide(session, own, officers[0], at, accepts=False, reason="We need her.")
    post.employee.account_id = officers[1].id
    session.flush()
    with pytest.raises(Conflict, match="Somebody else"):
        decide(session, own, officers[1], at)
    stranger = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    with pytest.raises(NotFound):
        decide(session, own, stranger, at)
    other = make_employee(session, agency=agency)
    make_appointment(session, position=make_position(session, agency=agency), employee=other)
    wanted = Wanted(SeparationKind.DEATH, dt.date(2026, 11, 18), "Told by the family; certificate seen.")
    recorded = services.record_separation(
        session, employee_id=other.id, wanted=wanted, actor=who(officers[0]), at=at
    )
    with pytest.raises(Conflict, match="Somebody else"):
        decide(session, recorded, officers[0], at)
    decide(session, recorded, officers[1], at)
    assert recorded.state is SeparationState.EFFECTED
    assert session.scalars(select(Notice).where(Notice.template == "service_certificate")).all() == []


def test_it_is_taken_back_freely_before_the_acceptance_and_with_consent_after_it(
    session, agency, officers, person, post, at
):
    first = resign(session, person, at)
    services.take_back(session, separation_id=first.id, actor=who(person), at=at)
    assert first.state is SeparationState.WITHDRAWN
    second = resign(session, person, at)
    decide(session, second, officers[0], at)

    def ask():
        services.take_back(session, separation_id=second.id, actor=who(person), at=at)

    def answer(agrees, reason="A replacement was hired."):
        services.answer_taking_back(
            session, separation_id=second.id, agrees=agrees, reason=reason, actor=who(officers[0]), at=at
        )

    with pytest.raises(Conflict, match="Nobody waits"):
        answer(agrees=True)
    ask()
    with pytest.raises(Conflict, match="asked already"):
        ask()
    with pytest.raises(Invalid):
        answer(agrees=False, reason=" ")
    answer(agrees=False)
    assert second.state is SeparationState.ACCEPTED
    ask()
    answer(agrees=True)
    assert (second.state, second.withdrawn_at) == (SeparationState.WITHDRAWN, at)
    assert effecting.effect_due(session, at=AFTER) == 0


def test_a_resignation_in_new_york_is_taken_back_with_consent_alone(
    session, agency, officers, person, post, at
):
    clearing.set_regime(session, agency_id=agency.id, name="new-york", actor=who(officers[0]), at=at)
    row = resign(session, person, at)
    services.take_back(session, separation_id=row.id, actor=who(person), at=at)
    assert (row.state, row.withdrawal_asked_at) == (SeparationState.SUBMITTED, at)


def test_a_retirement_is_computed_from_the_birth_date_or_proved(session, officers, person, post, at):
    with pytest.raises(Invalid) as early:
        resign(session, person, at, SeparationKind.RETIREMENT, born_on=dt.date(1980, 5, 5))
    assert list(early.value.fields) == ["last_day"]
    row = resign(session, person, at, SeparationKind.RETIREMENT)
    with pytest.raises(Invalid) as unproved:
        decide(session, row, officers[0], at)
    assert list(unproved.value.fields) == ["evidence"]
    decide(session, row, officers[0], at, evidence="Letter of the retirement system, 3 November 2026.")
    assert row.eligibility == "Letter of the retirement system, 3 November 2026."


def test_a_removal_that_was_decided_elsewhere_begins_its_clearance(session, officers, person, post, at):
    row = services.separate(
        session,
        employee=get_own(session, person.id),
        kind=SeparationKind.REMOVAL,
        last_day=LAST,
        reason="Decision D-2026-00001.",
        source="dsc_x",
        proposed_by=officers[0].id,
        decided_by=officers[1].id,
        actor=who(officers[1]),
        at=at,
    )
    assert (row.state, len(row.items)) == (SeparationState.ACCEPTED, 6)
    assert services.remind(session, at=dt.datetime(2026, 11, 29, 15, tzinfo=dt.UTC)) == 2
    assert services.remind(session, at=dt.datetime(2026, 11, 29, 16, tzinfo=dt.UTC)) == 2
    mails = session.scalars(select(Job).where(Job.name == "platform.send_mail")).all()
    assert len(mails) == 2
    assert effecting.effect_due(session, at=AFTER) == 1


def leave_service(session, agency, officers, at, name, last_day=LAST):
    account = make_account(session, name=name)
    employee = make_employee(session, agency=agency, account_id=account.id, name=name)
    make_appointment(session, position=make_position(session, agency=agency), employee=employee)
    return decide(session, resign(session, account, at, last_day=last_day), officers[0], at)


def test_one_that_cannot_take_effect_is_told_once_and_stops_no_other(
    session, agency, officers, at, monkeypatch
):
    stuck = leave_service(session, agency, officers, at, "Stuck", LAST - dt.timedelta(days=1))
    free = leave_service(session, agency, officers, at, "Free")
    carry_out = effecting.carry_out

    def refuse(opened, *, employee_id, **values):
        if employee_id == stuck.employee_id:
            raise Conflict("A later act stands in the way.")
        return carry_out(opened, employee_id=employee_id, **values)

    monkeypatch.setattr(effecting, "carry_out", refuse)
    assert effecting.effect_due(session, at=AFTER) == 1
    with transaction() as opened:  # where nothing was changed, nothing has to be recorded
        assert effecting.effect_due(opened, at=AFTER + dt.timedelta(hours=1)) == 0
    session.expire_all()
    assert (stuck.state, free.state) == (SeparationState.ACCEPTED, SeparationState.EFFECTED)
    assert session.get(Employee, stuck.employee_id).state is EmployeeState.ACTIVE
    mails = session.scalars(select(Job).where(Job.key.contains("separation-stuck:"))).all()
    assert len(mails) == 2  # one for each officer
    assert "A later act stands in the way." in mails[0].payload["body"]
    monkeypatch.undo()
    assert effecting.effect_due(session, at=AFTER + dt.timedelta(hours=2)) == 1


def test_old_clearances_do_not_stand_before_those_that_come(session, agency, officers, at, monkeypatch):
    monkeypatch.setattr("app.personnel.separations.queries.MOST_AT_ONCE", 1)
    leave_service(session, agency, officers, at, "Gone", dt.date(2026, 11, 23))
    leave_service(session, agency, officers, at, "Leaves")
    assert services.remind(session, at=dt.datetime(2026, 11, 29, 15, tzinfo=dt.UTC)) == 2


def test_contributions_posted_after_the_last_day_are_taken_out_again(
    session, agency, officers, person, post, at
):
    plan = make_plan(session, agency=agency, by=officers)
    session.add(
        BenefitElection(
            id=new_id("bel"), employee_id=post.employee_id, agency_id=agency.id, kind=plan.kind, version=1,
            plan_id=plan.id, tier=Tier.SELF, effective_from=dt.date(2026, 1, 11), source=Source.NEW_HIRE,
            made_at=at,
        )
    )  # fmt: skip
    session.flush()
    for day in (dt.date(2026, 11, 1), dt.date(2026, 11, 15)):
        ledger.post_period(session, agency_id=agency.id, period_on=day, at=at)
    wanted = Wanted(SeparationKind.DEATH, dt.date(2026, 11, 10), "Told by the family; certificate seen.")
    recorded = services.record_separation(
        session, employee_id=post.employee_id, wanted=wanted, actor=who(officers[0]), at=at
    )
    decide(session, recorded, officers[1], at)
    rows = session.scalars(select(Contribution).order_by(Contribution.period_on, Contribution.position))
    assert [(row.period_on.day, row.employee_minor, row.employer_minor) for row in rows] == [
        (1, 100_00, 300_00),
        (15, 100_00, 300_00),
        (15, -100_00, -300_00),
    ]


def test_what_people_say_is_shown_of_five_together_and_never_with_a_name(
    client, session, agency, officers, at
):
    def shown():
        return sign_in(client, officers[0]).get("/staff/separations/interviews").text

    for number in range(11):
        page, whole = shown(), number - number % 5
        assert ("Fewer than 5 people" in page) is (number < 5)
        assert [f"too hot {one}." in page for one in range(number)] == [one < whole for one in range(number)]
        account = make_account(session, name=f"Leaver {number}")
        employee = make_employee(session, agency=agency, account_id=account.id, name=account.name)
        make_appointment(session, position=make_position(session, agency=agency), employee=employee)
        row = resign(session, account, at)
        decide(session, row, officers[0], at)
        clearing.answer_interview(
            session,
            separation_id=row.id,
            answers={"work": 4, "pay": None},
            comment=f"The office is too hot {number}.",
            actor=who(account),
            at=at + dt.timedelta(minutes=number),
        )
        assert "Questions answered" not in client.get(f"/staff/separations/{row.id}").text
        with pytest.raises(Conflict, match="answered already"):
            clearing.answer_interview(
                session, separation_id=row.id, answers={}, comment="x", actor=who(account), at=at
            )
    page = shown()
    assert "what 10 people have answered" in page
    assert ("too hot 9." in page, "too hot 10." in page) == (True, False)
    assert "4.0" in page
    assert "Leaver" not in page
    authority = make_account(session, roles=[(Role.APPOINTING_AUTHORITY, agency.id)])
    assert sign_in(client, authority).get("/staff/separations/interviews").status_code == 403


def test_the_pages_from_the_request_to_the_advertisement(client, session, agency, officers, person, post):
    own = sign_in(client, person)
    assert "Resign or retire" in own.get("/my/separation").text
    wrong = own.post("/my/separation/new", data={"reason": "To study.", "last_day": "2027-02-30"})
    assert wrong.status_code == 422
    assert "To study." in wrong.text
    today = clock.now().date()
    given = {"kind": "resignation", "last_day": (today + dt.timedelta(days=3)).isoformat()}
    assert own.post("/my/separation/new", data=given).status_code == 303
    row = session.scalars(select(Separation)).one()
    assert "Take it back" in own.get("/my/separation").text
    officer = sign_in(client, officers[0])
    address = f"/staff/separations/{row.id}"
    assert "Nia Okafor" in officer.get("/staff/separations?state=submitted").text
    assert "Short notice" in officer.get(address).text
    assert officer.post(f"{address}/decide", data={"decision": "refuse", "reason": "No."}).status_code == 422
    assert officer.post(f"{address}/decide", data={"decision": "accept"}).status_code == 303
    keys, *_, item = session.scalars(select(ClearanceItem).order_by(ClearanceItem.position)).all()[1:]
    assert "Leave balance and last pay checked" in officer.get("/staff/").text
    assert officer.get("/my/clearances").text.count("/my/clearances/cli_") == 1
    assert officer.get(f"/my/clearances/{keys.id}").status_code == 404
    assert officer.post(f"/my/clearances/{keys.id}", data={"note": ""}).status_code == 404
    assert officer.post(f"/my/clearances/{item.id}", data={"note": "x" * 1001}).status_code == 422
    assert officer.post(f"/my/clearances/{item.id}", data={"note": "Checked\0."}).status_code in (303, 422)
    officer.post(f"/my/clearances/{item.id}", data={"note": "Checked."})
    assert "This step is settled" in officer.get(f"/my/clearances/{item.id}").text
    assert officer.post(f"/my/clearances/{item.id}", data={"note": "Again."}).status_code == 422
    assert officer.post(f"{address}/steps/{item.id}/waive", data={"note": "x"}).status_code == 422
    other = f"{address}/steps/{keys.id}/signer"
    assert officer.get(other).status_code == 200
    assert officer.post(other, data={"email": "no\0body", "reason": "x"}).status_code == 422
    assert officer.post(other, data={"email": officers[1].email, "reason": "Away."}).status_code == 303
    assert officers[1].name in officer.get(address).text
    assert officer.post(f"{address}/finish").status_code == 303  # refused with a message
    session.expire_all()
    assert session.get(ClearanceItem, item.id).state is ItemState.DONE
    assert session.get(Separation, row.id).state is SeparationState.ACCEPTED
    own = sign_in(client, person)
    asked = own.get(f"/my/separation/{row.id}/interview")
    assert asked.status_code == 200
    assert own.post(f"/my/separation/{row.id}/interview", data={}).status_code == 422
    assert own.post(f"/my/separation/{row.id}/interview", data={"work": "9"}).status_code == 422
    assert own.post(f"/my/separation/{row.id}/interview", data={"work": "4"}).status_code == 303
    effecting.effect_due(session, at=clock.now() + dt.timedelta(days=5))
    session.flush()
    officer = sign_in(client, officers[0])
    page = officer.get(address).text
    assert "Advertise this position" in page
    form = officer.get(
        f"/staff/requisitions/new?agency={agency.id}&class_code={post.position.class_code}"
        f"&position={post.position_id}"
    )
    assert 'value="Records analyst"' in form.text
    assert officer.get("/staff/requisitions/new?position=%00odd").status_code == 200


def test_the_rules_and_steps_of_an_agency_are_its_own(client, session, agency, officers):
    officer = sign_in(client, officers[0])
    address = f"/staff/agencies/{agency.id}/separation-rules"
    assert "the usual steps" in officer.get(address).text
    wrong = officer.post(f"{address}/steps/new", data={"title": "Uniform returned", "days_before": "x"})
    assert wrong.status_code == 422
    given = {"title": "Uniform returned", "signer": "desk", "owner": "", "days_before": "0"}
    assert officer.post(f"{address}/steps/new", data=given).status_code == 422
    given["owner"] = "Store"
    assert officer.post(f"{address}/steps/new", data=given).status_code == 303
    page = officer.get(address).text
    assert "Uniform returned" in page
    assert "badge" not in page
    assert "Nobody" in page
    named = {"desk": "Store", "email": officers[1].email}
    assert officer.post(f"{address}/signers/new", data=named | {"desk": "Garden"}).status_code == 422
    assert officer.post(f"{address}/signers/new", data=named).status_code == 303
    assert officer.post(f"{address}/signers/new", data=named).status_code == 422
    row = session.scalars(select(ClearanceSigner)).one()
    assert officers[1].name in officer.get(address).text
    assert officer.post(f"{address}/signers/{row.id}/remove").status_code == 303
    assert officer.post(f"{address}/signers/{row.id}/remove").status_code == 404
    far = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    assert sign_in(client, far).post(f"{address}/steps/new", data=given).status_code == 403
