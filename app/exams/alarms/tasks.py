"""The worker's part: looking for alarms in what came in."""

from __future__ import annotations

import datetime as dt

from app.exams.alarms import queries, services
from app.platform import jobs, schedule
from app.platform.actors import Actor, Grant
from app.platform.db import reading, transaction

# The system itself looks; only people clear.
LOOKER = Actor(id=None, name="Meritum", grants=(Grant("exams.alarms.examine", None),))
EVERY_SECONDS = 60

schedule.every(EVERY_SECONDS, "exams.find_unexamined")


@jobs.task("exams.find_unexamined")
def find_unexamined(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Promise to look at each examination in which something came since."""
    with reading() as session:
        stale = queries.list_stale(session)
    with transaction() as session:
        for examination_id in stale:
            services.ask(session, examination_id=examination_id, at=at)
        jobs.finish(session, ticket, at)


@jobs.task("exams.examine_answers")
def examine_answers(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Look for alarms in one examination.

    It takes long, so it is done on a reading; what changed meanwhile is looked at by the next one.
    """
    examination_id = ticket.payload["examination"]
    with reading() as session:
        found = services.look(session, examination_id=examination_id, actor=LOOKER)
    with transaction() as session:
        services.keep_found(session, examination_id=examination_id, found=found, actor=LOOKER, at=at)
        jobs.finish(session, ticket, at)
