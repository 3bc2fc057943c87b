"""Reading alarms, and all that detectors look at."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.exams.alarms.material import Floats, Material
from app.exams.alarms.models import Alarm, AlarmRun
from app.exams.alarms.states import AlarmState
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.queries import get_examination
from app.exams.examinations.states import Attendance, ExaminationState
from app.exams.keys.queries import find_in_force
from app.exams.plans import queries as plans
from app.exams.responses.packing import Sheets
from app.exams.responses.queries import find_current, load_plan, load_sheets
from app.exams.sessions.queries import has_sessions, load_centres_of, load_session_names
from app.platform.actors import Actor
from app.platform.audit import canonical
from app.platform.errors import NotFound


def list_alarms(session: Session, examination_id: str) -> list[Alarm]:
    """List the alarms of an examination, open ones first, then the latest, with who cleared them."""
    order = {AlarmState.OPEN: 0, AlarmState.CLEARED: 1, AlarmState.GONE: 2}
    found = session.scalars(
        select(Alarm)
        .where(Alarm.examination_id == examination_id)
        .options(joinedload(Alarm.clearer))
        .order_by(Alarm.raised_at.desc(), Alarm.id)
    )
    return sorted(found, key=lambda alarm: order[alarm.state])


def count_open(session: Session, examination_id: str) -> int:
    """Count the alarms that nobody cleared."""
    return (
        session.scalar(
            select(func.count()).where(Alarm.examination_id == examination_id, Alarm.state == AlarmState.OPEN)
        )
        or 0
    )


def get_alarm(
    session: Session, alarm_id: str, actor: Actor, *, permission: str, lock: bool = False
) -> tuple[Alarm, Examination]:
    """Give an alarm with its examination; NotFound outside the actor's agencies."""
    query = select(Alarm).where(Alarm.id == alarm_id).options(joinedload(Alarm.clearer))
    alarm = session.scalar(query.with_for_update(of=Alarm) if lock else query)
    if alarm is None:
        raise NotFound("There is no such alarm.")
    return alarm, get_examination(session, alarm.examination_id, actor, permission=permission)


def find_run(session: Session, examination_id: str) -> AlarmRun | None:
    """Find what was examined last."""
    return session.get(AlarmRun, examination_id)


def inputs_digest(session: Session, examination_id: str) -> str:
    """Give the digest of what alarms follow from; "" while there is neither a sheet nor a mark."""
    current = find_current(session, examination_id)
    versions = plans.load_versions(session, examination_id)
    if current is None and not versions:
        return ""
    key = find_in_force(session, examination_id)
    attendance = session.execute(
        select(Candidate.attendance, func.count())
        .where(Candidate.examination_id == examination_id)
        .group_by(Candidate.attendance)
    )
    body = [
        current.id if current else None,
        key.id if key else None,
        dict(versions),
        {state.value: count for state, count in attendance},
    ]
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def is_stale(session: Session, examination_id: str) -> bool:
    """Tell whether something came after alarms were looked for."""
    digest = inputs_digest(session, examination_id)
    run = find_run(session, examination_id)
    return bool(digest) and (run is None or run.inputs_digest != digest)


def list_stale(session: Session) -> list[str]:
    """List the held examinations in which alarms were not looked for since something came, by id."""
    held = session.scalars(
        select(Examination.id).where(Examination.state == ExaminationState.HELD).order_by(Examination.id)
    )
    return [own for own in held if is_stale(session, own)]


def load_material(session: Session, examination: Examination) -> Material | None:
    """Load what detectors look at; None while there is neither a sheet nor a mark."""
    current = find_current(session, examination.id)
    sheets = load_sheets(session, examination, current.id) if current else None
    versions = plans.load_versions(session, examination.id)
    marks = plans.load_marks(session, examination, versions) if versions else {}
    if sheets is None and not marks:
        return None
    numbers = _numbers(sheets, marks)
    people = session.execute(
        select(Candidate.number, Candidate.id, Candidate.attendance)
        .where(Candidate.examination_id == examination.id)
        .order_by(Candidate.number)
    ).all()
    ids = {number: own for number, own, _ in people}
    rooms = load_session_names(session, examination.id)
    places = {number: rooms.get(own, "") for number, own in ids.items()}
    if sheets is not None and any(sheets.bundles):
        places |= dict(zip(sheets.numbers, sheets.bundles, strict=True))
    centres = load_centres_of(session, examination.id)
    held = {number: attendance for number, _, attendance in people}
    missing, unexpected = dict[str, str](), dict[str, str]()
    if sheets is not None and has_sessions(session, examination.id):
        missing, unexpected = _against(held, set(sheets.numbers), places)
    key = find_in_force(session, examination.id)
    codes = tuple(item.code for item in examination.items) if sheets is not None else ()
    right, accepted = _key(key.answers if key else None, codes, examination)
    return Material(
        numbers=np.array(numbers, dtype=np.str_),
        codes=codes,
        options=tuple(examination.options),
        matrix=sheets.matrix if sheets is not None else np.empty((len(numbers), 0), dtype=np.uint8),
        right=right,
        key=accepted,
        parts={name: _column(column, numbers) for name, column in marks.items()},
        groups=np.array([places.get(number, "") for number in numbers], dtype=np.str_),
        centres=np.array([centres.get(ids[number], "") for number in numbers], dtype=np.str_),
        series=np.array(sheets.series if sheets is not None else [""] * len(numbers), dtype=np.str_),
        turns=_turns(load_plan(session, examination).series, codes),
        missing=missing,
        unexpected=unexpected,
    )


def _numbers(sheets: Sheets | None, marks: Mapping[str, Mapping[str, Fraction | None]]) -> list[str]:
    if sheets is not None:
        return list(sheets.numbers)
    return sorted({number for column in marks.values() for number in column})


def _column(marks: Mapping[str, Fraction | None], numbers: list[str]) -> Floats:
    found = (marks.get(number) for number in numbers)
    return np.array([np.nan if mark is None else float(mark) for mark in found], dtype=np.float64)


def _key(
    answers: Mapping[str, Mapping[str, object]] | None, codes: tuple[str, ...], examination: Examination
) -> tuple[np.ndarray | None, tuple[tuple[str, ...], ...]]:
    """Give what a key accepts as a table and as texts; items that everybody gets are right for nobody."""
    if answers is None or not codes:
        return None, ()
    options = list(examination.options)
    accepted = tuple(tuple(str(text) for text in _list(answers[code]["accepted"])) for code in codes)
    right = np.zeros((len(codes), len(options) + 2), dtype=np.bool_)
    for item, texts in enumerate(accepted):
        right[item, [options.index(text) + 2 for text in texts]] = True
    return right, accepted


def _turns(series: Mapping[str, Mapping[str, str]], codes: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Give for each booklet series the place of the item that is printed at each place."""
    place = {code: item for item, code in enumerate(codes)}
    return {
        name: np.array([place[code] for code in printed.values()], dtype=np.int64)
        for name, printed in series.items()
        if set(printed.values()) == set(codes)
    }


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _against(
    held: Mapping[str, Attendance], sheets: set[str], places: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Compare sheets with the attendance that people took: who lacks one, and who should have none."""
    away = (Attendance.ABSENT, Attendance.EXCUSED)
    missing = {
        number: places.get(number, "")
        for number, attendance in held.items()
        if attendance is Attendance.PRESENT and number not in sheets
    }
    unexpected = {
        number: places.get(number, "")
        for number, attendance in held.items()
        if attendance in away and number in sheets
    }
    return missing, unexpected
