"""Reading a person's own profile."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.recruitment.profiles.models import Profile, ProfileSection
from app.recruitment.profiles.rules import NAME


def find_section(session: Session, account_id: str, section: str) -> dict[str, Any] | None:
    """Find what the person keeps in a section, or None."""
    row = session.get(ProfileSection, (account_id, section))
    return None if row is None else dict(row.data)


def prefill(session: Session, account_id: str, section: str) -> dict[str, Any] | None:
    """Give a section in the shape of an application's step of that name, or None when nothing is kept."""
    found = find_section(session, account_id, section)
    if section != "contact":
        return found
    name = (find_section(session, account_id, "person") or {}).get(NAME)
    if not name:
        return found
    return {NAME: name, **(found or {})}


def list_sections(session: Session, account_id: str) -> dict[str, tuple[dict[str, Any], dt.datetime]]:
    """Give each kept section's data and the moment it was saved, by name."""
    query = (
        select(ProfileSection).where(ProfileSection.account_id == account_id).order_by(ProfileSection.section)
    )
    return {row.section: (row.data, row.saved_at) for row in session.scalars(query)}


def lock_profile(session: Session, account_id: str) -> Profile:
    """Give a profile that is there, locked against other writers."""
    return session.scalars(select(Profile).where(Profile.account_id == account_id).with_for_update()).one()
