"""Appeals of applicants against refused claims."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.sentences import say
from app.recruitment.applications import queries
from app.recruitment.applications.states import ClaimState, Standing, Submission
from app.recruitment.claims import queries as claim_queries
from app.recruitment.claims.models import ClaimAppeal
from app.recruitment.claims.standing import get_claim, record


def appeal(
    session: Session, *, application_id: str, kind: str, text: str, actor: Actor, at: dt.datetime
) -> ClaimAppeal:
    """Appeal against the refusal of a claim, once a decision; another officer then decides again."""
    application = queries.get_own_application(session, application_id, actor, lock=True)
    claim = get_claim(application, kind)
    if claim.state is not ClaimState.REFUSED or application.submission is not Submission.SUBMITTED:
        raise Conflict(say("Only a refused claim can be appealed."))
    if application.standing is not Standing.NONE:
        raise Conflict(say("The list has been made. Your result's page says how to appeal against it."))
    version = len(claim.decisions)
    if claim_queries.find_appeal(session, claim.id, version) is not None:
        raise Conflict(say("You have appealed already. Another officer will decide."))
    made = ClaimAppeal(id=new_id("cap"), claim_id=claim.id, version=version, text=text, made_at=at)
    session.add(made)
    session.flush()
    record(session, "appeal", application, claim, actor, at)
    return made
