"""An open season from its announcement to its end: rates by two people, choices in versions, no late ones."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.notices.models import Notice
from app.personnel.benefit_plans import services as plans
from app.personnel.benefit_plans.rules import Rate
from app.personnel.benefit_plans.states import BenefitKind, Tier
from app.personnel.contributions import services as ledger
from app.personnel.contributions.models import Contribution
from app.personnel.enrolments import queries, services
from app.personnel.enrolments.models import BenefitElection, EnrolmentWindow
from app.personnel.enrolments.rules import Choice
from app.personnel.enrolments.states import Source
from app.platform.errors import Conflict, Forbidden, Invalid
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.benefits import make_dependant, make_plan, make_window
from tests.factories.personnel import make_employee

CLOSES_AT = dt.datetime(2026, 12, 11, 22, 0, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 12, 11, 22, 0, 1, tzinfo=dt.UTC)
YEAR = dt.date(2027, 1, 10)  # the first pay period that begins in 2027


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def officers(session, agency):
    return [
        make_account(session, name=name, roles=[(Role.HR_OFFICER, agency.id)]) for name in ("Ines", "Omar")
    ]


@pytest.fixture
def person(session):
    return make_account(session, name="Nia Okafor")


@pytest.fixture
def employee(session, agency, person):
    return make_employee(session, agency=agency, account_id=person.id, name=person.name)


@pytest.fixture
def window(session, agency, officers):
    return make_window(session, agency=agency, created_by=officers[0].id)


@pytest.fixture
def health(session, agency, officers):
    return [
        make_plan(session, agency=agency, by=officers, code="H-A", name="Harbor Standard"),
        make_plan(session, agency=agency, by=officers, code="H-B", name="Harbor Basic", employee_minor=50_00),
    ]


def choose(session, person, plan, at, tier=Tier.SELF, people=(), kind=BenefitKind.HEALTH):
    choice = Choice(kind, plan.id if plan else None, tier if plan else None, people)
    return ledger.choose(session, choice=choice, actor=actor_of(person), at=at)


def test_each_choice_is_a_version_and_the_newest_holds(session, person, employee, window, health, at):
    choose(session, person, health[0], at)
    choose(session, person, health[1], at + dt.timedelta(days=2))
    rows = session.scalars(select(BenefitElection).order_by(BenefitElection.version)).all()
    assert [(row.version, row.plan_id, row.effective_from, row.source) for row in rows] == [
        (1, health[0].id, YEAR, Source.WINDOW),
        (2, health[1].id, YEAR, Source.WINDOW),
    ]
    assert queries.holding(session, employee.id, YEAR - dt.timedelta(days=1)) == {}
    assert queries.holding(session, employee.id, YEAR)[BenefitKind.HEALTH].plan_id == health[1].id


def test_a_choice_at_the_close_or_after_it_is_refused_with_both_times(
    session, person, employee, window, health, at
):
    choose(session, person, health[0], CLOSES_AT - dt.timedelta(seconds=1))
    for late in (CLOSES_AT, AFTER):
        with pytest.raises(
            Conflict, match=r"closed on 11 December 2026, 5:00 pm EST\. It is now 11 December"
        ):
            choose(session, person, health[1], late)
    before = window.opens_at - dt.timedelta(days=1)
    with pytest.raises(Conflict, match="opens on"):
        choose(session, person, health[0], before)


def test_a_tier_covers_as_many_as_it_says_and_only_who_is_proved(
    session, person, employee, window, health, at
):
    child = make_dependant(session, employee=employee)
    claimed = make_dependant(session, employee=employee, is_verified=False, name="Ada Okafor")
    second = make_dependant(session, employee=employee, name="Ben Okafor")
    for tier, people, sentence in (
        (Tier.SELF, (child.id,), "Self only covers nobody but you"),
        (Tier.SELF_PLUS_ONE, (), "Self plus one covers a dependant: select whom"),
        (Tier.SELF_PLUS_ONE, (child.id, second.id), "Self plus one covers one dependant only"),
        (
            Tier.FAMILY,
            (claimed.id,),
            "One of these cannot be covered: the proof is missing, or the age limit",
        ),
        (Tier.FAMILY, ("dpd_x",), "One of these cannot be covered: the proof is missing, or the age limit"),
    ):
        with pytest.raises(Invalid) as refused:
            choose(session, person, health[0], at, tier=tier, people=people)
        assert refused.value.fields == {"dependants": sentence}
    made = choose(session, person, health[0], at, tier=Tier.FAMILY, people=(child.id, second.id))
    assert [row.id for row in made.covered] == sorted([child.id, second.id])


def test_silence_keeps_what_one_has_and_gives_the_default_to_who_has_nothing(
    session, agency, officers, person, employee, window, health, at
):
    life = make_plan(
        session,
        agency=agency,
        by=officers,
        code="L-B",
        name="Basic life",
        kind=BenefitKind.LIFE,
        is_default=True,
    )
    other = make_employee(session, agency=agency)
    gone = make_employee(session, agency=agency, separated_on=dt.date(2026, 6, 30), state="separated")
    choose(session, person, None, at, kind=BenefitKind.LIFE)
    services.watch(session, at=AFTER)
    given = session.execute(
        select(BenefitElection.employee_id, BenefitElection.plan_id, BenefitElection.tier).where(
            BenefitElection.source == Source.DEFAULT
        )
    ).all()
    assert [tuple(row) for row in given] == [(other.id, life.id, Tier.SELF)]
    assert session.get(EnrolmentWindow, window.id).concluded_at == AFTER
    services.watch(session, at=AFTER + dt.timedelta(hours=1))
    assert len(session.scalars(select(BenefitElection)).all()) == 2
    assert queries.holding(session, gone.id, YEAR) == {}


def test_the_default_leaves_a_choice_that_holds_later_alone(session, agency, officers, employee, window, at):
    make_plan(session, agency=agency, by=officers, code="L-B", kind=BenefitKind.LIFE, is_default=True)
    session.add(
        BenefitElection(
            id="bel_later", employee_id=employee.id, agency_id=agency.id, kind=BenefitKind.LIFE, version=1,
            effective_from=YEAR + dt.timedelta(weeks=2), source=Source.NEW_HIRE, made_at=at,
        )
    )  # fmt: skip
    session.flush()
    services.watch(session, at=AFTER)
    assert [row.id for row in session.scalars(select(BenefitElection))] == ["bel_later"]
    assert session.get(EnrolmentWindow, window.id).concluded_at == AFTER


def test_a_window_that_cannot_be_concluded_stops_no_other(
    session, agency, officers, employee, person, window, health, at, monkeypatch
):
    make_plan(session, agency=agency, by=officers, code="H-D", is_default=True)
    choose(session, person, health[0], at)
    other = make_window(session, agency=make_agency(session), created_by=officers[0].id)
    monkeypatch.setattr(queries, "list_without_kind", lambda *_: [employee.id])
    services.watch(session, at=AFTER)
    session.expire_all()
    assert session.get(EnrolmentWindow, window.id).concluded_at is None
    assert session.get(EnrolmentWindow, other.id).concluded_at == AFTER
    monkeypatch.undo()
    services.watch(session, at=AFTER)
    assert session.get(EnrolmentWindow, window.id).concluded_at == AFTER


def test_those_who_have_not_chosen_are_reminded_once_a_step(
    session, agency, person, employee, window, health, at
):
    make_employee(session, agency=agency, name="Lena Fischer", email="lena@people.example")
    choose(session, person, health[0], at)
    when = dt.datetime(2026, 11, 28, 15, tzinfo=dt.UTC)
    services.watch(session, at=at)
    services.watch(session, at=when)
    services.watch(session, at=when + dt.timedelta(hours=1))
    mails = [
        job.payload["to"] for job in session.scalars(select(Job).where(Job.name == "platform.send_mail"))
    ]
    assert mails == ["lena@people.example"]


def test_rates_hold_only_once_somebody_else_has_approved_them(session, agency, officers, at):
    first, second = (actor_of(officer) for officer in officers)
    values = plans.PlanValues(BenefitKind.DENTAL, "d-1", "Dental", "Harbor", "Teeth.", is_default=False)
    plan = plans.create_plan(session, agency_id=agency.id, values=values, actor=first, at=at)
    rates = {Tier.SELF: Rate(10_00, 20_00)}

    def propose(day):
        return plans.propose_rates(
            session, plan_id=plan.id, effective_from=day, rates=rates, actor=first, at=at
        )

    for day, sentence in (
        (dt.date(2026, 12, 1), "Rates begin with a pay period, such as that of 13 December 2026"),
        (dt.date(2026, 11, 15), "Choose a pay period that has not begun"),
    ):
        with pytest.raises(Invalid) as refused:
            propose(day)
        assert refused.value.fields == {"effective_from": sentence}
    version = propose(dt.date(2026, 11, 29))
    with pytest.raises(Conflict, match="wait for a decision already"):
        propose(dt.date(2026, 12, 13))

    def decide(actor):
        return plans.decide_rates(
            session, plan_id=plan.id, version_id=version.id, approves=True, actor=actor, at=at
        )

    with pytest.raises(Conflict, match="somebody else has to decide"):
        decide(first)
    assert decide(second).decided_by == second.id
    stranger = actor_of(make_account(session, roles=[(Role.AUDITOR, agency.id)]))
    with pytest.raises(Forbidden):
        plans.close_plan(session, plan_id=plan.id, actor=stranger, at=at)


def test_each_period_is_posted_once_and_sums_to_what_holds(
    session, agency, person, employee, window, health, at
):
    choose(session, person, health[0], at)
    assert ledger.post_period(session, agency_id=agency.id, period_on=YEAR, at=AFTER) == 1
    assert ledger.post_period(session, agency_id=agency.id, period_on=YEAR, at=AFTER) == 0
    rows = session.scalars(select(Contribution)).all()
    assert [(row.employee_minor, row.employer_minor, row.position) for row in rows] == [(100_00, 300_00, 1)]


def test_the_clock_posts_every_period_since_the_last(session, agency, person, employee, window, health, at):
    choose(session, person, health[0], at)
    first = dt.datetime(2027, 1, 12, 15, tzinfo=dt.UTC)
    assert ledger.post_due(session, at=first) == 1
    assert ledger.post_due(session, at=first + dt.timedelta(days=1)) == 0
    assert ledger.post_due(session, at=first + dt.timedelta(days=30)) == 2


def test_the_employee_compares_chooses_changes_and_gets_the_statement(
    client, session, person, employee, window, health, monkeypatch, at
):
    monkeypatch.setattr("app.platform.clock.now", lambda: at)
    own = sign_in(client, person)
    assert "you can choose now" in own.get("/my/benefits").text
    page = own.get("/my/benefits/health/choose")
    assert "Harbor Standard" in page.text
    assert "You pay $50.00 each pay period" in page.text
    wrong = own.post("/my/benefits/health/choose", data={})
    assert wrong.status_code == 422
    assert "Select a plan, or that you waive it" in wrong.text
    family = own.post("/my/benefits/health/choose", data={"option": f"{health[0].id}:family"})
    assert family.status_code == 422
    assert "covers a dependant: select whom" in family.text
    answer = own.post("/my/benefits/health/choose", data={"option": f"{health[1].id}:self"})
    assert answer.status_code == 303
    confirm = own.get(answer.location)
    assert "Harbor Basic, self only" in confirm.text
    opening = answer.location.split("opening=")[1].split("&")[0]
    done = own.post(answer.location, data={"option": f"{health[1].id}:self", "opening": opening})
    assert (done.status_code, done.location) == (303, "/my/benefits")
    assert "Harbor Basic, self only" in own.get("/my/benefits").text
    assert own.post("/my/benefits/statement").status_code == 303
    own.post("/my/benefits/statement")
    letter = session.scalars(select(Notice)).one()
    assert letter.template == "benefit_statement"
    assert letter.context["letter"]["benefits"] == [
        {
            "kind": "Health",
            "since": "2027-01-10",
            "plan": "Harbor Basic",
            "tier": "Self only",
            "covers": [],
            "employee_minor": 50_00,
            "employer_minor": 300_00,
        }
    ]


def test_a_benefit_is_waived_on_the_pages(client, session, person, employee, window, health, monkeypatch, at):
    monkeypatch.setattr("app.platform.clock.now", lambda: at)
    own = sign_in(client, person)
    page = own.get("/my/benefits/health/confirm?option=waive")
    assert (page.status_code, "None: you waive this benefit" in page.text) == (200, True)
    given = {"option": "waive", "opening": window.id}
    assert (
        own.post(f"/my/benefits/health/confirm?option=waive&opening={window.id}", data=given).status_code
        == 303
    )
    made = session.scalars(select(BenefitElection)).one()
    assert (made.plan_id, made.tier) == (None, None)
    assert own.get("/my/benefits/health/confirm?option=waive").status_code == 200


def test_odd_addresses_of_a_choice_are_no_fault(client, person, employee, window, health, monkeypatch, at):
    monkeypatch.setattr("app.platform.clock.now", lambda: at)
    own = sign_in(client, person)
    for query in (
        "",
        "?option=nonsense",
        f"?option={health[0].id}:galaxy",
        "?option=%00:self",
        "?option=bpl_x:self",
    ):
        assert own.get(f"/my/benefits/health/confirm{query}").status_code in (302, 303), query
    assert own.get("/my/benefits/pets/choose").status_code == 404
    assert own.get("/my/benefits/health/choose?opening=lev_nothing").status_code == 409


def test_a_late_form_tells_both_times(client, person, employee, window, health, monkeypatch):
    monkeypatch.setattr("app.platform.clock.now", lambda: AFTER)
    own = sign_in(client, person)
    answer = own.get("/my/benefits/health/choose")
    assert answer.status_code == 409
    assert "The open season closed on 11 December 2026, 5:00 pm EST" in answer.text
    assert "You cannot choose now" in own.get("/my/benefits").text


def test_the_office_sees_who_has_not_chosen_and_nobody_else_does(
    client, session, agency, officers, person, employee, window, health, at
):
    make_employee(session, agency=agency, name="Lena Fischer")
    choose(session, person, health[0], at)
    officer = sign_in(client, officers[0])
    page = officer.get(f"/staff/open-seasons/{window.id}").text
    assert "Lena Fischer" in page
    assert "Nia Okafor" not in page
    assert officer.get("/staff/open-seasons").status_code == 200
    assert "Harbor Standard" in officer.get(f"/staff/employees/{employee.id}/benefits").text
    other = make_agency(session)
    stranger = sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, other.id)]))
    for path in (f"/staff/open-seasons/{window.id}", f"/staff/employees/{employee.id}/benefits"):
        assert stranger.get(path).status_code == 404


def test_an_open_season_is_announced_with_its_faults_told_at_the_fields(
    client, session, agency, officers, window
):
    officer = sign_in(client, officers[0])
    given = {"agency_id": agency.id, "plan_year": "2028", "opens_at": "2027-11-08T09:00"}
    wrong = officer.post("/staff/open-seasons/new", data=given | {"closes_at": "2027-11-01T17:00"})
    assert wrong.status_code == 422
    assert "The open season must close after it opens" in wrong.text
    late = officer.post("/staff/open-seasons/new", data=given | {"closes_at": "2028-01-20T17:00"})
    assert "The open season must close before its choices hold" in late.text
    done = officer.post("/staff/open-seasons/new", data=given | {"closes_at": "2027-12-10T17:00"})
    assert done.status_code == 303
    made = session.scalar(select(EnrolmentWindow).where(EnrolmentWindow.plan_year == 2028))
    assert made.closes_at == dt.datetime(2027, 12, 10, 22, tzinfo=dt.UTC)
    assert made.effective_from == dt.date(2028, 1, 9)
