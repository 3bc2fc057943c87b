"""Taking what somebody says about a course, without a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.personnel.course_enrolments.queries import get_own, load_again
from app.personnel.course_enrolments.states import EnrolmentState
from app.personnel.course_feedback import rules
from app.personnel.course_feedback.models import CourseFeedback
from app.personnel.course_sessions.queries import lock_session
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id

_TIME_DIGITS = 10


def give_feedback(
    session: Session,
    *,
    enrolment_id: str,
    ratings: Mapping[str, int],
    remark: str,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Take the questionnaire of somebody who attended, once; what is said is kept without the person."""
    found = get_own(session, enrolment_id, actor.id)
    lock_session(session, found.session_id)
    found = load_again(session, enrolment_id)
    if found.state is not EnrolmentState.ATTENDED:
        raise Conflict("Only who attended the course is asked about it.")
    if found.has_answered:
        raise Conflict("You have answered already. Thank you.")
    given = rules.check(ratings)
    session.add(
        CourseFeedback(
            id=_timeless_id(),
            course_id=found.session.course_id,
            session_id=found.session_id,
            ratings=given,
            remark=remark.strip(),
        )
    )
    found.has_answered = True
    session.flush()
    audit.record(
        session,
        "personnel.course_feedback.give",
        actor=actor,
        at=at,
        subject=found.id,
        agency_id=found.agency_id,
    )


def _timeless_id() -> str:
    """Make an id without the moment that others begin with: it would lead back to the person."""
    prefix, _, digits = new_id("fbk").partition("_")
    return f"{prefix}_{'0' * _TIME_DIGITS}{digits[_TIME_DIGITS:]}"
