"""Changing drafts: begun, saved step by step, and their owners reminded before the deadline."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from sqlalchemy.orm import Session

from app.personnel.employees.queries import find_own_employee
from app.platform import audit, mail
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, NotFound
from app.platform.ids import new_id
from app.recruitment.applications import letters, queries, rules, standing
from app.recruitment.applications.models import Application, ApplicationSection
from app.recruitment.applications.states import Submission, move
from app.recruitment.deadlines.models import DraftReminder
from app.recruitment.deadlines.rules import Reminder
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import Audience


def start_application(session: Session, *, posting_id: str, actor: Actor, at: dt.datetime) -> Application:
    """Begin a draft, or give the one there is; a draft that was given up is taken up again."""
    found = queries.find_own_for_posting(session, posting_id, actor, lock=True)
    if found is not None and not rules.may_resume(found.submission, found.number):
        return found
    posting = queries.get_advertised(session, posting_id)
    demand_may_apply(session, posting, actor, at)
    application = found or Application(
        id=new_id("app"),
        posting_id=posting_id,
        account_id=actor.id,
        submission=Submission.DRAFT,
        started_at=at,
    )
    if found is not None:
        application.submission, application.withdrawn_at = move(found.submission, Submission.DRAFT), None
    application.saved_at = at
    session.add(application)
    session.flush()
    _record(session, "start", application, posting, actor, at)
    return application


def demand_may_apply(session: Session, posting: Posting, actor: Actor, at: dt.datetime) -> None:
    """Raise Conflict when applications are not taken now, or not from this person."""
    if not rules.window_is_open(posting.state, posting.opens_at, posting.closes_at, posting.closed_at, at):
        raise Conflict("Applications for this vacancy are not open, so no application can be started.")
    if posting.audience is Audience.EMPLOYEES and find_own_employee(session, actor.id) is None:
        raise Conflict("Only current employees may apply for this vacancy.")


def save_section(
    session: Session,
    *,
    application_id: str,
    section: str,
    data: dict[str, Any],
    is_complete: bool,
    actor: Actor,
    at: dt.datetime,
) -> Application:
    """Save one step of a draft as its form cleaned it, half done or whole."""
    application = get_draft(session, application_id, actor)
    _put(session, application, section, data, is_complete=is_complete, at=at)
    verb = "entries" if section in rules.LISTS else section
    _record(session, verb, application, application.posting, actor, at, is_complete=is_complete)
    return application


def save_entry(
    session: Session,
    *,
    application_id: str,
    section: str,
    number: int | None,
    values: dict[str, Any],
    is_complete: bool,
    actor: Actor,
    at: dt.datetime,
) -> Application:
    """Add an entry to a list of a draft, or change the one of that number."""
    application = get_draft(session, application_id, actor)
    entries, verb = standing.entries_of(application, section), "edit_entry"
    if number is None:
        verb = "add_entry"
        if len(entries) >= rules.MOST_ENTRIES:
            raise Conflict(f"You can add {rules.MOST_ENTRIES} entries at most. Remove one first.")
        number = max((entry["id"] for entry in entries), default=0) + 1
        entries.append({"id": number})
    place = _place(entries, number)
    entries[place] = {"id": number, "is_complete": is_complete} | values
    _put_entries(session, application, section, entries, at)
    _record(session, verb, application, application.posting, actor, at, section=section)
    return application


def remove_entry(
    session: Session, *, application_id: str, section: str, number: int, actor: Actor, at: dt.datetime
) -> Application:
    """Take an entry out of a list of a draft."""
    application = get_draft(session, application_id, actor)
    entries = standing.entries_of(application, section)
    del entries[_place(entries, number)]
    _put_entries(session, application, section, entries, at)
    _record(session, "remove_entry", application, application.posting, actor, at, section=section)
    return application


def remind_drafts(session: Session, *, at: dt.datetime) -> int:
    """Promise the mails of a day and an hour before a closing, each once a draft; give how many."""
    return sum(_remind(session, kind, at) for kind in Reminder)


def _remind(session: Session, kind: Reminder, at: dt.datetime) -> int:
    due = queries.list_to_remind(session, at, kind)
    for application in due:
        posting = application.posting
        closes_at = cast(dt.datetime, posting.closes_at)
        session.add(DraftReminder(application_id=application.id, kind=kind, closes_at=closes_at, sent_at=at))
        _record(session, "remind", application, posting, SYSTEM, at, kind=kind.value, closes_at=closes_at)
        mail.promise(
            session,
            key=f"draft-reminder:{kind.value}:{application.id}:{closes_at.isoformat()}",
            to=application.account.email,
            subject=f"Your application is a draft, NOT submitted: {posting.title}",
            body=letters.reminder(application),
            at=at,
        )
    session.flush()
    return len(due)


def get_draft(session: Session, application_id: str, actor: Actor) -> Application:
    """Give the actor's own draft, locked; Conflict when it is no draft any more."""
    application = queries.get_own_application(session, application_id, actor, lock=True)
    if application.submission is not Submission.DRAFT:
        raise Conflict("This application was submitted or withdrawn, so it cannot be changed.")
    return application


def _put_entries(
    session: Session, application: Application, section: str, entries: list[dict[str, Any]], at: dt.datetime
) -> None:
    is_complete = bool(entries) and all(entry["is_complete"] for entry in entries)
    _put(session, application, section, {"entries": entries}, is_complete=is_complete, at=at)


def _put(
    session: Session,
    application: Application,
    section: str,
    data: dict[str, Any],
    *,
    is_complete: bool,
    at: dt.datetime,
) -> None:
    row = next((row for row in application.sections if row.section == section), None)
    if row is None:
        row = ApplicationSection(application_id=application.id, section=section)
        session.add(row)
    row.data, row.is_complete, row.saved_at = data, is_complete, at
    application.saved_at = at
    session.flush()


def _place(entries: list[dict[str, Any]], number: int) -> int:
    for place, entry in enumerate(entries):
        if entry["id"] == number:
            return place
    raise NotFound("This entry is not there any more.")


def _record(
    session: Session,
    verb: str,
    application: Application,
    posting: Posting,
    actor: Actor,
    at: dt.datetime,
    **details: Any,
) -> None:
    audit.record(
        session,
        f"recruitment.drafts.{verb}",
        actor=actor,
        at=at,
        subject=application.id,
        agency_id=posting.agency_id,
        **details,
    )
