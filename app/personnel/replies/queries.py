"""Reading the employee's side of a case."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.personnel.replies.models import MoreTime, Reply, Representative
from app.personnel.replies.states import MoreTimeState, ReplyKind, RepresentativeState
from app.platform.errors import NotFound


def list_representatives(session: Session, case_id: str) -> list[Representative]:
    """List who was named in a case, the newest first."""
    found = select(Representative).where(Representative.case_id == case_id)
    return list(session.scalars(found.order_by(Representative.named_at.desc(), Representative.id)))


def find_representative(session: Session, case_id: str) -> Representative | None:
    """Find who speaks for the employee now."""
    return session.scalar(
        select(Representative).where(
            Representative.case_id == case_id, Representative.state == RepresentativeState.NAMED
        )
    )


def list_more_time(session: Session, case_id: str) -> list[MoreTime]:
    """List the requests for more time, the newest first."""
    found = select(MoreTime).where(MoreTime.case_id == case_id)
    return list(session.scalars(found.order_by(MoreTime.asked_at.desc(), MoreTime.id)))


def find_asked(session: Session, case_id: str) -> MoreTime | None:
    """Find the request for more time that waits for an answer."""
    return session.scalar(
        select(MoreTime).where(MoreTime.case_id == case_id, MoreTime.state == MoreTimeState.ASKED)
    )


def get_asked(session: Session, case_id: str) -> MoreTime:
    """Give the request for more time that waits for an answer, or raise NotFound."""
    found = find_asked(session, case_id)
    if found is None:
        raise NotFound("No request for more time waits.")
    return found


def list_replies(session: Session, case_id: str) -> list[Reply]:
    """List the answers in the order in which they were given."""
    found = select(Reply).where(Reply.case_id == case_id)
    return list(session.scalars(found.order_by(Reply.given_on, Reply.recorded_at, Reply.id)))


def was_heard(session: Session, case_id: str) -> bool:
    """Tell whether a hearing is on record."""
    found = select(Reply.id).where(Reply.case_id == case_id, Reply.kind == ReplyKind.HEARING).limit(1)
    return session.scalar(found) is not None
