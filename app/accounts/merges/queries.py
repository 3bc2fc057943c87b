"""Reading what two accounts have in common, what each holds, and the merges themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, and_, func, literal, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.accounts import holdings
from app.accounts.grants.states import GrantState
from app.accounts.holdings import Holding
from app.accounts.merges.models import MatchKey, Merge, NotTheSame
from app.accounts.merges.rules import MOST_SHARING, SENTENCES, Facts
from app.accounts.merges.states import MergeState
from app.accounts.models import Account, AccountState, RoleGrant
from app.accounts.roles import Role
from app.platform.db import Base
from app.platform.errors import NotFound

PAGE = 50


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts that may be one person's, the older first, and why."""

    first: Account
    second: Account
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A row of each account where one person may have one only; `name` is what the choice is called."""

    name: str
    title: str
    kept: str
    absorbed: str


@dataclass(frozen=True, slots=True)
class Holds:
    """How many rows of a kind each of two accounts has."""

    title: str
    kept: int
    absorbed: int


def list_pairs(session: Session) -> list[Pair]:
    """List pairs of open accounts that may be one person's, the newest first, one page at most."""
    one, other = aliased(MatchKey), aliased(MatchKey)
    shared = (
        select(MatchKey.kind, MatchKey.digest)
        .group_by(MatchKey.digest, MatchKey.kind)
        .having(func.count().between(2, MOST_SHARING))
        .subquery()
    )
    alike = (
        select(one.account_id.label("first"), other.account_id.label("second"), one.kind)
        .join(shared, and_(one.digest == shared.c.digest, one.kind == shared.c.kind))
        .join(other, and_(one.digest == other.digest, one.kind == other.kind))
        .where(one.account_id < other.account_id)
        .subquery()
    )
    first, second = aliased(Account), aliased(Account)
    apart = select(literal(1)).where(
        NotTheSame.first_id == alike.c.first, NotTheSame.second_id == alike.c.second
    )
    merging = select(literal(1)).where(
        Merge.state == MergeState.PROPOSED, Merge.absorbed_id.in_([alike.c.first, alike.c.second])
    )
    found = (
        select(first, second, alike.c.kind)
        .join(first, first.id == alike.c.first)
        .join(second, second.id == alike.c.second)
        .where(
            first.state == AccountState.ACTIVE,
            second.state == AccountState.ACTIVE,
            ~apart.exists(),
            ~merging.exists(),
        )
        .order_by(alike.c.second.desc(), alike.c.first, alike.c.kind)
        .limit(PAGE * len(SENTENCES))
    )
    pairs: dict[tuple[str, str], tuple[Account, Account, set[str]]] = {}
    for earlier, later, kind in session.execute(found):
        pairs.setdefault((earlier.id, later.id), (earlier, later, set()))[2].add(kind)
    return [
        Pair(earlier, later, tuple(kind for kind in SENTENCES if kind in kinds))
        for earlier, later, kinds in list(pairs.values())[:PAGE]
    ]


def gather_facts(session: Session, account_ids: Sequence[str] | None) -> dict[str, Facts]:
    """Gather what is known of persons, from accounts and from every package that tells."""
    found = select(Account.id, Account.name, Account.email).where(Account.state == AccountState.ACTIVE)
    if account_ids is not None:
        found = found.where(Account.id.in_(account_ids))
    known = {row.id: Facts(name=row.name, email=row.email) for row in session.execute(found)}
    for tell in holdings.FACTS:
        for account_id, facts in tell(session, account_ids):
            if account_id in known:
                known[account_id] = known[account_id].joined(facts)
    return known


def list_holds(session: Session, kept_id: str, absorbed_id: str) -> list[Holds]:
    """Count, for each kind of row that moves, how many both accounts have, where there are any."""
    counted = []
    for holding in moving():
        column = column_of(holding)
        found = select(column, func.count()).where(column.in_([kept_id, absorbed_id])).group_by(column)
        numbers = {row[0]: row[1] for row in session.execute(found)}
        if numbers:
            counted.append(Holds(holding.title, numbers.get(kept_id, 0), numbers.get(absorbed_id, 0)))
    return counted


def list_clashes(session: Session, kept_id: str, absorbed_id: str) -> list[Clash]:
    """List where both accounts have a row, one person may have one only, and an officer must choose."""
    found = []
    for holding in moving():
        if holding.once_by is None or not holding.asks:
            continue
        ours, theirs = rows_by(session, holding, kept_id), rows_by(session, holding, absorbed_id)
        for same in ours.keys() & theirs.keys():
            texts = (_text(session, holding, rows[same]) for rows in (ours, theirs))
            found.append(Clash(clash_name(holding, same), holding.title, *texts))
    return sorted(found, key=lambda clash: clash.name)


def rows_by(session: Session, holding: Holding, account_id: str) -> dict[tuple[str, ...], dict[str, Any]]:
    """Give an account's rows: their primary keys by what makes them unique, or each by its own key."""
    table, column = table_of(holding), column_of(holding)
    keys = list(table.primary_key.columns)
    by = [table.c[name] for name in holding.once_by] if holding.once_by is not None else keys
    rows = session.execute(select(*keys, *by).where(column == account_id).order_by(*keys)).all()
    return {
        tuple(str(value) for value in row[len(keys) :]): {
            key.name: value for key, value in zip(keys, row, strict=False)
        }
        for row in rows
    }


def clash_name(holding: Holding, same: tuple[str, ...]) -> str:
    """Give the name under which a choice is kept."""
    return ":".join((holding.name, *same))


def moving() -> list[Holding]:
    """List the declared columns whose rows move, by name."""
    return [holdings.HOLDINGS[name] for name in sorted(holdings.HOLDINGS) if holdings.HOLDINGS[name].moves]


def table_of(holding: Holding) -> Table:
    """Give the table of a declared column."""
    return Base.metadata.tables[holding.table]


def column_of(holding: Holding) -> Column[Any]:
    """Give a declared column."""
    return table_of(holding).c[holding.column]


def holds_office(session: Session, account_id: str) -> bool:
    """Tell whether a person holds, or is proposed for, a role in the office."""
    roles = [role for role in Role if role.is_staff]
    live = (GrantState.ACTIVE, GrantState.PROPOSED)
    found = select(RoleGrant.id).where(
        RoleGrant.account_id == account_id, RoleGrant.role.in_(roles), RoleGrant.state.in_(live)
    )
    return session.scalar(found.limit(1)) is not None


def get_merge(session: Session, merge_id: str, *, lock: bool = False) -> Merge:
    """Give a merge with both accounts and its proposer, or raise NotFound."""
    found = (
        select(Merge)
        .where(Merge.id == merge_id)
        .options(joinedload(Merge.kept), joinedload(Merge.absorbed), joinedload(Merge.proposer))
    )
    merge = session.scalar(found.with_for_update(of=Merge) if lock else found)
    if merge is None:
        raise NotFound("There is no such merge.")
    return merge


def list_merges(session: Session) -> list[Merge]:
    """List merges, the waiting ones first, then the newest, one page at most."""
    found = (
        select(Merge)
        .options(joinedload(Merge.kept), joinedload(Merge.absorbed), joinedload(Merge.proposer))
        .order_by((Merge.state == MergeState.PROPOSED).desc(), Merge.proposed_at.desc(), Merge.id)
        .limit(PAGE)
    )
    return list(session.scalars(found))


def _text(session: Session, holding: Holding, key: dict[str, Any]) -> str:
    if holding.describe is not None:
        return holding.describe(session, key)
    return ", ".join(str(value) for value in key.values())
