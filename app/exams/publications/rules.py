"""Whether a publication may be undone, and by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from app.exams.publications.states import PublicationState, move
from app.platform.errors import Conflict, Invalid


def check_undo(
    state: PublicationState,
    letters_at: dt.datetime,
    at: dt.datetime,
    *,
    actor_id: str | None,
    people: Collection[str | None],
    hangs: str,
) -> PublicationState:
    """Give the state after an undo, or raise Conflict: too late, a stranger, something hangs on it.

    `people` are those who drafted, approved and published; `hangs` says what was built on the list.
    """
    after = move(state, PublicationState.UNDONE)
    if at >= letters_at:
        raise Conflict("The time to undo is over: the letters are leaving.")
    if actor_id is None or actor_id not in people:
        raise Conflict("A publication is undone by one of those who drafted, approved or published the list.")
    if hangs:
        raise Conflict(hangs)
    return after


def check_reason(reason: str) -> str:
    """Give the reason without spaces around it, or raise Invalid where there is none."""
    if not reason.strip():
        raise Invalid(reason="Enter why the publication is undone.")
    return reason.strip()
