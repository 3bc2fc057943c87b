"""600 real answer sheets of 32 items: imported by key, scored, ranked, and one key corrected."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from app.exams.examinations.commands import exams
from app.exams.examinations.models import Candidate
from app.exams.examinations.states import Attendance
from app.exams.keys import services as key_services
from app.exams.keys.rules import read_key
from app.exams.merit_lists.models import MeritListEntry
from app.exams.responses.models import ResponseSheet
from app.exams.scoring.queries import load_effect
from app.exams.scoring.rules import Effect
from tests.integration.exams import world as office
from tests.unit.exams.books import OPEN_BOOK

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "responses" / "sat12"
ANSWERS, KEY = DATA / "sat12_responses.csv", DATA / "sat12_key.csv"

pytestmark = pytest.mark.skipif(not ANSWERS.exists(), reason=f"the answer sheets are not at {DATA}")


def shuffled(rows: list[list[str]], dice: random.Random) -> bytes:
    """Write the file again with its columns and its rows in another order."""
    order = list(range(len(rows[0])))
    dice.shuffle(order)
    body = rows[1:]
    dice.shuffle(body)
    return "\n".join(",".join(row[place] for place in order) for row in [rows[0], *body]).encode()


def test_sat12_is_scored_and_ranked_and_one_key_moves_594_of_600_ranks(session):
    with ANSWERS.open() as file:
        rows = list(csv.reader(file))
    numbers, codes = [row[0] for row in rows[1:]], rows[0][1:]
    world = office.make_world(session, numbers)
    exam = office.hold(world, codes=codes, options=tuple("12345"), blanks=("8",))
    office.under(world, OPEN_BOOK)
    # The file's own numbers become the candidates': applicants are named by them here.
    for name, application in world.applications.items():
        candidate = session.scalars(select(Candidate).where(Candidate.application_id == application.id)).one()
        candidate.number = name
    session.flush()
    first = key_services.propose_key(
        session,
        examination_id=exam.id,
        answers=read_key(KEY.read_text(), codes, exam.options),
        reason="The key as printed.",
        actor=world.actor("exam_officer"),
        at=office.AT,
    )
    decision = {"is_approved": True, "actor": world.actor("custodian"), "at": office.AT}
    key_services.decide_key(session, key_id=first.id, reason="As printed.", **decision)
    office.import_answers(world, shuffled(rows, random.Random(12)), filename="sat12_shuffled.csv")

    assert session.scalar(select(func.count()).where(Candidate.attendance == Attendance.PRESENT)) == 600
    sheet = session.scalars(select(ResponseSheet).join(Candidate).where(Candidate.number == numbers[0])).one()
    assert sheet.answers == "".join("-" if answer == "8" else answer for answer in rows[1][1:])

    merit_list = office.draft(world)
    assert (merit_list.ranked, merit_list.passed) == (600, 600)
    right = dict(csv.reader(KEY.read_text().splitlines()))
    for row in (rows[1], rows[300], rows[600]):
        by_hand = sum(answer == right[code] for code, answer in zip(codes, row[1:], strict=True))
        entry = session.scalars(
            select(MeritListEntry)
            .join(Candidate)
            .where(MeritListEntry.list_id == merit_list.id, Candidate.number == row[0])
        ).one()
        assert entry.final * 32 == by_hand * 100 * entry.denominator

    assert right["Item.32"] == "5"
    second = key_services.propose_key(
        session,
        examination_id=exam.id,
        answers=first.answers | {"Item.32": {"accepted": ["3"], "treatment": "normal"}},
        reason="Item 32: 3 is right, not 5.",
        actor=world.actor("exam_officer"),
        at=office.AT,
    )
    effect = load_effect(session, exam, first, second)
    assert effect == Effect(people=600, scores=363, ranks=594, now_pass=0, now_fail=0)


def test_the_same_sheets_can_be_rehearsed_without_storing_anything():
    arguments = [str(ANSWERS), str(KEY), "--options", "1-5", "--blank", "8", "--change", "Item.32=3"]
    result = CliRunner().invoke(exams.commands["rehearse"], arguments, catch_exceptions=False)
    lines = result.output.splitlines()
    assert (result.exit_code, len(lines)) == (0, 12)
    assert lines[0] == "600 sheets of 32 items, scored and ranked."
    assert lines[-1] == "With 3 right for item Item.32 it moves 363 scores and 594 of 600 ranks."
