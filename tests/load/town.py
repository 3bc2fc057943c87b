"""The town before the night: a vacancy that closes soon, one that just closed, and everyone's drafts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from app import create_app
from app.accounts.services import start_session
from app.platform import clock, db, migrations
from app.platform.config import Config
from app.recruitment.postings.models import Posting
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import make_whole_draft
from tests.factories.recruitment import make_posting

SECRET = "only for the load script, and long enough to be taken"
BATCH = 500


@dataclass(frozen=True)
class Applicant:
    """Somebody with a complete draft, already signed in: their cookie, and the draft's id."""

    cookie: str
    application_id: str


@dataclass(frozen=True)
class Town:
    """Who plays: those in time, those too late, and the pages that visitors look at."""

    applicants: list[Applicant]
    late: list[Applicant]
    pages: list[str]


def build(folder: Path, url: str, *, applicants: int, late: int, vacancies: int = 60) -> Town:
    """Fill a fresh database; give the people and pages of the night."""
    config = Config(secret_key=SECRET, data_dir=folder, database_url=url, requires_second_factor=False)
    app = create_app(config)
    migrations.upgrade()
    now = clock.now()
    with db.current().engine.connect() as connection:
        db.current().pinned = connection
        with connection.begin(), Session(connection, expire_on_commit=False) as session:
            agency = make_agency(session)
            window = {"agency_id": agency.id, "opens_at": now - dt.timedelta(days=20)}
            open_one = make_posting(session, closes_at=now + dt.timedelta(hours=6), **window)
            shut = make_posting(session, closes_at=now - dt.timedelta(seconds=1), **window)
            others = [
                make_posting(
                    session, closes_at=now + dt.timedelta(days=1 + day), title=f"Clerk {day}", **window
                )
                for day in range(vacancies)
            ]
            people = _people(app, session, open_one, applicants, now)
            too_late = _people(app, session, shut, late, now)
            session.flush()
        db.current().pinned = None
    db.current().engine.dispose()
    pages = ["/", "/vacancies", "/vacancies?q=clerk", f"/vacancies/{open_one.id}"]
    return Town(people, too_late, [*pages, *(f"/vacancies/{posting.id}" for posting in others[:6])])


def _people(app: Flask, session: Session, posting: Posting, count: int, now: dt.datetime) -> list[Applicant]:
    made = []
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    for number in range(count):
        account = make_account(session)
        draft = make_whole_draft(session, posting=posting, account_id=account.id)
        token = start_session(session, account_id=account.id, address="127.0.0.1", browser="load", at=now)
        made.append(Applicant(f"meritum={serializer.dumps({'token': token})}", draft.id))
        if number % BATCH == BATCH - 1:
            session.flush()
            session.expunge_all()
            session.add(posting)
    return made
