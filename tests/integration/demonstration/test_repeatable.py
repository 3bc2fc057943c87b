"""The same moment gives the same; a stopped load leaves nothing; a database in use is left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from app.accounts.models import Account
from app.accounts.services import create_account
from app.demonstration.load import load
from app.demonstration.vacancies import CLOSED, EXAMINED, OPEN
from app.exams.examinations.models import Candidate
from app.exams.merit_lists.models import MeritList
from app.notices.models import Notice
from app.platform import db
from app.platform.actors import ANONYMOUS
from app.platform.audit import AuditEvent
from app.platform.errors import Conflict
from app.recruitment.applications.models import Application
from app.recruitment.postings.models import Posting
from tests.conftest import AT
from tests.integration.demonstration.conftest import empty_office, kept_bindings

# A sixth of the whole: one examination with two published lists, one open and one closed vacancy.
SOME = tuple(
    vacancy
    for vacancy in (*EXAMINED, *OPEN, *CLOSED)
    if vacancy.key in ("custodians", "lifeguards", "waters")
)


@pytest.fixture(autouse=True)
def _kept(database: db.Database) -> Iterator[None]:
    with kept_bindings():
        yield


def _open(folder: Path) -> None:
    """Bind this process to an empty database in a folder of its own."""
    folder.mkdir()
    empty_office(f"sqlite:///{folder / 'some.db'}", folder)


def _content(folder: Path) -> dict[str, list[Any]]:
    """Load some of the demonstration in a folder of its own and give what the public and officers see."""
    _open(folder)
    with time_machine.travel(AT, tick=False):
        load(AT, plan=SOME)
    columns = {
        "names": Account.name,
        "postings": Posting.number,
        "receipts": Application.snapshot_digest,
        "candidates": Candidate.number,
        "lists": MeritList.digest,
        "letters": Notice.number,
        "trail": AuditEvent.digest,
    }
    with db.reading() as session:
        return {name: sorted(map(str, session.scalars(select(column)))) for name, column in columns.items()}


def test_the_same_seed_at_the_same_moment_gives_the_same(tmp_path: Path):
    first = _content(tmp_path / "first")
    assert len(first["lists"]) == 2
    assert _content(tmp_path / "second") == first


def test_a_load_that_is_stopped_leaves_nothing(tmp_path: Path):
    _open(tmp_path / "stopped")

    def stop(at: dt.datetime) -> None:
        if at > AT - dt.timedelta(days=200):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(AT, plan=SOME, tell=stop)
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 0
    assert load(AT, plan=SOME) is True


def test_a_database_that_people_use_is_left_alone(tmp_path: Path):
    _open(tmp_path / "used")
    with db.transaction() as session:
        create_account(
            session, email="someone@else.example", name="Someone", password_hash="x", actor=ANONYMOUS, at=AT
        )
    with pytest.raises(Conflict, match="This database is in use"):
        load(AT, plan=SOME)
