"""The mails about probations to those who must decide, and the letter to the person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.notices import services as notices
from app.notices.models import Notice
from app.personnel.appointments.models import Appointment
from app.personnel.letters import title_of
from app.personnel.probations.models import ProbationReview
from app.personnel.probations.queries import list_watchers
from app.personnel.probations.regimes import Regime
from app.personnel.probations.states import Outcome
from app.platform import clock, links, mail
from app.platform.actors import SYSTEM, Actor
from app.web.dates import format_date


def remind(
    session: Session, appointment: Appointment, watcher: Account, regime: Regime, days: int, at: dt.datetime
) -> None:
    """Tell somebody who may decide that a probation nears its end; once for each person and reminder."""
    name, ends_on = appointment.employee.name, format_date(appointment.probation_ends_on or at.date())
    silence = "service ends with it" if regime.silence is Outcome.END else "the appointment becomes permanent"
    mail.promise(
        session,
        key=f"probation:{appointment.id}:{ends_on}:{days}:{watcher.id}",
        to=watcher.email,
        subject=f"Probation of {name} ends on {ends_on}",
        body=(
            f"Dear {watcher.name},",
            f"The probation of {name} as {appointment.position.title} ends on {ends_on}, and no decision is "
            f"recorded. If nobody decides, {silence} ({regime.citation}).",
            links.absolute(f"/staff/probations/{appointment.id}"),
        ),
        at=at,
        language="en",
    )


def tell_stuck(session: Session, appointment: Appointment, why: str, at: dt.datetime) -> None:
    """Tell those who watch, once a probation, that what came of it could not be carried out."""
    for watcher in list_watchers(session, appointment.agency_id):
        mail.promise(
            session,
            key=f"probation-stuck:{appointment.id}:{watcher.id}",
            to=watcher.email,
            subject=f"The probation of {appointment.employee.name} could not be concluded",
            body=(
                f"Dear {watcher.name},",
                f"{why} Put the record right; it is tried again by itself.",
                links.absolute(f"/staff/probations/{appointment.id}"),
            ),
            at=at,
            language="en",
        )


def promise_decision(
    session: Session,
    appointment: Appointment,
    review: ProbationReview,
    regime: Regime,
    actor: Actor,
    at: dt.datetime,
) -> Notice:
    """Promise the person the letter with the decision, its reasons and the rule."""
    is_end = review.outcome is Outcome.END
    letter = _facts(appointment, regime, review.starts_on, review.ends_on) | {
        "signed_by": {"name": actor.name, "title": title_of(actor.roles)},
        "outcome": "end" if is_end else "retain",
        "last_day": review.last_day if is_end else None,
        "decided_on": clock.local_date(at, appointment.agency.time_zone),
        "reasons": [line.strip() for line in (review.reason or "").splitlines() if line.strip()],
        "notice_law": regime.notice_law if is_end else None,
        "rights": (regime.rights or None) if is_end else None,
    }
    return _promise(session, appointment, f"probation_decision:{review.id}", letter, actor, at)


def promise_silence(
    session: Session, appointment: Appointment, ends_on: dt.date, regime: Regime, at: dt.datetime
) -> Notice:
    """Promise the person the letter about a probation on which nobody decided."""
    is_end = regime.silence is Outcome.END
    told = (
        "Nobody certified that your service goes on, so it ended with your probation."
        if is_end
        else "You were retained until your probation was over, so your appointment is permanent."
    )
    letter = _facts(appointment, regime, appointment.starts_on, ends_on) | {
        "signed_by": {"name": "Human resources office", "title": appointment.agency.name},
        "outcome": regime.silence.value,
        "last_day": ends_on if is_end else None,
        "reasons": [told],
    }
    return _promise(session, appointment, f"probation_over:{appointment.id}", letter, SYSTEM, at)


def _facts(appointment: Appointment, regime: Regime, from_on: dt.date, ends_on: dt.date) -> dict[str, Any]:
    return {
        "position_title": appointment.position.title,
        "unit": appointment.agency.name,
        "from_on": from_on,
        "ends_on": ends_on,
        "law": regime.citation,
    }


def _promise(
    session: Session,
    appointment: Appointment,
    key: str,
    letter: dict[str, Any],
    actor: Actor,
    at: dt.datetime,
) -> Notice:
    employee = appointment.employee
    return notices.promise(
        session,
        template="probation_decision",
        subject=appointment.id,
        agency_id=appointment.agency_id,
        account_id=employee.account_id,
        name=employee.name,
        email=employee.email,
        letter=letter,
        actor=actor,
        at=at,
        key=key,
    )
