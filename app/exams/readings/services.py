"""Comparing readings, and deciding on doubtful marks; captured sheets stay as they are."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.readings import queries, rules
from app.exams.responses import queries as responses
from app.exams.responses.models import DoubtfulMark, SecondReading
from app.exams.responses.rules import read_source
from app.exams.responses.services import DOUBT_COLUMNS, LONGEST_NAME
from app.exams.responses.states import Doubt
from app.platform import audit, bulk, progress, storage
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id

COLUMNS = (*DOUBT_COLUMNS, "second")


def compare_reading(
    session: Session, *, examination_id: str, digest: str, filename: str, actor: Actor, at: dt.datetime
) -> SecondReading:
    """Compare another reading of the same sheets with the import in force; what differs is doubtful.

    A mark that is doubtful already is told the other reading and stays what it is.
    """
    examination = get_examination(
        session, examination_id, actor, permission="exams.readings.compare", lock=True
    )
    actor.demand("exams.readings.compare", examination.agency_id)
    current = responses.find_current(session, examination.id)
    if current is None:
        raise Conflict("Import the answers first.")
    if current.digest == digest:
        raise Conflict("This is the file that was imported. Choose a second reading of the sheets.")
    sheets = responses.load_captured(session, examination, current.id)
    plan = responses.load_plan(session, examination)
    with storage.current().open(digest) as source:
        read = read_source(source, plan, progress.silent())
    found = list(rules.compare(sheets, read))
    made = SecondReading(
        id=new_id("rdg"), import_id=current.id, filename=filename[:LONGEST_NAME], digest=digest,
        rows=len(read.numbers), differences=len(found), compared_by=actor.id, compared_at=at,
    )  # fmt: skip
    session.add(made)
    session.flush()
    known = {
        (mark.candidate_id, mark.item): mark
        for mark in session.scalars(select(DoubtfulMark).where(DoubtfulMark.import_id == current.id))
    }
    rows = []
    for one in found:
        place = sheets.candidate_ids[one.person], sheets.codes[one.item]
        first, second = sheets.texts[one.first], sheets.texts[one.second]
        if place in known:
            known[place].second = second
            continue
        rows.append((new_id("dbt"), current.id, *place, Doubt.DIFFERS.value, "", first, False, second))
    session.flush()
    bulk.insert_rows(session, DoubtfulMark, COLUMNS, rows)
    _record(session, "compare", examination, actor, at, digest=digest, differences=len(found))
    return made


def decide_mark(
    session: Session, *, examination_id: str, mark_id: str, pressed: str, actor: Actor, at: dt.datetime
) -> DoubtfulMark:
    """Say what a doubtful mark is, or confirm or change what another person found.

    A finding that changes who passes counts when a second person found the same.
    """
    mark, examination = queries.get_mark(
        session, examination_id, mark_id, actor, permission="exams.readings.decide", lock=True
    )
    actor.demand("exams.readings.decide", examination.agency_id)
    answer = rules.read_answer(pressed, examination.options)
    if mark.confirmed_at is not None:
        raise Conflict("Two people decided on this mark already.")
    if mark.decided_by is not None and mark.decided_by != actor.id and mark.answer == answer:
        rules.check_second(actor.id, mark.decided_by)
        mark.confirmed_by, mark.confirmed_at = actor.id, at
    else:
        mark.answer, mark.decided_by, mark.decided_at = answer, actor.id, at
        mark.needs_second = queries.changes_pass(session, examination, mark, answer)
    session.flush()
    _record(
        session, "decide", examination, actor, at,
        mark=mark.id, item=mark.item, needs_second=mark.needs_second, confirmed=mark.confirmed_at is not None,
    )  # fmt: skip
    return mark


def _record(
    session: Session, act: str, examination: Examination, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.readings.{act}",
        actor=actor,
        at=at,
        subject=examination.id,
        agency_id=examination.agency_id,
        **details,
    )
