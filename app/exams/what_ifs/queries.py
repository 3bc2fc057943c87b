"""Reading what-ifs, and loading what one is worked out from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.exams.corrections.queries import load_certified, map_live
from app.exams.examinations.models import Examination
from app.exams.keys.models import KeyVersion
from app.exams.keys.queries import find_in_force
from app.exams.keys.rules import as_core
from app.exams.merit_lists.queries import find_first_seed
from app.exams.responses.queries import find_current
from app.exams.scoring.queries import load_inputs, load_key
from app.exams.what_ifs import rules
from app.exams.what_ifs.models import WhatIf
from app.exams.what_ifs.rules import Trial
from app.platform import scope, small_groups
from app.platform.actors import Actor
from app.platform.errors import Conflict, NotFound

READ = "exams.what_ifs.show"
# Before a first list there is no public seed: a fixed one then serves both keys alike.
NOT_DRAWN = "not drawn yet"
MOST = 20


@dataclass(frozen=True, slots=True)
class Tried:
    """A trial with what it was made of."""

    trial: Trial
    key: KeyVersion
    import_id: str
    changes: dict[str, Any]
    seed: str
    seed_is_public: bool


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps what-ifs to the agencies in which the actor may read them."""
    return scope.within(Examination.agency_id, actor, READ)


def try_changes(session: Session, examination: Examination, changes: Mapping[str, Any]) -> Tried | None:
    """Work out what new entries of items would move, by what is stored now; None while there are no answers.

    The examination comes with items, posting and agency. Nothing is stored.
    """
    key, current = find_in_force(session, examination.id), find_current(session, examination.id)
    if current is None:
        return None
    if key is None:
        raise Conflict("No key is approved yet.")
    seed = find_first_seed(session, examination.id)
    inputs = load_inputs(session, examination, current.id)
    tried = as_core(key.version + 1, key.answers | dict(changes))
    certified = load_certified(session, examination)
    least, stopped = small_groups.least_shown(), map_live(session, examination.id)
    trial = rules.work_out(inputs, load_key(key), tried, seed or NOT_DRAWN, certified, least, stopped)
    return Tried(trial, key, current.id, dict(changes), seed or NOT_DRAWN, seed is not None)


def get_what_if(session: Session, what_if_id: str, actor: Actor) -> WhatIf:
    """Give a what-if with examination, key and who worked it out; NotFound outside the actor's agencies."""
    query = (
        select(WhatIf)
        .join(WhatIf.examination)
        .where(WhatIf.id == what_if_id, visible_to(actor))
        .options(
            contains_eager(WhatIf.examination).options(
                selectinload(Examination.agency), selectinload(Examination.items)
            ),
            joinedload(WhatIf.key_version),
            joinedload(WhatIf.response_import),
            joinedload(WhatIf.computer),
        )
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such what-if.")
    return found


def list_what_ifs(session: Session, examination_id: str, *, item: str = "") -> list[WhatIf]:
    """List the what-ifs of an examination, or those that try an item, the latest first, twenty at most."""
    query = (
        select(WhatIf)
        .where(WhatIf.examination_id == examination_id)
        .options(joinedload(WhatIf.computer))
        .order_by(WhatIf.computed_at.desc(), WhatIf.id.desc())
        .limit(MOST * 5)
    )
    found = [row for row in session.scalars(query) if not item or item in row.changes]
    return found[:MOST]
