"""Changing the bank: items written, changed, reviewed by a second person, retired, brought in by a file."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts import queries as account_queries
from app.exams.item_bank import queries, rules
from app.exams.item_bank.models import BankItem, BankItemVersion
from app.exams.item_bank.rules import Content
from app.exams.item_bank.states import ItemState, move
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

NEW, CHANGED, SAME = "New item", "New version", "Unchanged"


def create_item(
    session: Session, *, agency_id: str, content: Content, actor: Actor, at: dt.datetime
) -> BankItem:
    """Write a new item as a draft."""
    actor.demand("exams.item_bank.create", agency_id)
    account_queries.get_agency(session, agency_id)
    item = _add(session, agency_id, rules.check(content), actor, at)
    session.flush()
    _record(session, "create", item, actor, at, version=1)
    return item


def edit_item(session: Session, *, item_id: str, content: Content, actor: Actor, at: dt.datetime) -> BankItem:
    """Give an item another wording as its next version, a draft again; Invalid when nothing differs."""
    item = _load(session, item_id, actor, "edit")
    rules.check(content)
    if not _differs(item, item.versions[0], content):
        raise Invalid(stem="Nothing was changed.")
    item.versions.insert(0, _change(item, item.versions[0], content, actor, at))
    session.flush()
    _record(session, "edit", item, actor, at, version=item.version)
    return item


def review_item(session: Session, *, item_id: str, actor: Actor, at: dt.datetime) -> BankItem:
    """Approve the latest version, by someone other than who wrote it."""
    item = _load(session, item_id, actor, "review")
    latest = item.versions[0]
    if item.state is not ItemState.DRAFT:
        raise Conflict("The latest version of this item was reviewed already.")
    rules.demand_second_person(actor.id, latest.written_by)
    item.state = move(item.state, ItemState.REVIEWED)
    latest.reviewed_by, latest.reviewed_at = actor.id, at
    _record(session, "review", item, actor, at, version=item.version, digest=latest.digest)
    return item


def retire_item(session: Session, *, item_id: str, reason: str, actor: Actor, at: dt.datetime) -> BankItem:
    """Take an item out of use for good; where it was asked, it stays on record."""
    item = _load(session, item_id, actor, "retire")
    state = move(item.state, ItemState.RETIRED)
    if not reason.strip():
        raise Invalid(reason="Enter why the item is retired.")
    item.state = state
    _record(session, "retire", item, actor, at, why=reason.strip())
    return item


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one row of a file: its code and one of NEW, CHANGED and SAME."""

    line: int
    code: str
    outcome: str


def bring_items(
    session: Session,
    *,
    agency_id: str,
    rows: Sequence[tuple[int, Content]],
    actor: Actor,
    at: dt.datetime,
    is_trial: bool = False,
) -> list[Brought]:
    """Bring in items by their codes, all or nothing; a known code gets a new version where it differs.

    `rows` are contents with their lines, checked before. A trial stores nothing and tells the same. A
    retired item is refused.
    """
    actor.demand("exams.item_bank.import_file", agency_id)
    known = queries.load_latest(session, agency_id)
    told: list[Brought] = []
    for line, content in rows:
        found = known.get(content.code)
        if found is None:
            told.append(Brought(line, content.code, NEW))
            if not is_trial:
                _add(session, agency_id, content, actor, at)
            continue
        item, latest = found
        if not _differs(item, latest, content):
            told.append(Brought(line, content.code, SAME))
            continue
        move(item.state, ItemState.DRAFT)
        told.append(Brought(line, content.code, CHANGED))
        if not is_trial:
            made = _change(item, latest, content, actor, at)
            made.item_id = item.id
            session.add(made)
    if not is_trial:
        session.flush()
        counts = Counter(row.outcome for row in told)
        audit.record(
            session,
            "exams.item_bank.import_file",
            actor=actor,
            at=at,
            subject=agency_id,
            agency_id=agency_id,
            new=counts[NEW],
            changed=counts[CHANGED],
            same=counts[SAME],
        )
    return told


def record_export(
    session: Session, *, agency_id: str, kind: str, items: int, actor: Actor, at: dt.datetime
) -> None:
    """Record that somebody took items with their keys out of the bank."""
    actor.demand("exams.item_bank.export_file", agency_id)
    audit.record(
        session,
        "exams.item_bank.export_file",
        actor=actor,
        at=at,
        subject=agency_id,
        agency_id=agency_id,
        kind=kind,
        items=items,
    )


def _add(session: Session, agency_id: str, content: Content, actor: Actor, at: dt.datetime) -> BankItem:
    item = BankItem(
        id=new_id("bki"),
        agency_id=agency_id,
        code=content.code,
        subject=content.subject,
        difficulty=content.difficulty,
        language=content.language,
        state=ItemState.DRAFT,
        version=1,
        search_text=rules.fold(content),
        created_at=at,
        versions=[_version(content, 1, actor, at)],
    )
    session.add(item)
    return item


def _change(
    item: BankItem, latest: BankItemVersion, content: Content, actor: Actor, at: dt.datetime
) -> BankItemVersion:
    """Bring an item to another wording, and give the version that holds it."""
    item.state = move(item.state, ItemState.DRAFT)
    item.subject, item.difficulty, item.language = content.subject, content.difficulty, content.language
    item.version, item.search_text = latest.version + 1, rules.fold(content)
    return _version(content, item.version, actor, at)


def _version(content: Content, number: int, actor: Actor, at: dt.datetime) -> BankItemVersion:
    return BankItemVersion(
        id=new_id("biv"),
        version=number,
        stem=content.stem,
        options=content.plain_options,
        accepted=list(content.accepted),
        digest=content.digest,
        written_by=actor.id,
        written_at=at,
    )


def _differs(item: BankItem, latest: BankItemVersion, content: Content) -> bool:
    stored = (item.subject, item.difficulty, item.language, latest.digest)
    return stored != (content.subject, content.difficulty, content.language, content.digest)


def _load(session: Session, item_id: str, actor: Actor, act: str) -> BankItem:
    item = queries.get_item(session, item_id, actor, lock=True)
    actor.demand(f"exams.item_bank.{act}", item.agency_id)
    return item


def _record(
    session: Session, act: str, item: BankItem, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.item_bank.{act}",
        actor=actor,
        at=at,
        subject=item.id,
        agency_id=item.agency_id,
        code=item.code,
        **details,
    )
