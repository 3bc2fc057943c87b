"""The office of the stories: an agency, its people, vacant positions, and a clock that can be moved."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session, selectinload

from app.accounts.models import Account, Agency
from app.accounts.roles import Role
from app.personnel.course_sessions.models import CourseSession
from app.personnel.courses.models import Course
from app.platform import clock, db
from app.recruitment.applications.models import ApplicationSection
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState
from tests.browser.serving import Site
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import make_whole_draft
from tests.factories.personnel import make_appointment, make_employee, make_position
from tests.factories.recruitment import make_fee, make_posting, make_question

AGENCY = "Riverton Department of Parks"
GARDENER = "Park gardener"
INSPECTOR = "Bridge inspector"
REQUIREMENTS = ("Two years of work in gardens or parks.", "A driving licence.")
PEOPLE = {
    "hr": ("Rosa Delgado", Role.HR_OFFICER),
    "hr2": ("Samuel Okoro", Role.HR_OFFICER),
    "grievances": ("Salma Haddad", Role.GRIEVANCE_OFFICER),
    "exam": ("Priya Nair", Role.EXAM_OFFICER),
    "custodian": ("Henrik Dahl", Role.KEY_CUSTODIAN),
    "authority": ("Grace Kim", Role.APPOINTING_AUTHORITY),
    "auditor": ("Omar Haddad", Role.AUDITOR),
    "supervisor": ("Lena Fischer", Role.SUPERVISOR),
}
OTHERS = {
    "amina": "Amina Yusuf",
    "chen": "Chen Wei",
    "dana": "Dana Novak",
    "elif": "Elif Demir",
    "farid": "Farid Rahimi",
    "ines": "Inés Ortega",
    "kai": "Kai Lund",
    "kofi": "Kofi Mensah",
    "mira": "Mira Costa",
    "nora": "Nora Silva",
    "olu": "Olu Adeyemi",
    "rosa": "Rosa Villar",
    "tomas": "Tomás Ibáñez",
    "viktor": "Viktor Petrov",
}
WRITERS = ("dana", "elif", "farid")


def fill(session: Session) -> dict[str, str]:
    """Make an agency with two vacant positions, an open vacancy, an officer for each role, and others."""
    agency = make_agency(session, code="PARKS", name=AGENCY)
    people = {}
    for short, (name, role) in PEOPLE.items():
        email = f"{short}@riverton.example"
        people[short] = make_account(session, name=name, email=email, roles=((role, agency.id),)).email
    for short, name in OTHERS.items():
        people[short] = make_account(session, name=name, email=f"{short}@mail.example").email
    for number in (1, 2):
        make_position(
            session,
            agency=agency,
            number=f"P-{number:03d}",
            title="Tree inspector",
            class_code="22110",
            class_title="Tree Inspector",
            grade="12",
        )
    make_driver(session, agency)
    make_keeper(session, agency)
    at = clock.now()
    make_posting(
        session,
        agency_id=agency.id,
        title=GARDENER,
        criteria=REQUIREMENTS,
        opens_at=at - dt.timedelta(days=1),
        published_at=at - dt.timedelta(days=1),
        closes_at=at + dt.timedelta(days=20),
    )
    make_inspector(session, agency, at)
    return people


def make_inspector(session: Session, agency: Agency, at: dt.datetime) -> None:
    """Advertise a vacancy that asks whether one may apply, asks a fee, and gives open forms some grace."""
    posting = make_posting(
        session,
        agency_id=agency.id,
        title=INSPECTOR,
        criteria=REQUIREMENTS,
        opens_at=at - dt.timedelta(days=1),
        published_at=at - dt.timedelta(days=1),
        closes_at=at + dt.timedelta(days=20),
        grace_minutes=15,
    )
    make_question(session, posting)
    make_question(
        session,
        posting,
        position=2,
        question="Can you work at night?",
        explanation="The post has night shifts.",
        source="Class specification, duties",
        is_advisory=True,
    )
    make_fee(session, posting)


def make_driver(session: Session, agency: Agency) -> None:
    """Put Viktor Petrov in the service of the agency, as a driver who can read letters on the site."""
    account = session.scalars(select(Account).where(Account.name == OTHERS["viktor"])).one()
    driver = make_employee(
        session, agency=agency, name=account.name, email=account.email, account_id=account.id
    )
    truck = make_position(session, agency=agency, number="P-100", title="Driver", class_title="Motor driver")
    make_appointment(session, position=truck, employee=driver)


def make_keeper(session: Session, agency: Agency) -> None:
    """Let Kofi Mensah have kept trees since a leap day ten years ago, below a head whose post is vacant."""
    account = session.scalars(select(Account).where(Account.name == OTHERS["kofi"])).one()
    keeper = make_employee(
        session, agency=agency, name=account.name, email=account.email, account_id=account.id
    )
    head = make_position(
        session,
        agency=agency,
        number="P-201",
        title="Head tree keeper",
        grade="14",
        pay_min_minor=60_000_00,
        pay_max_minor=78_000_00,
    )
    seat = make_position(
        session, agency=agency, number="P-200", title="Tree keeper", grade="12", reports_to_id=head.id
    )
    make_appointment(session, position=seat, employee=keeper, starts_on=dt.date(2016, 2, 29))


def others_have_written(site: Site, title: str) -> dict[str, str]:
    """Give each of WRITERS a whole draft for the vacancy, and say where on the site it is."""
    with _changing(site) as session:
        wanted = select(Posting).where(Posting.title == title).options(selectinload(Posting.criteria))
        posting = session.scalars(wanted).one()
        drafts = {}
        for short in WRITERS:
            account = session.scalars(select(Account).where(Account.email == site.people[short])).one()
            draft = make_whole_draft(session, posting=posting, account_id=account.id)
            contact = session.get_one(ApplicationSection, (draft.id, "contact"))
            contact.data = contact.data | {"full_name": account.name, "email": account.email}
            drafts[short] = f"/my/applications/{draft.id}"
    return drafts


def has_written(site: Site, short: str, title: str) -> str:
    """Open a vacancy of its own, and give the person a draft of it whose claims are still to be made."""
    with _changing(site) as session:
        agency = session.scalars(select(Agency).where(Agency.name == AGENCY)).one()
        account = session.scalars(select(Account).where(Account.email == site.people[short])).one()
        at = clock.now()
        posting = make_posting(
            session,
            agency_id=agency.id,
            title=title,
            criteria=REQUIREMENTS,
            opens_at=at - dt.timedelta(days=1),
            published_at=at - dt.timedelta(days=1),
            closes_at=at + dt.timedelta(days=20),
        )
        draft = make_whole_draft(session, posting=posting, account_id=account.id)
        session.delete(session.get_one(ApplicationSection, (draft.id, "claims")))
        return f"/my/applications/{draft.id}"


def account_of(session: Session, email: str) -> Account:
    """Give the account behind an address."""
    return session.scalars(select(Account).where(Account.email == email)).one()


def deadline_passes(site: Site, title: str) -> None:
    """Put the posting's deadline to this moment; the server's own clock then closes it."""
    with _changing(site) as session:
        session.execute(update(Posting).where(Posting.title == title).values(closes_at=clock.now()))


def clock_closes(site: Site, title: str, seconds: float = 60) -> None:
    """Wait until the server's clock has closed the posting."""
    waited_until = time.monotonic() + seconds
    while time.monotonic() < waited_until:
        with _changing(site) as session:
            state = session.scalars(select(Posting.state).where(Posting.title == title)).one()
        if state is PostingState.CLOSED:
            return
        time.sleep(0.25)
    raise AssertionError(f"The clock did not close the posting within {seconds:g} seconds.")


def course_begins(site: Site, title: str) -> None:
    """Let the sessions of a course have been held an hour ago."""
    ended_at = clock.now() - dt.timedelta(hours=1)
    starts_at = ended_at - dt.timedelta(hours=4)
    with _changing(site) as session:
        course_id = session.scalars(select(Course.id).where(Course.title == title)).one()
        session.execute(
            update(CourseSession)
            .where(CourseSession.course_id == course_id)
            .values(starts_at=starts_at, ends_at=ended_at, enrol_until=starts_at)
        )


@contextmanager
def _changing(site: Site) -> Iterator[Session]:
    """Open the server's database beside the server, past its audit trail."""
    engine = create_engine(
        f"sqlite:///{site.database}", module=db.sqlite_driver, connect_args={"timeout": 30}
    )
    try:
        with Session(engine) as session, session.begin():
            yield session
    finally:
        engine.dispose()
