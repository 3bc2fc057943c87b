"""Reading proofs of intake, interruptions and moved closings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.accounts.models import Account
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Screening, Submission
from app.recruitment.interruptions.models import IntakeFault, IntakeProof, Interruption, MovedClosing
from app.recruitment.interruptions.rules import LAST_DAY, LOOK_BACK, Span
from app.recruitment.interruptions.states import InterruptionState
from app.recruitment.postings.models import OWN, Posting
from app.recruitment.postings.states import PostingState

READ = "recruitment.interruptions.list_staff"
SHOWN = 50


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on interruptions: those of all agencies, and those of the actor's own."""
    return or_(Interruption.agency_id.is_(None), scope.within(Interruption.agency_id, actor, READ))


def find_last_proof(session: Session) -> dt.datetime | None:
    """Give the last moment at which intake was seen to work."""
    return session.scalar(select(func.max(IntakeProof.at)))


def get_interruption(session: Session, interruption_id: str, actor: Actor) -> Interruption:
    """Give an interruption, locked; NotFound outside the actor's agencies."""
    query = select(Interruption).where(Interruption.id == interruption_id, visible_to(actor))
    found = session.scalar(query.with_for_update(of=Interruption))
    if found is None:
        raise NotFound("There is no such interruption.")
    return found


def list_interruptions(session: Session, actor: Actor) -> list[Interruption]:
    """List the newest interruptions with the people who declared and decided them."""
    query = (
        select(Interruption)
        .where(visible_to(actor))
        .options(
            joinedload(Interruption.agency),
            joinedload(Interruption.declarer),
            joinedload(Interruption.decider),
        )
        .order_by(Interruption.starts_at.desc(), Interruption.id.desc())
        .limit(SHOWN)
    )
    return list(session.scalars(query))


def list_moved(session: Session, actor: Actor) -> list[MovedClosing]:
    """List the newest moved closings in the actor's agencies, with their postings."""
    query = (
        select(MovedClosing)
        .join(MovedClosing.posting)
        .where(scope.within(Posting.agency_id, actor, READ))
        .options(joinedload(MovedClosing.posting))
        .order_by(MovedClosing.moved_at.desc(), MovedClosing.id.desc())
        .limit(SHOWN)
    )
    return list(session.scalars(query))


def list_faults(session: Session, actor: Actor) -> list[IntakeFault]:
    """List the newest faults of applications in the actor's agencies, and those of no posting."""
    query = (
        select(IntakeFault)
        .outerjoin(Posting, Posting.id == IntakeFault.posting_id)
        .where(or_(IntakeFault.posting_id.is_(None), scope.within(Posting.agency_id, actor, READ)))
        .order_by(IntakeFault.at.desc(), IntakeFault.id.desc())
        .limit(SHOWN)
    )
    return list(session.scalars(query))


def list_affected(session: Session, at: dt.datetime) -> list[Posting]:
    """List, locked, the postings whose last day before closing overlaps an interruption or holds a fault.

    They are published, or were closed by the clock within the last week.
    """
    since = at - LOOK_BACK
    clock_closed = (Posting.state == PostingState.CLOSED) & (Posting.closes_at > since)
    interrupted = (
        select(Interruption.id)
        .where(
            Interruption.state == InterruptionState.CONFIRMED,
            Interruption.ends_at > since,
            or_(Interruption.agency_id.is_(None), Interruption.agency_id == Posting.agency_id),
            Interruption.starts_at < Posting.closes_at,
        )
        .exists()
    )
    faulty = (
        select(IntakeFault.id)
        .where(
            IntakeFault.at > since,
            IntakeFault.at < Posting.closes_at,
            or_(IntakeFault.posting_id.is_(None), IntakeFault.posting_id == Posting.id),
        )
        .exists()
    )
    query = (
        select(Posting)
        .where(
            Posting.source == OWN,
            or_(Posting.state == PostingState.PUBLISHED, clock_closed),
            Posting.closes_at > since,
            Posting.closes_at <= at + LAST_DAY,
            or_(interrupted, faulty),
        )
        .order_by(Posting.id)
        .with_for_update(of=Posting)
    )
    return list(session.scalars(query))


def load_spans(session: Session, posting: Posting, since: dt.datetime) -> list[Span]:
    """Load the confirmed interruptions that ended after a moment and concern a posting."""
    query = select(Interruption.starts_at, Interruption.ends_at).where(
        Interruption.state == InterruptionState.CONFIRMED,
        Interruption.ends_at > since,
        or_(Interruption.agency_id.is_(None), Interruption.agency_id == posting.agency_id),
    )
    return [Span(max(start, since), end) for start, end in session.execute(query)]


def load_faults(session: Session, posting: Posting, since: dt.datetime) -> list[dt.datetime]:
    """Load the moments, after a given one, of faults that concern a posting.

    Whoever met with a fault before that moment is left out: nobody moves the same closing twice.
    """
    concerns = or_(IntakeFault.posting_id.is_(None), IntakeFault.posting_id == posting.id)
    before = select(IntakeFault.person).where(
        IntakeFault.at <= since, IntakeFault.person.is_not(None), concerns
    )
    query = select(IntakeFault.at).where(
        IntakeFault.at > since,
        or_(IntakeFault.person.is_(None), IntakeFault.person.not_in(before)),
        concerns,
    )
    return list(session.scalars(query))


def find_posting_id(session: Session, application_id: str) -> str | None:
    """Find the posting that an application is for."""
    return session.scalar(select(Application.posting_id).where(Application.id == application_id))


def find_last_move(session: Session, posting_id: str) -> dt.datetime | None:
    """Give when a posting's closing was last moved; what happened before then is made good already."""
    return session.scalar(
        select(func.max(MovedClosing.moved_at)).where(MovedClosing.posting_id == posting_id)
    )


def is_screened(session: Session, posting_id: str) -> bool:
    """Tell whether somebody decided on an application of a posting already."""
    query = select(Application.id).where(
        Application.posting_id == posting_id, Application.screening != Screening.PENDING
    )
    return session.scalar(query.limit(1)) is not None


def get_move(session: Session, move_id: str) -> MovedClosing:
    """Give a moved closing with its posting and agency."""
    query = (
        select(MovedClosing)
        .where(MovedClosing.id == move_id)
        .options(joinedload(MovedClosing.posting).joinedload(Posting.agency))
    )
    return session.scalars(query).one()


def list_drafts(session: Session, posting_id: str) -> Sequence[tuple[str, Account]]:
    """List the drafts for a posting, each with its owner, in order of id."""
    query = (
        select(Application.id, Account)
        .join(Account, Account.id == Application.account_id)
        .where(Application.posting_id == posting_id, Application.submission == Submission.DRAFT)
        .order_by(Application.id)
    )
    return [(application_id, account) for application_id, account in session.execute(query)]
