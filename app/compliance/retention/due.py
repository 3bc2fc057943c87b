"""Reading what falls due by the schedule."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select, true
from sqlalchemy.orm import Session, joinedload

from app.compliance.deletions.models import LegalHold
from app.compliance.deletions.rules import APPEAL
from app.compliance.deletions.states import HoldState
from app.compliance.retention.models import PurgedApplication
from app.exams.appeals.models import Appeal
from app.exams.certificates.models import CertificateEntry
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.states import ListState
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Placement
from app.recruitment.fees.models import FeeEntry
from app.recruitment.postings.models import Posting
from app.recruitment.screening.models import ScreeningOutcome

MOST = 200
# Whoever is appointed, or may still be, keeps a file for which these papers are needed.
UNDER_WAY = (Placement.CERTIFIED, Placement.SELECTED, Placement.APPOINTED)


@dataclass(frozen=True, slots=True)
class Due:
    """The applications of a vacancy whose time is over: how many may go, and how many a hold keeps."""

    posting: Posting
    count: int
    held: int


def is_held() -> ColumnElement[bool]:
    """Give the condition that an order keeps everything of an application's person."""
    return exists().where(
        LegalHold.account_id == Application.account_id, LegalHold.state != HoldState.RELEASED
    )


def is_over(cutoff_on: dt.date, today: dt.date) -> ColumnElement[bool]:
    """Give the condition that a received application ended before a day, with all that rests on it."""
    cutoff = dt.datetime.combine(cutoff_on, dt.time(), dt.UTC)
    ended = func.coalesce(Posting.closed_at, Posting.cancelled_at)
    screened = exists().where(
        ScreeningOutcome.application_id == Application.id, ScreeningOutcome.decided_at >= cutoff
    )
    listed = exists().where(
        MeritListEntry.application_id == Application.id,
        MeritList.id == MeritListEntry.list_id,
        MeritList.state == ListState.PUBLISHED,
        or_(MeritList.expires_on.is_(None), MeritList.expires_on >= today - APPEAL),
    )
    certified = exists().where(
        MeritListEntry.application_id == Application.id,
        CertificateEntry.entry_id == MeritListEntry.id,
        or_(CertificateEntry.decided_at.is_(None), CertificateEntry.decided_at >= cutoff),
    )
    appealed = exists().where(
        Appeal.application_id == Application.id,
        or_(Appeal.decided_at.is_(None), Appeal.decided_at >= cutoff),
    )
    purged = exists().where(PurgedApplication.application_id == Application.id)
    return and_(
        Application.number.is_not(None),
        Application.submitted_at < cutoff,
        ended < cutoff,
        Application.placement.not_in(UNDER_WAY),
        *(not_(one) for one in (screened, listed, certified, appealed, purged)),
    )


def due_ids(posting_id: str, cutoff_on: dt.date, today: dt.date) -> Select[str]:
    """Give the query for the ids of a vacancy's applications that may go."""
    return (
        select(Application.id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(Application.posting_id == posting_id, is_over(cutoff_on, today), not_(is_held()))
    )


def survey(session: Session, posting_id: str, cutoff_on: dt.date, today: dt.date) -> tuple[int, str]:
    """Give how many applications of a vacancy may go, and the digest of their ids."""
    ids = sorted(session.scalars(due_ids(posting_id, cutoff_on, today)))
    return len(ids), digest_of(ids)


def digest_of(ids: list[str]) -> str:
    """Give the SHA-256 of sorted ids, a line each."""
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def list_due(session: Session, actor: Actor, cutoff_on: dt.date, today: dt.date) -> list[Due]:
    """List the vacancies with applications whose time is over, the longest ended first."""
    counts = (
        select(
            Application.posting_id,
            func.count().label("count"),
            func.count().filter(is_held()).label("held"),
        )
        .join(Posting, Posting.id == Application.posting_id)
        .where(is_over(cutoff_on, today), visible_to(actor))
        .group_by(Application.posting_id)
        .subquery()
    )
    query = (
        select(Posting, counts.c.count, counts.c.held)
        .join(counts, counts.c.posting_id == Posting.id)
        .options(joinedload(Posting.agency))
        .order_by(func.coalesce(Posting.closed_at, Posting.cancelled_at), Posting.id)
        .limit(MOST)
    )
    return [Due(posting, count - held, held) for posting, count, held in session.execute(query)]


def list_due_drafts(session: Session, cutoff_on: dt.date, *, limit: int, after: str = "") -> list[str]:
    """List the ids of drafts whose vacancy ended before a day; not those of a hold, nor those with money."""
    cutoff = dt.datetime.combine(cutoff_on, dt.time(), dt.UTC)
    query = (
        select(Application.id)
        .join(Posting, Posting.id == Application.posting_id)
        .where(
            Application.number.is_(None),
            Application.id > after,
            func.coalesce(Posting.closed_at, Posting.cancelled_at) < cutoff,
            not_(is_held()),
            Application.id.not_in(select(FeeEntry.application_id)),
        )
    )
    return list(session.scalars(query.order_by(Application.id).limit(limit)))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on postings of the agencies whose records the actor keeps."""
    agencies = actor.agencies("compliance.retention.list_staff")
    return true() if agencies is None else Posting.agency_id.in_(agencies)


def get_due(session: Session, posting_id: str, actor: Actor, cutoff_on: dt.date, today: dt.date) -> Due:
    """Give what of a vacancy falls due, or raise NotFound."""
    for due in list_due(session, actor, cutoff_on, today):
        if due.posting.id == posting_id:
            return due
    raise NotFound("Nothing of this vacancy falls due.")
