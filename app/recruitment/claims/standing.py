"""Which claims of an application there are and may be, and whether they may still be proved."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment import rulebooks
from app.recruitment.applications.kinds import is_private
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.claims import queries, rules
from app.recruitment.postings.models import Posting


def honoured(session: Session, posting: Posting, at: dt.datetime) -> list[str]:
    """Give the kinds of claims that a posting's rulebook honours, in the order of the page."""
    book = rulebooks.find_for(session, posting, clock.local_date(at, posting.time_zone))
    return rules.honoured_kinds(book.claims if book else ())


def demand_open(session: Session, application: Application, claim: ApplicationClaim, at: dt.datetime) -> None:
    """Raise Conflict when evidence for a claim of an application is no longer taken."""
    closing = queries.find_closing(session, application.posting_id)
    rules.demand_open(
        application.submission,
        application.standing,
        claim.state,
        closing.closes_at if closing else None,
        at,
    )


def get_claim(application: Application, kind: str) -> ApplicationClaim:
    """Give an application's claim of a kind, or raise NotFound."""
    for claim in application.claims:
        if claim.kind == kind:
            return claim
    raise NotFound(say("There is no such claim."))


def record(
    session: Session,
    verb: str,
    application: Application,
    claim: ApplicationClaim,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    """Record an act on a claim of an application; the ledger does not tell what is private."""
    audit.record(
        session,
        f"recruitment.claims.{verb}",
        actor=actor,
        at=at,
        subject=application.id,
        agency_id=application.posting.agency_id,
        claim=claim.id,
        kind="private" if is_private(claim.kind) else claim.kind,
        **details,
    )
