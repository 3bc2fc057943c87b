"""Writing a note; it stays as it was written."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.list_notes.models import Audience, ListNote
from app.exams.merit_lists.queries import get_entry, get_list
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id


def write_note(
    session: Session, *, entry_id: str, text: str, audience: Audience, actor: Actor, at: dt.datetime
) -> ListNote:
    """Note something on the candidate of an entry; the ledger tells that, not what, was noted."""
    entry = get_entry(session, entry_id, actor)
    merit_list = get_list(session, entry.list_id, actor)
    actor.demand("exams.list_notes.write", merit_list.agency_id)
    if not text.strip():
        raise Invalid(text="Enter the note.")
    note = ListNote(
        id=new_id("lnt"),
        list_id=entry.list_id,
        candidate_id=entry.candidate_id,
        agency_id=merit_list.agency_id,
        audience=audience,
        text=text.strip(),
        written_by=actor.id,
        written_at=at,
    )
    session.add(note)
    session.flush()
    audit.record(
        session,
        "exams.list_notes.write",
        actor=actor,
        at=at,
        subject=merit_list.id,
        agency_id=merit_list.agency_id,
        note=note.id,
        candidate=entry.candidate.number,
        audience=audience.value,
    )
    return note
