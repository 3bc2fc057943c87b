"""The day of an examination in sessions: the roll, a doubt, and a power cut that is made good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import letters, places
from app.demonstration.office import Office
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.exams.attendance import services as attendance
from app.exams.attendance.rules import Wanted
from app.exams.attendance.states import Way
from app.exams.centres.models import Room
from app.exams.examinations.models import Candidate
from app.exams.examinations.states import Attendance
from app.exams.incidents import services as incidents
from app.exams.incidents.states import IncidentKind, Remedy
from app.exams.seating.models import Seat
from app.exams.sessions.models import ExamSession
from app.platform import clock

ZONE = places.ZONES[places.MAIN]
EXCUSES = ("In hospital, with a doctor's letter.", "Called to a jury.")
# Gives the numbers of the candidates who came, as their sheets will say.
Came = Callable[[Session, Office, Vacancy], set[str]]


def hold(office: Office, vacancy: Vacancy, came: Came, *, held: int) -> Story:
    """Call the roll by what sheets will come, let one in late, and report and decide a power cut."""
    day = office.timeline.day(held, ZONE)
    session, at = yield clock.zoned_moment(day, dt.time(12, 20), ZONE)
    own, officer = office.sittings[vacancy.key].examination_id, office.member(session, "exam.officer")
    present = came(session, office, vacancy)
    known = session.execute(
        select(Candidate.id, Candidate.number)
        .where(Candidate.examination_id == own)
        .order_by(Candidate.number)
    ).all()
    away = [own_id for own_id, number in known if number not in present]
    wanted = {
        own_id: Wanted(Attendance.PRESENT if number in present else Attendance.ABSENT)
        for own_id, number in known
    }
    for own_id, reason in zip(
        away, ("In hospital, with a doctor's letter.", "Called to a jury."), strict=False
    ):
        wanted[own_id] = Wanted(Attendance.EXCUSED, reason)
    attendance.mark_roll(
        session, examination_id=own, wanted=wanted, way=Way.LIST, permission="exams.attendance.mark_roll",
        actor=officer, at=at,
    )  # fmt: skip
    doubt = attendance.raise_doubt(
        session, candidate_id=known[7][0], note="The beard on the card is gone.", actor=officer, at=at
    )
    cut = _dark(session, own)
    incident = incidents.report(
        session,
        examination_id=own,
        session_id=cut,
        kind=IncidentKind.POWER_CUT,
        happened_at=clock.zoned_moment(day, dt.time(9, 5), ZONE),
        description="The light failed in the whole room for 12 minutes. Sheets were covered, nobody spoke.",
        numbers=(),
        is_everyone=True,
        actor=officer,
        at=at,
    )
    incidents.propose(
        session, incident_id=incident.id, remedy=Remedy.EXTRA_TIME, minutes=12, actor=officer, at=at,
        proposal="The 12 minutes were given at the end of the shift, to everyone in the room.",
    )  # fmt: skip
    session, at = yield clock.zoned_moment(day, dt.time(15, 10), ZONE)
    attendance.settle_doubt(
        session, doubt_id=doubt.id, is_cleared=True, finding="Compared with the passport.",
        actor=officer, at=at,
    )  # fmt: skip
    second = office.member(session, "hr.officer")
    incidents.decide(
        session, incident_id=incident.id, is_confirmed=True, decision="The lost time was made good in full.",
        actor=second, at=at,
    )  # fmt: skip
    letters.went_out(session, f"mail:incident:{incident.id}:%", at)


def _dark(session: Session, examination_id: str) -> str:
    """Give the first session in which somebody sits, by room and shift."""
    query = (
        select(ExamSession.id)
        .join(Room, Room.id == ExamSession.room_id)
        .join(Seat, Seat.session_id == ExamSession.id)
        .where(ExamSession.examination_id == examination_id, Room.code == "A1")
        .order_by(ExamSession.id)
        .limit(1)
    )
    return session.scalars(query).one()
