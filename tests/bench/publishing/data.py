"""An examination of as many candidates as wanted, from a seed: people, applications, answers, claims, key.

Rows are copied inside the database from one that the tests' factories made, so that a hundred thousand people
take seconds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from sqlalchemy import Connection, inspect, text
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.exams.examinations.models import Candidate, Examination
from app.exams.keys.rules import key_digest
from app.notices.numbers import application_number
from app.platform import db
from app.platform.actors import Actor
from app.platform.db import Base
from app.recruitment.applications.models import ApplicationClaim
from app.recruitment.applications.states import Assessment, ClaimState, Screening
from app.recruitment.postings.states import PostingState
from tests.factories.accounts import make_account, make_agency
from tests.factories.applications import make_application, make_claim
from tests.factories.exams import make_candidate, make_examination, make_key
from tests.factories.personnel import make_position
from tests.factories.recruitment import make_posting, make_requisition

SEED = 20261122
HELD_ON = dt.date(2026, 11, 16)
AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
ITEMS, OPTIONS = 100, ("A", "B", "C", "D")
# One in so many has a verified claim to preference.
CLAIMING = 20
ROLES = {
    "exam_officer": Role.EXAM_OFFICER,
    "custodian": Role.KEY_CUSTODIAN,
    "hr_officer": Role.HR_OFFICER,
    "second_officer": Role.HR_OFFICER,
}


@dataclass(frozen=True, slots=True)
class Office:
    """Ids of the examination and the requisition, and the people who decide."""

    examination_id: str
    requisition_id: str
    actors: Mapping[str, Actor]
    applicant_id: str


def fill(session: Session, people: int) -> Office:
    """Make an office with one examination; everybody is registered, and the key is approved."""
    agency = make_agency(session)
    actors = {name: _officer(session, name, role, agency.id) for name, role in ROLES.items()}
    positions = [make_position(session, agency=agency, class_code="20215").id for _ in range(5)]
    requisition = make_requisition(session, agency_id=agency.id, positions=positions)
    posting = make_posting(
        session, agency_id=agency.id, requisition_id=requisition.id, state=PostingState.CLOSED, criteria=[]
    )
    codes = [str(number) for number in range(1, ITEMS + 1)]
    examination = make_examination(
        session, posting=posting, items=codes, options=list(OPTIONS), blanks=["-"], held_on=HELD_ON
    )
    right = dict(zip(codes, right_options().tolist(), strict=True))
    key = make_key(session, examination, answers=right, proposed_by=actors["exam_officer"].id)
    key.digest = key_digest(key.version, key.answers)
    session.flush()
    applicant = _people(session, examination, str(actors["hr_officer"].id), people)
    return Office(examination.id, requisition.id, actors, applicant)


def _officer(session: Session, name: str, role: Role, agency_id: str) -> Actor:
    return actor_of(make_account(session, name=name, roles=[(role, agency_id)]))


def _people(session: Session, examination: Examination, officer: str, people: int) -> str:
    """Make one of each row, and copy it; give the account of the first person."""
    account = make_account(session)
    application = make_application(
        session,
        posting_id=examination.posting_id,
        account_id=account.id,
        screening=Screening.ELIGIBLE,
        assessment=Assessment.REGISTERED,
    )
    candidate = make_candidate(session, examination, application=application, number="C-FIRST")
    decided = {"state": ClaimState.VERIFIED, "reason": "The paper shows it.", "decided_at": AT}
    claim = make_claim(session, application, decided_by=officer, **decided)
    connection = session.connection()
    count = people - 1
    accounts, applications = counted("acc"), counted("app")
    copy(connection, Account, account.id, count, {
        "id": accounts, "email": f"{counted('')} || '@people.example'", "name": f"'Person ' || {counted('')}",
    })  # fmt: skip
    copy(connection, type(application), application.id, count, {
        "id": applications, "account_id": accounts, "number": counted(""),
        "applicant_name": f"'Person ' || {counted('')}",
        "applicant_email": f"{counted('')} || '@people.example'",
    })  # fmt: skip
    # The check digit of a number is no work for a database.
    connection.execute(
        text("UPDATE applications SET number = :number WHERE id = :own"),
        [
            {"number": application_number(place, AT.year), "own": f"app_{place:026d}"}
            for place in range(1, people)
        ],
    )
    copy(connection, Candidate, candidate.id, count, {
        "id": counted("cnd"), "application_id": applications, "number": counted("C"),
    })  # fmt: skip
    copy(connection, ApplicationClaim, claim.id, count // CLAIMING, {
        "id": counted("clm"), "application_id": counted("app", CLAIMING),
    })  # fmt: skip
    return account.id


def counted(prefix: str, step: int = 1) -> str:
    """Give the SQL of a text with the number of a copy in it: an id, or a number with nothing before."""
    place = f"(n * {step})"
    width = 26 if len(prefix) == 3 else 7
    before = f"{prefix}_" if len(prefix) == 3 else prefix
    if db.current().is_sqlite:
        return f"printf('{before}%0{width}d', {place})"
    return f"'{before}' || lpad({place}::text, {width}, '0')"


def copy(connection: Connection, table: type[Base], own: str, count: int, changed: Mapping[str, str]) -> None:
    """Copy a row `count` times inside the database; `changed` maps columns to SQL that may use `n`."""
    names = [column.name for column in inspect(table).columns]
    values = ", ".join(changed.get(name, f'"{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    connection.execute(
        text(
            "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :count) "  # noqa: S608 - names of our own
            f"INSERT INTO {table.__tablename__} ({listed}) "
            f"SELECT {values} FROM {table.__tablename__}, counted WHERE id = :own AND :count > 0"
        ),
        {"count": count, "own": own},
    )


def right_options() -> Any:
    """Give the right option of each item."""
    return np.array(OPTIONS)[np.random.default_rng(SEED).integers(0, len(OPTIONS), ITEMS)]


def write_answers(path: Path, people: int) -> Path:
    """Write everybody's answers as Parquet: people of different ability, items of different hardness."""
    dice = np.random.default_rng(SEED + 1)
    ability, right = dice.normal(1.4, 0.8, people), right_options()
    numbers = ["C-FIRST", *(f"C{place:07d}" for place in range(1, people))]
    columns: dict[str, Any] = {"candidate": numbers}
    for item, hardness in enumerate(dice.normal(0, 0.8, ITEMS)):
        knows = dice.random(people) < 1 / (1 + np.exp(hardness - ability))
        guessed = np.array([*OPTIONS, "-"])[dice.integers(0, len(OPTIONS) + 1, people)]
        columns[str(item + 1)] = np.where(knows, right[item], guessed)
    pl.DataFrame(columns).write_parquet(path)
    return path
