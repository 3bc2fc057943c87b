"""Reading key versions."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.exams.examinations.models import Examination
from app.exams.examinations.queries import visible_to
from app.exams.keys.models import KeyVersion
from app.exams.keys.states import KeyState
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "exams.keys.show"


def get_key(session: Session, key_id: str, actor: Actor, *, lock: bool = False) -> KeyVersion:
    """Give a key version with its examination and people; NotFound outside the actor's agencies."""
    query = (
        select(KeyVersion)
        .join(KeyVersion.examination)
        .where(KeyVersion.id == key_id, visible_to(actor, READ))
        .options(
            contains_eager(KeyVersion.examination).options(
                selectinload(Examination.items),
                selectinload(Examination.agency),
                selectinload(Examination.posting),
            ),
            joinedload(KeyVersion.proposer),
            joinedload(KeyVersion.decider),
        )
    )
    found = session.scalar(query.with_for_update(of=KeyVersion) if lock else query)
    if found is None:
        raise NotFound("There is no such key version.")
    return found


def list_keys(session: Session, examination_id: str) -> list[KeyVersion]:
    """List all versions of a key, the latest first, with their people."""
    return list(
        session.scalars(
            select(KeyVersion)
            .where(KeyVersion.examination_id == examination_id)
            .options(joinedload(KeyVersion.proposer), joinedload(KeyVersion.decider))
            .order_by(KeyVersion.version.desc())
        )
    )


def find_latest(session: Session, examination_id: str) -> KeyVersion | None:
    """Find the latest version, whatever became of it."""
    return session.scalar(
        select(KeyVersion)
        .where(KeyVersion.examination_id == examination_id)
        .order_by(KeyVersion.version.desc())
        .limit(1)
    )


def find_in_force(session: Session, examination_id: str) -> KeyVersion | None:
    """Find the approved version with the highest number."""
    return session.scalar(
        select(KeyVersion)
        .where(KeyVersion.examination_id == examination_id, KeyVersion.state == KeyState.APPROVED)
        .order_by(KeyVersion.version.desc())
        .limit(1)
    )


def find_before(session: Session, key: KeyVersion) -> KeyVersion | None:
    """Find the approved version that a key comes after."""
    return session.scalar(
        select(KeyVersion)
        .where(
            KeyVersion.examination_id == key.examination_id,
            KeyVersion.state == KeyState.APPROVED,
            KeyVersion.version < key.version,
        )
        .order_by(KeyVersion.version.desc())
        .limit(1)
    )


def next_version(session: Session, examination_id: str) -> int:
    """Give the number of the version that comes next."""
    last = session.scalar(
        select(func.max(KeyVersion.version)).where(KeyVersion.examination_id == examination_id)
    )
    return (last or 0) + 1
