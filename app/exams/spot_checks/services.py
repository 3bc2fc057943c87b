"""Drawing a sample, reading its sheets again, and settling what differs."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.examinations.rules import SAMPLE_SHARES
from app.exams.responses.queries import find_answers, find_current, load_sheets
from app.exams.spot_checks import queries, rules
from app.exams.spot_checks.models import SpotCheck, SpotCheckSheet
from app.exams.spot_checks.states import CheckState, SheetOutcome
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def draw_sample(
    session: Session, *, examination_id: str, seed: str, wrong_percent: int, actor: Actor, at: dt.datetime
) -> SpotCheck:
    """Draw sheets of the answers in force by a seed that was drawn in public, to be read again.

    A sample of answers that were replaced since gives way; Conflict while one of these answers is open.
    """
    examination = get_examination(
        session, examination_id, actor, permission="exams.spot_checks.draw", lock=True
    )
    current = find_current(session, examination.id)
    if current is None:
        raise Conflict("The answers have to be imported first.")
    seed = rules.check_seed(seed)
    if wrong_percent not in SAMPLE_SHARES:
        raise Invalid(wrong_percent="Select what the sample should catch.")
    _end_outdated(session, examination, current.id, at)
    sheets = load_sheets(session, examination, current.id)
    size = rules.sample_size(len(sheets.numbers), wrong_percent)
    check = SpotCheck(
        id=new_id("spc"),
        examination_id=examination.id,
        agency_id=examination.agency_id,
        import_id=current.id,
        seed=seed,
        wrong_percent=wrong_percent,
        population=len(sheets.numbers),
        size=size,
        state=CheckState.OPEN,
        drawn_by=actor.id,
        drawn_at=at,
    )
    session.add(check)
    session.flush()
    ids = dict(zip(sheets.numbers, sheets.candidate_ids, strict=True))
    chosen = rules.drawn(seed, examination.number, sheets.numbers, size)
    rows = [
        {
            "id": new_id("sps"),
            "check_id": check.id,
            "candidate_id": ids[number],
            "position": position,
            "outcome": SheetOutcome.WAITING,
            "differences": {},
        }
        for position, number in enumerate(chosen, start=1)
    ]
    session.execute(insert(SpotCheckSheet), rows)
    _record(session, "draw", examination, actor, at, check=check.id, seed=seed, sheets_drawn=size)
    return check


def read_sheet(
    session: Session, *, sheet_id: str, answers: str, actor: Actor, at: dt.datetime
) -> SpotCheckSheet:
    """Compare what was read from an original with what is stored, and keep every difference."""
    sheet = queries.get_sheet(session, sheet_id, actor, permission="exams.spot_checks.read", lock=True)
    examination = sheet.check.examination
    if sheet.outcome is not SheetOutcome.WAITING:
        raise Conflict("This sheet was read already.")
    _demand_current(session, sheet.check)
    codes = [item.code for item in examination.items]
    read = rules.read_signs(answers, codes, examination.options)
    found = rules.differences(find_answers(session, sheet.candidate_id), read)
    sheet.outcome = SheetOutcome.DIFFERENT if found else SheetOutcome.SAME
    sheet.differences, sheet.read_by, sheet.read_at = found, actor.id, at
    session.flush()
    number = sheet.candidate.number
    _record(session, "read", examination, actor, at, candidate=number, differences=len(found))
    _end_if_done(session, sheet.check, at)
    return sheet


def settle_sheet(
    session: Session, *, sheet_id: str, finding: str, actor: Actor, at: dt.datetime
) -> SpotCheckSheet:
    """Settle a difference as somebody other than who found it, with what was found of its cause."""
    sheet = queries.get_sheet(session, sheet_id, actor, permission="exams.spot_checks.settle", lock=True)
    if sheet.outcome is not SheetOutcome.DIFFERENT:
        raise Conflict("There is no difference to settle on this sheet.")
    rules.demand_other_person(actor.id, sheet.read_by)
    if not finding.strip():
        raise Invalid(finding="Enter what was found of the difference.")
    sheet.outcome, sheet.finding = SheetOutcome.SETTLED, finding.strip()
    sheet.settled_by, sheet.settled_at = actor.id, at
    session.flush()
    examination = sheet.check.examination
    _record(session, "settle", examination, actor, at, candidate=sheet.candidate.number, why=sheet.finding)
    _end_if_done(session, sheet.check, at)
    return sheet


def _end_outdated(session: Session, examination: Examination, import_id: str, at: dt.datetime) -> None:
    opened = queries.find_open(session, examination.id, lock=True)
    if opened is None:
        return
    if opened.import_id == import_id:
        raise Conflict("A sample of these answers is open. Read it to the end first.")
    opened.state, opened.ended_at = CheckState.REPLACED, at
    session.flush()


def _demand_current(session: Session, check: SpotCheck) -> None:
    current = find_current(session, check.examination_id)
    if check.state is not CheckState.OPEN or current is None or current.id != check.import_id:
        raise Conflict("The answers were replaced since this sample was drawn. Draw a new one.")


def _end_if_done(session: Session, check: SpotCheck, at: dt.datetime) -> None:
    counts = queries.count_outcomes(session, check.id)
    if not counts[SheetOutcome.WAITING] and not counts[SheetOutcome.DIFFERENT]:
        check.state, check.ended_at = CheckState.PASSED, at
        session.flush()


def _record(
    session: Session, act: str, examination: Examination, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.spot_checks.{act}",
        actor=actor,
        at=at,
        subject=examination.id,
        agency_id=examination.agency_id,
        **details,
    )
