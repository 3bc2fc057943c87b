"""Changing merit lists: drafted, approved by a second person, published only if it is still itself."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams import merit, rulebooks
from app.exams.examinations.queries import get_examination
from app.exams.examinations.states import ExaminationState
from app.exams.examinations.states import move as move_examination
from app.exams.merit_lists import queries, rules
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.sealing import check_again, prove, store_list
from app.exams.merit_lists.states import ListState, move
from app.exams.publications import holding
from app.exams.publications.services import begin_publication
from app.exams.readiness.queries import demand_open, load_figures
from app.exams.results import services as results
from app.exams.scoring.queries import load_ranking
from app.exams.scoring.rules import Ranked
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Invalid

AT_ONCE = dt.timedelta(0)
NOT_PUBLISHED = "An earlier draft was given up before it was published."


def draft_list(
    session: Session, *, examination_id: str, seed: str, reason: str, actor: Actor, at: dt.datetime
) -> MeritList:
    """Score and rank the stored answers by the key in force, and store what came out as a draft.

    A correction of a published list needs a reason and keeps its seed, so that no new lots are drawn.
    """
    examination = get_examination(session, examination_id, actor, lock=True)
    actor.demand("exams.merit_lists.draft", examination.agency_id)
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    figures = load_figures(session, examination)
    opened = queries.find_open(session, examination.id)
    published = queries.find_published(session, examination.id)
    rules.check_draft(
        figures.blocks,
        opened.state if opened else None,
        published is not None,
        reason,
    )
    demand_open(session, examination, at)
    version = queries.next_version(session, examination.id)
    seed = queries.find_first_seed(session, examination.id) or seed.strip()
    seed = rules.check_seed(seed, book.order.needs_seed)
    ranked, sealed = load_ranking(session, examination, seed)
    merit_list = store_list(
        session,
        examination=examination,
        ranked=ranked,
        sealed=sealed,
        seed=seed,
        reason=reason.strip() or (NOT_PUBLISHED if version > 1 else None),
        drafted_by=actor.id,
        at=at,
    )
    _record(session, "draft", merit_list, actor, at, version=version, digest=merit_list.digest)
    return merit_list


def approve_list(session: Session, *, list_id: str, actor: Actor, at: dt.datetime) -> MeritList:
    """Approve a draft, by someone other than who drafted it; it is computed again and must be the same."""
    merit_list = _load(session, list_id, actor, "approve")
    state = move(merit_list.state, ListState.APPROVED)
    rules.demand_second_person(actor.id, merit_list.drafted_by)
    demand_open(session, merit_list.examination, at)
    check_again(session, merit_list)
    merit_list.state, merit_list.approved_by, merit_list.approved_at = state, actor.id, at
    _record(session, "approve", merit_list, actor, at, digest=merit_list.digest)
    return merit_list


def publish_list(session: Session, *, list_id: str, actor: Actor, at: dt.datetime) -> MeritList:
    """Publish an approved list, computed again and in a second way; nothing happens unless it is the same.

    The version before it is superseded, standings are written to the applications, and the letters to every
    candidate are promised for when the time to undo is over, all in one transaction.
    """
    merit_list = _load(session, list_id, actor, "publish")
    move(merit_list.state, ListState.PUBLISHED)
    demand_open(session, merit_list.examination, at)
    ranked = check_again(session, merit_list)
    return put_in_force(
        session, merit_list=merit_list, ranked=ranked, actor=actor, at=at, hold=holding.current()
    )


def put_in_force(
    session: Session,
    *,
    merit_list: MeritList,
    ranked: Ranked,
    actor: Actor,
    at: dt.datetime,
    hold: dt.timedelta = AT_ONCE,
) -> MeritList:
    """Publish an approved list that was just ranked, if a second computation gives the same.

    Letters are held for as long as `hold`; until then the publication can be undone. The list comes with
    its examination and key. Who may do this, and when, the caller has checked.
    """
    state, examination = move(merit_list.state, ListState.PUBLISHED), merit_list.examination
    second = prove(session, merit_list, ranked)
    before = queries.find_published(session, examination.id)
    if before is not None:
        before.state, before.superseded_at = move(before.state, ListState.SUPERSEDED), at
        session.flush()
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    today = clock.local_date(at, examination.agency.time_zone)
    merit_list.state, merit_list.published_by, merit_list.published_at = state, actor.id, at
    merit_list.expires_on = _ends_on(book, before, today)
    examination.state = move_examination(examination.state, ExaminationState.CLOSED)
    session.flush()
    results.record_standings(session, merit_list=merit_list, actor=actor, at=at)
    publication = begin_publication(
        session, merit_list=merit_list, replaced=before, hold=hold, actor=actor, at=at
    )
    _record(
        session,
        "publish",
        merit_list,
        actor,
        at,
        version=merit_list.version,
        digest=merit_list.digest,
        rulebook=merit_list.rulebook_digest,
        key=merit_list.key_version.digest if merit_list.key_version else None,
        marks=merit_list.mark_versions,
        supersedes=before.id if before else None,
        letters_at=publication.letters_at.isoformat(),
        **second.details(),
    )
    return merit_list


def discard_list(session: Session, *, list_id: str, reason: str, actor: Actor, at: dt.datetime) -> MeritList:
    """Give up a draft or an approved list that was not published; it stays on record."""
    merit_list = _load(session, list_id, actor, "discard")
    state = move(merit_list.state, ListState.DISCARDED)
    if not reason.strip():
        raise Invalid(reason="Enter why this list is discarded.")
    merit_list.state = state
    _record(session, "discard", merit_list, actor, at, version=merit_list.version, why=reason.strip())
    return merit_list


def _ends_on(book: merit.Rulebook, before: MeritList | None, today: dt.date) -> dt.date | None:
    """Give the last day of the list's life; a correction lives no longer than the list it corrects."""
    if before is not None:
        return before.expires_on
    return merit.list_ends_on(book, today) if book.certification is not None else None


def _load(session: Session, list_id: str, actor: Actor, act: str) -> MeritList:
    merit_list = queries.get_list(session, list_id, actor, lock=True)
    actor.demand(f"exams.merit_lists.{act}", merit_list.agency_id)
    return merit_list


def _record(
    session: Session, act: str, merit_list: MeritList, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.merit_lists.{act}",
        actor=actor,
        at=at,
        subject=merit_list.id,
        agency_id=merit_list.agency_id,
        **details,
    )
