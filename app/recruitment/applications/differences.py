"""What differs between two versions of an application, part by part, for the person and the office alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.platform.sentences import Sentence, say
from app.recruitment.applications.rules import LISTS

CONTACT = {
    "full_name": say("Name"),
    "email": say("Email"),
    "telephone": say("Telephone"),
    "address_line_1": say("Address line 1"),
    "address_line_2": say("Address line 2"),
    "town": say("Town or city"),
    "region": say("State or region"),
    "postcode": say("Postal code"),
    "country": say("Country"),
}
PARTS = {
    "education": say("Education"),
    "experience": say("Work experience"),
    "licences": say("Licences and certificates"),
    "languages": say("Languages"),
}


class Change(NamedTuple):
    """One thing that differs: where it stands, its name, and what it was and is; empty for nothing.

    An entry of a list is given as the entry itself, `section` says of which list.
    """

    section: str
    part: str
    name: str
    before: Any
    after: Any


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """List what differs, in the order in which an application is shown; nothing for the same content."""
    found = _texts("eligibility", say("May you apply?"), _questions(before), _questions(after))
    found += _texts("contact", say("Contact details"), _contact(before), _contact(after))
    for section in LISTS:
        found += _entries(section, PARTS[section], before.get(section, []), after.get(section, []))
    found += _texts("answers", say("How the requirements are met"), _answers(before), _answers(after))
    found += _texts("claims", say("Claims to preference"), _claims(before), _claims(after))
    found += _texts("documents", say("Documents"), _documents(before), _documents(after))
    return found


def _texts(section: str, part: Sentence, before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    names = dict.fromkeys([*before, *after])
    return [
        Change(section, part, name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def _entries(section: str, part: Sentence, before: list[Any], after: list[Any]) -> list[Change]:
    """Pair the entries that are gone with those that are new, in order, as one that was changed."""
    gone = [entry for entry in before if entry not in after]
    new = [entry for entry in after if entry not in before]
    longest = max(len(gone), len(new))
    gone += [None] * (longest - len(gone))
    new += [None] * (longest - len(new))
    return [Change(section, part, "", old, now) for old, now in zip(gone, new, strict=True)]


def _contact(snapshot: Mapping[str, Any]) -> dict[str, str]:
    contact = snapshot.get("contact") or {}
    return {name: str(contact.get(key) or "") for key, name in CONTACT.items()}


def _questions(snapshot: Mapping[str, Any]) -> dict[str, str]:
    return {row["text"]: row["answer"] for row in snapshot.get("eligibility", ())}


def _answers(snapshot: Mapping[str, Any]) -> dict[str, str]:
    return {row["statement"]: row["answer"] for row in snapshot.get("answers", ())}


def _claims(snapshot: Mapping[str, Any]) -> dict[str, str]:
    """Give each claim with the content of its evidence: the same paper under a new id is no change."""
    papers = {row["id"]: row["sha256"] for row in snapshot.get("documents", ())}
    return {row["kind"]: papers.get(row["document"]) or "claimed" for row in snapshot.get("claims", ())}


def _documents(snapshot: Mapping[str, Any]) -> dict[str, str]:
    return {row["filename"]: row["sha256"] for row in snapshot.get("documents", ())}
