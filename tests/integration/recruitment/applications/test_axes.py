"""The examination moves an application on its own axis alone, and all of a set or none."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.platform.audit import AuditEvent
from app.platform.db import transaction
from app.platform.errors import Conflict, NotFound
from app.recruitment.applications import queries, services
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import (
    Assessment,
    ClaimState,
    Placement,
    Screening,
    Standing,
    Submission,
)
from tests.factories.accounts import make_account
from tests.factories.applications import CONTACT, make_application, make_claim, make_document

ACTION = "exams.examinations.register"


def applicant(session, world, **values):
    account = make_account(session)
    return make_application(
        session,
        posting_id=world.posting.id,
        account_id=account.id,
        **({"screening": Screening.ELIGIBLE} | values),
    )


def move(record, applications, to, actor, at):
    with transaction() as opened:
        ids = [application.id for application in applications]
        return record(opened, application_ids=ids, to=to, action=ACTION, actor=actor, at=at)


def axes(session, application):
    session.expire_all()
    row = session.get(Application, application.id)
    return row.submission, row.screening, row.assessment, row.standing, row.placement


def test_an_application_goes_the_whole_way_one_axis_at_a_time(session, world, at):
    one = applicant(session, world)
    start = (Submission.SUBMITTED, Screening.ELIGIBLE)
    for record, to, rest in [
        (services.record_assessment, Assessment.REGISTERED, (Standing.NONE, Placement.NONE)),
        (services.record_assessment, Assessment.PRESENT, (Standing.NONE, Placement.NONE)),
        (services.record_assessment, Assessment.SCORED, (Standing.NONE, Placement.NONE)),
    ]:
        assert move(record, [one], to, world.staff, at) == 1
        assert axes(session, one) == (*start, to, *rest)
    move(services.record_standing, [one], Standing.PASSED, world.staff, at)
    for to in (Placement.CERTIFIED, Placement.SELECTED, Placement.APPOINTED):
        move(services.record_placement, [one], to, world.staff, at)
        assert axes(session, one) == (*start, Assessment.SCORED, Standing.PASSED, to)


def test_each_move_is_recorded_at_the_application(session, world, at):
    one = applicant(session, world)
    move(services.record_assessment, [one], Assessment.REGISTERED, world.staff, at)
    event = session.scalar(select(AuditEvent).where(AuditEvent.subject == one.id))
    assert (event.action, event.agency_id, event.details) == (
        ACTION,
        world.agency.id,
        {"axis": "assessment", "to": "registered"},
    )


def test_those_already_there_stay_and_are_not_recorded_again(session, world, at):
    there = applicant(session, world, assessment=Assessment.REGISTERED)
    new = applicant(session, world)
    assert move(services.record_assessment, [there, new], Assessment.REGISTERED, world.staff, at) == 1
    assert session.scalars(select(AuditEvent.subject)).all() == [new.id]


def test_one_that_may_not_move_holds_back_all(session, world, at):
    good, bad = applicant(session, world), applicant(session, world, screening=Screening.INELIGIBLE)
    with pytest.raises(Conflict, match="Only an eligible applicant can be examined"):
        move(services.record_assessment, [good, bad], Assessment.REGISTERED, world.staff, at)
    assert axes(session, good)[2] is Assessment.NONE


def test_a_state_that_does_not_follow_is_refused(session, world, at):
    one = applicant(session, world, assessment=Assessment.REGISTERED)
    with pytest.raises(Conflict, match="is registered; it cannot become scored"):
        move(services.record_assessment, [one], Assessment.SCORED, world.staff, at)


def test_an_unknown_application_moves_nobody(session, world, at):
    one = applicant(session, world)
    with pytest.raises(NotFound), transaction() as opened:
        services.record_assessment(
            opened,
            application_ids=[one.id, "app_00000000000000000000000000"],
            to=Assessment.REGISTERED,
            action=ACTION,
            actor=world.staff,
            at=at,
        )
    assert axes(session, one)[2] is Assessment.NONE


def test_the_eligible_are_loaded_by_number_with_their_verified_claims(session, world, at):
    first, second = applicant(session, world), applicant(session, world)
    applicant(session, world, screening=Screening.PENDING)
    applicant(session, world, screening=Screening.INELIGIBLE)
    applicant(session, world, submission=Submission.WITHDRAWN, screening=Screening.PENDING)
    paper = make_document(session, first).id
    decided = {"decided_by": world.officer.id, "decided_at": at, "reason": "Shown."}
    make_claim(session, first, state=ClaimState.VERIFIED, document_id=paper, **decided)
    make_claim(session, first, kind="line_of_duty", state=ClaimState.REFUSED, **decided)
    make_claim(session, second)
    assert queries.load_eligible(session, world.posting.id) == [
        queries.EligibleApplicant(
            application_id=row.id,
            number=row.number,
            account_id=row.account_id,
            name=CONTACT["full_name"],
            email=CONTACT["email"],
            submitted_at=row.submitted_at,
            claims=claims,
        )
        for row, claims in sorted(((first, ("veteran",)), (second, ())), key=lambda pair: pair[0].number)
    ]
