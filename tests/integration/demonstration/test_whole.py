"""The whole demonstration: loaded through the services, every state there, no page empty for its role."""

from __future__ import annotations

import datetime as dt
import enum
from collections import Counter
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from app.accounts.grants.states import GrantState
from app.accounts.models import Account, Agency, RoleGrant
from app.accounts.queries import actor_of, find_account_by_email
from app.accounts.roles import Role
from app.demonstration import accounts, commands, letters
from app.demonstration.load import STEPS, load
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.states import CertificateState, Outcome
from app.exams.examinations.models import Candidate, Examination, ExamItem
from app.exams.examinations.states import Attendance, ExaminationState
from app.exams.keys.models import KeyVersion
from app.exams.keys.states import KeyState
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.services import draft_list
from app.exams.merit_lists.states import ListState
from app.exams.readiness import gates
from app.exams.responses.models import ResponseImport
from app.exams.responses.states import ImportState
from app.notices import compose
from app.notices.models import Notice
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.states import ActionState
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.states import AppointmentKind
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.states import CaseState
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.models import Position
from app.personnel.positions.states import PositionState
from app.platform import audit, clock, db
from app.platform.audit import AuditEvent
from app.platform.jobs import Job
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.applications.states import (
    Assessment,
    ClaimState,
    Placement,
    Screening,
    Standing,
    Submission,
)
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState
from app.recruitment.requisitions.models import Requisition
from app.recruitment.requisitions.states import RequisitionState
from app.recruitment.screening.models import ScreeningOutcome
from tests.conftest import sign_in
from tests.integration.demonstration import walk
from tests.integration.demonstration.conftest import World

pytestmark = pytest.mark.slow

STATES: dict[InstrumentedAttribute[Any], type[enum.Enum]] = {
    RoleGrant.state: GrantState,
    Position.state: PositionState,
    Employee.state: EmployeeState,
    PersonnelAction.state: ActionState,
    Appointment.kind: AppointmentKind,
    DisciplinaryCase.state: CaseState,
    Requisition.state: RequisitionState,
    Posting.state: PostingState,
    Application.submission: Submission,
    Application.screening: Screening,
    Application.assessment: Assessment,
    Application.standing: Standing,
    Application.placement: Placement,
    ApplicationClaim.state: ClaimState,
    Examination.state: ExaminationState,
    Candidate.attendance: Attendance,
    KeyVersion.state: KeyState,
    ResponseImport.state: ImportState,
    MeritList.state: ListState,
    Certificate.state: CertificateState,
    CertificateEntry.outcome: Outcome,
}
# A selected name is appointed in the same act, and only rulebooks of ratings let a pass-over wait.
# That the record refuses what was decided is what an office sees once in years.
NEVER_AT_REST = {Placement.SELECTED, Outcome.OBJECTED, CaseState.NOT_ENTERED}

# The worker writes the mail, so that there is none before it ran.
FILLED_BY_THE_WORKER = {"/demonstration/mail"}
# What nobody has who does not serve.
OF_PEOPLE_IN_SERVICE = {
    "/my/awards",
    "/my/cases",
    "/my/clearances",
    "/my/performance",
    "/my/reviews",
    "/my/step-increases",
    "/my/team",
}
# What only the person can bring along, or has not been promised yet.
FILLED_BY_ONESELF = {
    "/my/employment",
    "/my/exam-days",
    "/my/passkeys",
    "/my/personnel-file",
    "/my/profile/claims",
    "/my/profile/documents",
    "/my/saved-searches",
    "/my/services",
}
# No closing had to be moved, and the time of no application and of no case is over.
NOTHING_WENT_WRONG = {"/staff/intake", "/staff/retention", "/staff/retention/cases"}
# Who decides grievances is shown those alone that are theirs to decide.
THEIRS_ALONE = {"/staff/grievances"}
# An item bank of its own is what the smallest office does without.
LIVE_BY_THE_SHIPPED = {"/staff/items", "/staff/papers/new"}
QUIET_AGENCIES = {
    "/staff/allegations",
    "/staff/appeals",
    "/staff/appointment-proposals",
    "/staff/benefit-plans",
    "/staff/considerations",
    "/staff/contributions",
    "/staff/dependants",
    "/staff/enrolment-corrections",
    "/staff/fees",
    "/staff/grievances",
    "/staff/improvement-plans",
    "/staff/leave-corrections",
    "/staff/leave-requests",
    "/staff/life-events",
    "/staff/list-files",
    "/staff/messages",
    "/staff/name-requests",
    "/staff/open-seasons",
    "/staff/pay-scales",
    "/staff/payroll",
    "/staff/policies",
    "/staff/probations",
    "/staff/ratings",
    "/staff/ratings/calibration",
    "/staff/reclassifications",
    "/staff/separations",
    "/staff/separations/interviews",
    "/staff/separations/leave",
}


@pytest.mark.parametrize("column", STATES, ids=str)
def test_every_state_occurs(world: World, column: InstrumentedAttribute[Any]):
    with db.reading() as session:
        found = set(session.scalars(select(column).distinct()))
    assert found == set(STATES[column]) - NEVER_AT_REST


def test_there_is_an_account_for_each_role(world: World):
    with db.reading() as session:
        held = set(session.scalars(select(RoleGrant.role).where(RoleGrant.state == GrantState.ACTIVE)))
        zones = set(session.scalars(select(Agency.time_zone)))
    assert held == set(Role) - {Role.APPLICANT}
    assert zones == {"America/New_York", "America/Chicago"}


def test_the_office_is_as_large_as_it_should_be(world: World):
    with db.reading() as session:
        applicants = session.scalar(
            select(func.count(Application.account_id.distinct())).where(Application.number.is_not(None))
        )
        postings = Counter(session.scalars(select(Posting.state)))
        serving = session.scalar(
            select(func.count()).select_from(Employee).where(Employee.state == EmployeeState.ACTIVE)
        )
        outcomes = Counter(session.scalars(select(ScreeningOutcome.version)))
    assert 580 <= applicants <= 600  # the others have drafts
    assert postings == {
        PostingState.PUBLISHED: 16,
        PostingState.CLOSED: 15,
        PostingState.DRAFT: 4,
        PostingState.SUBMITTED: 4,
        PostingState.APPROVED: 3,
        PostingState.CANCELLED: 3,
    }
    assert 1970 < serving < 2020  # in three agencies; separations that are told beside take a few
    assert outcomes[2] == 1


class Undone(Exception):
    """Takes back what a test did in a transaction."""


def _rank(world: World, found: list[tuple[int, int, int]]) -> None:
    """Draft the list of the large examination, note its items, candidates and passes, and take it back."""
    with db.transaction() as session:
        officer = find_account_by_email(session, "exam.officer@meritum.example")
        own = session.scalar(select(Examination.id).where(Examination.title.startswith("Administrative")))
        items = session.scalar(select(func.count()).where(ExamItem.examination_id == own))
        actor, seed = actor_of(officer), "a seed drawn in public"
        made = draft_list(session, examination_id=own, seed=seed, reason="", actor=actor, at=world.now)
        found.append((items, made.ranked, made.passed))
        raise Undone


def test_the_large_examination_waits_for_what_people_have_to_look_at(world: World):
    with db.reading() as session:
        own = session.scalar(
            select(Examination)
            .where(Examination.title.startswith("Administrative"))
            .options(joinedload(Examination.agency), selectinload(Examination.items))
        )
        held = [block.endpoint for block in gates.list_blocks(session, own, clock.now())]
    assert held == ["exams.alarms.list_staff", "exams.readings.show"]


def test_the_large_examination_is_ranked_once_that_is_done(world: World, monkeypatch: pytest.MonkeyPatch):
    for name in ("alarms", "readings"):
        monkeypatch.delitem(gates._gates, name)
    found: list[tuple[int, int, int]] = []
    with pytest.raises(Undone):
        _rank(world, found)
    ((items, ranked, passed),) = found
    assert items == 60
    assert ranked > 350
    assert ranked * 0.4 < passed < ranked * 0.9


def test_deadlines_lie_around_now(world: World):
    with db.reading() as session:
        closing = sorted(
            session.scalars(select(Posting.closes_at).where(Posting.state == PostingState.PUBLISHED))
        )
        closed = max(session.scalars(select(Posting.closes_at).where(Posting.state == PostingState.CLOSED)))
    soonest = closing[0] - world.now
    assert dt.timedelta(minutes=18) < soonest <= dt.timedelta(minutes=20)
    assert closing[1] - world.now < dt.timedelta(days=2)
    assert closing[-1] - world.now > dt.timedelta(days=30)
    assert dt.timedelta(0) < world.now - closed < dt.timedelta(minutes=6)


def test_the_trail_holds_and_never_goes_back_in_time(world: World):
    with db.reading() as session:
        assert audit.verify(audit.read_chain(session)) is None
        events = session.execute(select(AuditEvent.at, AuditEvent.action).order_by(AuditEvent.index)).all()
    # other tests look at the same world, and looking is recorded by the real clock
    loaded = [at for at, action in events if not action.startswith("compliance.")]
    assert loaded == sorted(loaded)
    assert [at for at in loaded if at > world.now] == []


def test_every_letter_has_its_turn_and_few_come_at_once(world: World):
    with db.reading() as session:
        notices = session.scalar(select(func.count()).select_from(Notice))
        turns = sorted(session.scalars(select(Job.run_at).where(Job.name == "notices.issue")))
        samples = {notice.template: notice for notice in session.scalars(select(Notice))}
        first = session.scalar(
            select(Account.email)
            .join(Notice, Notice.account_id == Account.id)
            .join(Job, Job.key == "notice:" + Notice.id)
            .where(Job.run_at == turns[0])
        )
    assert len(turns) == notices
    assert turns[0] == world.now
    assert first.endswith(accounts.DOMAIN)
    assert 80 < sum(turn < world.now + letters.PAUSE for turn in turns) < 200
    assert set(samples) == {
        "application_received",
        "appointment",
        "disciplinary_decision",
        "examination_result",
        "flexible_work_agreement",
        "grievance_received",
        "interview_invitation",
        "not_eligible",
        "objections_answered",
        "performance_opportunity",
        "personnel_action",
        "probation_decision",
        "proposed_action",
        "rating_of_record",
        "reserve_call",
        "final_leave_statement",
        "service_certificate",
        "training_certificate",
    }
    for template, notice in samples.items():
        assert notice.recipient_name in compose.render_html(template, notice.context)


def test_the_bar_knows_how_long_it_takes(world: World):
    assert abs(world.steps - STEPS) < STEPS * 0.02


def test_loading_again_changes_nothing(world: World):
    with db.reading() as session:
        before = audit.count_events(session)
    assert load(world.now + dt.timedelta(days=1)) is False
    with db.reading() as session:
        assert audit.count_events(session) == before


def test_the_command_prints_the_accounts_and_serves(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MERITUM_DEMONSTRATION", "on")
    monkeypatch.setenv("MERITUM_URL", "http://localhost:8106")
    served = []
    command = commands.make(lambda: world.app, lambda app, port: served.append((app, port)))
    result = CliRunner().invoke(command, ["--serve", "--port", "8106"])
    assert result.exit_code == 0, result.output
    assert served == [(world.app, 8106)]
    assert "nothing was changed" in result.output
    assert "http://localhost:8106/sign-in" in result.output
    for member in accounts.CAST:
        assert member.email in result.output
    assert accounts.PASSWORD in result.output


def test_the_sign_in_page_offers_each_account(world: World):
    page = world.app.test_client().get("/sign-in").text
    assert [member.email for member in accounts.CAST if member.email not in page] == []


@pytest.mark.parametrize("member", accounts.CAST, ids=lambda member: member.key)
def test_no_page_is_empty_for_its_role(world: World, member: accounts.Member):
    client = world.app.test_client()
    with db.reading() as session:
        account = find_account_by_email(session, member.email)
    sign_in(client, account)
    answers, empty = {}, set()
    for path in sorted(_paths(world)):
        response = client.get(path)
        answers[path] = response.status_code
        if "merit-empty" in response.text:
            empty.add(path)
    odd = {path: status for path, status in answers.items() if status not in (200, 303, 403)}
    # there is a bank to take out where there is one, a picture where somebody brought one, and the last needs
    # to be told which language
    assert odd.pop("/staff/items/export", 404) == 404
    assert odd == {"/language": 404, "/my/photograph/picture": 404}
    assert empty - FILLED_BY_THE_WORKER == _rightly_empty(member, empty)


@pytest.mark.parametrize("member", accounts.CAST, ids=lambda member: member.key)
def test_every_link_opens_for_whom_it_is_shown(world: World, member: accounts.Member):
    client = world.app.test_client()
    with db.reading() as session:
        sign_in(client, find_account_by_email(session, member.email))
    is_staff = any(role.is_staff for role, _ in member.roles)
    starts = ("/", "/my/employment", "/my/applications", *(["/staff"] if is_staff else []))
    assert walk.broken(world.app, client, starts) == {}


def _paths(world: World) -> set[str]:
    """Give the path of every page that needs no id."""
    return {
        rule.rule
        for rule in world.app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments
    }


def _rightly_empty(member: accounts.Member, empty: set[str]) -> set[str]:
    """Give those of the empty pages that are so rightly: officers apply for nothing, and so on."""
    if "applicant" in member.key:
        return empty & (FILLED_BY_ONESELF | OF_PEOPLE_IN_SERVICE)
    if "employee" in member.key:
        return {path for path in empty if path.startswith("/my/") and path != "/my/employment"}
    theirs = THEIRS_ALONE if member.key == "appointing.authority" else set()
    small = QUIET_AGENCIES if member.key.startswith(("lakes.", "health.")) else set()
    return {
        path
        for path in empty
        if path.startswith("/my/") or path in small | NOTHING_WENT_WRONG | LIVE_BY_THE_SHIPPED | theirs
    }


def test_the_password_is_hashed_once(world: World):
    with db.reading() as session:
        hashes = set(session.scalars(select(Account.password_hash)))
    assert len(hashes) == 1  # hashing for each of hundreds would take a minute
