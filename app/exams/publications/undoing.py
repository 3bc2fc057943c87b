"""Undoing a publication whose letters are still held: the list is an approved one again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.examinations.states import ExaminationState
from app.exams.examinations.states import move as move_examination
from app.exams.merit_lists import queries as lists
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.states import ListState
from app.exams.merit_lists.states import move as move_list
from app.exams.publications import queries, rules
from app.exams.publications.models import Publication
from app.exams.results import services as results
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict

ACTION = "exams.publications.undo"


def undo_publication(
    session: Session, *, list_id: str, reason: str, actor: Actor, at: dt.datetime
) -> MeritList:
    """Take a published list back before its letters leave, with a reason that the ledger keeps.

    The version before it is in force again and the applications say what they said. Conflict when the letters
    are due, when names were certified or somebody appealed, or for who had no part in the publication.
    """
    merit_list = lists.get_list(session, list_id, actor, lock=True)
    actor.demand(ACTION, merit_list.agency_id)
    publication = queries.find_live(session, list_id, lock=True)
    if publication is None:
        raise Conflict("This list is not published.")
    reason = rules.check_reason(reason)
    after = rules.check_undo(
        publication.state,
        publication.letters_at,
        at,
        actor_id=actor.id,
        people={merit_list.drafted_by, merit_list.approved_by, publication.published_by},
        hangs=_hangs(session, publication, merit_list),
    )
    replaced = _take_back(session, merit_list, publication, actor)
    results.take_back_standings(
        session, merit_list=merit_list, replaced=replaced, action=ACTION, actor=actor, at=at
    )
    publication.state, publication.reason = after, reason
    publication.undone_by, publication.undone_at = actor.id, at
    session.flush()
    audit.record(
        session,
        ACTION,
        actor=actor,
        at=at,
        subject=merit_list.id,
        agency_id=merit_list.agency_id,
        version=merit_list.version,
        restores=replaced.id if replaced else None,
        why=reason,
    )
    return merit_list


def _hangs(session: Session, publication: Publication, merit_list: MeritList) -> str:
    """Say what was built on the list since it was published, nothing where nothing was."""
    if queries.has_certificate(session, merit_list.id):
        return "Names of this list were asked for, so its publication stands. Correct the list instead."
    if queries.has_appeal(session, publication):
        return "Somebody has appealed against this list, so its publication stands. Decide the appeal."
    opened = lists.find_open(session, merit_list.examination_id)
    if opened is not None:
        return f"Version {opened.version} of the list is {opened.state.value}. Discard it first."
    return ""


def _take_back(
    session: Session, merit_list: MeritList, publication: Publication, actor: Actor
) -> MeritList | None:
    """Make the list approved and the version it replaced published again; give that version."""
    merit_list.state = move_list(merit_list.state, ListState.APPROVED)
    merit_list.published_by = merit_list.published_at = merit_list.expires_on = None
    session.flush()
    examination = merit_list.examination
    if publication.replaced_id is None:
        examination.state = move_examination(examination.state, ExaminationState.HELD)
        return None
    replaced = lists.get_list(session, publication.replaced_id, actor, lock=True)
    replaced.state, replaced.superseded_at = move_list(replaced.state, ListState.PUBLISHED), None
    session.flush()
    return replaced
