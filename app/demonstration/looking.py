"""What a scanner was not sure of and what looks wrong in a file of answers, and the people who look at it."""

from __future__ import annotations

from sqlalchemy import select

from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.exams.alarms import services as alarms
from app.exams.alarms.states import Kind
from app.exams.item_analysis import services as analyses
from app.exams.readings import services as readings
from app.exams.responses.models import DoubtfulMark

ZONE = places.ZONES[MAIN]
EXAM = "clerks"
DOUBTS = ("B?", "A+C", "?", "C?", "B+D", "A?", "?", "D?", "A+B")
LOOKED_AT = 3
FOUND = (
    "The two were seated nine rows apart. The sheet was fed into the scanner twice, the second time under the"
    " neighbouring label; the paper of the second person was found and is scanned again."
)
Row = tuple[str, list[str]]


def disturb(rows: list[Row], right: list[str]) -> list[Row]:
    """Let a scanner doubt some marks, read the weakest sheet twice, and the best person mark a line low."""
    sheets = [(number, list(marked)) for number, marked in rows]
    scores = [sum(map(str.__eq__, marked, right)) for _, marked in sheets]
    for place, text in enumerate(DOUBTS):
        sheets[5 + 7 * place][1][(11 * place) % len(right)] = text
    low, twice = scores.index(max(scores)), scores.index(min(scores))
    again = next(
        place for place in (twice + 1, twice - 1, twice + 2) if place in range(len(sheets)) and place != low
    )
    sheets[again] = (sheets[again][0], list(sheets[twice][1]))
    number, marked = sheets[low]
    sheets[low] = (number, [*marked[:10], "-", *marked[10:-1]])
    return sheets


def look(office: Office, vacancy: Vacancy) -> Story:
    """Raise the alarms of the import, clear one of them, look at some doubtful marks, analyse the items."""
    session, at = yield office.timeline.office(6, ZONE, 9, 20)
    own = office.sittings[vacancy.key].examination_id
    officer, second = office.member(session, "exam.officer"), office.member(session, "hr.officer")
    raised = alarms.examine(session, examination_id=own, actor=officer, at=at)
    for alarm in raised:
        if alarm.kind is Kind.DUPLICATES:
            alarms.clear_alarm(session, alarm_id=alarm.id, reason=FOUND, actor=second, at=at)
    marks = session.scalars(
        select(DoubtfulMark)
        .where(DoubtfulMark.decided_at.is_(None))
        .order_by(DoubtfulMark.id)
        .limit(LOOKED_AT)
    ).all()
    for mark in marks:
        pressed = mark.first if mark.first in "ABCD" and mark.first else "blank"
        readings.decide_mark(
            session, examination_id=own, mark_id=mark.id, pressed=pressed, actor=officer, at=at
        )
    analyses.ask(session, examination_id=own, actor=officer, at=at)
