"""Reading the bank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.accounts.models import Agency
from app.exams.examinations.models import Examination
from app.exams.item_bank.models import BankItem, BankItemVersion, ItemUse
from app.exams.item_bank.states import USABLE, Difficulty, ItemState
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "exams.item_bank.list_staff"
PAGE = 25
Cell = tuple[str, Difficulty]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list of items is narrowed to; empty values narrow nothing."""

    text: str = ""
    subject: str = ""
    difficulty: Difficulty | None = None
    state: ItemState | None = None
    after: str = ""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps items to the agencies in which the actor may read them."""
    return scope.within(BankItem.agency_id, actor, READ)


def get_item(session: Session, item_id: str, actor: Actor, *, lock: bool = False) -> BankItem:
    """Give an item with agency, versions and their people; NotFound outside the actor's agencies."""
    query = (
        select(BankItem)
        .where(BankItem.id == item_id, visible_to(actor))
        .options(
            selectinload(BankItem.agency),
            selectinload(BankItem.versions).options(
                selectinload(BankItemVersion.writer), selectinload(BankItemVersion.reviewer)
            ),
        )
    )
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("There is no such item.")
    return found


def list_items(session: Session, actor: Actor, filters: Filters) -> tuple[list[BankItem], str]:
    """List a page of items by code, with their agency, and the code that the next page begins after."""
    query: Select[Any] = (
        select(BankItem)
        .where(visible_to(actor))
        .options(joinedload(BankItem.agency))
        .order_by(BankItem.code, BankItem.id)
        .limit(PAGE + 1)
    )
    query = _narrow(query, filters)
    if filters.after:
        query = query.where(BankItem.code > filters.after)
    rows = list(session.scalars(query))
    return rows[:PAGE], rows[PAGE - 1].code if len(rows) > PAGE else ""


def _narrow(query: Select[Any], filters: Filters) -> Select[Any]:
    for word in filters.text.casefold().split():
        query = query.where(BankItem.search_text.contains(word, autoescape=True))
    if filters.subject:
        query = query.where(BankItem.subject == filters.subject)
    if filters.difficulty:
        query = query.where(BankItem.difficulty == filters.difficulty)
    if filters.state:
        query = query.where(BankItem.state == filters.state)
    return query


def count_cells(session: Session, actor: Actor) -> list[tuple[str, Difficulty, ItemState, int]]:
    """Count the items by subject, difficulty and state, in the order of subjects."""
    rows = session.execute(
        select(BankItem.subject, BankItem.difficulty, BankItem.state, func.count())
        .where(visible_to(actor))
        .group_by(BankItem.subject, BankItem.difficulty, BankItem.state)
        .order_by(BankItem.subject)
    )
    return [(subject, difficulty, state, count) for subject, difficulty, state, count in rows]


def list_holding(session: Session, actor: Actor) -> list[Agency]:
    """List the agencies with items whose bank the actor may take out, by name."""
    condition = scope.within(Agency.id, actor, "exams.item_bank.export_file")
    held = select(BankItem.agency_id).distinct()
    return list(session.scalars(select(Agency).where(condition, Agency.id.in_(held)).order_by(Agency.name)))


def load_latest(session: Session, agency_id: str) -> dict[str, tuple[BankItem, BankItemVersion]]:
    """Load every item of an agency with its latest version, by code."""
    rows = session.execute(
        select(BankItem, BankItemVersion)
        .join(
            BankItemVersion,
            (BankItemVersion.item_id == BankItem.id) & (BankItemVersion.version == BankItem.version),
        )
        .where(BankItem.agency_id == agency_id)
        .order_by(BankItem.code)
    )
    return {item.code: (item, version) for item, version in rows}


def load_usable(
    session: Session, agency_id: str, language: str, unused_since: dt.date | None = None
) -> tuple[dict[Cell, list[tuple[str, str]]], dict[Cell, int]]:
    """Load code and version id of the items that a paper may take, by subject and difficulty, by code.

    The counts tell how many more there are that were used after `unused_since`.
    """
    rows = session.execute(
        select(
            BankItem.code,
            BankItem.subject,
            BankItem.difficulty,
            BankItemVersion.id,
            func.max(Examination.held_on),
        )
        .join(
            BankItemVersion,
            (BankItemVersion.item_id == BankItem.id) & (BankItemVersion.version == BankItem.version),
        )
        .outerjoin(ItemUse, ItemUse.version_id.in_(_versions_of(BankItem.id)))
        .outerjoin(Examination, Examination.id == ItemUse.examination_id)
        .where(
            BankItem.agency_id == agency_id,
            BankItem.language == language,
            BankItem.state.in_(USABLE),
        )
        .group_by(BankItem.code, BankItem.subject, BankItem.difficulty, BankItemVersion.id)
        .order_by(BankItem.code)
    )
    usable: dict[Cell, list[tuple[str, str]]] = {}
    resting: dict[Cell, int] = {}
    for code, subject, difficulty, version_id, last in rows:
        cell = (subject, difficulty)
        if unused_since is not None and last is not None and last >= unused_since:
            resting[cell] = resting.get(cell, 0) + 1
        else:
            usable.setdefault(cell, []).append((code, version_id))
    return usable, resting


def _versions_of(item_id: object) -> Select[Any]:
    own = BankItemVersion.__table__.alias("own_versions")
    return select(own.c.id).where(own.c.item_id == item_id)


def list_uses(session: Session, item_id: str) -> list[ItemUse]:
    """List the uses of all versions of an item, the latest examination first, with the examination."""
    return list(
        session.scalars(
            select(ItemUse)
            .join(BankItemVersion, BankItemVersion.id == ItemUse.version_id)
            .join(Examination, Examination.id == ItemUse.examination_id)
            .where(BankItemVersion.item_id == item_id)
            .options(joinedload(ItemUse.examination), joinedload(ItemUse.version))
            .order_by(Examination.held_on.desc(), ItemUse.examination_id)
        )
    )


def list_subjects(session: Session, agency_ids: Sequence[str] | None) -> list[str]:
    """List the subjects of these agencies, of all when None, by name."""
    query = select(BankItem.subject).distinct().order_by(BankItem.subject)
    if agency_ids is not None:
        query = query.where(BankItem.agency_id.in_(agency_ids))
    return list(session.scalars(query))
