"""Marking who came, correcting it with a reason, and doubts about identities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.exams.admit_cards.queries import find_arrangement
from app.exams.attendance import queries, rules
from app.exams.attendance.models import AttendanceMark, IdentityDoubt
from app.exams.attendance.rules import Wanted
from app.exams.attendance.states import DoubtState, Way
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.queries import get_examination
from app.exams.examinations.states import Attendance
from app.exams.seating.queries import get_candidate
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.recruitment.applications import services as applications
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment, Standing

BATCH = 500


def mark(
    session: Session,
    *,
    candidate_id: str,
    attendance: Attendance,
    way: Way,
    reason: str = "",
    is_late_accepted: bool = False,
    permission: str = "exams.attendance.check_in",
    actor: Actor,
    at: dt.datetime,
) -> Candidate:
    """Mark one candidate; a changed mark is a correction and needs a reason, so does a late entry.

    The same mark again changes nothing. Conflict before the doors open, or when nobody is let in any more.
    """
    candidate, examination = get_candidate(session, candidate_id, actor, permission=permission)
    row = queries.get_row(session, candidate_id)
    opens_at, closes_at = row.doors(find_arrangement(session, examination.id))
    rules.demand_begun(opens_at, at, attendance)
    now = candidate.attendance
    if now is attendance:
        return candidate
    is_entry = attendance is Attendance.PRESENT and way in (Way.SCAN, Way.TYPED)
    late = is_entry and rules.is_late(closes_at, at)
    if late and not (is_late_accepted and reason.strip()):
        raise Conflict("The doors are closed. Let the candidate in late with a reason, or send them away.")
    wanted = {candidate.id: Wanted(attendance, rules.check_reason(now, attendance, reason))}
    way = Way.CORRECTION if now is not Attendance.EXPECTED else way
    _store(session, wanted, way, actor, at, arrived_at=at if late else None)
    _note(session, [candidate.application_id], attendance, actor, at)
    details = {"candidate": candidate.number, "attendance": attendance.value, "way": way.value}
    _record(session, "check_in", examination, actor, at, **details)
    return candidate


def mark_roll(
    session: Session,
    *,
    examination_id: str,
    wanted: Mapping[str, Wanted],
    way: Way,
    permission: str,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Mark many candidates, by id, and give how many marks changed; all or none.

    Invalid names the first whose change needs a reason and has none.
    """
    examination = get_examination(session, examination_id, actor, permission=permission, lock=True)
    if examination.held_on > clock.local_date(at, examination.agency.time_zone):
        raise Conflict("The examination was not held yet.")
    known = session.execute(
        select(Candidate.id, Candidate.number, Candidate.attendance, Candidate.application_id)
        .where(Candidate.examination_id == examination_id)
        .order_by(Candidate.number)
    ).all()
    changed: dict[Way, dict[str, Wanted]] = {way: {}, Way.CORRECTION: {}}
    moved: dict[Attendance, list[str]] = {}
    for own, number, now, application_id in known:
        one = wanted.get(own)
        if one is None or one.attendance is now:
            continue
        if rules.needs_reason(now, one.attendance) and not one.reason.strip():
            raise Invalid(reason=f"Enter why {number} becomes {one.attendance.value}.")
        kind = way if now is Attendance.EXPECTED else Way.CORRECTION
        changed[kind][own] = Wanted(one.attendance, one.reason.strip())
        moved.setdefault(one.attendance, []).append(application_id)
    count = sum(map(len, changed.values()))
    if not count:
        return 0
    for kind, rows in changed.items():
        _store(session, rows, kind, actor, at)
    for attendance, people in moved.items():
        _note(session, people, attendance, actor, at)
    corrected = len(changed[Way.CORRECTION]) if way is not Way.CORRECTION else count
    _record(session, "mark_roll", examination, actor, at, marks=count, corrected=corrected, way=way.value)
    return count


def await_again(
    session: Session, *, candidate_ids: Sequence[str], reason: str, actor: Actor, at: dt.datetime
) -> None:
    """Expect candidates once more, who sit the examination again; the act that decides it records it."""
    wanted = {own: Wanted(Attendance.EXPECTED, reason) for own in candidate_ids}
    _store(session, wanted, Way.RESIT, actor, at)


def raise_doubt(
    session: Session, *, candidate_id: str, note: str, actor: Actor, at: dt.datetime
) -> IdentityDoubt:
    """Note that somebody may not be who their card says; the list waits until it is settled."""
    permission = "exams.attendance.raise_doubt"
    candidate, examination = get_candidate(session, candidate_id, actor, permission=permission)
    doubt = IdentityDoubt(
        id=new_id("idd"), candidate_id=candidate.id, note=note, state=DoubtState.OPEN, raised_by=actor.id,
        raised_at=at,
    )  # fmt: skip
    session.add(doubt)
    session.flush()
    _record(session, "raise_doubt", examination, actor, at, candidate=candidate.number)
    return doubt


def settle_doubt(
    session: Session, *, doubt_id: str, is_cleared: bool, finding: str, actor: Actor, at: dt.datetime
) -> IdentityDoubt:
    """Settle a doubt with a finding: cleared, or confirmed that it was another person."""
    permission = "exams.attendance.settle_doubt"
    doubt = queries.get_doubt(session, doubt_id, actor, permission=permission)
    if doubt.state is not DoubtState.OPEN:
        raise Conflict("This doubt was settled in the meantime.")
    candidate, examination = get_candidate(session, doubt.candidate_id, actor, permission=permission)
    doubt.state = DoubtState.CLEARED if is_cleared else DoubtState.CONFIRMED
    doubt.finding, doubt.settled_by, doubt.settled_at = finding, actor.id, at
    session.flush()
    details = {"candidate": candidate.number, "outcome": doubt.state.value}
    _record(session, "settle_doubt", examination, actor, at, **details)
    return doubt


def _store(
    session: Session,
    wanted: Mapping[str, Wanted],
    way: Way,
    actor: Actor,
    at: dt.datetime,
    arrived_at: dt.datetime | None = None,
) -> None:
    """Write the marks, and what stands now on the candidates."""
    by_state: dict[Attendance, list[str]] = {}
    rows = []
    for own, one in wanted.items():
        by_state.setdefault(one.attendance, []).append(own)
        rows.append(
            {
                "id": new_id("atm"), "candidate_id": own, "attendance": one.attendance, "way": way,
                "reason": one.reason or None, "arrived_at": arrived_at, "marked_by": actor.id,
                "marked_at": at,
            }
        )  # fmt: skip
    if rows:
        session.execute(insert(AttendanceMark), rows)
    for attendance, people in by_state.items():
        for start in range(0, len(people), BATCH):
            part = Candidate.id.in_(people[start : start + BATCH])
            session.execute(update(Candidate).where(part).values(attendance=attendance))


def _note(
    session: Session, application_ids: Sequence[str], attendance: Attendance, actor: Actor, at: dt.datetime
) -> None:
    """Note on applications what the attendance is; a published standing stays until it is replaced."""
    to = rules.ASSESSMENTS[attendance]
    for start in range(0, len(application_ids), BATCH):
        part = list(application_ids[start : start + BATCH])
        free = select(Application.id).where(
            Application.id.in_(part),
            Application.standing == Standing.NONE,
            Application.assessment.in_((Assessment.REGISTERED, Assessment.PRESENT, Assessment.ABSENT)),
        )
        found = list(session.scalars(free))
        applications.record_assessment(
            session, application_ids=found, to=to, action="exams.attendance.mark_roll", actor=actor, at=at
        )


def _record(
    session: Session, act: str, examination: Examination, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.attendance.{act}",
        actor=actor,
        at=at,
        subject=examination.id,
        agency_id=examination.agency_id,
        **details,
    )
