"""Reporting an incident, proposing a remedy, and deciding on it by a second person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams.attendance.services import await_again
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.incidents import queries, rules
from app.exams.incidents.models import Incident, IncidentPerson
from app.exams.incidents.states import IncidentKind, IncidentState, Remedy, move
from app.exams.sessions.queries import get_session
from app.platform import audit, links, mail
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.platform.sentences import say

SHOWN = 5


def report(
    session: Session,
    *,
    examination_id: str,
    session_id: str | None,
    kind: IncidentKind,
    happened_at: dt.datetime,
    description: str,
    numbers: Sequence[str],
    is_everyone: bool,
    actor: Actor,
    at: dt.datetime,
) -> Incident:
    """Report what happened, with the people it touched: everyone of a session, or those named by number."""
    permission = "exams.incidents.create"
    examination = get_examination(session, examination_id, actor, permission=permission)
    if happened_at > at:
        raise Invalid(happened_at="Enter when it happened: this lies ahead.")
    if session_id:
        found = get_session(session, session_id, actor, permission=permission)
        if found.examination_id != examination_id:
            raise Invalid(session_id="Choose a session of this examination.")
    people = _people(session, examination, session_id, numbers, is_everyone)
    incident = Incident(
        id=new_id("inc"),
        examination_id=examination_id,
        session_id=session_id or None,
        kind=kind,
        happened_at=happened_at,
        description=description,
        state=IncidentState.REPORTED,
        reported_by=actor.id,
        reported_at=at,
        people=[IncidentPerson(candidate_id=own) for own in people],
    )
    session.add(incident)
    session.flush()
    _record(session, "create", incident, examination, actor, at, kind=kind.value, people=len(people))
    return incident


def propose(
    session: Session,
    *,
    incident_id: str,
    remedy: Remedy,
    minutes: int | None,
    proposal: str,
    actor: Actor,
    at: dt.datetime,
) -> Incident:
    """Propose how it is made good."""
    incident = queries.get_incident(
        session, incident_id, actor, permission="exams.incidents.propose", lock=True
    )
    incident.state = move(incident.state, IncidentState.PROPOSED)
    incident.minutes = rules.check_remedy(remedy, minutes, len(incident.people))
    incident.remedy, incident.proposal = remedy, proposal
    incident.proposed_by, incident.proposed_at = actor.id, at
    session.flush()
    _record(session, "propose", incident, incident.examination, actor, at, remedy=remedy.value)
    return incident


def decide(
    session: Session, *, incident_id: str, is_confirmed: bool, decision: str, actor: Actor, at: dt.datetime
) -> Incident:
    """Confirm a remedy, or send it back; confirmed it is told to those concerned.

    Who sits again is expected once more, so that the list waits for them.
    """
    incident = queries.get_incident(
        session, incident_id, actor, permission="exams.incidents.decide", lock=True
    )
    if incident.state is not IncidentState.PROPOSED:
        raise Conflict("There is no proposal to decide on.")
    rules.demand_second_person(actor.id, incident.proposed_by)
    if not decision.strip():
        raise Invalid(decision="Enter the reason.")
    incident.decision = decision.strip()
    if not is_confirmed:
        incident.state = move(incident.state, IncidentState.REPORTED)
        session.flush()
        _record(session, "decide", incident, incident.examination, actor, at, decision="sent back")
        return incident
    incident.state = move(incident.state, IncidentState.DECIDED)
    incident.decided_by, incident.decided_at = actor.id, at
    session.flush()
    if incident.remedy is Remedy.RESIT:
        people = [person.candidate_id for person in incident.people]
        await_again(session, candidate_ids=people, reason="Sits again.", actor=actor, at=at)
    for person in incident.people:
        _tell(session, incident, person, at)
    _record(session, "decide", incident, incident.examination, actor, at, decision="confirmed")
    return incident


def _people(
    session: Session,
    examination: Examination,
    session_id: str | None,
    numbers: Sequence[str],
    is_everyone: bool,
) -> list[str]:
    if is_everyone:
        if not session_id:
            raise Invalid(session_id="Choose the session whose people it touched.")
        return queries.list_seated(session, session_id)
    wanted = {number.strip().upper() for number in numbers if number.strip()}
    known = queries.load_candidates(session, examination.id, wanted)
    if unknown := sorted(wanted - set(known)):
        raise Invalid(numbers=f"Not a candidate of this examination: {', '.join(unknown[:SHOWN])}.")
    return [known[number] for number in sorted(known)]


def _tell(session: Session, incident: Incident, person: IncidentPerson, at: dt.datetime) -> None:
    """Mail one person that a decision stands on the page of the application; the mail says no more."""
    application = person.candidate.application
    link = links.absolute(f"/my/applications/{application.id}")
    mail.promise(
        session,
        key=f"incident:{incident.id}:{person.candidate_id}",
        to=application.account.email,
        subject=say("About your examination: %(title)s", title=incident.examination.title),
        body=(
            say("Dear %(name)s,", name=application.account.name),
            say("Something happened at your examination, and it was decided what follows."),
            say("Read it here: %(link)s", link=link),
            incident.examination.agency.name,
        ),
        at=at,
        language=application.account.language,
    )


def _record(
    session: Session,
    act: str,
    incident: Incident,
    examination: Examination,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    audit.record(
        session,
        f"exams.incidents.{act}",
        actor=actor,
        at=at,
        subject=examination.id,
        agency_id=examination.agency_id,
        incident=incident.id,
        **details,
    )
