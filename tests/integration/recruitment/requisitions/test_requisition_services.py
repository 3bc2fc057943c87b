"""Requisitions: asked for by one person, decided by another, each position in one at a time."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.roles import Role
from app.personnel.positions.states import PositionState
from app.platform import constraints
from app.platform.db import Base, transaction
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.recruitment.requisitions import queries, services
from app.recruitment.requisitions.models import Requisition
from app.recruitment.requisitions.services import Request
from app.recruitment.requisitions.states import RequisitionState
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.personnel import make_employee, make_position
from tests.factories.recruitment import make_requisition


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def officer(session, agency):
    return make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def second(session, agency):
    return make_actor(session, roles=[(Role.HR_OFFICER, agency.id)])


def asks(*positions, **changes) -> Request:
    values = {"title": "Engineer", "justification": "Two bridges more.", "rulebook": "city-civil-service"}
    return Request(**values | changes, positions=[position.id for position in positions])


def draft(session, agency, officer, at, *positions) -> Requisition:
    return services.create_requisition(
        session, agency_id=agency.id, request=asks(*positions), actor=officer, at=at
    )


def decide(session, requisition, actor, at, *, is_approved=True, reason="In the budget."):
    return services.decide_requisition(
        session, requisition_id=requisition.id, is_approved=is_approved, reason=reason, actor=actor, at=at
    )


def submitted(session, agency, officer, at) -> Requisition:
    with transaction() as opened:
        made = draft(opened, agency, officer, at, make_position(session, agency=agency))
        services.submit_requisition(opened, requisition_id=made.id, actor=officer, at=at)
    return made


def test_a_draft_becomes_approved_by_a_second_person(session, agency, officer, second, at):
    one, two = make_position(session, agency=agency), make_position(session, agency=agency)
    with transaction() as opened:
        made = draft(opened, agency, officer, at, one, two)
        services.submit_requisition(opened, requisition_id=made.id, actor=officer, at=at)
        decide(opened, made, second, at)
    kept = session.get(Requisition, made.id)
    names = ("number", "title", "state", "created_by", "requested_by", "requested_at", "decided_by")
    assert {name: getattr(kept, name) for name in (*names, "decided_at", "decision_reason")} == {
        "number": "REQ-2026-0001",
        "title": "Engineer",
        "state": RequisitionState.APPROVED,
        "created_by": officer.id,
        "requested_by": officer.id,
        "requested_at": at,
        "decided_by": second.id,
        "decided_at": at,
        "decision_reason": "In the budget.",
    }
    events = queries.list_events(session, made.id)
    assert [(event.action, event.actor_id, event.agency_id) for event in events] == [
        ("recruitment.requisitions.create", officer.id, agency.id),
        ("recruitment.requisitions.submit", officer.id, agency.id),
        ("recruitment.requisitions.decide", second.id, agency.id),
    ]


def test_who_wrote_or_submitted_does_not_decide(session, agency, officer, second, at):
    made = submitted(session, agency, officer, at)
    with pytest.raises(Conflict, match="second officer"), transaction() as opened:
        decide(opened, made, officer, at)
    other = make_requisition(
        session,
        agency_id=agency.id,
        state=RequisitionState.SUBMITTED,
        created_by=second.id,
        requested_by=officer.id,
    )
    for actor in (officer, second):
        with pytest.raises(Conflict, match="second officer"), transaction() as opened:
            decide(opened, other, actor, at)


@pytest.mark.parametrize("involved", ["created_by", "requested_by"])
def test_the_database_itself_refuses_one_person_in_both_parts(session, involved):
    one, other = make_account(session), make_account(session)
    people = {"created_by": other.id, "requested_by": other.id, "decided_by": one.id} | {involved: one.id}
    with pytest.raises(IntegrityError) as refused, session.begin_nested():
        make_requisition(session, state=RequisitionState.APPROVED, **people)
    assert constraints.constraint_name(refused.value, Base.metadata) == "ck_requisitions_two_people"


def test_a_refusal_needs_a_reason_and_frees_the_positions(session, agency, officer, second, at):
    made = submitted(session, agency, officer, at)
    with pytest.raises(Invalid) as refused, transaction() as opened:
        decide(opened, made, second, at, is_approved=False, reason="  ")
    assert refused.value.fields == {"reason": "Enter the reason for the refusal."}
    with transaction() as opened:
        decide(opened, made, second, at, is_approved=False, reason="No money.")
    session.expire_all()
    kept = queries.get_requisition(session, made.id, officer)
    assert (kept.state, kept.decision_reason) == (RequisitionState.REFUSED, "No money.")
    [entry] = kept.entries
    assert entry.is_live is False
    with transaction() as opened:
        draft(opened, agency, officer, at, entry.position)


def test_a_position_stands_in_one_live_requisition(session, agency, officer, at):
    position = make_position(session, agency=agency)
    with transaction() as opened:
        made = draft(opened, agency, officer, at, position)
    with pytest.raises(Invalid) as refused, transaction() as opened:
        draft(opened, agency, officer, at, position)
    assert refused.value.fields == {"positions": f"Already in another requisition: {position.number}."}
    with transaction() as opened:
        services.cancel_requisition(opened, requisition_id=made.id, reason="Given up.", actor=officer, at=at)
        draft(opened, agency, officer, at, position)


def test_the_database_itself_holds_one_live_requisition_a_position(session, agency):
    position = make_position(session, agency=agency)
    make_requisition(session, agency_id=agency.id, positions=[position.id])
    make_requisition(session, agency_id=agency.id, positions=[position.id], state=RequisitionState.CANCELLED)
    with pytest.raises(IntegrityError) as refused, session.begin_nested():
        make_requisition(session, agency_id=agency.id, positions=[position.id])
    explained = constraints.explain(refused.value, Base.metadata)
    assert isinstance(explained, Invalid)
    assert list(explained.fields) == ["positions"]


def test_what_cannot_be_asked_for(session, agency, officer, at):
    filled = make_position(session, agency=agency, incumbent_id=make_employee(session, agency=agency).id)
    gone = make_position(
        session, agency=agency, state=PositionState.ABOLISHED, abolished_at=at, abolition_reason="Merged."
    )
    elsewhere = make_position(session)
    vacant, other_class = (
        make_position(session, agency=agency, class_code="1"),
        make_position(session, agency=agency, class_code="2"),
    )
    not_there = "Some of these positions are not in the agency. Select from the list."
    tried = {
        (): "Select at least one vacant position.",
        (filled,): f"Not vacant any more: {filled.number}.",
        (gone,): f"Not vacant any more: {gone.number}.",
        (elsewhere,): not_there,
        (vacant, other_class): "Select positions of one class only: each class has its own examination.",
    }
    for positions, sentence in tried.items():
        with pytest.raises(Invalid) as refused, transaction() as opened:
            draft(opened, agency, officer, at, *positions)
        assert refused.value.fields == {"positions": sentence}
    request = asks(vacant, rulebook="of my own")
    with pytest.raises(Invalid) as refused, transaction() as opened:
        services.create_requisition(opened, agency_id=agency.id, request=request, actor=officer, at=at)
    assert refused.value.fields == {"rulebook": "Select how applicants are ranked from the list."}
    assert session.scalars(select(Requisition)).all() == []


def test_a_position_that_was_filled_meanwhile_stops_submission_and_approval(
    session, agency, officer, second, at
):
    position = make_position(session, agency=agency)
    with transaction() as opened:
        made = draft(opened, agency, officer, at, position)
    position.incumbent_id = make_employee(session, agency=agency).id
    session.flush()
    sentence = f"The positions have changed. Not vacant any more: {position.number}."
    with pytest.raises(Conflict) as refused, transaction() as opened:
        services.submit_requisition(opened, requisition_id=made.id, actor=officer, at=at)
    assert refused.value.message == sentence
    position.incumbent_id = None
    session.flush()
    with transaction() as opened:
        services.submit_requisition(opened, requisition_id=made.id, actor=officer, at=at)
    position.incumbent_id = make_employee(session, agency=agency).id
    session.flush()
    with pytest.raises(Conflict) as refused, transaction() as opened:
        decide(opened, made, second, at)
    assert refused.value.message == sentence


def test_a_draft_is_edited_and_a_submitted_one_is_not(session, agency, officer, at):
    one, two = make_position(session, agency=agency), make_position(session, agency=agency)
    with transaction() as opened:
        made = draft(opened, agency, officer, at, one)
        changed = asks(two, title="Engineers")
        services.edit_requisition(opened, requisition_id=made.id, request=changed, actor=officer, at=at)
    session.expire_all()
    kept = queries.get_requisition(session, made.id, officer)
    assert (kept.title, [entry.position_id for entry in kept.entries]) == ("Engineers", [two.id])
    with transaction() as opened:
        services.submit_requisition(opened, requisition_id=made.id, actor=officer, at=at)
    with pytest.raises(Conflict, match="Only a draft"), transaction() as opened:
        services.edit_requisition(opened, requisition_id=made.id, request=asks(one), actor=officer, at=at)


def test_a_filled_position_can_be_asked_for_when_it_is_vacated(session, agency, officer, at):
    position = make_position(session, agency=agency)
    requisition = make_requisition(session, agency_id=agency.id, positions=[position.id])
    with transaction() as opened:
        services.fill_position(opened, position_id=position.id, at=at)
        services.fill_position(opened, position_id=position.id, at=at + dt.timedelta(days=1))
        draft(opened, agency, officer, at, position)
    session.expire_all()
    [entry] = queries.get_requisition(session, requisition.id, officer).entries
    assert (entry.is_live, entry.filled_at) == (False, at)


def test_another_agencys_requisition_is_not_there(session, agency, officer, at):
    foreign = make_requisition(session, state=RequisitionState.SUBMITTED)
    with pytest.raises(NotFound), transaction() as opened:
        decide(opened, foreign, officer, at)
    assert queries.list_requisitions(session, officer, queries.Filters()).rows == []
    assert sum(queries.count_by_state(session, officer).values()) == 0


def test_who_may_only_read_changes_nothing(session, agency, officer, at):
    made = submitted(session, agency, officer, at)
    auditor = make_actor(session, roles=[(Role.AUDITOR, agency.id)])
    assert queries.get_requisition(session, made.id, auditor).id == made.id
    for act in (
        lambda opened: decide(opened, made, auditor, at),
        lambda opened: services.cancel_requisition(
            opened, requisition_id=made.id, reason="x", actor=auditor, at=at
        ),
        lambda opened: draft(opened, agency, auditor, at, make_position(session, agency=agency)),
    ):
        with pytest.raises(Forbidden), transaction() as opened:
            act(opened)
