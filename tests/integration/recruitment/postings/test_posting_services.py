"""Postings: drafted from a requisition, approved by a second person, published, withdrawn."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.roles import Role
from app.personnel.positions.states import PayPeriod
from app.platform import constraints
from app.platform.audit import AuditEvent
from app.platform.db import Base, transaction
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.jobs import Job
from app.recruitment.postings import queries, services
from app.recruitment.postings.models import Posting
from app.recruitment.postings.services import EDITABLE, Asked
from app.recruitment.postings.states import CriterionKind, EmploymentType, PostingState
from app.recruitment.requisitions.models import Requisition
from app.recruitment.requisitions.states import RequisitionState
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.personnel import make_position
from tests.factories.recruitment import make_posting, make_requisition

ESSENTIAL = Asked(CriterionKind.EXPERIENCE, "Two years of site work.", True)
DESIRABLE = Asked(CriterionKind.LICENCE, "A boat licence.", False)


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def officer(session, agency):
    return make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def second(session, agency):
    return make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])


def position_of(session, agency, **values):
    same = {"class_code": "20215", "class_title": "Civil Engineer", "grade": "2", "duty_station": "Brooklyn"}
    return make_position(session, agency=agency, **same | values)


def create(session, requisition, actor, at) -> Posting:
    return services.create_posting(session, requisition_id=requisition.id, actor=actor, at=at)


def act(name: str, posting: Posting, actor, at, **values) -> None:
    with transaction() as opened:
        getattr(services, f"{name}_posting")(opened, posting_id=posting.id, actor=actor, at=at, **values)


def test_a_posting_is_filled_from_the_positions_of_its_requisition(session, agency, officer, at):
    pay = {"pay_currency": "USD", "pay_period": PayPeriod.YEAR}
    one = position_of(session, agency, pay_min_minor=6_000_000, pay_max_minor=8_000_000, **pay)
    two = position_of(
        session, agency, pay_min_minor=5_500_000, pay_max_minor=7_000_000, duty_station="Albany", **pay
    )
    requisition = make_requisition(session, agency_id=agency.id, positions=[one.id, two.id], title="Engineer")
    with transaction() as opened:
        made = create(opened, requisition, officer, at)
    session.expire_all()
    posting = queries.get_posting(session, made.id, officer)
    names = ("number", "state", "requisition_id", "agency_id", "time_zone", "created_by", "created_at")
    assert {name: getattr(posting, name) for name in (*names, "source", "title_key", "pay_year_minor")} == {
        "number": "VAC-2026-0001",
        "state": PostingState.DRAFT,
        "requisition_id": requisition.id,
        "agency_id": agency.id,
        "time_zone": "America/New_York",
        "created_by": officer.id,
        "created_at": at,
        "source": "meritum",
        "title_key": "engineer",
        "pay_year_minor": 5_500_000,
    }
    prefilled = {name: getattr(posting, name) for name in EDITABLE if getattr(posting, name) != ""}
    assert {name: getattr(value, "value", value) for name, value in prefilled.items()} == {
        "title": "Engineer",
        "class_code": "20215",
        "class_title": "Civil Engineer",
        "grade": "2",
        "employment_type": "full_time",
        "audience": "everyone",
        "location": "Albany and other places",
        "pay_min_minor": 5_500_000,
        "pay_max_minor": 8_000_000,
        "pay_currency": "USD",
        "pay_period": "year",
        "openings": 2,
        "rulebook": "city-civil-service",
    }
    assert "engineer" in posting.search_text
    assert session.get(Requisition, requisition.id).advertised_at == at


def test_only_an_approved_requisition_is_advertised_and_once(session, agency, officer, at):
    position = position_of(session, agency)
    waiting = make_requisition(
        session, agency_id=agency.id, positions=[position.id], state=RequisitionState.SUBMITTED
    )
    with pytest.raises(Conflict, match="Only an approved requisition"), transaction() as opened:
        create(opened, waiting, officer, at)
    approved = make_requisition(session, agency_id=agency.id, positions=[position_of(session, agency).id])
    with transaction() as opened:
        create(opened, approved, officer, at)
    with pytest.raises(Conflict, match="already has a posting"), transaction() as opened:
        create(opened, approved, officer, at)
    with pytest.raises(IntegrityError) as refused, session.begin_nested():
        make_posting(session, agency_id=agency.id, requisition_id=approved.id)
    assert constraints.constraint_name(refused.value, Base.metadata) == "uq_postings_requisition"


def test_a_requisition_is_advertised_again_after_its_posting_was_cancelled(session, agency, officer, at):
    requisition = make_requisition(session, agency_id=agency.id, positions=[position_of(session, agency).id])
    with transaction() as opened:
        first = create(opened, requisition, officer, at)
    act("cancel", first, officer, at, reason="The title was wrong.")
    with transaction() as opened:
        second = create(opened, requisition, officer, at)
    assert [posting.id for posting in queries.list_for_requisition(session, requisition.id)] == [
        second.id,
        first.id,
    ]


def test_the_whole_way_by_two_people(session, agency, officer, second, at):
    requisition = make_requisition(session, agency_id=agency.id, positions=[position_of(session, agency).id])
    with transaction() as opened:
        posting = create(opened, requisition, officer, at)
    text = dict.fromkeys(("summary", "duties", "qualifications"), "Written.")
    act("edit", posting, officer, at, values=text | {"employment_type": EmploymentType.PART_TIME})
    with transaction() as opened:
        services.set_criteria(
            opened, posting_id=posting.id, criteria=[ESSENTIAL, DESIRABLE], actor=officer, at=at
        )
    act("submit", posting, officer, at)
    act("approve", posting, second, at)
    closes_at = dt.datetime(2026, 12, 11, 22, 0, tzinfo=dt.UTC)
    act("publish", posting, officer, at, opens_at=None, closes_at=closes_at)
    session.expire_all()
    kept = queries.get_public_posting(session, posting.id)
    names = ("state", "submitted_by", "approved_by", "opens_at", "closes_at", "published_at", "announced_on")
    assert {name: getattr(kept, name) for name in (*names, "summary", "employment_type")} == {
        "state": PostingState.PUBLISHED,
        "submitted_by": officer.id,
        "approved_by": second.id,
        "opens_at": at,
        "closes_at": closes_at,
        "published_at": at,
        "announced_on": dt.date(2026, 11, 20),
        "summary": "Written.",
        "employment_type": EmploymentType.PART_TIME,
    }
    assert [(one.position, one.kind, one.statement, one.is_essential) for one in kept.criteria] == [
        (1, CriterionKind.EXPERIENCE, "Two years of site work.", True),
        (2, CriterionKind.LICENCE, "A boat licence.", False),
    ]
    [job] = session.scalars(select(Job).where(Job.name == "recruitment.close_posting"))
    assert (job.run_at, job.payload) == (closes_at, {"posting_id": posting.id})
    acts = [event.action.rpartition(".")[2] for event in queries.list_events(session, posting.id)]
    assert acts == ["create", "edit", "criteria", "submit", "approve", "publish"]


def test_the_day_of_the_announcement_is_the_one_in_the_postings_zone(session, agency, officer, at):
    posting = make_posting(
        session, agency_id=agency.id, state=PostingState.APPROVED, time_zone="Pacific/Auckland"
    )
    closes_at = at + dt.timedelta(days=15)
    act("publish", posting, officer, at, opens_at=at + dt.timedelta(days=1), closes_at=closes_at)
    session.expire_all()
    assert session.get(Posting, posting.id).announced_on == dt.date(2026, 11, 21)


def test_who_wrote_or_submitted_does_not_approve(session, agency, officer, second, at):
    posting = make_posting(
        session,
        agency_id=agency.id,
        state=PostingState.SUBMITTED,
        created_by=officer.id,
        submitted_by=second.id,
    )
    for actor in (officer, second):
        with pytest.raises(Conflict, match="second officer"):
            act("approve", posting, actor, at)
    third = make_actor(session, roles=[(Role.HR_OFFICER, None)])
    act("approve", posting, third, at)
    session.expire_all()
    assert session.get(Posting, posting.id).approved_by == third.id


@pytest.mark.parametrize(
    ("involved", "name"),
    [("created_by", "ck_postings_two_people"), ("submitted_by", "ck_postings_approver_not_submitter")],
)
def test_the_database_itself_refuses_one_person_in_both_parts(session, involved, name):
    one, other = make_account(session), make_account(session)
    people = {"created_by": other.id, "submitted_by": other.id, "approved_by": one.id} | {involved: one.id}
    with pytest.raises(IntegrityError) as refused, session.begin_nested():
        make_posting(session, **people)
    assert constraints.constraint_name(refused.value, Base.metadata) == name


def test_a_posting_is_complete_before_it_is_submitted(session, agency, officer, at):
    posting = make_posting(
        session, agency_id=agency.id, state=PostingState.DRAFT, summary="", rulebook=None, criteria=[]
    )
    with pytest.raises(Invalid, match=r"Enter a summary\. Select how applicants are ranked\."):
        act("submit", posting, officer, at)
    act("edit", posting, officer, at, values={"summary": "Short.", "rulebook": "city-civil-service"})
    with pytest.raises(Invalid, match="at least one essential criterion"):
        act("submit", posting, officer, at)


def test_what_is_sent_back_loses_its_approval_and_can_be_changed(session, agency, officer, second, at):
    posting = make_posting(session, agency_id=agency.id, state=PostingState.APPROVED, created_by=officer.id)
    with pytest.raises(Conflict, match="Only a draft can be changed"):
        act("edit", posting, officer, at, values={"title": "Other"})
    with pytest.raises(Invalid, match="Enter what has to be changed"):
        act("send_back", posting, second, at, reason=" ")
    act("send_back", posting, second, at, reason="The pay is last year's.")
    act("edit", posting, officer, at, values={"title": "Other"})
    session.expire_all()
    kept = session.get(Posting, posting.id)
    assert (kept.state, kept.approved_by, kept.title, kept.title_key) == (
        PostingState.DRAFT,
        None,
        "Other",
        "other",
    )


def test_criteria_are_replaced_in_order(session, agency, officer, at):
    posting = make_posting(session, agency_id=agency.id, state=PostingState.DRAFT)
    for wanted in ([DESIRABLE, ESSENTIAL, ESSENTIAL], [ESSENTIAL], []):
        with transaction() as opened:
            services.set_criteria(opened, posting_id=posting.id, criteria=wanted, actor=officer, at=at)
        session.expire_all()
        kept = queries.get_posting(session, posting.id, officer).criteria
        assert [(one.position, one.statement) for one in kept] == [
            (place, asked.statement) for place, asked in enumerate(wanted, start=1)
        ]


def test_a_rulebook_must_be_one_that_is_offered(session, agency, officer, at):
    draft = make_posting(session, agency_id=agency.id, state=PostingState.DRAFT)
    with pytest.raises(Invalid) as refused:
        act("edit", draft, officer, at, values={"rulebook": "my own"})
    assert refused.value.fields == {"rulebook": "Select how applicants are ranked from the list."}
    approved = make_posting(session, agency_id=agency.id, state=PostingState.APPROVED, rulebook="gone")
    with pytest.raises(Conflict, match="not in force today"):
        act("publish", approved, officer, at, opens_at=None, closes_at=at + dt.timedelta(days=20))


def test_a_window_that_is_too_short_changes_nothing(session, agency, officer, at):
    posting = make_posting(session, agency_id=agency.id, state=PostingState.APPROVED)
    with pytest.raises(Invalid) as refused:
        act("publish", posting, officer, at, opens_at=None, closes_at=at + dt.timedelta(days=3))
    assert list(refused.value.fields) == ["closes_at"]
    session.expire_all()
    assert session.get(Posting, posting.id).state is PostingState.APPROVED
    assert session.scalars(select(Job)).all() == []


@pytest.mark.parametrize(
    "state", [PostingState.CLOSED, PostingState.CANCELLED], ids=lambda state: state.value
)
def test_an_ended_posting_cannot_be_cancelled(session, agency, officer, at, state):
    posting = make_posting(session, agency_id=agency.id, state=state)
    with pytest.raises(Conflict, match="cannot become"):
        act("cancel", posting, officer, at, reason="Late.")


def test_a_published_posting_is_withdrawn_with_a_reason(session, agency, officer, at):
    posting = make_posting(session, agency_id=agency.id)
    with pytest.raises(Invalid, match="Enter the reason"):
        act("cancel", posting, officer, at, reason="")
    act("cancel", posting, officer, at, reason="The post was withdrawn.")
    session.expire_all()
    kept = queries.get_public_posting(session, posting.id)
    assert (kept.state, kept.cancelled_at, kept.cancel_reason) == (
        PostingState.CANCELLED,
        at,
        "The post was withdrawn.",
    )


def test_another_agencys_posting_is_not_there_and_drafts_are_nobody_elses(session, officer, at):
    foreign = make_posting(session, state=PostingState.DRAFT)
    with pytest.raises(NotFound):
        act("submit", foreign, officer, at)
    with pytest.raises(NotFound):
        queries.get_public_posting(session, foreign.id)
    withdrawn = make_posting(session, state=PostingState.CANCELLED)
    with pytest.raises(NotFound):
        queries.get_public_posting(session, withdrawn.id)


def test_who_may_only_read_changes_nothing(session, agency, at):
    auditor = make_actor(session, roles=[(Role.AUDITOR, agency.id)])
    posting = make_posting(session, agency_id=agency.id, state=PostingState.SUBMITTED)
    assert queries.get_posting(session, posting.id, auditor).id == posting.id
    for name, values in {"approve": {}, "cancel": {"reason": "x"}, "send_back": {"reason": "x"}}.items():
        with pytest.raises(Forbidden):
            act(name, posting, auditor, at, **values)
    assert session.scalars(select(AuditEvent)).all() == []
