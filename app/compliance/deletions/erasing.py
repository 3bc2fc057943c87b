"""Carrying an approved request out: rows first, then the stored files that no row names any more."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Account, AccountState
from app.compliance.deletions import planning, queries, services
from app.compliance.deletions.states import DeletionState, move
from app.compliance.personal_data.declared import HELD
from app.compliance.personal_data.queries import accounts_of, table_of
from app.platform import audit
from app.platform.actors import SYSTEM
from app.platform.db import Base
from app.platform.personal_data import Held

NOBODY = "Deleted account"


def erase(session: Session, *, request_id: str, at: dt.datetime) -> list[str]:
    """Delete what was approved and give the digests of files that may go; nothing when it was done before.

    What came under a hold meanwhile, or changed, goes back to the records officer instead.
    """
    request = queries.get_for_job(session, request_id)
    if request.state is not DeletionState.APPROVED:
        return []
    account_id = request.account_id
    plan = planning.make_plan(session, account_id)
    if plan.is_held or plan.frozen() != request.plan:
        request.state = move(request.state, DeletionState.ASKED)
        request.decided_by, request.decided_at = None, None
        request.decision_reason = str(services.CHANGED)
        session.flush()
        audit.record(session, "compliance.deletions.stop", actor=SYSTEM, at=at, subject=request.id)
        return []
    address = request.account.email
    digests, counts = _delete_rows(session, account_id, closes_account=plan.closes_account)
    if plan.closes_account:
        _close(session, account_id)
    request.state = move(request.state, DeletionState.CARRIED_OUT)
    request.done_at, request.result, request.reason = at, counts, ""
    session.flush()
    audit.record(
        session, "compliance.deletions.carry_out", actor=SYSTEM, at=at, subject=request.id,
        deleted=sum(counts.values()), closed=plan.closes_account,
    )  # fmt: skip
    services.tell_done(session, request, address, at)
    return digests


def unnamed(session: Session, digests: list[str]) -> list[str]:
    """Give those of the digests that no declared table names any more."""
    return [digest for digest in dict.fromkeys(digests) if not _is_named(session, digest)]


def _delete_rows(
    session: Session, account_id: str, *, closes_account: bool
) -> tuple[list[str], dict[str, int]]:
    """Delete table by table, those that point at others first."""
    chosen = {
        held.table: held
        for held in HELD.values()
        if held.table != "accounts" and planning.goes(held, closes_account=closes_account)
    }
    digests: list[str] = []
    counts: dict[str, int] = {}
    for table in reversed(Base.metadata.sorted_tables):
        held = chosen.get(table.name)
        if held is None:
            continue
        condition = planning.to_delete(held, account_id)
        digests += _digests(session, held, account_id)
        done = session.execute(delete(table).where(condition))
        if done.rowcount:  # type: ignore[attr-defined]
            counts[table.name] = done.rowcount  # type: ignore[attr-defined]
    session.expire_all()
    return digests, counts


def _digests(session: Session, held: Held, account_id: str) -> list[str]:
    if held.table == "personal_data_copies":
        files = table_of(held).c.files
        rows = session.scalars(select(files).where(planning.to_delete(held, account_id), files.is_not(None)))
        return [file["digest"] for row in rows if row for file in row.values()]
    if not held.file:
        return []
    column = table_of(held).c[held.file]
    return list(session.scalars(select(column).where(planning.to_delete(held, account_id))))


def _close(session: Session, account_id: str) -> None:
    """Leave of the account, and of those joined to it, only their ids, to which the ledger points."""
    session.execute(
        update(Account)
        .where(Account.id.in_(accounts_of(account_id)))
        .values(
            email=Account.id + "@deleted.invalid",
            name=NOBODY,
            password_hash="",
            state=AccountState.CLOSED,
            totp_secret=None,
            totp_last_step=None,
            totp_confirmed_at=None,
            language=None,
        )
    )
    session.expire_all()


def _is_named(session: Session, digest: str) -> bool:
    for held in HELD.values():
        if held.file and held.filename:
            column = table_of(held).c[held.file]
            if session.scalar(select(func.count()).where(column == digest)):
                return True
    return False
