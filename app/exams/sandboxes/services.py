"""Keeping the columns of a list, and a trial with who made it and why."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams import merit
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.queries import get_list
from app.exams.sandboxes import queries
from app.exams.sandboxes.models import ListColumns, Sandbox
from app.exams.sandboxes.rules import Wanted
from app.exams.sandboxes.trials import try_out
from app.platform import audit, storage
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id


def keep_columns(session: Session, merit_list: MeritList, listing: merit.MeritList) -> None:
    """Keep what a list was ranked from, so that other rules can be tried without scoring anything again."""
    digest = storage.current().put(merit.pack(listing.candidates))
    session.add(ListColumns(list_id=merit_list.id, digest=digest))


def keep_trial(
    session: Session,
    *,
    list_id: str,
    wanted: Wanted,
    purpose: str,
    actor: Actor,
    at: dt.datetime,
) -> Sandbox:
    """Keep a trial beside the list, computed again; the list itself is not touched."""
    merit_list = get_list(session, list_id, actor)
    actor.demand("exams.sandboxes.try_out", merit_list.agency_id)
    if not purpose.strip():
        raise Invalid(purpose="Enter what this trial is for.")
    basis = queries.load_basis(session, merit_list)
    trial = try_out(basis, tuple(wanted.changes.items()), wanted.vacancies)
    sandbox = Sandbox(
        id=new_id("sbx"),
        list_id=merit_list.id,
        agency_id=merit_list.agency_id,
        purpose=purpose.strip(),
        changes=wanted.kept,
        rulebook_digest=trial.tried.rulebook.digest,
        digest=trial.tried.digest,
        passed=trial.tried.passed_count,
        entering=trial.entering,
        leaving=trial.leaving,
        kept_by=actor.id,
        kept_at=at,
    )
    session.add(sandbox)
    session.flush()
    audit.record(
        session,
        "exams.sandboxes.try_out",
        actor=actor,
        at=at,
        subject=merit_list.id,
        agency_id=merit_list.agency_id,
        sandbox=sandbox.id,
        digest=sandbox.digest,
        why=sandbox.purpose,
    )
    return sandbox
