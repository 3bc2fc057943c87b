"""Telling on the page of an appointment that a correction of the list touches it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams.corrections.queries import list_flags_of_entry
from app.exams.corrections.rules import sentences
from app.personnel.appointments import marks
from app.personnel.appointments.marks import Mark
from app.personnel.appointments.models import Appointment


def tell_corrections(session: Session, appointment: Appointment) -> Sequence[Mark]:
    """Tell each correction that touches an appointment, what it moves, and what was decided."""
    if not (appointment.source or "").startswith("cen"):
        return []
    found = []
    for flag in list_flags_of_entry(session, str(appointment.source)):
        said = sentences(flag.effect)
        if flag.consequence is not None:
            said.append(f"{flag.consequence.title}: {flag.reason}")
        found.append(
            Mark(
                "Touched by a correction of the list",
                tuple(said),
                flag.decided_at is None,
                "exams.certificates.show",
                {"certificate_id": flag.certificate_id},
            )
        )
    return found


marks.add(tell_corrections)
