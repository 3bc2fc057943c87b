"""Invitations to interviews: by letter, and one of them to another time that still lies ahead."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.demonstration.office import Office
from app.demonstration.timeline import Story
from app.exams.interviews import services
from app.exams.interviews.queries import list_slots

HALL = "City Hall, room 214, 1 Harbour Square, Larkhaven"
BRING = "An identity paper with your photograph\nThe certificates that you named in your application"
AHEAD = 5  # days; a weekend in between takes two of them
SUMMONED = "Has to be in court as a witness on that day, and sent the summons."


def invite(office: Office, panel_id: str, zone: str, *, days: int, held: int) -> Story:
    """Set the times of a panel, give them by lot and invite everybody."""
    session, at = yield office.timeline.office(days, zone, 15, 5)
    act: dict[str, Any] = {"panel_id": panel_id, "actor": office.member(session, "exam.officer"), "at": at}
    services.set_terms(session, bring=BRING, shows_subjects=False, **act)
    services.add_times(session, values=_times(office.timeline.office(held, zone, 9), 8), **act)
    services.allot_times(session, **act)
    services.invite(session, **act)


def move(office: Office, panel_id: str, zone: str, *, days: int) -> Story:
    """Give the applicant of the cast, who cannot come, a time that still lies ahead."""
    session, at = yield office.timeline.office(days, zone, 11, 40)
    officer = office.member(session, "exam.officer")
    starts_at = office.timeline.office(-AHEAD, zone, 10)
    services.add_times(session, panel_id=panel_id, values=_times(starts_at, 2), actor=officer, at=at)
    slots = list_slots(session, panel_id)
    account_id = office.accounts["applicant"]
    own = next(
        slot for slot in slots if slot.script and slot.script.candidate.application.account_id == account_id
    )
    free = next(slot for slot in slots if slot.starts_at == starts_at)
    services.change_time(session, slot_id=own.id, to_id=free.id, reason=SUMMONED, actor=officer, at=at)


def list_ahead(session: Session, panel_id: str, at: dt.datetime) -> set[str]:
    """List the scripts of those who are interviewed only after a moment."""
    return {str(slot.script_id) for slot in list_slots(session, panel_id) if slot.starts_at > at}


def _times(starts_at: dt.datetime, count: int) -> dict[str, object]:
    return {"starts_at": starts_at, "minutes": 30, "pause": 10, "count": count, "place": HALL}
