"""Making examinations and registering candidates."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.roles import Role
from app.exams import merit
from app.exams.examinations import queries, services
from app.exams.examinations.models import Candidate
from app.exams.examinations.states import ExaminationState
from app.exams.readiness.queries import load_figures
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment, Screening, Submission
from app.recruitment.postings.states import PostingState
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.applications import make_application
from tests.integration.exams import world as office


@pytest.fixture
def world(session):
    return office.make_world(session)


def test_the_rulebook_of_the_announcement_is_frozen(session, world):
    exam = office.hold(world)
    book = merit.rulebook.in_force("city-civil-service", world.posting.announced_on)
    assert (exam.rulebook, exam.rulebook_version, exam.rulebook_digest) == (
        book.name,
        book.version,
        book.digest,
    )
    assert merit.rulebook.load(exam.rulebook_text).digest == book.digest
    assert (exam.number[:8], exam.state) == ("EX-2026-", ExaminationState.PLANNED)
    assert tuple(item.code for item in exam.items) == office.CODES


def test_it_waits_for_every_application_to_be_screened(session, world):
    for name in ("Ada", "Ben"):
        world.applications[name].screening = Screening.PENDING
    session.flush()
    with pytest.raises(Conflict, match="2 applications are not screened yet"):
        office.hold(world)
    world.applications["Ada"].screening = Screening.INELIGIBLE
    session.flush()
    with pytest.raises(Conflict, match="1 application is not screened yet"):
        office.hold(world)


def test_it_waits_for_the_posting_to_close(session, world):
    world.posting.state, world.posting.closed_at = PostingState.PUBLISHED, None
    session.flush()
    with pytest.raises(Conflict, match="not closed yet"):
        office.hold(world)


def test_a_posting_has_one_examination(session, world):
    office.hold(world)
    with pytest.raises(IntegrityError, match="posting_id"), session.begin_nested():
        office.hold(world)


def test_only_eligible_standing_applications_become_candidates(session, world):
    world.applications["Eva"].screening = Screening.INELIGIBLE
    fay = world.applications["Fay"]
    fay.submission, fay.withdrawn_at = Submission.WITHDRAWN, office.AT
    make_application(
        session,
        posting_id=world.posting.id,
        account_id=make_account(session).id,
        submission=Submission.DRAFT,
    )
    session.flush()
    exam = office.hold(world)
    numbers = session.execute(
        select(Application.applicant_name, Candidate.number)
        .join(Candidate, Candidate.application_id == Application.id)
        .where(Candidate.examination_id == exam.id)
    ).all()
    assert sorted(name for name, _ in numbers) == ["Ada", "Ben", "Cleo", "Dan"]
    assert sorted(number for _, number in numbers) == ["C000013", "C000021", "C000037", "C000045"]
    assert world.applications["Ada"].assessment is Assessment.REGISTERED
    assert world.applications["Eva"].assessment is Assessment.NONE


def test_late_eligible_applicants_get_the_next_numbers(session, world):
    world.applications["Fay"].screening = Screening.INELIGIBLE
    session.flush()
    office.hold(world)
    before = {name: number for name, number in office_numbers(world).items() if name != "Fay"}
    world.applications["Fay"].screening = Screening.ELIGIBLE
    session.flush()
    actor = world.actor("exam_officer")
    register = {"examination_id": world.exam.id, "actor": actor, "at": office.AT}
    assert services.register_candidates(session, **register) == 1
    assert office_numbers(world) == before | {"Fay": "C000068"}
    with pytest.raises(Conflict, match="already has a candidate number"):
        services.register_candidates(session, **register)


def office_numbers(world):
    rows = world.session.execute(
        select(Application.applicant_name, Candidate.number).join(
            Candidate, Candidate.application_id == Application.id
        )
    )
    return dict(rows.all())


def test_the_plan_is_fixed_step_by_step(session, world):
    exam = office.hold(world)
    actor = world.actor("exam_officer")
    change = {"examination_id": exam.id, "actor": actor, "at": office.AT}
    services.edit_examination(session, plan=office.plan(("a", "b"), title="Other"), **change)
    session.expire(exam, ["items"])
    exam = queries.get_examination(session, exam.id, actor)
    assert ([item.code for item in exam.items], exam.title) == (["a", "b"], "Other")
    office.propose(world)
    services.edit_examination(session, plan=office.plan(("a", "b"), held_on=dt.date(2026, 11, 17)), **change)
    with pytest.raises(Conflict, match="A key was already proposed"):
        services.edit_examination(session, plan=office.plan(("a", "c")), **change)
    exam.state = ExaminationState.HELD
    session.flush()
    with pytest.raises(Conflict, match="already stored"):
        services.edit_examination(session, plan=office.plan(("a", "b")), **change)


def test_a_date_before_the_announcement_is_refused(session, world):
    with pytest.raises(Invalid) as refused:
        office.hold(world, held_on=dt.date(2026, 11, 1))
    assert refused.value.fields == {
        "held_on": "The examination cannot be held before the vacancy was announced."
    }


def test_another_agencys_officer_finds_nothing(session, world):
    exam = office.hold(world)
    stranger = make_actor(session, roles=[(Role.EXAM_OFFICER, make_agency(session).id)])
    with pytest.raises(NotFound):
        queries.get_examination(session, exam.id, stranger)
    with pytest.raises(NotFound):
        services.create_examination(
            session, posting_id=world.posting.id, plan=office.plan(), actor=stranger, at=office.AT
        )
    assert queries.list_examinations(session, stranger, queries.Filters()) == ([], "")
    assert queries.list_postings_to_examine(session, stranger) == []


def test_who_may_read_may_not_register(session, world):
    exam = office.hold(world)
    with pytest.raises(Forbidden):
        services.register_candidates(
            session, examination_id=exam.id, actor=world.actor("auditor"), at=office.AT
        )


def test_the_panel_counts_what_is_there(session, world):
    office.prepare(world)
    figures = load_figures(session, world.exam)
    assert (figures.eligible, figures.candidates, figures.items, figures.sheets) == (6, 6, 10, 6)
    assert (figures.key_approved, figures.key_proposed, figures.absent, figures.list_state) == (1, 0, 0, "")
