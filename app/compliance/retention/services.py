"""Ending what the schedule says is over: proposed by one person, approved by another."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.compliance.retention import due as falling
from app.compliance.retention import queries
from app.compliance.retention.models import Purge
from app.compliance.retention.schedule import Series
from app.compliance.retention.states import PurgeState, move
from app.platform import audit, jobs
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id

CHANGED = "What falls due has changed since this was proposed. Send it back, and propose it anew."


def propose(
    session: Session, *, posting_id: str, series: Series, reason: str, actor: Actor, at: dt.datetime
) -> Purge:
    """Propose to delete what falls due of a vacancy's applications; NotFound where nothing does."""
    today, cutoff_on = at.date(), series.cutoff(at.date())
    posting = falling.get_due(session, posting_id, actor, cutoff_on, today).posting
    actor.demand("compliance.retention.propose", posting.agency_id)
    count, digest = falling.survey(session, posting_id, cutoff_on, today)
    if not count:
        raise Conflict("Orders to keep everything stand on all of these people. Nothing may go.")
    purge = Purge(
        id=new_id("prg"),
        posting_id=posting_id,
        agency_id=posting.agency_id,
        state=PurgeState.PROPOSED,
        cutoff_on=cutoff_on,
        law=series.law,
        applications=count,
        ids_digest=digest,
        proposed_by=str(actor.id),
        proposed_at=at,
        proposal_reason=reason,
    )
    session.add(purge)
    session.flush()
    record(session, "propose", purge, actor, at, applications=count, ids=digest)
    return purge


def approve(session: Session, *, purge_id: str, actor: Actor, at: dt.datetime) -> Purge:
    """Approve what another person proposed; a job carries it out. Conflict once it is no longer the same."""
    purge = _decide(session, "approve", purge_id, PurgeState.APPROVED, actor, at)
    _, digest = falling.survey(session, purge.posting_id, purge.cutoff_on, at.date())
    if digest != purge.ids_digest:
        raise Conflict(CHANGED)
    session.flush()
    record(session, "approve", purge, actor, at, applications=purge.applications, ids=digest)
    jobs.enqueue(
        session,
        "compliance.purge_applications",
        key=f"purge:{purge.id}",
        payload={"purge": purge.id},
        at=at,
    )
    return purge


def send_back(session: Session, *, purge_id: str, reason: str, actor: Actor, at: dt.datetime) -> Purge:
    """Send a proposal back with a reason; nothing is deleted."""
    purge = _decide(session, "send_back", purge_id, PurgeState.SENT_BACK, actor, at)
    purge.decision_reason = reason
    session.flush()
    record(session, "send_back", purge, actor, at)
    return purge


def _decide(
    session: Session, act: str, purge_id: str, to: PurgeState, actor: Actor, at: dt.datetime
) -> Purge:
    purge = queries.get_purge(session, purge_id, actor, lock=True)
    actor.demand(f"compliance.retention.{act}", purge.agency_id)
    if purge.proposed_by == actor.id:
        raise Conflict("Somebody other than who proposed it must decide.")
    purge.state = move(purge.state, to)
    purge.decided_by, purge.decided_at = str(actor.id), at
    return purge


def record(session: Session, act: str, purge: Purge, actor: Actor, at: dt.datetime, **details: Any) -> None:
    """Record an act on a purge."""
    audit.record(
        session,
        f"compliance.retention.{act}",
        actor=actor,
        at=at,
        subject=purge.id,
        agency_id=purge.agency_id,
        posting=purge.posting_id,
        **details,
    )
