"""What both sides agree: more time for a limit that runs, or a settlement that ends the grievance."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.grievances import chain, letters, queries, rules
from app.personnel.grievances.models import Grievance, GrievanceAgreement
from app.personnel.grievances.services import side_of
from app.personnel.grievances.states import AgreementKind, AgreementState, Ending, GrievanceState, Side
from app.platform.actors import Actor
from app.platform.errors import Conflict, Forbidden, Invalid
from app.platform.ids import new_id
from app.web.dates import format_date


def propose(
    session: Session,
    *,
    grievance_id: str,
    kind: AgreementKind,
    terms: str,
    until_on: dt.date | None,
    actor: Actor,
    at: dt.datetime,
) -> str:
    """Propose more time or a settlement to the other side, and give its id."""
    grievance = queries.get_either(session, grievance_id, actor)
    side, today = _side(grievance, actor), chain.today_of(grievance, at)
    if not terms.strip():
        raise Invalid(terms="Enter what you propose")
    if kind is AgreementKind.EXTENSION:
        day = rules.check_until(until_on, due_on=_running(grievance), today=today)
    else:
        if not grievance.state.is_disputed:
            raise Conflict("This grievance is over, so nothing is left to settle.")
        if until_on is None:
            raise Invalid(until_on="Enter the day by which it is done")
        day = rules.check_until(until_on, due_on=today - dt.timedelta(days=1), today=today)
    row = GrievanceAgreement(
        id=new_id("gra"),
        kind=kind,
        side=side,
        terms=terms.strip(),
        until_on=day,
        state=AgreementState.PROPOSED,
        proposed_by=str(actor.id),
        proposed_at=at,
    )
    grievance.agreements.append(row)
    session.flush()
    chain.record(session, "propose", grievance, actor, at, kind=kind.value, side=side.value)
    subject = f"{kind.title} is proposed in {grievance.number}"
    _tell(
        session, grievance, side, f"{row.id}:proposed", subject, f"Until {format_date(day)}. Answer it.", at
    )
    return row.id


def answer_proposal(
    session: Session, *, grievance_id: str, agreement_id: str, is_agreed: bool, actor: Actor, at: dt.datetime
) -> None:
    """Agree to what the other side proposed, or refuse it."""
    grievance = queries.get_either(session, grievance_id, actor)
    row = queries.find_agreement(grievance, agreement_id)
    if _side(grievance, actor) is row.side:
        raise Conflict("The other side has to answer this proposal.")
    if row.state is not AgreementState.PROPOSED:
        raise Conflict("This proposal was answered, or came to nothing, already.")
    row.state = AgreementState.AGREED if is_agreed else AgreementState.REFUSED
    row.answered_by, row.answered_at = actor.id, at
    if is_agreed:
        _carry_out(session, grievance, row, at)
    session.flush()
    chain.record(session, "answer_proposal", grievance, actor, at, kind=row.kind.value, agreed=is_agreed)
    said = "It is agreed." if is_agreed else "It is refused."
    side = Side.OFFICE if row.side is Side.GRIEVANT else Side.GRIEVANT
    _tell(session, grievance, side, f"{row.id}:answered", f"{row.kind.title}: {grievance.number}", said, at)


def _carry_out(session: Session, grievance: Grievance, row: GrievanceAgreement, at: dt.datetime) -> None:
    if row.kind is AgreementKind.SETTLEMENT:
        promised = [(row.terms, row.until_on)]
        chain.end(session, grievance, Ending.SETTLED, note=row.terms, promised=promised, at=at)
        return
    today = chain.today_of(grievance, at)
    day = rules.check_until(row.until_on, due_on=_running(grievance), today=today)
    if grievance.state is GrievanceState.AT_STEP:
        grievance.current.due_on = day
    else:
        grievance.appeal_due_on = day


def _running(grievance: Grievance) -> dt.date:
    """Give the end of the limit that runs now, or raise Conflict."""
    if grievance.state is GrievanceState.AT_STEP:
        return grievance.current.due_on
    if grievance.appeal_due_on is None:
        raise Conflict("No limit runs now, so there is nothing to extend.")
    return grievance.appeal_due_on


def _side(grievance: Grievance, actor: Actor) -> Side:
    """Tell for which side the actor agrees: for the office, who answers now or the grievance officer."""
    side = side_of(grievance, actor)
    is_bound = grievance.current.decider_id == actor.id or actor.may(queries.OFFICER, grievance.agency_id)
    if side is Side.OFFICE and not is_bound:
        raise Forbidden()
    return side


def _tell(
    session: Session, grievance: Grievance, side: Side, key: str, subject: str, said: str, at: dt.datetime
) -> None:
    """Tell the side that did not act."""
    if side is Side.OFFICE:
        letters.tell_grievant(session, grievance, key, subject, (said,), at)
    else:
        letters.tell_office(session, grievance, key, subject, (said,), at)
