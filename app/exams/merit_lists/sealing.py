"""Storing what a ranking gave, and computing it again to see that nothing of it has changed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams import proving
from app.exams.examinations.models import Examination
from app.exams.merit_lists import preparing, queries, rules
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.states import ListState
from app.exams.sandboxes.services import keep_columns
from app.exams.scoring.queries import load_inputs, load_key, load_ranking
from app.exams.scoring.rules import Ranked, Sealed
from app.platform import bulk
from app.platform.ids import new_id


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


def check_again(session: Session, merit_list: MeritList) -> Ranked:
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
    preparing.check_stored(session, merit_list, ranked)
    return ranked


def prove(session: Session, merit_list: MeritList, ranked: Ranked) -> proving.Second:
    """Read the inputs anew and compute the list the other way; Conflict for any difference."""
    if (second := preparing.find_second(ranked)) is not None:
        return second
    key = merit_list.key_version
    inputs = load_inputs(session, merit_list.examination, merit_list.import_id, merit_list.mark_versions)
    return preparing.second_of(inputs, load_key(key) if key else None, ranked)


def _store_entries(session: Session, merit_list: MeritList, ranked: Ranked) -> None:
    people = queries.load_candidate_ids(session, merit_list.examination_id)
    columns = ("id", "list_id", "candidate_id", "application_id", *queries.COLUMNS)
    rows = (
        (new_id("ent"), merit_list.id, *people[number], *values)
        for number, *values in preparing.rows_of(ranked)
    )
    bulk.insert_rows(session, MeritListEntry, columns, rows)
