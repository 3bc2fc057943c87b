"""Moving rows from one account to another, each move kept so that it can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
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


def take_back(
    session: Session, moves: list[Move], *, actor: Actor, at: dt.datetime, leaves_gone: bool = False
) -> None:
    """Undo moves, the last one first; with `leaves_gone` what is not there any more hinders nothing."""
    for kept_move in reversed(moves):
        holding = holdings.HOLDINGS.get(kept_move["holding"])
        if holding is None:
            raise Conflict("What was moved is no longer known to the program. Ask whoever runs it.")
        move = _possible(session, holding, kept_move) if leaves_gone else kept_move
        if move is None:
            continue
        if "set_aside" in move:
            if holding.take_back is not None:
                holding.take_back(session, move["key"], move["set_aside"], actor, at)
        elif "other" in move:
            _exchange(session, holding, (move["other"], move["from"]), (move["key"], move["to"]), at)
        else:
            _move(session, holding, move["key"], move["to"], move["from"])
            _bring_along(session, holding, move)


def _possible(session: Session, holding: Holding, move: Move) -> Move | None:
    """Give what can still be undone of a move; of an exchange whose one row is gone, the way of the other."""
    key = move["key"]
    if "set_aside" in move:
        return move if _stands(session, holding, key) else None
    stands = _stands(session, holding, key, move["to"])
    if "other" not in move:
        return move if stands else None
    if _stands(session, holding, move["other"], move["from"]):
        back = {"holding": holding.name, "key": move["other"], "from": move["to"], "to": move["from"]}
        return move if stands else back
    there = rows_by(session, holding, move["to"])
    same = next((same for same, found in there.items() if found == key), None)
    # A newer row of the other account may stand where this one stood; then it stays where it is.
    is_free = stands and same not in rows_by(session, holding, move["from"])
    return {"holding": holding.name, "key": key, "from": move["from"], "to": move["to"]} if is_free else None


def _stands(session: Session, holding: Holding, key: Key, owner: str | None = None) -> bool:
    """Tell whether a row is still there, and with its owner where one is named."""
    same = _same(holding, key)
    if owner is not None:
        same.append(column_of(holding) == owner)
    return bool(session.scalar(select(func.count()).select_from(table_of(holding)).where(*same)))


def _bring_along(session: Session, holding: Holding, move: Move) -> None:
    """Give with a row also what its owner meanwhile made from it in the same table: a copy being changed."""
    table, column = table_of(holding), column_of(holding)
    for made_from in table.columns:
        for foreign in made_from.foreign_keys:
            if foreign.column.table is table:
                made = made_from == move["key"][foreign.column.name]
                session.execute(
                    update(table).where(made, column == move["to"]).values({column.name: move["from"]})
                )


def _same(holding: Holding, key: Key) -> list[ColumnElement[bool]]:
    """Give what a row is found by, whoever owns it."""
    table = table_of(holding)
    return [table.c[name] == value for name, value in key.items() if name != holding.column]


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
    moved = session.execute(
        update(table).where(column == source, *_same(holding, key)).values({holding.column: target})
    )
    if int(moved.rowcount) != 1:  # type: ignore[attr-defined]
        raise Conflict(f"Something of “{holding.title}” has changed since. Look at both accounts again.")
    return {"holding": holding.name, "key": key, "from": source, "to": target}
