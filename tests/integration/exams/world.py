"""A small office for tests of examinations: one agency, its people, a closed posting and its applicants."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Agency
from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.exams import merit
from app.exams.certificates import services as certificate_services
from app.exams.certificates.models import Certificate
from app.exams.examinations import services as examination_services
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.rules import Plan
from app.exams.keys import services as key_services
from app.exams.keys.models import KeyVersion
from app.exams.keys.rules import read_key
from app.exams.merit_lists import services as list_services
from app.exams.merit_lists.models import MeritList
from app.exams.publications.queries import find_live
from app.exams.publications.services import send_letters
from app.exams.responses import services as response_services
from app.exams.responses.models import ResponseImport
from app.exams.results.queries import Cursor
from app.notices.numbers import application_number
from app.personnel.positions.models import Position
from app.platform.actors import Actor
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import ClaimState, Screening
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState
from app.recruitment.requisitions.models import Requisition
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import make_application, make_claim
from tests.factories.personnel import make_position
from tests.factories.recruitment import make_posting, make_requisition

AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
HELD_ON = dt.date(2026, 11, 16)
CODES = tuple(str(number) for number in range(1, 11))
SEED = "drawn in public on 16 November"
# Ten items whose right answer is A; each person's count of right answers.
SCORES = {"Ada": 10, "Ben": 9, "Cleo": 9, "Dan": 8, "Eva": 7, "Fay": 5}


@dataclass
class World:
    """Everything a test may want to lay hands on."""

    session: Session
    agency: Agency
    accounts: dict[str, Account]
    posting: Posting
    requisition: Requisition
    positions: list[Position]
    applications: dict[str, Application] = field(default_factory=dict)
    examination: Examination | None = None

    def actor(self, role: str) -> Actor:
        """Give who acts under the named role."""
        return actor_of(self.accounts[role])

    @property
    def exam(self) -> Examination:
        """Give the examination, which must have been made."""
        assert self.examination is not None
        return self.examination

    def numbers(self) -> dict[str, str]:
        """Map each person's name to the candidate number."""
        rows = self.session.execute(
            select(Candidate.application_id, Candidate.number).where(Candidate.examination_id == self.exam.id)
        )
        by_application = dict(rows.all())
        return {name: by_application[row.id] for name, row in self.applications.items()}


def make_world(session: Session, people: Sequence[str] = tuple(SCORES), *, openings: int = 2) -> World:
    """Make the office; every person's application is eligible."""
    agency = make_agency(session)
    roles = {
        "exam_officer": Role.EXAM_OFFICER,
        "custodian": Role.KEY_CUSTODIAN,
        "hr_officer": Role.HR_OFFICER,
        "second_officer": Role.HR_OFFICER,
        "authority": Role.APPOINTING_AUTHORITY,
        "auditor": Role.AUDITOR,
    }
    accounts = {
        name: make_account(session, name=name, roles=[(role, agency.id)]) for name, role in roles.items()
    }
    positions = [make_position(session, agency=agency, class_code="20215") for _ in range(openings)]
    requisition = make_requisition(session, agency_id=agency.id, positions=[row.id for row in positions])
    posting = make_posting(
        session, agency_id=agency.id, requisition_id=requisition.id, state=PostingState.CLOSED, criteria=[]
    )
    world = World(session, agency, accounts, posting, requisition, positions)
    for place, name in enumerate(people, start=1):
        world.applications[name] = make_application(
            session,
            posting_id=posting.id,
            account_id=make_account(session, name=name).id,
            screening=Screening.ELIGIBLE,
            number=application_number(place, 2026),
            applicant_name=name,
            submitted_at=AT - dt.timedelta(days=20 - place),
        )
    return world


def verify_claim(world: World, name: str, kind: str = "veteran") -> None:
    """Give a person a verified claim to preference."""
    make_claim(
        world.session,
        world.applications[name],
        kind=kind,
        state=ClaimState.VERIFIED,
        reason="The paper shows it.",
        decided_by=world.accounts["hr_officer"].id,
        decided_at=AT,
    )


def plan(codes: Sequence[str] = CODES, **values: Any) -> Plan:
    """Give a plan of these items with answers A to D."""
    standard: dict[str, Any] = {
        "title": "Civil Engineer, written examination",
        "held_on": HELD_ON,
        "codes": tuple(codes),
        "options": ("A", "B", "C", "D"),
        "blanks": ("-",),
        "multiples": ("*",),
    }
    return Plan(**standard | values)


def hold(world: World, **values: Any) -> Examination:
    """Create the examination and register everyone."""
    actor = world.actor("exam_officer")
    world.examination = examination_services.create_examination(
        world.session, posting_id=world.posting.id, plan=plan(**values), actor=actor, at=AT
    )
    examination_services.register_candidates(world.session, examination_id=world.exam.id, actor=actor, at=AT)
    return world.exam


def under(world: World, text: str) -> None:
    """Put the examination under another rulebook, as if it had been frozen with it."""
    book = merit.rulebook.load(text)
    exam = world.exam
    exam.rulebook, exam.rulebook_version = book.name, book.version
    exam.rulebook_text, exam.rulebook_digest = text, book.digest
    world.session.flush()


def key_text(right: Mapping[str, str] | None = None, codes: Sequence[str] = CODES) -> str:
    """Write a key in which A is right, or what `right` says."""
    return "\n".join(["item,key", *(f"{code},{(right or {}).get(code, 'A')}" for code in codes)])


def propose(world: World, right: Mapping[str, str] | None = None, reason: str = "The key.") -> KeyVersion:
    """Propose a key as the exam officer."""
    exam = world.exam
    codes = [item.code for item in exam.items]
    return key_services.propose_key(
        world.session,
        examination_id=exam.id,
        answers=read_key(key_text(right, codes), codes, exam.options),
        reason=reason,
        actor=world.actor("exam_officer"),
        at=AT,
    )


def set_key(world: World, right: Mapping[str, str] | None = None, reason: str = "The key.") -> KeyVersion:
    """Propose a key and have the custodian approve it."""
    key = propose(world, right, reason)
    return key_services.decide_key(
        world.session,
        key_id=key.id,
        is_approved=True,
        reason="Checked against the paper.",
        actor=world.actor("custodian"),
        at=AT,
    )


def sheet(right: int, codes: Sequence[str] = CODES) -> dict[str, str]:
    """Give a sheet whose first `right` answers are A and the others B."""
    return {code: "A" if place < right else "B" for place, code in enumerate(codes)}


def csv_file(
    sheets: Mapping[str, Mapping[str, str]], codes: Sequence[str] = CODES, heading: str = "candidate"
) -> bytes:
    """Write a file of answers, columns in the order of `codes`."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([heading, *codes])
    for number, answers in sheets.items():
        writer.writerow([number, *(answers[code] for code in codes)])
    return out.getvalue().encode()


def answers_of(world: World, scores: Mapping[str, int] | None = None) -> bytes:
    """Write the file of everyone's answers by their count of right ones."""
    numbers = world.numbers()
    codes = [item.code for item in world.exam.items]
    counts = SCORES if scores is None else scores
    return csv_file(
        {numbers[name]: sheet(right, codes) for name, right in counts.items() if name in numbers}, codes
    )


def import_answers(world: World, content: bytes | None = None, **values: Any) -> ResponseImport:
    """Import answers as the exam officer; SCORES unless given."""
    standard: dict[str, Any] = {"accepts_absent": False, "reason": "", "filename": "answers.csv"}
    return response_services.import_responses(
        world.session,
        examination_id=world.exam.id,
        content=content if content is not None else answers_of(world),
        actor=world.actor("exam_officer"),
        at=AT,
        **standard | values,
    )


def prepare(world: World) -> World:
    """Hold the examination with key and answers, so that a list can be drafted."""
    hold(world)
    set_key(world)
    import_answers(world)
    return world


def draft(world: World, reason: str = "", seed: str = SEED) -> MeritList:
    """Draft a list as the exam officer."""
    return list_services.draft_list(
        world.session,
        examination_id=world.exam.id,
        seed=seed,
        reason=reason,
        actor=world.actor("exam_officer"),
        at=AT,
    )


def approve(world: World, merit_list: MeritList) -> MeritList:
    """Approve a list as an HR officer."""
    return list_services.approve_list(
        world.session, list_id=merit_list.id, actor=world.actor("hr_officer"), at=AT
    )


def publish(world: World, reason: str = "") -> MeritList:
    """Draft, approve and publish a list, and let its letters leave."""
    merit_list = approve(world, draft(world, reason))
    list_services.publish_list(world.session, list_id=merit_list.id, actor=world.actor("hr_officer"), at=AT)
    send(world, merit_list)
    return merit_list


def send(world: World, merit_list: MeritList) -> None:
    """Let the letters of a published list leave, as the worker does."""
    publication = find_live(world.session, merit_list.id)
    after: Cursor | None = Cursor()
    while after is not None:
        after = send_letters(world.session, publication_id=publication.id, at=AT, after=after)


def certify(world: World, merit_list: MeritList, vacancies: int = 1) -> Certificate:
    """Ask for names and have a second officer issue the certificate."""
    asked = certificate_services.request_certificate(
        world.session,
        merit_list_id=merit_list.id,
        requisition_id=world.requisition.id,
        vacancies=vacancies,
        actor=world.actor("hr_officer"),
        at=AT,
    )
    return certificate_services.issue_certificate(
        world.session, certificate_id=asked.id, actor=world.actor("second_officer"), at=AT
    )
