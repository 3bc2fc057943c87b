"""Reading kept columns and kept trials."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.exams import merit, rulebooks
from app.exams.examinations.models import Examination
from app.exams.merit_lists.models import MeritList
from app.exams.sandboxes.models import ListColumns, Sandbox
from app.exams.sandboxes.trials import Basis
from app.exams.scoring.queries import load_inputs, load_key
from app.exams.scoring.rules import score, tabulate
from app.platform import scope, storage
from app.platform.actors import Actor
from app.platform.errors import Conflict, NotFound

READ = "exams.sandboxes.show"
MOST_KEPT = 50


def load_basis(session: Session, merit_list: MeritList) -> Basis:
    """Give what a list was ranked from; the columns of one that kept none are made from its sealed inputs."""
    kept = session.get(ListColumns, merit_list.id)
    examination = merit_list.examination
    rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    return Basis.of(
        kept.digest if kept else _store_columns(session, merit_list),
        examination.rulebook_text,
        examination.number,
        merit_list.seed,
        merit_list.facts,
    )


def _store_columns(session: Session, merit_list: MeritList) -> str:
    key = merit_list.key_version
    inputs = load_inputs(session, merit_list.examination, merit_list.import_id, merit_list.mark_versions)
    try:
        candidates = tabulate(inputs, score(inputs, load_key(key) if key else None))
    except merit.MeritError as error:
        raise Conflict(f"The list cannot be made again. {error}") from error
    return storage.current().put(merit.pack(candidates))


def list_kept(session: Session, list_id: str) -> list[Sandbox]:
    """List the trials of a list that were kept, the latest first, with who kept them."""
    return list(
        session.scalars(
            select(Sandbox)
            .where(Sandbox.list_id == list_id)
            .options(joinedload(Sandbox.keeper))
            .order_by(Sandbox.kept_at.desc(), Sandbox.id.desc())
            .limit(MOST_KEPT)
        )
    )


def get_sandbox(session: Session, sandbox_id: str, actor: Actor) -> Sandbox:
    """Give a kept trial with its list and examination; NotFound outside the actor's agencies."""
    found = session.scalar(
        select(Sandbox)
        .where(Sandbox.id == sandbox_id, scope.within(Sandbox.agency_id, actor, READ))
        .options(
            selectinload(Sandbox.keeper),
            selectinload(Sandbox.merit_list)
            .selectinload(MeritList.examination)
            .options(selectinload(Examination.agency)),
        )
    )
    if found is None:
        raise NotFound("There is no such trial.")
    return found
