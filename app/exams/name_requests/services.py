"""Asking for names, and answering: with a certificate that is drafted, or with a reason."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.certificates.services import request_certificate
from app.exams.name_requests import queries
from app.exams.name_requests.models import NameRequest
from app.exams.name_requests.states import RequestState, move
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def ask_for_names(
    session: Session,
    *,
    list_id: str,
    requisition_id: str,
    vacancies: int,
    note: str,
    actor: Actor,
    at: dt.datetime,
) -> NameRequest:
    """Ask HR for names from a list in force to fill vacancies of a requisition."""
    merit_list = queries.get_in_force(session, list_id, actor)
    actor.demand("exams.name_requests.ask", merit_list.agency_id)
    fitting = {row.id for row in queries.list_to_fill(session, merit_list)}
    if requisition_id not in fitting:
        raise Invalid(requisition_id="Select a requisition from the list.")
    made = NameRequest(
        id=new_id("nrq"),
        agency_id=merit_list.agency_id,
        requisition_id=requisition_id,
        merit_list_id=merit_list.id,
        vacancies=vacancies,
        note=note.strip(),
        state=RequestState.ASKED,
        asked_by=actor.id,
        asked_at=at,
    )
    session.add(made)
    session.flush()
    _record(session, "ask", made, actor, at, vacancies=vacancies)
    return made


def answer_request(
    session: Session, *, request_id: str, is_accepted: bool, reason: str, actor: Actor, at: dt.datetime
) -> NameRequest:
    """Answer a request: a certificate is drafted for a second HR officer to issue, or the reason is told."""
    found = queries.get_request(session, request_id, actor, lock=True)
    actor.demand("exams.name_requests.answer", found.agency_id)
    state = move(found.state, RequestState.ACCEPTED if is_accepted else RequestState.REFUSED)
    if actor.id == found.asked_by:
        raise Conflict("You asked for these names, so somebody else has to answer.")
    if is_accepted:
        made = request_certificate(
            session,
            merit_list_id=found.merit_list_id,
            requisition_id=found.requisition_id,
            vacancies=found.vacancies,
            actor=actor,
            at=at,
        )
        found.certificate_id = made.id
    elif not reason.strip():
        raise Invalid(reason="Enter why the names are not given.")
    found.state, found.decided_by, found.decided_at = state, actor.id, at
    found.reason = reason.strip() or None
    session.flush()
    _record(session, "answer", found, actor, at, outcome=state.value, certificate=found.certificate_id)
    return found


def _record(
    session: Session, act: str, found: NameRequest, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.name_requests.{act}",
        actor=actor,
        at=at,
        subject=found.id,
        agency_id=found.agency_id,
        requisition=found.requisition_id,
        **details,
    )
