"""Keeping a what-if, and writing down who looked at it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.examinations.models import Examination
from app.exams.what_ifs import rules
from app.exams.what_ifs.models import WhatIf
from app.exams.what_ifs.queries import Tried
from app.platform import audit, storage
from app.platform.actors import Actor
from app.platform.ids import new_id


def keep_what_if(
    session: Session, *, examination: Examination, tried: Tried, actor: Actor, at: dt.datetime
) -> WhatIf:
    """Keep what a change of the key would move, under a seal of its own."""
    actor.demand("exams.challenges.propose", examination.agency_id)
    trial = tried.trial
    values = {
        "examination_id": examination.id,
        "key_version_id": tried.key.id,
        "import_id": tried.import_id,
        "changes": tried.changes,
        "rulebook_digest": trial.before.listing.rulebook.digest,
        "tried_digest": trial.after.scores.key_digest if trial.after.scores else "",
        "seed": tried.seed,
        "seed_is_public": tried.seed_is_public,
        "before_digest": trial.before.listing.digest,
        "after_digest": trial.after.listing.digest,
        "movers_digest": storage.current().put(trial.movers),
        "result": trial.result,
    }
    what_if = WhatIf(
        id=new_id("wif"), **values, seal=rules.seal(values), computed_by=str(actor.id), computed_at=at
    )
    session.add(what_if)
    session.flush()
    _record(
        session, "create", what_if, examination, actor, at, items=sorted(tried.changes), seal=what_if.seal
    )
    return what_if


def record_look(session: Session, *, what_if: WhatIf, act: str, actor: Actor, at: dt.datetime) -> None:
    """Write down that somebody looked at a what-if, or (download) took its list of people away."""
    _record(session, act, what_if, what_if.examination, actor, at)


def _record(
    session: Session,
    act: str,
    what_if: WhatIf,
    examination: Examination,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    audit.record(
        session,
        f"exams.what_ifs.{act}",
        actor=actor,
        at=at,
        subject=what_if.id,
        agency_id=examination.agency_id,
        examination=examination.id,
        **details,
    )
