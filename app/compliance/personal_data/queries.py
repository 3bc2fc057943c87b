"""Reading what is held about a person, by the declarations, and the copies that were made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, select, text
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.compliance.personal_data.declared import HELD
from app.compliance.personal_data.models import PersonalDataCopy
from app.compliance.personal_data.states import CopyState
from app.platform.actors import Actor
from app.platform.db import Base
from app.platform.errors import NotFound
from app.platform.personal_data import Held

MOST_COPIES = 20


def table_of(held: Held) -> Table:
    """Give the table of a declaration."""
    return Base.metadata.tables[held.table]


def accounts_of(account_id: str) -> Select[tuple[str]]:
    """Give the query for the ids of a person's accounts: this one, and those that were joined to it."""
    own = select(Account.id).where(Account.id == account_id).cte("accounts_of_person", recursive=True)
    own = own.union(select(Account.id).join(own, Account.merged_into_id == own.c.id))
    return select(own.c.id)


def belongs_to(held: Held, account_id: str) -> ColumnElement[bool]:
    """Give the condition on a declared table's rows that they are about this person."""
    table, (column, target) = table_of(held), held.link
    parent_name, parent_column = target.split(".")
    if held.table == "accounts":
        condition: ColumnElement[bool] = table.c.id.in_(accounts_of(account_id))
    elif parent_name == "accounts":
        condition = table.c[column].in_(accounts_of(account_id))
    else:
        parent = HELD[parent_name]
        own = select(table_of(parent).c[parent_column]).where(belongs_to(parent, account_id))
        condition = table.c[column].in_(own)
    return and_(condition, text(held.only)) if held.only else condition


def load_rows(session: Session, held: Held, account_id: str) -> list[dict[str, Any]]:
    """Load a person's rows of a declared table, in order of its key; only what is handed over."""
    table = table_of(held)
    query = (
        select(*(table.c[name] for name in held.columns))
        .where(belongs_to(held, account_id))
        .order_by(*table.primary_key.columns)
    )
    return [dict(row) for row in session.execute(query).mappings()]


def list_files(session: Session, account_id: str) -> Iterator[tuple[str, str, str]]:
    """Give the stored files of a person: the table's name, the file's name and its digest."""
    for held in HELD.values():
        if held.file:
            for row in load_rows(session, held, account_id):
                if row[held.file]:
                    yield held.table, str(row[held.filename]), str(row[held.file])


def list_own_copies(session: Session, actor: Actor) -> list[PersonalDataCopy]:
    """List the copies that the actor asked for, newest first."""
    query = (
        select(PersonalDataCopy)
        .where(PersonalDataCopy.account_id == actor.id)
        .order_by(PersonalDataCopy.asked_at.desc(), PersonalDataCopy.id.desc())
        .limit(MOST_COPIES)
    )
    return list(session.scalars(query))


def get_own_copy(session: Session, copy_id: str, actor: Actor) -> PersonalDataCopy:
    """Give a copy that the actor asked for, or raise NotFound."""
    query = select(PersonalDataCopy).where(
        PersonalDataCopy.id == copy_id, PersonalDataCopy.account_id == actor.id
    )
    copy = session.scalar(query)
    if copy is None:
        raise NotFound("There is no such copy.")
    return copy


def find_waiting(session: Session, account_id: str) -> PersonalDataCopy | None:
    """Find a copy that is being made for a person, or None."""
    query = select(PersonalDataCopy).where(
        PersonalDataCopy.account_id == account_id, PersonalDataCopy.state == CopyState.ASKED
    )
    return session.scalars(query).first()


def list_expired(session: Session, at: dt.datetime) -> list[PersonalDataCopy]:
    """List copies whose files are to go."""
    query = (
        select(PersonalDataCopy)
        .where(PersonalDataCopy.state == CopyState.READY, PersonalDataCopy.expires_at <= at)
        .order_by(PersonalDataCopy.expires_at, PersonalDataCopy.id)
        .limit(200)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(query))
