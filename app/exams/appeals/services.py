"""Filing, withdrawing and deciding appeals."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.appeals import queries, rules
from app.exams.appeals.models import Appeal
from app.exams.appeals.states import AppealState, Subject, move
from app.platform import audit, links, mail
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.platform.sentences import say


def file_appeal(
    session: Session, *, application_id: str, subject: Subject, grounds: str, actor: Actor, at: dt.datetime
) -> Appeal:
    """File an appeal, once a subject and in time; Conflict otherwise, with the day on which it ended."""
    application = queries.get_own_application(session, application_id, actor)
    agency = application.posting.agency
    decided_at = queries.find_decided_at(session, application_id, subject)
    if decided_at is None:
        raise Conflict(say("There is no decision that you could appeal against."))
    rules.demand_in_time(decided_at, agency.time_zone, at)
    filed = queries.list_filed(session, application_id)
    if not rules.may_file(subject, decided_at, filed):
        raise Conflict(say("You have already appealed against this decision."))
    appeal = Appeal(
        id=new_id("apl"),
        application_id=application_id,
        agency_id=agency.id,
        subject=subject,
        grounds=rules.check_grounds(grounds),
        state=AppealState.FILED,
        filed_at=at,
    )
    session.add(appeal)
    session.flush()
    _record(session, "create", appeal, actor, at, against=subject.value)
    return appeal


def withdraw_appeal(session: Session, *, appeal_id: str, actor: Actor, at: dt.datetime) -> Appeal:
    """Take one's own appeal back before it is decided."""
    appeal = queries.get_own(session, appeal_id, actor)
    appeal.state = move(appeal.state, AppealState.WITHDRAWN)
    session.flush()
    _record(session, "withdraw", appeal, actor, at)
    return appeal


def decide_appeal(
    session: Session, *, appeal_id: str, is_upheld: bool, decision: str, actor: Actor, at: dt.datetime
) -> Appeal:
    """Uphold or dismiss an appeal with reasons, as somebody who had no part in the decision itself.

    Upholding changes nothing by itself: the screening is corrected, or the key, each by its own act.
    """
    appeal = queries.get_appeal(session, appeal_id, actor, lock=True)
    actor.demand("exams.appeals.decide", appeal.agency_id)
    state = move(appeal.state, AppealState.UPHELD if is_upheld else AppealState.DISMISSED)
    rules.demand_not_own(actor.id, appeal.application.account_id)
    rules.demand_other_person(actor.id, queries.list_involved(session, appeal))
    if not decision.strip():
        raise Invalid(decision="Enter the decision and its reasons.")
    appeal.state, appeal.decision = state, decision.strip()
    appeal.decided_by, appeal.decided_at = actor.id, at
    session.flush()
    _record(session, "decide", appeal, actor, at, decision=state.value)
    _tell(session, appeal, at)
    return appeal


def _tell(session: Session, appeal: Appeal, at: dt.datetime) -> None:
    account, posting = appeal.application.account, appeal.application.posting
    link = links.absolute(f"/my/applications/{appeal.application_id}/appeals")
    body = (
        say("Dear %(name)s,", name=account.name),
        say("Your appeal about %(title)s was decided.", title=posting.title),
        appeal.state.title,
        appeal.decision or "",
        say("Read it here: %(link)s", link=link),
        appeal.agency.name,
    )
    mail.promise(
        session,
        key=f"appeal:{appeal.id}",
        to=account.email,
        subject=say("Your appeal was decided: %(title)s", title=posting.title),
        body=body,
        at=at,
        language=account.language,
    )


def _record(
    session: Session, act: str, appeal: Appeal, actor: Actor, at: dt.datetime, **details: str
) -> None:
    audit.record(
        session,
        f"exams.appeals.{act}",
        actor=actor,
        at=at,
        subject=appeal.id,
        agency_id=appeal.agency_id,
        application=appeal.application_id,
        **details,
    )
