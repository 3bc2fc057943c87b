"""Deleting what is over: of what was received the content goes, of what never was everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, insert, literal, select, update
from sqlalchemy.orm import Session

from app.compliance.personal_data.declared import HELD
from app.compliance.personal_data.queries import table_of
from app.compliance.retention import due as falling
from app.compliance.retention import queries, services
from app.compliance.retention.models import PurgedApplication
from app.compliance.retention.states import PurgeState, move
from app.platform import audit
from app.platform.actors import SYSTEM
from app.platform.db import Base
from app.platform.personal_data import Fate, Held
from app.recruitment.applications.models import Application, ApplicationVersion
from app.recruitment.applications.snapshots import NOBODY, purged
from app.recruitment.fees.models import ApplicationFee
from app.recruitment.screening.models import ScreeningOutcome

ROOT = "applications"
ROWS = 1000
# Of what was received these stay, without words of the person: what was decided, when, and the digests.
STRIPPED = frozenset({ROOT, "application_versions", "application_fees", "fee_entries", "screening_outcomes"})


def carry_out(session: Session, *, purge_id: str, at: dt.datetime) -> list[str]:
    """Delete what was approved and give the digests of files that may go.

    What came under a hold meanwhile stays. Where more would go than was approved, it is sent back.
    """
    purge = queries.get_for_job(session, purge_id)
    if purge.state is not PurgeState.APPROVED:
        return []
    due = falling.due_ids(purge.posting_id, purge.cutoff_on, at.date())
    ids = sorted(session.scalars(due))
    if len(ids) > purge.applications:
        purge.state, purge.decision_reason = move(purge.state, PurgeState.SENT_BACK), services.CHANGED
        session.flush()
        services.record(session, "stop", purge, SYSTEM, at)
        return []
    session.execute(
        insert(PurgedApplication).from_select(
            ["application_id", "purge_id"], due.add_columns(literal(purge.id))
        )
    )
    gone = select(PurgedApplication.application_id).where(PurgedApplication.purge_id == purge.id)
    digests, counts = _delete(session, gone, spared=STRIPPED)
    _strip(session, gone)
    purge.state, purge.done_at = move(purge.state, PurgeState.CARRIED_OUT), at
    session.flush()
    services.record(
        session,
        "carry_out",
        purge,
        SYSTEM,
        at,
        applications=len(ids),
        ids=falling.digest_of(ids),
        rows=counts,
    )
    return digests


def delete_drafts(session: Session, ids: Collection[str], at: dt.datetime) -> list[str]:
    """Delete drafts with all that belongs to them, and give the digests of files that may go."""
    digests, counts = _delete(session, ids, spared=frozenset())
    audit.record(
        session,
        "compliance.retention.delete_drafts",
        actor=SYSTEM,
        at=at,
        subject="drafts",
        drafts=len(ids),
        ids=falling.digest_of(sorted(ids)),
        rows=counts,
    )
    return digests


def _delete(
    session: Session, ids: Collection[str] | Select[str], *, spared: frozenset[str]
) -> tuple[list[str], int]:
    """Delete the rows that belong to applications, those that point at others first."""
    digests: list[str] = []
    count = 0
    for table in reversed(Base.metadata.sorted_tables):
        held = HELD.get(table.name)
        if held is None or table.name in spared or not _is_of_application(held):
            continue
        condition = _belongs(held, ids)
        if held.file:
            digests += session.scalars(select(table.c[held.file]).where(condition))
        done: Any = session.execute(delete(table).where(condition))
        count += done.rowcount
    session.expire_all()
    return digests, count


def _is_of_application(held: Held) -> bool:
    parent = held.link[1].partition(".")[0]
    is_root = held.table == ROOT
    return held.fate is Fate.WITH_DRAFT and (is_root or (parent in HELD and _is_of_application(HELD[parent])))


def _belongs(held: Held, ids: Collection[str] | Select[str]) -> ColumnElement[bool]:
    table, (column, target) = table_of(held), held.link
    if held.table == ROOT:
        return table.c.id.in_(ids)
    parent_name, parent_column = target.split(".")
    parent = HELD[parent_name]
    if parent.table == ROOT and parent_column == "id":
        return table.c[column].in_(ids)
    return table.c[column].in_(select(table_of(parent).c[parent_column]).where(_belongs(parent, ids)))


def _strip(session: Session, gone: Select[str]) -> None:
    """Take the words of people out of the rows that stay; of each snapshot its frame and digest are left."""
    nobody = {"applicant_name": NOBODY, "applicant_email": "", "withdrawal_reason": None}
    session.execute(update(Application).where(Application.id.in_(gone)).values(**nobody))
    _strip_snapshots(session, Application.__table__, ("id",), gone)
    _strip_snapshots(session, ApplicationVersion.__table__, ("application_id", "version"), gone)
    session.execute(
        update(ScreeningOutcome).where(ScreeningOutcome.application_id.in_(gone)).values(reason="")
    )
    session.execute(update(ApplicationFee).where(ApplicationFee.application_id.in_(gone)).values(note=""))
    session.expire_all()


def _strip_snapshots(session: Session, table: Any, keys: tuple[str, ...], gone: Select[str]) -> None:
    """Leave the frame of each snapshot, many rows at a time."""
    own = [table.c[name] for name in keys]
    rows = session.execute(select(*own, table.c.snapshot).where(own[0].in_(gone))).partitions(ROWS)
    changed = (
        update(table)
        .where(*(column == bindparam(f"of_{column.name}") for column in own))
        .values(snapshot=bindparam("left"))
    )
    for part in list(rows):
        values = [
            {**{f"of_{name}": getattr(row, name) for name in keys}, "left": purged(row.snapshot or {})}
            for row in part
        ]
        session.connection().execute(changed, values)
