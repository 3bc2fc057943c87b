"""Claims of an application: made and proved by the applicant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session

from app.platform.actors import Actor
from app.platform.ids import new_id
from app.recruitment.applications import queries
from app.recruitment.applications.kinds import in_order
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.applications.states import ClaimState
from app.recruitment.claims import evidence
from app.recruitment.claims.rules import check_kinds
from app.recruitment.claims.standing import demand_open, get_claim, honoured, record
from app.recruitment.documents.rules import CheckedFile
from app.recruitment.documents.services import EVIDENCE, of_paper, put_document
from app.recruitment.drafts.services import get_draft, save_section
from app.recruitment.papers import services as papers
from app.recruitment.papers.queries import get_paper
from app.recruitment.person_claims import queries as person_queries
from app.recruitment.person_claims import services as person_claims
from app.recruitment.profiles.rules import Page


def save_claims(
    session: Session,
    *,
    application_id: str,
    kinds: Collection[str],
    actor: Actor,
    at: dt.datetime,
    page: Page | None = None,
) -> Application:
    """Set what a draft claims; `kinds` holds "none" alone where it claims nothing.

    What is claimed stands in the person's profile from then on, and the papers that prove it there prove
    it here. SavedElsewhere where another page has ticked something else since `page` was opened.
    """
    application = get_draft(session, application_id, actor)
    wanted = check_kinds(kinds, honoured(session, application.posting, at))
    held = {claim.kind: claim for claim in application.claims}
    for kind in held.keys() - wanted:
        _drop(session, application, held[kind], at)
    for kind in in_order(wanted - held.keys()):
        claim = ApplicationClaim(
            id=new_id("clm"), application_id=application_id, kind=kind, state=ClaimState.CLAIMED
        )
        application.claims.append(claim)
        session.flush()
        _take_up(session, application, claim, actor, at)
    return save_section(
        session,
        application_id=application_id,
        section="claims",
        data={"kinds": sorted(kinds)},
        is_complete=True,
        actor=actor,
        at=at,
        page=page,
    )


def _drop(session: Session, application: Application, claim: ApplicationClaim, at: dt.datetime) -> None:
    """Take a claim out of a draft, with the papers that prove nothing else there."""
    papers_of = evidence.load_evidence(session, [claim.id])[claim.id]
    application.claims.remove(claim)
    session.delete(claim)
    session.flush()
    for document in papers_of:
        if not evidence.is_evidence(session, document.id):
            document.removed_at = at


def _take_up(
    session: Session, application: Application, claim: ApplicationClaim, actor: Actor, at: dt.datetime
) -> None:
    """Prove an application's claim by the papers that prove it in the person's profile."""
    person_claims.make_claim(session, kind=claim.kind, actor=actor, at=at)
    known = person_queries.get_claim(session, str(actor.id), claim.kind)
    for paper in person_queries.live_papers(known):
        document = put_document(session, application, kind=EVIDENCE, file=of_paper(paper), actor=actor, at=at)
        evidence.add_evidence(session, claim, document, at)


def attach_evidence(
    session: Session,
    *,
    application_id: str,
    kind: str,
    checked: CheckedFile,
    digest: str,
    actor: Actor,
    at: dt.datetime,
    expires_on: dt.date | None = None,
) -> ApplicationClaim:
    """Add a stored file as evidence of a claim, to the application and to the person's own papers."""
    paper = papers.add_paper(
        session, kind=EVIDENCE, checked=checked, digest=digest, expires_on=expires_on, actor=actor, at=at
    )
    return attach_paper(
        session, application_id=application_id, kind=kind, paper_id=paper.id, actor=actor, at=at
    )


def attach_paper(
    session: Session, *, application_id: str, kind: str, paper_id: str, actor: Actor, at: dt.datetime
) -> ApplicationClaim:
    """Add one of the person's own papers as evidence of a claim; Conflict when none is taken any more."""
    application = queries.get_own_application(session, application_id, actor, lock=True)
    claim = get_claim(application, kind)
    demand_open(session, application, claim, at)
    paper = get_paper(session, paper_id, str(actor.id))
    document = put_document(session, application, kind=EVIDENCE, file=of_paper(paper), actor=actor, at=at)
    if evidence.add_evidence(session, claim, document, at):
        person_claims.prove(session, kind=kind, paper_id=paper_id, actor=actor, at=at)
        record(session, "attach", application, claim, actor, at, document=document.id)
    return claim
