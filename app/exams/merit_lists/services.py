"""Changing merit lists: drafted, approved by a second person, published only if it is still itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.exams import merit, proving, rulebooks
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.examinations.states import ExaminationState
from app.exams.examinations.states import move as move_examination
from app.exams.merit_lists import queries, rules
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.states import ListState, move
from app.exams.publications import holding
from app.exams.publications.services import begin_publication
from app.exams.readiness.queries import demand_open, load_figures
from app.exams.results import services as results
from app.exams.sandboxes.services import keep_columns
from app.exams.scoring.queries import load_inputs, load_key, load_ranking
from app.exams.scoring.rules import Ranked, Sealed, entry_values
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id

BATCH = 1000
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
    demand_open(session, examination)
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


def store_list(
    session: Session,
    *,
    examination: Examination,
    ranked: Ranked,
    sealed: Sealed,
    seed: str,
    reason: str | None,
    drafted_by: str | None,
    at: dt.datetime,
) -> MeritList:
    """Store what a ranking gave as the next version of a list, a draft; the act is recorded by the caller."""
    merit_list = MeritList(
        id=new_id("lst"),
        examination_id=examination.id,
        agency_id=examination.agency_id,
        version=queries.next_version(session, examination.id),
        state=ListState.DRAFT,
        reason=reason,
        rulebook_digest=sealed.rulebook,
        key_version_id=sealed.key_version,
        import_id=sealed.responses,
        mark_versions=sealed.marks,
        seed=seed,
        facts=dict(ranked.listing.facts),
        inputs_digest=sealed.inputs,
        digest=sealed.rows,
        ranked=len(ranked.listing),
        passed=ranked.listing.passed_count,
        drafted_by=drafted_by,
        drafted_at=at,
    )
    session.add(merit_list)
    session.flush()
    _store_entries(session, merit_list, ranked)
    keep_columns(session, merit_list, ranked.listing)
    return merit_list


def approve_list(session: Session, *, list_id: str, actor: Actor, at: dt.datetime) -> MeritList:
    """Approve a draft, by someone other than who drafted it; it is computed again and must be the same."""
    merit_list = _load(session, list_id, actor, "approve")
    state = move(merit_list.state, ListState.APPROVED)
    rules.demand_second_person(actor.id, merit_list.drafted_by)
    demand_open(session, merit_list.examination)
    _check_again(session, merit_list)
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
    demand_open(session, merit_list.examination)
    ranked = _check_again(session, merit_list)
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
    second = _prove(session, merit_list, ranked)
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


def _check_again(session: Session, merit_list: MeritList) -> Ranked:
    """Compute the list again and raise Conflict for any difference from what is stored of it."""
    ranked, now = load_ranking(session, merit_list.examination, merit_list.seed)
    approved = Sealed(
        merit_list.inputs_digest,
        merit_list.digest,
        merit_list.rulebook_digest,
        merit_list.key_version_id,
        merit_list.import_id,
        merit_list.mark_versions,
    )
    rules.check_same(approved, now)
    rules.check_rows(queries.load_rows(session, merit_list.id), _computed_rows(ranked))
    return ranked


def _prove(session: Session, merit_list: MeritList, ranked: Ranked) -> proving.Second:
    """Read the inputs anew and compute the list the other way; Conflict for any difference."""
    key = merit_list.key_version
    inputs = load_inputs(session, merit_list.examination, merit_list.import_id, merit_list.mark_versions)
    return proving.demand_agreement(inputs, load_key(key) if key else None, ranked.listing)


def _computed_rows(ranked: Ranked) -> list[dict[str, Any]]:
    return [
        {"number": row.candidate_id} | entry_values(ranked, place)
        for place, row in enumerate(ranked.listing.rows, start=1)
    ]


def _store_entries(session: Session, merit_list: MeritList, ranked: Ranked) -> None:
    people = queries.load_candidate_ids(session, merit_list.examination_id)
    rows: list[dict[str, Any]] = []
    for values in _computed_rows(ranked):
        candidate_id, application_id = people[values.pop("number")]
        own = {"id": new_id("ent"), "list_id": merit_list.id}
        rows.append(own | {"candidate_id": candidate_id, "application_id": application_id} | values)
    for start in range(0, len(rows), BATCH):
        session.execute(insert(MeritListEntry), rows[start : start + BATCH])


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
