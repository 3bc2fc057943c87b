"""Dependants with proof and an age limit, events that open a choice, corrections by two people."""

from __future__ import annotations

import datetime as dt
import io
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from app.accounts.models import Agency
from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.personnel.benefit_plans.queries import load_rates
from app.personnel.benefit_plans.rules import Rate
from app.personnel.benefit_plans.states import BenefitKind, EventKind, Tier
from app.personnel.contributions import services as ledger
from app.personnel.contributions.models import Contribution
from app.personnel.dependants.models import Dependant
from app.personnel.dependants.services import Claim, claim_dependant, decide_dependant, end_due
from app.personnel.dependants.states import DependantState, Relation
from app.personnel.enrolment_corrections import services as corrections
from app.personnel.enrolments.queries import holding
from app.personnel.enrolments.rules import Choice
from app.personnel.life_events import services
from app.personnel.life_events.models import LifeEvent
from app.personnel.life_events.services import Report, open_for_ended
from app.personnel.life_events.states import EventState
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.benefits import make_dependant, make_plan
from tests.factories.personnel import make_employee

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PERIODS = [dt.date(2026, 10, 18), dt.date(2026, 11, 1), dt.date(2026, 11, 15)]


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
def employee(session, agency, person):
    return make_employee(session, agency=agency, account_id=person.id, name=person.name)


@pytest.fixture
def health(session, agency, officers):
    return make_plan(session, agency=agency, by=officers)


def subjects(session):
    return [
        job.payload["subject"] for job in session.scalars(select(Job).where(Job.name == "platform.send_mail"))
    ]


def report(session, person, at, kind=EventKind.BIRTH, happened_on=dt.date(2026, 10, 30)):
    given = Report(kind=kind, happened_on=happened_on)
    return services.report_event(session, report=given, actor=actor_of(person), at=at)


def decide(session, event, officer, at, approves=True, reason=""):
    return services.decide_event(
        session, event_id=event.id, approves=approves, reason=reason, actor=actor_of(officer), at=at
    )


def test_a_birth_opens_a_choice_that_reaches_back_and_the_ledger_follows(
    session, agency, officers, person, employee, health, at
):
    child = make_dependant(session, employee=employee, born_on=dt.date(2026, 10, 30))
    for period_on in PERIODS:
        ledger.post_period(session, agency_id=agency.id, period_on=period_on, at=at)
    choice = Choice(BenefitKind.HEALTH, health.id, Tier.SELF_PLUS_ONE, (child.id,))
    with pytest.raises(Conflict, match="announced no open season"):
        ledger.choose(session, choice=choice, actor=actor_of(person), at=at)
    event = report(session, person, at)
    with pytest.raises(Conflict):
        ledger.choose(session, choice=choice, actor=actor_of(person), at=at)
    decide(session, event, officers[0], at)
    made = ledger.choose(session, choice=choice, actor=actor_of(person), at=at)
    assert (made.effective_from, made.event_id) == (PERIODS[0], event.id)
    rows = session.scalars(select(Contribution).order_by(Contribution.period_on)).all()
    assert [(row.period_on, row.employee_minor, row.position) for row in rows] == [
        (period_on, 200_00, 1) for period_on in PERIODS
    ]
    waiver = Choice(BenefitKind.HEALTH, None, None)
    with pytest.raises(Invalid, match="does not let you waive"):
        ledger.choose(session, choice=waiver, actor=actor_of(person), at=at)
    after = dt.datetime(2026, 12, 30, 15, tzinfo=dt.UTC)
    with pytest.raises(Conflict):
        ledger.choose(session, choice=choice, actor=actor_of(person), at=after)


def test_an_event_is_decided_once_by_another_person_of_the_agency(
    session, agency, officers, person, employee, at
):
    event = report(session, person, at)
    with pytest.raises(Invalid):
        decide(session, event, officers[0], at, approves=False)
    employee.account_id = officers[1].id
    session.flush()
    with pytest.raises(Conflict, match="your own benefits"):
        decide(session, event, officers[1], at)
    stranger = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    with pytest.raises(NotFound):
        decide(session, event, stranger, at)
    decide(session, event, officers[0], at, approves=False, reason="No certificate.")
    with pytest.raises(Conflict, match="refused already"):
        decide(session, event, officers[0], at)
    assert subjects(session) == ["Your life event: birth or adoption of a child"]


def test_the_clock_reminds_ends_the_coverage_and_opens_the_choice(session, agency, employee, app, at):
    ends_on = dt.date(2026, 12, 1)
    child = make_dependant(session, employee=employee, ends_on=ends_on, born_on=dt.date(2000, 10, 31))
    assert end_due(session, at=at) == []
    assert end_due(session, at=at + dt.timedelta(hours=6)) == []
    assert subjects(session) == ["Coverage of Tomi Okafor ends on 1 December 2026"]
    last = dt.datetime(2026, 12, 2, 4, 30, tzinfo=dt.UTC)  # still 1 December in New York
    assert end_due(session, at=last) == []
    ended = end_due(session, at=last + dt.timedelta(hours=1))
    assert [(row.id, row.state, row.ended_on) for row in ended] == [(child.id, DependantState.ENDED, ends_on)]
    event = open_for_ended(session, ended[0], last)
    assert (event.state, event.elects_until) == (EventState.APPROVED, dt.date(2027, 1, 30))
    assert end_due(session, at=last + dt.timedelta(days=1)) == []


def test_a_dependant_is_confirmed_by_proof_alone_and_never_by_oneself(
    session, agency, officers, person, employee, at
):
    def claim(**values):
        given = {"name": "Ada Okafor", "relation": Relation.SPOUSE, "born_on": dt.date(1990, 2, 28)} | values
        return claim_dependant(session, claim=Claim(**given), actor=actor_of(person), at=at)

    row = claim()
    with pytest.raises(Invalid) as second:
        claim(name="Another")
    assert list(second.value.fields) == ["relation"]
    for born_on in (dt.date(2026, 11, 21), dt.date(1999, 1, 1)):
        with pytest.raises(Invalid) as refused:
            claim(relation=Relation.CHILD, born_on=born_on)
        assert list(refused.value.fields) == ["born_on"]
    claim(relation=Relation.CHILD, born_on=dt.date(1999, 1, 1), is_disabled=True)

    def verify(officer):
        return decide_dependant(
            session, dependant_id=row.id, verifies=True, reason="", actor=actor_of(officer), at=at
        )

    with pytest.raises(Conflict, match="no proof on file"):
        verify(officers[0])
    row.evidence_digest, row.evidence_name, row.evidence_type = "b" * 64, "wedding.pdf", "application/pdf"
    session.flush()
    assert verify(officers[0]).state is DependantState.VERIFIED


def test_a_correction_needs_two_people_and_settles_every_period(
    session, agency, officers, person, employee, health, at
):
    ines, omar = (actor_of(officer) for officer in officers)

    def propose(
        actor=ines, plan=health, tier=Tier.FAMILY, since=PERIODS[1], reason="Form of 20 October lost."
    ):
        wanted = corrections.Wanted(BenefitKind.HEALTH, plan and plan.id, plan and tier, since, reason)
        return corrections.propose_correction(
            session, employee_id=employee.id, wanted=wanted, actor=actor, at=at
        )

    def settle(row, actor):
        return corrections.decide_correction(
            session, correction_id=row.id, approves=True, reason="", actor=actor, at=at
        )

    for wrong, field in (
        ({"since": dt.date(2026, 11, 3)}, "effective_from"),
        ({"since": dt.date(2024, 11, 10)}, "effective_from"),
        ({"reason": " "}, "reason"),
    ):
        with pytest.raises(Invalid) as refused:
            propose(**wrong)
        assert list(refused.value.fields) == [field]
    for period_on in PERIODS:
        ledger.post_period(session, agency_id=agency.id, period_on=period_on, at=at)
    row = propose()
    with pytest.raises(Conflict, match="somebody else has to decide"):
        settle(row, ines)
    settle(row, omar)
    settle(propose(plan=None, since=PERIODS[2], reason="Covered elsewhere."), omar)
    rows = session.scalars(select(Contribution).order_by(Contribution.period_on, Contribution.position)).all()
    assert [(row.period_on, row.position, row.employee_minor, row.employer_minor) for row in rows] == [
        (PERIODS[1], 1, 300_00, 900_00),
        (PERIODS[2], 1, 300_00, 900_00),
        (PERIODS[2], 2, -300_00, -900_00),
    ]


def test_what_is_posted_and_what_is_settled_wait_for_each_other(session, agency, employee, at):
    locked = []

    def note(state):
        wait = getattr(state.statement, "_for_update_arg", None)
        if wait is not None and Agency.__table__ in state.statement.get_final_froms():
            locked.append(state.statement.compile().params["id_1"])

    event.listen(session, "do_orm_execute", note)
    ledger.post_period(session, agency_id=agency.id, period_on=PERIODS[1], at=at)
    assert locked == [agency.id]
    ledger.settle(session, employee, BenefitKind.HEALTH, PERIODS[0], "A form was lost.", at)
    assert locked == [agency.id] * 2


STEPS = st.lists(
    st.tuples(st.sampled_from(["post", "correct"]), st.integers(0, 2), st.sampled_from([None, *Tier])),
    max_size=10,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_ledger_of_each_period_sums_to_what_holds_then(session, at, steps):
    """Whatever is corrected and posted in whatever order, the sums are those of the enrolments."""
    own = make_agency(session)
    officers = [make_account(session, roles=[(Role.HR_OFFICER, own.id)]) for _ in range(2)]
    ines, omar = (actor_of(officer) for officer in officers)
    plan = make_plan(session, agency=own, by=officers)
    employee = make_employee(session, agency=own)
    posted = set()
    for act, place, tier in steps:
        period_on = PERIODS[place]
        if act == "post":
            ledger.post_period(session, agency_id=own.id, period_on=period_on, at=at)
            posted.add(period_on)
            continue
        wanted = corrections.Wanted(BenefitKind.HEALTH, plan.id if tier else None, tier, period_on, "Found.")
        row = corrections.propose_correction(
            session, employee_id=employee.id, wanted=wanted, actor=ines, at=at
        )
        corrections.decide_correction(
            session, correction_id=row.id, approves=True, reason="", actor=omar, at=at
        )
    sums = defaultdict(lambda: Rate(0, 0))
    for row in session.scalars(select(Contribution).where(Contribution.employee_id == employee.id)):
        now = sums[row.period_on]
        sums[row.period_on] = Rate(
            now.employee_minor + row.employee_minor, now.employer_minor + row.employer_minor
        )
    rates = load_rates(session, own.id, PERIODS[0])
    for period_on in PERIODS:
        held = holding(session, employee.id, period_on).get(BenefitKind.HEALTH)
        due = rates[plan.id][held.tier] if held and held.tier and period_on in posted else Rate(0, 0)
        assert sums[period_on] == due


def test_the_pages_of_dependants_and_events_take_proofs_and_keep_what_was_typed(
    client, session, agency, officers, person, employee
):
    own = sign_in(client, person)
    assert own.get("/my/benefits/dependants").status_code == 200
    wrong = own.post("/my/benefits/dependants/new", data={"name": "Ada", "born_on": "2015-02-30"})
    assert wrong.status_code == 422
    assert 'value="Ada"' in wrong.text
    fake = {"name": "Ada", "relation": "child", "born_on": "2015-04-01", "file": (io.BytesIO(b"MZ"), "a.pdf")}
    assert own.post("/my/benefits/dependants/new", data=fake).status_code == 422
    assert session.scalars(select(Dependant)).all() == []
    done = own.post(
        "/my/benefits/dependants/new", data={"name": "Ada", "relation": "child", "born_on": "2015-04-01"}
    )
    assert done.status_code == 303
    row = session.scalars(select(Dependant)).one()
    assert "Hand in the proof" in own.get("/my/benefits/dependants").text
    event = own.post("/my/benefits/life-events/new", data={"kind": "move", "happened_on": "1999-01-01"})
    assert event.status_code == 422
    officer = sign_in(client, officers[0])
    assert "Ada" in officer.get("/staff/dependants?state=claimed").text
    assert officer.get("/staff/dependants?state=odd").status_code == 200
    assert officer.get(f"/staff/dependants/{row.id}/proof").status_code == 404
    refused = officer.post(f"/staff/dependants/{row.id}/decide", data={"decision": "refuse"})
    assert refused.status_code == 422
    again = officer.post(
        f"/staff/dependants/{row.id}/decide", data={"decision": "refuse", "reason": "No proof."}
    )
    assert again.status_code == 303


def test_neither_supervisors_nor_strangers_nor_other_employees_see_a_family(
    client, session, agency, officers, person, employee, at
):
    child = make_dependant(session, employee=employee)
    event = report(session, person, at)
    boss = make_account(session, roles=[(Role.SUPERVISOR, agency.id), (Role.AUDITOR, agency.id)])
    other = make_account(session)
    make_employee(session, agency=agency, account_id=other.id)
    far = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    pages = (f"/staff/dependants/{child.id}", f"/staff/life-events/{event.id}", "/staff/dependants")
    assert [sign_in(client, boss).get(page).status_code for page in pages] == [403, 403, 403]
    assert [sign_in(client, far).get(page).status_code for page in pages[:2]] == [404, 404]
    stranger = sign_in(client, other)
    assert stranger.get(f"/my/benefits/dependants/{child.id}/end").status_code == 404
    assert stranger.post(f"/my/benefits/life-events/{event.id}/withdraw").status_code == 404
    assert sign_in(client, make_account(session)).get("/my/benefits").status_code == 403
    assert session.get(LifeEvent, event.id).state is EventState.REPORTED
