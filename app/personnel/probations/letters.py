"""The mails about a probation: to those who must decide, and to the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.accounts.queries import get_account
from app.personnel.appointments.models import Appointment
from app.personnel.probations.models import ProbationReview
from app.personnel.probations.rules import Regime
from app.personnel.probations.states import Outcome
from app.platform import links, mail
from app.platform.sentences import Sentence, say
from app.web.dates import format_date

SUBJECT = say("Your probation")


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


def tell_decision(
    session: Session, appointment: Appointment, review: ProbationReview, regime: Regime, at: dt.datetime
) -> None:
    """Tell the person what was decided, with the reasons and the rule."""
    given = {"title": appointment.position.title, "day": review.last_day}
    decided = (
        say("Your probation as %(title)s: you stay in service when it ends on %(day)s.", **given)
        if review.outcome is Outcome.RETAIN
        else say("Your probation as %(title)s: your service ends on %(day)s.", **given)
    )
    lines = (decided, say("Reasons: %(reason)s", reason=review.reason or ""), _rule(regime))
    _mail(session, appointment, f"probation-decided:{review.id}", lines, at)


def tell_silence(session: Session, appointment: Appointment, regime: Regime, at: dt.datetime) -> None:
    """Tell the person what came of a probation on which nobody decided."""
    told = (
        say("Your probation is over and your appointment is permanent.")
        if regime.silence is Outcome.RETAIN
        else say("Your service ended with your probation, as nobody decided that it goes on.")
    )
    _mail(session, appointment, f"probation-over:{appointment.id}", (told, _rule(regime)), at)


def _rule(regime: Regime) -> Sentence:
    return say("Rule: %(citation)s", citation=regime.citation)


def _mail(
    session: Session, appointment: Appointment, key: str, lines: Sequence[str], at: dt.datetime
) -> None:
    employee = appointment.employee
    account = get_account(session, employee.account_id) if employee.account_id else None
    to = account.email if account else employee.email
    if not to:
        return
    mail.promise(
        session,
        key=key,
        to=to,
        subject=SUBJECT,
        body=(say("Dear %(name)s,", name=employee.name), *lines, appointment.agency.name),
        at=at,
        language=account.language if account else None,
    )
