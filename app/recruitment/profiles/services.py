"""Keeping what a person enters once for all applications."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.platform import audit
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Forbidden, Invalid
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
) -> None:
    """Store a section in the profile, in place of what it held; only its owner may.

    `data` has the shape of the application's step. The name in contact details becomes the person's.
    """
    _lock(session, account_id, actor, at)
    kept = dict(data)
    if section == "contact" and rules.NAME in kept:
        name = kept.pop(rules.NAME)
        person = queries.find_section(session, account_id, "person") or {}
        if name and person.get(rules.NAME) != name:
            _put(session, account_id, "person", person | {rules.NAME: name}, at)
    _put(session, account_id, section, kept, at)
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
) -> None:
    """Add an entry to a list of the profile, or change the one of that number."""
    _lock(session, account_id, actor, at)
    entries = rules.put_entry(_entries(session, account_id, section), number, values, is_complete=is_complete)
    _put(session, account_id, section, {"entries": entries}, at)
    _record(session, account_id, "add_entry" if number is None else "edit_entry", actor, at, section=section)


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
    profile = queries.find_profile(session, account_id, lock=True)
    if profile is None:
        profile = Profile(account_id=account_id, started_at=at)
        session.add(profile)
    profile.saved_at = at
    session.flush()


def _entries(session: Session, account_id: str, section: str) -> list[rules.Entry]:
    return rules.entries_of(queries.find_section(session, account_id, section) or {})


def _put(session: Session, account_id: str, section: str, data: dict[str, Any], at: dt.datetime) -> None:
    if section not in rules.SECTIONS:
        raise Invalid(say("A profile has no such section."))
    row = session.get(ProfileSection, (account_id, section))
    if row is None:
        row = ProfileSection(account_id=account_id, section=section)
        session.add(row)
    row.data, row.saved_at = data, at
    session.flush()


def _record(
    session: Session, account_id: str, verb: str, actor: Actor, at: dt.datetime, **details: Any
) -> None:
    audit.record(session, f"recruitment.profiles.{verb}", actor=actor, at=at, subject=account_id, **details)
