"""What later packages have to tell about an appointment, on its page: such as a list corrected since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.appointments.models import Appointment


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to know, with the page that tells more; `is_open` while somebody still has to decide."""

    title: str
    sentences: tuple[str, ...]
    is_open: bool
    endpoint: str
    values: dict[str, str]


Teller = Callable[[Session, Appointment], Sequence[Mark]]
_tellers: list[Teller] = []


def add(teller: Teller) -> None:
    """Let a later package tell something about appointments; the same one added twice is one."""
    if teller not in _tellers:
        _tellers.append(teller)


def list_marks(session: Session, appointment: Appointment) -> list[Mark]:
    """List what is told about an appointment, in the order in which the packages joined in."""
    return [mark for teller in _tellers for mark in teller(session, appointment)]
