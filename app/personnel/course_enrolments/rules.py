"""Who decides on an enrolment, who gets a seat, and what a score means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from app.personnel.course_enrolments.states import Result
from app.platform.errors import Conflict, Forbidden, Invalid


def free_seat(seats: int, taken: Collection[int]) -> int | None:
    """Give the lowest seat that nobody has; None where all are taken."""
    return next((seat for seat in range(1, seats + 1) if seat not in taken), None)


def demand_decider(actor_id: str | None, requested_by: str, own_account: str | None, *, may: bool) -> None:
    """Raise Forbidden for everybody but a superior, or an officer of the agency who did not ask for it."""
    if actor_id is None or not may:
        raise Forbidden("The supervisor decides on this enrolment, or the agency's training officer.")
    if actor_id in (requested_by, own_account):
        raise Forbidden("Somebody other than who asked decides on an enrolment.")


def check_before(starts_at: dt.datetime, at: dt.datetime) -> None:
    """Raise Conflict once the session has begun."""
    if at >= starts_at:
        raise Conflict("The session has begun already.")


def check_begun(starts_at: dt.datetime, at: dt.datetime) -> None:
    """Raise Conflict while the session has not begun."""
    if at < starts_at:
        raise Conflict("Attendance is taken when the session has begun.")


def check_ended(ends_at: dt.datetime, at: dt.datetime) -> None:
    """Raise Conflict while the session has not ended: nobody has completed it yet."""
    if at < ends_at:
        raise Conflict("Who came to this session completes the course: record it when the session has ended.")


def result(pass_mark: int | None, score: int | None) -> tuple[Result, int | None]:
    """Give what a score means: without a pass mark, who attends has passed and there is no score."""
    if pass_mark is None:
        if score is not None:
            raise Invalid(score="This course is not marked: leave the score empty.")
        return Result.PASSED, None
    if score is None or not 0 <= score <= 100:
        raise Invalid(score="Enter the score in percent, from 0 to 100.")
    return (Result.PASSED if score >= pass_mark else Result.FAILED), score
