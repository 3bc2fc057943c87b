"""A plan through its year: written, given, acknowledged, talked about, rated, reviewed, answered."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from sqlalchemy import event, select
from sqlalchemy.dialects import postgresql

from app.notices.models import Notice
from app.personnel.performance.models import PlanElement
from app.personnel.performance.rules import Element
from app.personnel.performance.states import PlanState
from app.personnel.performance_plans import services as plans
from app.personnel.ratings import calibration, queries, services
from app.personnel.ratings.states import RatingState
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from tests.conftest import sign_in
from tests.factories.performance import (
    RATED_AT,
    make_award,
    make_cycle,
    make_improvement,
    make_increase,
    make_plan,
    make_rating,
)
from tests.factories.personnel import make_employee

FILING = Element("Filing of permits", "Ninety-five of one hundred within a day.", True, None)
CARE = Element("Courtesy at the counter", "No founded complaint.", False, None)
DRAFT = {"state": PlanState.DRAFT, "issued_at": None, "acknowledged_at": None}


@pytest.fixture
def plan(session, agency, line):
    return make_plan(session, employee=line.employee, supervisor_id=line.supervisor.id)


@pytest.fixture
def draft(session, agency, line):
    return make_plan(session, employee=line.employee, elements=(), **DRAFT)


@pytest.fixture
def rate(session, actor, at):
    def act(plan, *levels, by="supervisor", narrative="A good year.", text="As agreed, in each month."):
        found = session.scalars(
            select(PlanElement.id).where(PlanElement.plan_id == plan.id).order_by(PlanElement.position)
        )
        given = {own: (level, text) for own, level in zip(found, levels, strict=True)}
        return services.rate_plan(
            session, plan_id=plan.id, given=given, narrative=narrative, actor=actor(by), at=at
        )

    return act


def talk(session, plan, actor, at, by="supervisor", held_on=dt.date(2026, 3, 10)):
    return plans.add_progress(
        session, plan_id=plan.id, held_on=held_on, narrative="Well on the way.", actor=actor(by), at=at
    )


def review(session, rating, actor, at, by="officer", is_approved=True, reason=""):
    return services.review_rating(
        session, rating_id=rating.id, is_approved=is_approved, reason=reason, actor=actor(by), at=at
    )


def test_a_plan_is_written_given_and_acknowledged(session, draft, actor, at):
    boss, own = actor("supervisor"), actor("employee")
    plans.add_element(session, plan_id=draft.id, element=CARE, actor=boss, at=at)
    with pytest.raises(Conflict, match="critical"):
        plans.issue_plan(session, plan_id=draft.id, actor=boss, at=at)
    with pytest.raises(NotFound):
        plans.acknowledge_plan(session, plan_id=draft.id, actor=own, at=at)
    plans.add_element(session, plan_id=draft.id, element=FILING, actor=boss, at=at)
    plans.issue_plan(session, plan_id=draft.id, actor=boss, at=at)
    with pytest.raises(Conflict, match="elements stand"):
        plans.add_element(session, plan_id=draft.id, element=FILING, actor=boss, at=at)
    plans.acknowledge_plan(session, plan_id=draft.id, actor=own, at=at)
    assert (draft.state, draft.acknowledged_at) == (PlanState.ACKNOWLEDGED, at)
    with pytest.raises(Conflict):
        plans.acknowledge_plan(session, plan_id=draft.id, actor=own, at=at)


def test_the_elements_of_the_last_year_are_copied(session, agency, line, plan, actor, at):
    later = make_cycle(
        session,
        agency_id=agency.id,
        starts_on=dt.date(2026, 10, 1),
        ends_on=dt.date(2027, 9, 30),
        plans_due_on=dt.date(2026, 10, 31),
        progress_due_on=dt.date(2027, 3, 31),
        ratings_due_on=dt.date(2027, 11, 14),
    )
    new = make_plan(session, employee=line.employee, cycle=later, elements=(), **DRAFT)
    assert plans.copy_elements(session, plan_id=new.id, actor=actor("supervisor"), at=at) == 2
    assert [(one.title, one.is_critical) for one in new.elements] == [
        (one.title, one.is_critical) for one in plan.elements
    ]
    with pytest.raises(Conflict, match="elements already"):
        plans.copy_elements(session, plan_id=new.id, actor=actor("supervisor"), at=at)


@pytest.mark.parametrize("name", ["employee", "stranger", "auditor", "authority"])
def test_only_who_is_above_or_stands_in_writes_a_plan(session, draft, actor, at, name):
    with pytest.raises(NotFound):
        plans.add_element(session, plan_id=draft.id, element=FILING, actor=actor(name), at=at)
    for allowed in ("supervisor", "head", "officer"):
        plans.add_element(
            session,
            plan_id=draft.id,
            element=Element(f"Part of {allowed}", "Daily.", True, None),
            actor=actor(allowed),
            at=at,
        )


def test_the_summary_follows_and_another_person_makes_it_the_rating_of_record(session, plan, rate, actor, at):
    with pytest.raises(Conflict, match="progress reviews are needed"):
        rate(plan, 4, 3)
    talk(session, plan, actor, at)
    rating = rate(plan, 5, 4)
    assert (rating.summary_level, rating.state) == (5, RatingState.PROPOSED)
    with pytest.raises(Conflict, match="another person"):
        review(session, rating, actor, at, by="supervisor")
    with pytest.raises(Conflict, match="your own rating"):
        review(session, rating, actor, at, by="employee")
    with pytest.raises(Forbidden):
        review(session, rating, actor, at, by="stranger")
    review(session, rating, actor, at)
    assert (rating.state, plan.state) == (RatingState.APPROVED, PlanState.RATED)
    letter = session.scalar(select(Notice).where(Notice.id == rating.notice_id))
    assert (letter.template, letter.context["letter"]["summary"]) == (
        "rating_of_record",
        "Level 5, Outstanding",
    )
    services.acknowledge_rating(
        session, rating_id=rating.id, comment="Thank you.", actor=actor("employee"), at=at
    )
    assert (rating.state, rating.comment) == (RatingState.ACKNOWLEDGED, "Thank you.")


def test_the_second_line_reviews_too_and_finds_what_waits(session, plan, rate, actor, at):
    talk(session, plan, actor, at)
    rating = rate(plan, 3, 3)
    assert queries.list_to_review(session, actor("head")) == [rating]
    assert queries.list_to_review(session, actor("supervisor")) == []
    review(session, rating, actor, at, by="head")
    assert rating.state is RatingState.APPROVED


def test_a_returned_rating_is_given_anew(session, plan, rate, actor, at):
    talk(session, plan, actor, at)
    rating = rate(plan, 1, 3)
    assert rating.summary_level == 1
    with pytest.raises(Invalid):
        review(session, rating, actor, at, is_approved=False)
    review(session, rating, actor, at, is_approved=False, reason="The figures of May are missing.")
    assert (rating.state, rating.return_reason) == (RatingState.RETURNED, "The figures of May are missing.")
    again = rate(plan, 3, 3)
    assert (again.id, again.summary_level, again.state) == (rating.id, 3, RatingState.PROPOSED)
    review(session, again, actor, at)
    with pytest.raises(Conflict):
        rate(plan, 5, 5)


def test_bad_ratings_are_refused(session, plan, rate, actor, at):
    talk(session, plan, actor, at)
    with pytest.raises(Conflict, match="levels of the rule"):
        rate(plan, 9, 3)
    with pytest.raises(Invalid):
        rate(plan, 4, 3, text="  ")
    with pytest.raises(Invalid):
        rate(plan, 3, 3, narrative="  ")
    with pytest.raises(NotFound):
        rate(plan, 3, 3, by="employee")
    given = {"pel_nothing": (3, "")}
    with pytest.raises(Conflict, match="changed"):
        services.rate_plan(
            session, plan_id=plan.id, given=given, narrative="A year.", actor=actor("supervisor"), at=at
        )


def test_the_latest_rating_of_record_is_found(session, plan):
    rating = make_rating(session, plan=plan, level=4)
    found = queries.find_rating_of_record(session, plan.employee_id, dt.date(2026, 9, 30))
    assert found == rating
    assert queries.find_rating_of_record(session, plan.employee_id, dt.date(2026, 9, 29)) is None


def test_small_groups_are_hidden_in_the_picture(session, agency, line):
    cycle = make_cycle(session, agency_id=agency.id)
    for unit, count in (("Archive", 6), ("Counter", 7), ("Vault", 2)):
        for _ in range(count):
            employee = make_employee(session, agency=agency)
            made = make_plan(
                session, employee=employee, cycle=cycle, unit=unit, supervisor_id=line.supervisor.id
            )
            make_rating(session, plan=made, level=3)
    picture = calibration.load(session, cycle, "unit")
    # the two of the vault could be computed from the whole, so the archive is left out with them
    assert [(row.group, row.people) for row in picture.rows] == [("All together", 15), ("Counter", 7)]
    assert picture.hidden == 8
    by_supervisor = calibration.load(session, cycle, "supervisor")
    assert [(row.group, row.people) for row in by_supervisor.rows] == [
        ("All together", 15),
        ("Supervisor", 15),
    ]


def test_the_year_on_its_pages(client, session, plan, people, line):
    sign_in(client, people["employee"])
    assert client.get("/my/performance").status_code == 200
    own = f"/my/performance/{plan.id}"
    assert client.get(own).status_code == 200
    assert client.post(f"{own}/self-assessment", data={"narrative": " "}).status_code == 422
    assert client.post(f"{own}/self-assessment", data={"narrative": "Filed 4,000."}).status_code == 303
    assert client.get(f"/my/team/performance/{plan.id}").status_code == 404
    sign_in(client, people["supervisor"])
    team = f"/my/team/performance/{plan.id}"
    assert "Filed 4,000." in client.get(team).text
    future = client.post(f"{team}/progress", data={"held_on": "2099-01-01", "narrative": "Well."})
    assert (future.status_code, "to today" in future.text) == (422, True)
    done = client.post(f"{team}/progress", data={"held_on": "2026-03-10", "narrative": "Well."})
    assert done.status_code == 303
    first, second = plan.elements
    form = {
        f"level_{first.id}": "4",
        f"narrative_{first.id}": "Ninety-nine of one hundred.",
        f"level_{second.id}": "3",
        f"narrative_{second.id}": "",
        "narrative": "A good year.",
    }
    missing = client.post(f"{team}/rating", data=form | {f"level_{second.id}": ""})
    assert (missing.status_code, "Ninety-nine of one hundred." in missing.text) == (422, True)
    assert client.post(f"{team}/rating", data=form).status_code == 303
    rating = queries.find_rating(session, plan.id)
    sign_in(client, people["employee"])
    assert "Ninety-nine" not in client.get(own).text  # not before it is of record
    assert client.get(f"/my/reviews/{rating.id}").status_code == 409
    sign_in(client, people["head"])
    assert "Employee" in client.get("/my/reviews").text
    assert client.get(f"/my/reviews/{rating.id}").status_code == 200
    assert client.post(f"/my/reviews/{rating.id}", data={"verdict": "return"}).status_code == 422
    assert client.post(f"/my/reviews/{rating.id}", data={"verdict": "approve"}).status_code == 303
    sign_in(client, people["employee"])
    assert "Ninety-nine" in client.get(own).text
    answer = f"/my/ratings/{rating.id}/acknowledge"
    assert client.get(answer).status_code == 200
    assert client.post(answer, data={"comment": "Thank you."}).status_code == 303
    sign_in(client, people["officer"])
    for page in (f"/staff/performance/plans/{plan.id}", "/staff/ratings", "/staff/ratings/calibration"):
        assert client.get(page).status_code == 200
    assert client.get("/staff/ratings/calibration?cycle=pcy_x&by=nonsense").status_code == 200
    assert client.get(f"/staff/performance/plans/{plan.id}/void").status_code == 200


def test_a_team_page_is_closed_to_another_team(client, session, agency, people, line, plan):
    sign_in(client, people["supervisor"])
    assert client.get(f"/my/team/{line.employee.id}/performance").status_code == 200
    assert client.get(f"/my/team/{line.head.id}/performance").status_code == 404
    assert client.get(f"/my/team/{line.supervisor.id}/performance").status_code == 404
    sign_in(client, people["auditor"])
    assert client.get(f"/my/team/{line.employee.id}/performance").status_code == 404
    assert client.get(f"/staff/performance/plans/{plan.id}").status_code == 200
    sign_in(client, people["stranger"])
    assert client.get(f"/staff/performance/plans/{plan.id}").status_code == 404


def test_writing_a_plan_on_its_page(client, session, people, draft):
    sign_in(client, people["supervisor"])
    team = f"/my/team/performance/{draft.id}"
    assert client.get(f"{team}/elements").status_code == 200
    assert client.post(f"{team}/elements", data={"title": "", "standard": "Daily."}).status_code == 422
    filled = {"title": "Filing", "standard": "Daily.", "is_critical": "y"}
    assert client.post(f"{team}/elements", data=filled).status_code == 303
    twice = client.post(f"{team}/elements", data=filled)
    assert (twice.status_code, "with this title already" in twice.text) == (422, True)
    assert client.post(f"{team}/issue").status_code == 303
    session.refresh(draft)
    assert draft.state is PlanState.ISSUED


def test_the_record_of_a_person_leads_to_the_performance(client, session, people, line, plan):
    make_rating(session, plan=plan, level=4)
    make_improvement(session, plan=plan)
    make_increase(session, employee=line.employee)
    make_award(session, employee=line.employee)
    page = f"/staff/employees/{line.employee.id}/performance"
    for name, status in (("officer", 200), ("auditor", 200), ("stranger", 404), ("employee", 403)):
        sign_in(client, people[name])
        assert client.get(page).status_code == status, name
    sign_in(client, people["officer"])
    assert page in client.get(f"/staff/employees/{line.employee.id}").text


def test_the_picture_and_the_plans_come_as_files(client, session, agency, people, line):
    cycle = make_cycle(session, agency_id=agency.id)
    for _ in range(6):
        employee = make_employee(session, agency=agency)
        make_rating(session, plan=make_plan(session, employee=employee, cycle=cycle, unit="Archive"), level=4)
    sign_in(client, people["officer"])
    picture = client.get("/staff/ratings/calibration")
    address = html.unescape(re.search(r'href="([^"]+)">Download this list', picture.text).group(1))
    given = client.get(address)
    assert given.status_code == 200
    listed = client.get(f"/staff/performance/{cycle.id}")
    address = html.unescape(re.search(r'href="([^"]+)">Download this list', listed.text).group(1))
    assert (client.get(address).status_code, cycle.id in address) == (200, True)


def test_the_picture_is_of_the_period_that_was_chosen(client, session, agency, people, line):
    titles = []
    for name, month in (("Short period", 8), ("Long period", 9)):
        cycle = make_cycle(session, agency_id=agency.id, title=name, ends_on=dt.date(2026, month, 30))
        titles.append((cycle.id, cycle.title))
        for _ in range(6):
            employee = make_employee(session, agency=agency)
            make_rating(session, plan=make_plan(session, employee=employee, cycle=cycle), level=4)
    sign_in(client, people["officer"])
    for cycle_id, title in titles:
        page = client.get("/staff/ratings/calibration", query_string={"cycle": cycle_id}).text
        assert f">{title}, {agency.name}</h2>" in page


def void(session, plan, actor, at, by="officer"):
    return plans.void_plan(session, plan_id=plan.id, reason="The work changed.", actor=actor(by), at=at)


def test_nobody_voids_the_own_plan(session, agency, people, actor, at):
    own = make_employee(session, agency=agency, account_id=people["officer"].id)
    plan = make_plan(session, employee=own)
    with pytest.raises(Conflict, match="Somebody else has to void your own plan"):
        void(session, plan, actor, at)
    assert void(session, plan, actor, at, by="second").state is PlanState.VOID


@pytest.fixture
def locked(session):
    """Collect the statements of the session that lock rows, as PostgreSQL is told them."""
    found = []

    def note(state):
        if state.is_select:
            told = str(state.statement.compile(dialect=postgresql.dialect()))
            found.extend(re.findall(r"FOR UPDATE OF (\w+)", told))

    event.listen(session, "do_orm_execute", note)
    yield found
    event.remove(session, "do_orm_execute", note)


def test_who_voids_a_plan_and_who_reviews_its_rating_wait_for_each_other(
    session, plan, rate, actor, at, locked
):
    talk(session, plan, actor, at)
    rating = rate(plan, 3, 3)
    locked.clear()
    review(session, rating, actor, at)
    assert locked == ["performance_ratings", "performance_plans"]
    locked.clear()
    with pytest.raises(Conflict):
        void(session, plan, actor, at)
    assert locked == ["performance_plans"]


def test_an_officer_sees_the_own_rating_once_it_is_of_record(client, session, agency, people):
    own = make_employee(session, agency=agency, account_id=people["officer"].id)
    plan = make_plan(session, employee=own)
    rating = make_rating(
        session, plan=plan, level=4, state=RatingState.PROPOSED, reviewed_by=None, reviewed_at=None
    )
    pages = {
        f"/staff/employees/{own.id}/performance": "Level 4",
        f"/staff/performance/plans/{plan.id}": "A steady year.",
        "/staff/ratings": plan.person,
    }

    def seen(by):
        sign_in(client, people[by])
        return [words in client.get(page).text for page, words in pages.items()]

    assert (seen("officer"), seen("second")) == ([False] * 3, [True] * 3)
    rating.state, rating.reviewed_by, rating.reviewed_at = RatingState.APPROVED, people["second"].id, RATED_AT
    plan.state = PlanState.RATED
    session.flush()
    assert seen("officer") == [True] * 3
