"""The office of a story: one agency, its people, vacant positions, and a clock that can be moved."""

from __future__ import annotations

import time

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from tests.browser.conftest import Site
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_position

PEOPLE = {
    "hr": ("Rosa Delgado", Role.HR_OFFICER),
    "hr2": ("Samuel Okoro", Role.HR_OFFICER),
    "exam": ("Priya Nair", Role.EXAM_OFFICER),
    "custodian": ("Henrik Dahl", Role.KEY_CUSTODIAN),
    "authority": ("Grace Kim", Role.APPOINTING_AUTHORITY),
    "auditor": ("Omar Haddad", Role.AUDITOR),
    "supervisor": ("Lena Fischer", Role.SUPERVISOR),
}
APPLICANTS = {"amina": "Amina Yusuf", "bruno": "Bruno Costa", "chen": "Chen Wei"}


def fill(session: Session) -> dict[str, str]:
    """Make an agency with two vacant positions, an officer for each role, and three applicants."""
    agency = make_agency(session, code="PARKS", name="Riverton Department of Parks")
    people = {}
    for short, (name, role) in PEOPLE.items():
        account = make_account(
            session, name=name, email=f"{short}@riverton.example", roles=((role, agency.id),)
        )
        people[short] = account.email
    for short, name in APPLICANTS.items():
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
    return people


def deadline_passes(site: Site, title: str) -> None:
    """Put the posting's dates into the past; the server's own clock then closes it."""
    engine = create_engine(f"sqlite:///{site.data / 'meritum.db'}", connect_args={"timeout": 30})
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE postings SET closes_at = datetime('now', '-1 minute') WHERE title = :title"),
            {"title": title},
        )
    waited_until = time.monotonic() + 60
    while time.monotonic() < waited_until:
        with engine.connect() as connection:
            state = connection.scalar(
                text("SELECT state FROM postings WHERE title = :title"), {"title": title}
            )
        if state == "closed":
            engine.dispose()
            return
        time.sleep(0.5)
    raise AssertionError("The clock did not close the posting within a minute.")
