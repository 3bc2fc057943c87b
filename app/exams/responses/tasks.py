"""The worker's part: reading and importing files that a page cannot wait for."""

from __future__ import annotations

import datetime as dt

from app.accounts.queries import actor_of, get_account
from app.exams.examinations.queries import get_examination
from app.exams.responses import check_services, queries, services
from app.exams.responses.models import ResponseCheck, ResponseImport
from app.exams.responses.rules import Reading
from app.exams.responses.states import CheckState
from app.platform import jobs, progress
from app.platform.actors import SYSTEM, Actor
from app.platform.db import reading, transaction
from app.platform.errors import MeritumError


@jobs.task("exams.check_answers")
def check_answers(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Read a received file and note what it holds."""
    check_id = ticket.payload["check"]
    with progress.telling(ticket.key) as teller:
        check, actor, read = _read(check_id, teller, confirmed=False)
    with transaction() as session:
        if check.state is CheckState.RECEIVED:
            check_services.note_check(session, check_id=check_id, read=read, actor=actor, at=at)
        jobs.finish(session, ticket, at)


@jobs.task("exams.import_answers")
def import_answers(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Import a confirmed file; what was refused is told on its page."""
    check_id = ticket.payload["check"]
    try:
        with progress.telling(ticket.key) as teller:
            _, actor, read = _read(check_id, teller, confirmed=True)
            with transaction() as session:
                check_services.import_check(
                    session, check_id=check_id, read=read, actor=actor, at=at, teller=teller
                )
                jobs.finish(session, ticket, at)
    except MeritumError as error:
        with transaction() as session:
            check_services.refuse_check(session, check_id=check_id, why=error.message, actor=SYSTEM, at=at)
            jobs.finish(session, ticket, at)


@jobs.task("exams.note_attendance")
def note_attendance(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Note on applications who was there, batch by batch; a repeat leaves those that were moved."""
    with reading() as session:
        found = session.get_one(ResponseImport, ticket.payload["import"])
        by = ticket.payload["by"]
        actor = actor_of(get_account(session, by)) if by else SYSTEM
        batches = services.list_to_note(session, found.examination_id)
    with progress.telling(ticket.key) as teller:
        teller.begin("Noting who was there.", len(batches))
        for done, (batch, to) in enumerate(batches, start=1):
            with transaction() as session:
                services.note_attendance(session, application_ids=batch, to=to, actor=actor, at=at)
            teller.tell(done)
    with transaction() as session:
        jobs.finish(session, ticket, at)


def _read(check_id: str, teller: progress.Teller, *, confirmed: bool) -> tuple[ResponseCheck, Actor, Reading]:
    """Read the file of a check for who asked for it, or confirmed it."""
    with reading() as session:
        check = session.get_one(ResponseCheck, check_id)
        who = check.confirmed_by if confirmed else check.asked_by
        actor = actor_of(get_account(session, str(who)))
        examination = get_examination(
            session, check.examination_id, actor, permission="exams.responses.upload"
        )
        sheet = queries.load_plan(session, examination, tuple(check.left_out))
    return check, actor, check_services.read_check(check, sheet, teller)
