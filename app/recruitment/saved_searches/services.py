"""Changing saved searches, and mailing what is new: each vacancy once a search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.preferences.kinds import MailKind
from app.accounts.preferences.queries import keep_wanting
from app.platform import audit, mail
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id
from app.platform.sentences import say
from app.recruitment.postings import search as searching
from app.recruitment.postings.openness import load_openness
from app.recruitment.postings.searches import Search, Sort, from_parameters
from app.recruitment.saved_searches import letters, queries
from app.recruitment.saved_searches.models import SavedSearch, SearchAlert, SearchMark
from app.recruitment.saved_searches.states import Frequency, SearchState, move

MOST_SEARCHES = 20
MOST_TOLD = 200  # a mail of more would be no news; it names some and leads to the list for the rest
KEPT_DELETED = dt.timedelta(days=7)
# A posting takes its key when it is written and is seen when it is committed: a later key may be seen first.
LATE_KEYS = 1000


def create_search(
    session: Session,
    *,
    name: str,
    query: Mapping[str, str],
    frequency: Frequency,
    actor: Actor,
    at: dt.datetime,
) -> SavedSearch:
    """Keep a search; mail is only about what is published from now on. Conflict beyond MOST_SEARCHES."""
    if actor.id is None:
        raise Conflict(say("Sign in to save a search."))
    if queries.count_kept(session, actor.id) >= MOST_SEARCHES:
        raise Conflict(
            say("You have %(count)s saved searches already. Delete one first.", count=MOST_SEARCHES)
        )
    newest = queries.newest_key(session)
    search = SavedSearch(
        id=new_id("ssr"),
        account_id=actor.id,
        name=name,
        query=dict(query),
        frequency=frequency,
        state=SearchState.ACTIVE,
        created_at=at,
    )
    search.mark = SearchMark(search_id=search.id, first_key=newest, seen_key=newest)
    session.add(search)
    session.flush()
    _record(session, "create", search, actor, at, frequency=frequency.value)
    return search


def edit_search(
    session: Session, *, search_id: str, name: str, frequency: Frequency, actor: Actor, at: dt.datetime
) -> SavedSearch:
    """Give a search another name or frequency."""
    search = queries.get_own(session, search_id, actor, lock=True)
    if search.state is SearchState.DELETED:
        raise Conflict(say("This search was deleted."))
    search.name, search.frequency = name, frequency
    _record(session, "edit", search, actor, at, frequency=frequency.value)
    return search


def pause_search(session: Session, *, search_id: str, actor: Actor, at: dt.datetime) -> SavedSearch:
    """Send no mail about a search until it is taken up again."""
    search = queries.get_own(session, search_id, actor, lock=True)
    search.state = move(search.state, SearchState.PAUSED)
    _record(session, "pause", search, actor, at)
    return search


def resume_search(session: Session, *, search_id: str, actor: Actor, at: dt.datetime) -> SavedSearch:
    """Take a paused search up again; what came meanwhile is on the list, and is not mailed."""
    search = queries.get_own(session, search_id, actor, lock=True)
    search.state = move(search.state, SearchState.ACTIVE)
    search.mark.first_key = search.mark.seen_key = queries.newest_key(session)
    _record(session, "resume", search, actor, at)
    return search


def delete_search(session: Session, *, search_id: str, actor: Actor, at: dt.datetime) -> SavedSearch:
    """Delete a search; it can be brought back for KEPT_DELETED, and then is gone."""
    search = queries.get_own(session, search_id, actor, lock=True)
    search.state, search.deleted_at = move(search.state, SearchState.DELETED), at
    _record(session, "delete", search, actor, at)
    return search


def restore_search(session: Session, *, search_id: str, actor: Actor, at: dt.datetime) -> SavedSearch:
    """Bring a deleted search back, paused."""
    search = queries.get_own(session, search_id, actor, lock=True)
    if queries.count_kept(session, search.account_id) >= MOST_SEARCHES:
        raise Conflict(say("You have as many saved searches as there may be. Delete one first."))
    search.state, search.deleted_at = move(search.state, SearchState.PAUSED), None
    _record(session, "restore", search, actor, at)
    return search


def unsubscribe(session: Session, *, search_id: str, actor: Actor, at: dt.datetime) -> SavedSearch:
    """Pause a search for whoever holds the signed link of its mail; again is no error."""
    search = queries.get_search(session, search_id)
    if search.state is SearchState.ACTIVE:
        search.state = move(search.state, SearchState.PAUSED)
        _record(session, "unsubscribe", search, actor, at)
    return search


def send_due_alerts(session: Session, *, at: dt.datetime) -> int:
    """Look through a batch of searches and promise their mails; give how many searches were looked at."""
    newest = queries.newest_key(session)
    due = queries.list_due(session, newest, at)
    wanting = keep_wanting(session, [search.account_id for search in due], MailKind.ALERTS)
    for search in due:
        if search.account_id in wanting:
            _tell(session, search, at)
        else:  # nor later, when mail is wanted again
            search.mark.first_key = newest
        search.mark.seen_key = newest
    session.flush()
    return len(due)


def forget_deleted(session: Session, *, at: dt.datetime) -> int:
    """Remove searches whose time for being brought back has passed; give how many."""
    forgotten = queries.list_forgotten(session, at - KEPT_DELETED)
    for search in forgotten:
        _record(session, "forget", search, SYSTEM, at)
        session.delete(search)
    session.flush()
    return len(forgotten)


def wanted_by(session: Session, search: SavedSearch, at: dt.datetime) -> Search:
    """Give what a saved search looks for, for the person who saved it."""
    wanted = from_parameters(search.query)
    if search.query.get("mine"):
        wanted = replace(wanted, open_to=load_openness(session, search.account_id, at.date()).open_to)
    return wanted


def _tell(session: Session, search: SavedSearch, at: dt.datetime) -> None:
    mark = search.mark
    since = max(mark.first_key, mark.seen_key - LATE_KEYS)
    wanted = replace(wanted_by(session, search, at), newer_than=since, sort=Sort.NEWEST)
    found = searching.list_ids(session, wanted, at, limit=MOST_TOLD) or []
    told = queries.find_told(session, search.id, found)
    new = [posting_id for posting_id in found if posting_id not in told]
    if not new:
        return
    session.add_all(SearchAlert(search_id=search.id, posting_id=posting_id, told_at=at) for posting_id in new)
    mark.mailed_at = at
    _record(session, "alert", search, SYSTEM, at, count=len(new))
    shown = searching.load(session, new[: letters.MOST_NAMED])
    subject, body = letters.alert(search, shown, len(new))
    mail.promise(
        session,
        key=f"search-alert:{search.id}:{new[0]}",
        to=search.account.email,
        subject=subject,
        body=body,
        at=at,
        headers=letters.unsubscribe_headers(search.id),
    )


def _record(
    session: Session, act: str, search: SavedSearch, actor: Actor, at: dt.datetime, **details: Any
) -> None:
    audit.record(
        session, f"recruitment.saved_searches.{act}", actor=actor, at=at, subject=search.id, **details
    )
