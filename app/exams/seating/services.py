"""Seating an examination: wishes, the rule with its seed, later arrivals, and moves by hand."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.exams.accommodations.queries import count_waiting
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.results.queries import get_own_candidate
from app.exams.seating import queries, rules
from app.exams.seating.models import CentreWish, Seat, SeatingPlan, SeatMove
from app.exams.sessions.queries import get_session
from app.exams.sessions.rules import check_open
from app.platform import audit, jobs, storage
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.platform.sentences import say

TRIAL = "a trial, not the public seed"
MOST_WISHES = 3


def set_plan(
    session: Session,
    *,
    examination_id: str,
    wishes_until: dt.datetime | None,
    bring: str,
    actor: Actor,
    at: dt.datetime,
) -> SeatingPlan:
    """Set until when candidates may name centres, and what they have to bring."""
    examination = get_examination(session, examination_id, actor, permission="exams.seating.edit")
    plan = queries.get_plan(session, examination_id, lock=True)
    if plan.fixed_at is not None and wishes_until != plan.wishes_until:
        raise Invalid(wishes_until="The seats are fixed already.")
    plan.wishes_until, plan.bring = wishes_until, bring
    session.flush()
    _record(session, "edit", examination, actor, at, wishes_until=wishes_until)
    return plan


def name_centres(
    session: Session, *, application_id: str, centre_ids: Sequence[str], actor: Actor, at: dt.datetime
) -> list[CentreWish]:
    """Take the centres that a candidate names, in the place of those named before; none is allowed."""
    candidate = get_own_candidate(session, application_id, actor)
    plan = queries.get_plan(session, candidate.examination_id)
    if plan.fixed_at is not None or plan.wishes_until is None or at >= plan.wishes_until:
        raise Conflict(say("The time to name centres is over."))
    offered = {centre.id for centre in queries.list_offered(session, candidate.examination_id)}
    if len(set(centre_ids)) != len(centre_ids):
        raise Invalid(second=say("You named this centre already. Choose another."))
    if not set(centre_ids) <= offered or len(centre_ids) > MOST_WISHES:
        raise Conflict(say("This centre is not used any more. Choose another."))
    session.execute(delete(CentreWish).where(CentreWish.candidate_id == candidate.id))
    wishes = [
        CentreWish(candidate_id=candidate.id, position=position, centre_id=own, named_at=at)
        for position, own in enumerate(centre_ids, start=1)
    ]
    session.add_all(wishes)
    session.flush()
    audit.record(
        session, "exams.seating.name_centres", actor=actor, at=at, subject=candidate.id, centres=len(wishes)
    )
    return wishes


def preview(session: Session, examination: Examination) -> tuple[queries.Material, rules.Seating]:
    """Seat everyone by a trial seed, so that what cannot be done is seen before the public one is drawn."""
    material = queries.load_material(session, examination)
    seating = rules.assign(
        material.people, material.rooms, material.centres, examination=examination.number, seed=TRIAL
    )
    return material, seating


def fix(session: Session, *, examination_id: str, seed: str, actor: Actor, at: dt.datetime) -> SeatingPlan:
    """Seat everyone by the public seed, once; what the rule was given is kept with the seats' digest."""
    examination = get_examination(session, examination_id, actor, permission="exams.seating.fix", lock=True)
    plan = queries.get_plan(session, examination_id, lock=True)
    if plan.fixed_at is not None:
        raise Conflict("The seats are fixed already.")
    if plan.wishes_until is not None and at < plan.wishes_until:
        raise Conflict("Candidates may still name centres. Fix the seats when that time is over.")
    if waiting := count_waiting(session, examination_id):
        requests = "1 request" if waiting == 1 else f"{waiting} requests"
        raise Conflict(f"{requests} for accommodations have no decision yet. Decide them first.")
    if not seed.strip():
        raise Invalid(seed="Enter the public seed.")
    material = queries.load_material(session, examination)
    if not material.people:
        raise Conflict("No candidate is registered yet.")
    seating = _assign(material, examination, seed.strip())
    plan.seed, plan.fixed_by, plan.fixed_at = seed.strip(), actor.id, at
    content = rules.write_inputs(material.people, material.rooms, material.centres, examination.number)
    plan.inputs_digest, plan.seats_digest = storage.current().put(content), seating.digest
    _store(session, material, seating, at)
    details = {"seed": plan.seed, "inputs": plan.inputs_digest, "seats": plan.seats_digest}
    _record(session, "fix", examination, actor, at, candidates=len(seating.given), **details)
    return plan


def check_again(plan: SeatingPlan) -> bool:
    """Tell whether the rule gives the same seats again, from what was kept when they were fixed."""
    body = json.loads(storage.current().get(str(plan.inputs_digest)))
    people, rooms, centres, examination = rules.read_inputs(body)
    again = rules.assign(people, rooms, centres, examination=examination, seed=str(plan.seed))
    return again.digest == plan.seats_digest


def seat_later(session: Session, *, examination_id: str, reason: str, actor: Actor, at: dt.datetime) -> int:
    """Seat those who came after the seats were fixed, by the same rule and seed; nobody else moves."""
    examination = get_examination(
        session, examination_id, actor, permission="exams.seating.seat_later", lock=True
    )
    plan = _fixed_plan(session, examination_id)
    material = queries.load_material(session, examination)
    if not material.people:
        raise Conflict("Everybody has a seat.")
    seating = _assign(material, examination, str(plan.seed))
    _store(session, material, seating, at)
    moves = [
        {
            "id": new_id("smv"),
            "candidate_id": material.ids[number],
            "to_session_id": given.session,
            "to_place": given.place,
            "reason": _reason(reason),
            "moved_by": actor.id,
            "moved_at": at,
        }
        for number, given in seating.given.items()
    ]
    session.execute(insert(SeatMove), moves)
    _record(session, "seat_later", examination, actor, at, candidates=len(moves), why=_reason(reason))
    _tell(session, plan, [material.ids[number] for number in seating.given], at)
    return len(moves)


def move_seat(
    session: Session,
    *,
    candidate_id: str,
    session_id: str,
    place: int | None,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> Seat:
    """Give a candidate another seat by hand, or a first one; without a place the first free one is taken."""
    permission = "exams.seating.move"
    candidate, examination = queries.get_candidate(session, candidate_id, actor, permission=permission)
    check_open(examination.state)
    plan = _fixed_plan(session, examination.id)
    target = get_session(session, session_id, actor, permission=permission, lock=True)
    if target.examination_id != examination.id:
        raise Invalid(session_id="Choose a session of this examination.")
    taken = queries.load_taken(session, session_id)
    free = [number for number in range(1, target.capacity + 1) if number not in taken]
    if not free or (place is not None and not 1 <= place <= target.capacity):
        raise Invalid(
            place="This session is full." if not free else f"Enter a seat from 1 to {target.capacity}."
        )
    if place is not None and place in taken:
        raise Invalid(place="Somebody else has this seat.")
    seat, person = (
        queries.find_seat(session, candidate.id, lock=True),
        queries.load_person(session, examination, candidate.id),
    )
    before = (seat.session_id, seat.place) if seat else (None, None)
    if seat is None:
        seat = Seat(candidate_id=candidate.id)
        session.add(seat)
    seat.session_id, seat.place = target.id, place or free[0]
    seat.extra_minutes, seat.assigned_at = person.extra_minutes, at
    session.add(
        SeatMove(
            id=new_id("smv"), candidate_id=candidate.id, from_session_id=before[0], from_place=before[1],
            to_session_id=target.id, to_place=seat.place, reason=_reason(reason), moved_by=actor.id,
            moved_at=at,
        )
    )  # fmt: skip
    session.flush()
    _record(session, "move", examination, actor, at, candidate=candidate.number, seat=seat.place)
    _tell(session, plan, [candidate.id], at)
    return seat


def _assign(material: queries.Material, examination: Examination, seed: str) -> rules.Seating:
    """Seat everyone, or raise Conflict with the first who cannot be seated."""
    seating = rules.assign(
        material.people, material.rooms, material.centres, examination=examination.number, seed=seed
    )
    if seating.unplaced:
        number, why = next(iter(sorted(seating.unplaced.items())))
        count = len(seating.unplaced)
        raise Conflict(f"{count} cannot be seated. {number}: {why} Add sessions or seats first.")
    return seating


def _store(session: Session, material: queries.Material, seating: rules.Seating, at: dt.datetime) -> None:
    rows = [
        {
            "candidate_id": material.ids[number],
            "session_id": given.session,
            "place": given.place,
            "extra_minutes": given.extra_minutes,
            "assigned_at": at,
        }
        for number, given in seating.given.items()
    ]
    session.execute(insert(Seat), rows)


def _fixed_plan(session: Session, examination_id: str) -> SeatingPlan:
    plan = queries.get_plan(session, examination_id, lock=True)
    if plan.fixed_at is None:
        raise Conflict("The seats are not fixed yet.")
    return plan


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(reason="Enter the reason.")
    return reason.strip()


def _tell(session: Session, plan: SeatingPlan, candidate_ids: Sequence[str], at: dt.datetime) -> None:
    """Promise those whose card has changed a mail, once cards are out."""
    if plan.released_at is None:
        return
    key = f"admit-cards:{plan.examination_id}:{at.isoformat()}:{candidate_ids[0]}"
    payload = {"examination_id": plan.examination_id, "candidate_ids": list(candidate_ids)}
    jobs.enqueue(session, "exams.tell_admit_cards", key=key, payload=payload, at=at)


def _record(
    session: Session, act: str, examination: Examination, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.seating.{act}",
        actor=actor,
        at=at,
        subject=examination.id,
        agency_id=examination.agency_id,
        **details,
    )
