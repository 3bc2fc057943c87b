"""Ending the cases that the schedule says are over: proposed by one person, approved by another."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.compliance.case_purges import due as falling
from app.compliance.case_purges import queries
from app.compliance.case_purges.models import CasePurge
from app.compliance.retention.services import CHANGED
from app.compliance.retention.states import PurgeState, move
from app.platform import audit, jobs
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id


def propose(session: Session, *, agency_id: str, reason: str, actor: Actor, at: dt.datetime) -> CasePurge:
    """Propose to end what falls due of an agency's cases today; NotFound where nothing does."""
    cutoff_on = at.date()
    agency = falling.get_due(session, agency_id, actor, cutoff_on).agency
    actor.demand("compliance.case_purges.propose", agency.id)
    count, digest = falling.survey(session, agency.id, cutoff_on)
    if not count:
        raise Conflict("Orders to keep everything stand on all of these people. Nothing may go.")
    purge = CasePurge(
        id=new_id("cpg"),
        agency_id=agency.id,
        state=PurgeState.PROPOSED,
        cutoff_on=cutoff_on,
        law=falling.laws_of(session, agency.id, cutoff_on),
        cases=count,
        ids_digest=digest,
        proposed_by=str(actor.id),
        proposed_at=at,
        proposal_reason=reason,
    )
    session.add(purge)
    session.flush()
    record(session, "propose", purge, actor, at, cases=count, ids=digest)
    return purge


def approve(session: Session, *, purge_id: str, actor: Actor, at: dt.datetime) -> CasePurge:
    """Approve what another person proposed; a job carries it out. Conflict once it is no longer the same."""
    purge = _decide(session, "approve", purge_id, PurgeState.APPROVED, actor, at)
    _, digest = falling.survey(session, purge.agency_id, purge.cutoff_on)
    if digest != purge.ids_digest:
        raise Conflict(CHANGED)
    session.flush()
    record(session, "approve", purge, actor, at, cases=purge.cases, ids=digest)
    payload = {"purge": purge.id}
    jobs.enqueue(session, "compliance.purge_cases", key=f"cases:{purge.id}", payload=payload, at=at)
    return purge


def send_back(session: Session, *, purge_id: str, reason: str, actor: Actor, at: dt.datetime) -> CasePurge:
    """Send a proposal back with a reason; nothing is deleted."""
    purge = _decide(session, "send_back", purge_id, PurgeState.SENT_BACK, actor, at)
    purge.decision_reason = reason
    session.flush()
    record(session, "send_back", purge, actor, at)
    return purge


def _decide(
    session: Session, act: str, purge_id: str, to: PurgeState, actor: Actor, at: dt.datetime
) -> CasePurge:
    purge = queries.get_purge(session, purge_id, actor, lock=True)
    actor.demand(f"compliance.case_purges.{act}", purge.agency_id)
    if purge.proposed_by == actor.id:
        raise Conflict("Somebody other than who proposed it must decide.")
    purge.state = move(purge.state, to)
    purge.decided_by, purge.decided_at = str(actor.id), at
    return purge


def record(
    session: Session, act: str, purge: CasePurge, actor: Actor, at: dt.datetime, **details: Any
) -> None:
    """Record an act on a purge."""
    audit.record(
        session,
        f"compliance.case_purges.{act}",
        actor=actor,
        at=at,
        subject=purge.id,
        agency_id=purge.agency_id,
        **details,
    )
