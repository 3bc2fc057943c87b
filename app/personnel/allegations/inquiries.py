"""What the investigator does: a plan, talks, files, findings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.allegations import rules
from app.personnel.allegations.models import Allegation, AllegationFile, Interview
from app.personnel.allegations.services import load, record
from app.personnel.allegations.states import AllegationState, move
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.filecheck.kept import KeptFile
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class Talk:
    """Who was heard, when, and what they said."""

    held_on: dt.date
    person: str
    summary: str


def write_plan(
    session: Session, *, allegation_id: str, plan: str, actor: Actor, at: dt.datetime
) -> Allegation:
    """Write down how the allegation is investigated; it may be changed until the findings are handed in."""
    allegation = _load_running(session, allegation_id, actor, "write_plan")
    allegation.plan = plan.strip()
    session.flush()
    record(session, "write_plan", allegation, actor, at)
    return allegation


def add_interview(
    session: Session, *, allegation_id: str, talk: Talk, actor: Actor, at: dt.datetime
) -> Interview:
    """Write down who was heard."""
    allegation = _load_running(session, allegation_id, actor, "add_interview")
    if len(allegation.interviews) >= rules.MOST_INTERVIEWS:
        raise Conflict(f"An investigation holds at most {rules.MOST_INTERVIEWS} interviews.")
    today = clock.local_date(at, allegation.agency.time_zone)
    rules.check_held(talk.held_on, allegation.received_on, today)
    interview = Interview(
        id=new_id("itv"),
        allegation_id=allegation.id,
        held_on=talk.held_on,
        person=talk.person.strip(),
        summary=talk.summary.strip(),
        recorded_by=str(actor.id),
        recorded_at=at,
    )
    session.add(interview)
    session.flush()
    record(session, "add_interview", allegation, actor, at, interview=interview.id)
    return interview


def add_file(
    session: Session,
    *,
    allegation_id: str,
    title: str,
    file: KeptFile | None,
    actor: Actor,
    at: dt.datetime,
) -> AllegationFile:
    """Add a stored file to an investigation, once."""
    allegation = _load_running(session, allegation_id, actor, "add_file")
    if file is None:
        raise Invalid(file="Choose a file")
    if len(allegation.files) >= rules.MOST_FILES:
        raise Conflict(f"An investigation holds at most {rules.MOST_FILES} files.")
    if any(one.digest == file.digest for one in allegation.files):
        raise Invalid(file="This file stands in the investigation already")
    row = AllegationFile(
        id=new_id("alf"),
        allegation_id=allegation.id,
        title=title.strip() or file.filename,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        digest=file.digest,
        added_by=str(actor.id),
        added_at=at,
    )
    session.add(row)
    session.flush()
    record(session, "add_file", allegation, actor, at, file=row.id, digest=row.digest)
    return row


def report_findings(
    session: Session, *, allegation_id: str, findings: str, actor: Actor, at: dt.datetime
) -> Allegation:
    """Hand in what was found; from then on the investigation is closed to changes."""
    allegation = _load_running(session, allegation_id, actor, "report")
    if not findings.strip():
        raise Invalid(findings="Enter what was found")
    allegation.state = move(allegation.state, AllegationState.REPORTED)
    allegation.findings, allegation.reported_at = findings.strip(), at
    session.flush()
    record(session, "report", allegation, actor, at)
    return allegation


def _load_running(session: Session, allegation_id: str, actor: Actor, act: str) -> Allegation:
    allegation = load(session, allegation_id, actor, act)
    rules.demand_investigator(actor.id, allegation.investigator_id)
    if allegation.state is not AllegationState.INVESTIGATED:
        raise Conflict(f"This allegation stands at “{allegation.state.title.lower()}”.")
    return allegation
