"""Moving rows from one account to another, each move kept so that it can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.accounts import holdings
from app.accounts.holdings import Holding, Key
from app.accounts.merges.queries import clash_name, column_of, moving, rows_by, table_of
from app.accounts.models import Account, AccountState
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id

Move = dict[str, Any]


def move_all(
    session: Session,
    *,
    kept: Account,
    absorbed: Account,
    choices: Mapping[str, str],
    actor: Actor,
    at: dt.datetime,
) -> list[Move]:
    """Move every row that moves; of two that clash, the one not chosen ends up with the closed account."""
    done: list[Move] = []
    for holding in moving():
        ours = rows_by(session, holding, kept.id)
        theirs = rows_by(session, holding, absorbed.id)
        if theirs and holding.prepare is not None:
            holding.prepare(session, kept.id, at)
        for same, key in theirs.items():
            if holding.once_by is None or same not in ours:
                done.append(_move(session, holding, key, absorbed.id, kept.id))
                continue
            is_ours = not holding.asks or choices.get(clash_name(holding, same)) == "kept"
            loser = key if is_ours else ours[same]
            if holding.set_aside is not None:
                given = holding.set_aside(session, loser, actor, at)
                done.append({"holding": holding.name, "key": loser, "set_aside": given})
            if not is_ours:
                pair = (ours[same], kept.id), (key, absorbed.id)
                done.append(_exchange(session, holding, *pair, at))
    return done


def take_back(session: Session, moves: list[Move], *, actor: Actor, at: dt.datetime) -> None:
    """Undo moves, the last one first."""
    for move in reversed(moves):
        holding = holdings.HOLDINGS.get(move["holding"])
        if holding is None:
            raise Conflict("What was moved is no longer known to the program. Ask whoever runs it.")
        if "set_aside" in move:
            if holding.take_back is not None:
                holding.take_back(session, move["key"], move["set_aside"], actor, at)
        elif "other" in move:
            _exchange(session, holding, (move["other"], move["from"]), (move["key"], move["to"]), at)
        else:
            _move(session, holding, move["key"], move["to"], move["from"])


def _exchange(
    session: Session, holding: Holding, one: tuple[Key, str], other: tuple[Key, str], at: dt.datetime
) -> Move:
    """Exchange the owners of two rows that may never both stand with one account.

    One waits with a third account, made for it and gone again within the transaction.
    """
    waiting = Account(
        id=new_id("acc"),
        email=f"{new_id('mrg')}@merge.invalid",
        name="",
        password_hash="",
        state=AccountState.CLOSED,
        created_at=at,
        role_grants=[],
    )
    session.add(waiting)
    session.flush()
    (key, owner), (other_key, other_owner) = one, other
    _move(session, holding, key, owner, waiting.id)
    _move(session, holding, other_key, other_owner, owner)
    _move(session, holding, key, waiting.id, other_owner)
    session.delete(waiting)
    session.flush()
    return {"holding": holding.name, "key": key, "from": owner, "other": other_key, "to": other_owner}


def _move(session: Session, holding: Holding, key: Key, source: str, target: str) -> Move:
    """Move one row; where it is not found with its present owner any more, that is a Conflict."""
    table, column = table_of(holding), column_of(holding)
    same = [table.c[name] == value for name, value in key.items() if name != holding.column]
    moved = session.execute(update(table).where(column == source, *same).values({holding.column: target}))
    if int(moved.rowcount) != 1:  # type: ignore[attr-defined]
        raise Conflict(f"Something of “{holding.title}” has changed since. Look at both accounts again.")
    return {"holding": holding.name, "key": key, "from": source, "to": target}
