"""Keeping what a person enters once for all applications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.platform import audit
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Forbidden, Invalid
from app.platform.rows import insert_once
from app.platform.sentences import say
from app.recruitment.profiles import queries, rules
from app.recruitment.profiles.models import Profile, ProfileSection


def keep(
    session: Session,
    *,
    account_id: str,
    section: str,
    data: Mapping[str, Any],
    actor: Actor,
    at: dt.datetime,
    page: rules.Page | None = None,
    is_autosave: bool = False,
) -> None:
    """Store a section in the profile, in place of what it held; only its owner may.

    `data` has the shape of the application's step. The name in contact details becomes the person's.
    SavedElsewhere when it was saved from another page since `page` was opened, with something else. What is
    saved while it is written is not recorded; going on is. Overtaken on its way, it changes nothing.
    """
    _lock(session, account_id, actor, at)
    kept = dict(data)
    if section == "contact" and rules.NAME in kept:
        name = kept.pop(rules.NAME)
        person = queries.find_section(session, account_id, "person") or {}
        if name and person.get(rules.NAME) != name:
            _put(session, account_id, "person", person | {rules.NAME: name}, at)
    _put(session, account_id, section, kept, at, page, is_autosave=is_autosave)
    if not is_autosave:
        _record(session, account_id, "entries" if section in rules.LISTS else section, actor, at)


def keep_entry(
    session: Session,
    *,
    account_id: str,
    section: str,
    number: int | None,
    values: Mapping[str, Any],
    is_complete: bool,
    actor: Actor,
    at: dt.datetime,
    page: rules.Page | None = None,
    is_autosave: bool = False,
) -> None:
    """Add an entry to a list of the profile, or change the one of that number.

    A page that adds an entry adds one, however often it is sent.
    """
    _lock(session, account_id, actor, at)
    entries = _entries(session, account_id, section)
    verb = "add_entry" if number is None else "edit_entry"
    if number is None and page is not None:
        number = next((entry["id"] for entry in entries if page.wrote(entry.get("writer"))), None)
    if number is not None:
        entry = rules.get_entry(entries, number)
        if is_autosave and page is not None and page.is_overtaken(entry.get("writer")):
            return
        rules.demand_unchanged(entry, values, page)
    stamps = {"saved_at": at.isoformat(), "writer": page.stamp} if page else {}
    entries = rules.put_entry(entries, number, {**stamps, **values}, is_complete=is_complete)
    _put(session, account_id, section, {"entries": entries}, at)
    if not is_autosave:
        _record(session, account_id, verb, actor, at, section=section)


def remove_entry(
    session: Session, *, account_id: str, section: str, number: int, actor: Actor, at: dt.datetime
) -> None:
    """Take an entry out of a list of the profile."""
    _lock(session, account_id, actor, at)
    entries = rules.drop_entry(_entries(session, account_id, section), number)
    _put(session, account_id, section, {"entries": entries}, at)
    _record(session, account_id, "remove_entry", actor, at, section=section)


def _lock(session: Session, account_id: str, actor: Actor, at: dt.datetime) -> None:
    if actor != SYSTEM and actor.id != account_id:
        raise Forbidden(say("This is not your profile."))
    insert_once(session, Profile, account_id=account_id, started_at=at, saved_at=at)
    queries.lock_profile(session, account_id).saved_at = at
    session.flush()


def _entries(session: Session, account_id: str, section: str) -> list[rules.Entry]:
    return rules.entries_of(queries.find_section(session, account_id, section) or {})


def _put(
    session: Session,
    account_id: str,
    section: str,
    data: dict[str, Any],
    at: dt.datetime,
    page: rules.Page | None = None,
    *,
    is_autosave: bool = False,
) -> None:
    if section not in rules.SECTIONS:
        raise Invalid(say("A profile has no such section."))
    row = session.get(ProfileSection, (account_id, section))
    if row is None:
        row = ProfileSection(account_id=account_id, section=section)
        session.add(row)
    elif is_autosave and page is not None and page.is_overtaken(row.writer):
        return
    elif page is not None and row.data != data and not page.knows(row.writer, row.saved_at.isoformat()):
        raise rules.SavedElsewhere(row.data, row.saved_at)
    row.data, row.saved_at, row.writer = data, at, page.stamp if page else None
    session.flush()


def _record(
    session: Session, account_id: str, verb: str, actor: Actor, at: dt.datetime, **details: Any
) -> None:
    audit.record(session, f"recruitment.profiles.{verb}", actor=actor, at=at, subject=account_id, **details)
