"""Changing drafts: begun, and saved step by step or as they are written."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.personnel.employees.queries import find_own_employee
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.sentences import say
from app.recruitment.applications import queries, rules, standing
from app.recruitment.applications.models import Application, ApplicationDocument, ApplicationSection
from app.recruitment.applications.states import Submission, move
from app.recruitment.deadlines.rules import judge
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import Audience
from app.recruitment.profiles import queries as profiles
from app.recruitment.profiles.rules import (
    Page,
    SavedElsewhere,
    demand_unchanged,
    drop_entry,
    entries_of,
    get_entry,
    put_entry,
)
from app.recruitment.profiles.services import keep

# What an entry of a list holds for the pages that write it alone.
STAMPS = frozenset({"saved_at", "writer"})
ABOUT_PERSON = ("contact", "education", "experience", "licences", "languages")


def start_application(
    session: Session, *, posting_id: str, actor: Actor, at: dt.datetime, copy_from: str = ""
) -> Application:
    """Begin a draft, or give the one there is; a draft that was given up is taken up again.

    A new one begins with what the profile holds, or with what the person's own application `copy_from` does.
    """
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
    if found is None:
        _prefill(session, application, copy_from, actor, at)
    _record(session, "start", application, posting, actor, at, copied=bool(copy_from))
    return application


def _prefill(
    session: Session, application: Application, copy_from: str, actor: Actor, at: dt.datetime
) -> None:
    """Fill the steps about the person; contact details are looked at once more before they are complete."""
    earlier = queries.get_own_application(session, copy_from, actor) if copy_from else None
    for section in ABOUT_PERSON:
        data = (
            standing.saved_data(earlier, section)
            if earlier
            else profiles.prefill(session, str(actor.id), section)
        )
        if data:
            is_complete = section in rules.LISTS and _is_whole(data.get("entries", []))
            row = ApplicationSection(
                application_id=application.id, section=section, data=data, is_complete=is_complete
            )
            row.saved_at = at
            session.add(row)
    for document in standing.live_documents(earlier) if earlier else ():
        if document.kind != "evidence":
            session.add(
                ApplicationDocument(
                    id=new_id("doc"),
                    application_id=application.id,
                    kind=document.kind,
                    filename=document.filename,
                    media_type=document.media_type,
                    size=document.size,
                    digest=document.digest,
                    uploaded_at=at,
                )
            )
    session.flush()


def demand_may_apply(session: Session, posting: Posting, actor: Actor, at: dt.datetime) -> None:
    """Raise Conflict when applications are not taken now, or not from this person."""
    if not judge(standing.window_of(posting), at).is_taken:
        raise Conflict(say("Applications for this vacancy are not open, so no application can be started."))
    if posting.audience is Audience.EMPLOYEES and find_own_employee(session, actor.id) is None:
        raise Conflict(say("Only current employees may apply for this vacancy."))


def save_section(
    session: Session,
    *,
    application_id: str,
    section: str,
    data: dict[str, Any],
    is_complete: bool,
    actor: Actor,
    at: dt.datetime,
    page: Page | None = None,
    keeps_in_profile: bool = False,
) -> Application:
    """Save one step of a draft as its form cleaned it, half done or whole.

    SavedElsewhere when it was saved from another page since `page` was opened, with something else.
    """
    application = lock_draft(session, application_id, actor)
    row = session.get(ApplicationSection, (application_id, section))
    _put(session, application, row, section, data, is_complete=is_complete, at=at, page=page)
    if keeps_in_profile:
        kept = _without_stamps(data)
        keep(session, account_id=str(actor.id), section=section, data=kept, actor=actor, at=at)
    verb = "entries" if section in rules.LISTS else section
    _record(session, verb, application, application.posting, actor, at, is_complete=is_complete)
    return application


def autosave_section(
    session: Session,
    *,
    application_id: str,
    section: str,
    data: dict[str, Any],
    is_complete: bool,
    page: Page,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Save what stands in a step while it is being written; going on from it is what is recorded.

    What a later sending of the same page has overtaken on its way changes nothing.
    """
    lock_draft(session, application_id, actor)
    row = session.get(ApplicationSection, (application_id, section))
    if row is not None and page.is_overtaken(row.writer):
        return
    _put(session, None, row, section, data, is_complete=is_complete, at=at, page=page, own=application_id)


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
    page: Page | None = None,
    is_autosave: bool = False,
) -> Application:
    """Add an entry to a list of a draft, or change the one of that number.

    A page that adds an entry adds one, however often it is sent; what is saved while it is written changes
    nothing once a later sending of its page has overtaken it.
    """
    application = lock_draft(session, application_id, actor)
    row = session.get(ApplicationSection, (application_id, section))
    entries = entries_of(row.data if row else {})
    if number is None and page is not None:
        number = next((entry["id"] for entry in entries if page.wrote(entry.get("writer"))), None)
    verb = "add_entry" if number is None else "edit_entry"
    if number is not None:
        entry = get_entry(entries, number)
        if is_autosave and page is not None and page.is_overtaken(entry.get("writer")):
            return application
        demand_unchanged(entry, values, page)
    stamps = {"saved_at": at.isoformat(), "writer": page.stamp} if page else {}
    entries = put_entry(entries, number, {**stamps, **values}, is_complete=is_complete)
    saved = {"entries": entries}
    whole = _is_whole(entries)
    if is_autosave:
        _put(session, None, row, section, saved, is_complete=whole, at=at, own=application_id)
        return application
    _put(session, application, row, section, saved, is_complete=whole, at=at)
    _record(session, verb, application, application.posting, actor, at, section=section)
    return application


def autosave_entry(session: Session, *, data: dict[str, Any], **known: Any) -> None:
    """Save what stands in an entry while it is being written, as autosave_section does."""
    save_entry(session, values=data, is_autosave=True, **known)


def keep_section(
    session: Session,
    application: Application,
    section: str,
    data: dict[str, Any],
    *,
    at: dt.datetime,
    page: Page | None,
) -> None:
    """Keep a complete step of a locked draft beside what its own service changes and records of it.

    SavedElsewhere as save_section raises it.
    """
    row = session.get(ApplicationSection, (application.id, section))
    _put(session, application, row, section, data, is_complete=True, at=at, page=page)


def remove_entry(
    session: Session, *, application_id: str, section: str, number: int, actor: Actor, at: dt.datetime
) -> Application:
    """Take an entry out of a list of a draft."""
    application = lock_draft(session, application_id, actor)
    row = session.get(ApplicationSection, (application_id, section))
    entries = drop_entry(entries_of(row.data if row else {}), number)
    saved = {"entries": entries}
    _put(session, application, row, section, saved, is_complete=_is_whole(entries), at=at)
    _record(session, "remove_entry", application, application.posting, actor, at, section=section)
    return application


def lock_draft(session: Session, application_id: str, actor: Actor) -> Application:
    """Give the actor's own draft, locked, with its posting and no more; Conflict when it is none any more."""
    return _demand_draft(queries.lock_own(session, application_id, actor))


def get_draft(session: Session, application_id: str, actor: Actor) -> Application:
    """Give the actor's own draft, locked, whole; Conflict when it is no draft any more."""
    return _demand_draft(queries.get_own_application(session, application_id, actor, lock=True))


def _demand_draft(application: Application) -> Application:
    if application.submission is not Submission.DRAFT:
        raise Conflict(say("This application was submitted or withdrawn, so it cannot be changed."))
    return application


def _put(
    session: Session,
    application: Application | None,
    row: ApplicationSection | None,
    section: str,
    data: dict[str, Any],
    *,
    is_complete: bool,
    at: dt.datetime,
    page: Page | None = None,
    own: str = "",
) -> None:
    if row is None:
        row = ApplicationSection(application_id=application.id if application else own, section=section)
        session.add(row)
    elif page is not None and row.data != data and not page.knows(row.writer, row.saved_at.isoformat()):
        raise SavedElsewhere(row.data, row.saved_at)
    row.data, row.is_complete, row.saved_at = data, is_complete, at
    row.writer = page.stamp if page else None
    if application is not None:
        application.saved_at = at
    session.flush()


def _without_stamps(data: dict[str, Any]) -> dict[str, Any]:
    """Give a step without what only the pages of this draft need to know of its entries."""
    if "entries" not in data:
        return data
    return {
        "entries": [
            {name: value for name, value in entry.items() if name not in STAMPS} for entry in data["entries"]
        ]
    }


def _is_whole(entries: list[dict[str, Any]]) -> bool:
    return bool(entries) and all(entry["is_complete"] for entry in entries)


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
        subject=application.changes_id or application.id,
        agency_id=posting.agency_id,
        **details,
    )
