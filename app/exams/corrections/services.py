"""Putting a published list right in one transaction, and deciding what follows of it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.certificates.queries import load_eligibles
from app.exams.corrections import queries, rules
from app.exams.corrections.models import Correction, CorrectionFlag
from app.exams.corrections.states import Consequence
from app.exams.examinations.models import Examination
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.queries import find_open, find_published
from app.exams.merit_lists.sealing import store_list
from app.exams.merit_lists.services import put_in_force
from app.exams.merit_lists.states import ListState, move
from app.exams.scoring.queries import load_ranking
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def correct_list(
    session: Session,
    *,
    examination: Examination,
    reason: str,
    proposed_by: str,
    actor: Actor,
    at: dt.datetime,
) -> Correction:
    """Score and rank again by the key in force, and publish what comes out in the place of the list before.

    Everybody is written to with the effect on their own score and rank, and each certificate and
    appointment that it touches is flagged. `proposed_by` and the actor are the two people of the decision.
    Conflict while a draft of a list is open, and where more than the key changed since; whatever fails
    undoes all of it.
    """
    earlier, opened = find_published(session, examination.id), find_open(session, examination.id)
    if earlier is None:
        raise Conflict("No list of this examination is published.")
    if opened is not None:
        raise Conflict(f"Version {opened.version} of the list is {opened.state.value}. Discard it first.")
    ranked, sealed = load_ranking(session, examination, earlier.seed)
    same = (earlier.import_id, earlier.rulebook_digest, earlier.mark_versions)
    rules.check_only_key(same != (sealed.responses, sealed.rulebook, sealed.marks))
    merit_list = store_list(
        session,
        examination=examination,
        ranked=ranked,
        sealed=sealed,
        seed=earlier.seed,
        reason=reason,
        drafted_by=proposed_by,
        at=at,
    )
    session.refresh(merit_list, ["examination", "key_version"])
    merit_list.state = move(merit_list.state, ListState.APPROVED)
    merit_list.approved_by, merit_list.approved_at = actor.id, at
    put_in_force(session, merit_list=merit_list, ranked=ranked, actor=actor, at=at)
    correction = _keep(session, examination, earlier, merit_list, actor, at)
    _flag(session, examination, correction, at)
    return correction


def decide_flag(
    session: Session, *, flag_id: str, consequence: Consequence, reason: str, actor: Actor, at: dt.datetime
) -> CorrectionFlag:
    """Decide what follows of a correction for a certificate or an appointment, with the reason."""
    flag = queries.get_flag(session, flag_id, actor, lock=True)
    agency_id = flag.certificate.agency_id
    actor.demand("exams.corrections.decide", agency_id)
    if flag.decided_at is not None:
        raise Conflict("What follows for this was decided before.")
    if not reason.strip():
        raise Invalid(reason="Enter the reason.")
    flag.consequence, flag.reason = consequence, reason.strip()
    flag.decided_by, flag.decided_at = actor.id, at
    session.flush()
    audit.record(
        session,
        "exams.corrections.decide",
        actor=actor,
        at=at,
        subject=flag.certificate_id,
        agency_id=agency_id,
        flag=flag.id,
        consequence=consequence.value,
    )
    return flag


def _keep(
    session: Session,
    examination: Examination,
    earlier: MeritList,
    merit_list: MeritList,
    actor: Actor,
    at: dt.datetime,
) -> Correction:
    """Keep what was corrected, with counts of what moved."""
    figures = rules.figures(queries.load_standings(session, earlier.id, merit_list.id))
    correction = Correction(
        id=new_id("cor"),
        examination_id=examination.id,
        earlier_list_id=earlier.id,
        list_id=merit_list.id,
        figures=figures,
        corrected_by=str(actor.id),
        corrected_at=at,
    )
    session.add(correction)
    session.flush()
    audit.record(
        session,
        "exams.corrections.correct",
        actor=actor,
        at=at,
        subject=merit_list.id,
        agency_id=examination.agency_id,
        supersedes=earlier.id,
        version=merit_list.version,
        **figures,
    )
    return correction


def _flag(session: Session, examination: Examination, correction: Correction, at: dt.datetime) -> None:
    """Flag the certificates and appointments that the correction touches."""
    certified = queries.load_certified(session, examination)
    if not certified:
        return
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    earlier = load_eligibles(session, correction.earlier_list_id)
    later = load_eligibles(session, correction.list_id)
    session.add_all(
        CorrectionFlag(
            id=new_id("cfl"),
            correction_id=correction.id,
            certificate_id=touch.certificate_id,
            certificate_entry_id=touch.entry_id,
            effect=touch.effect,
            raised_at=at,
        )
        for touch in rules.touches(book, certified, earlier, later)
    )
    session.flush()
