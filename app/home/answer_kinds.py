"""The kinds of work that imported answers make: alarms, and marks that a person has to look at."""

from __future__ import annotations

from app.exams.alarms.models import Alarm
from app.exams.alarms.states import AlarmState
from app.exams.examinations.models import Examination
from app.exams.responses.models import DoubtfulMark, ResponseImport
from app.exams.responses.states import ImportState
from app.home.waiting import Kind, One, add

ANSWERS = (
    Kind(
        "Alarms to look into",
        "exams.alarms.clear",
        "exams.examinations.list_staff",
        Alarm,
        Alarm.state == AlarmState.OPEN,
        Examination.agency_id,
        Alarm.raised_at,
        Alarm.imported_by,
        joins=((Examination, Examination.id == Alarm.examination_id),),
        one=One("exams.alarms.show", "alarm_id", Alarm.id, Alarm.subject),
        days=2,
    ),
    Kind(
        "Doubtful marks to decide",
        "exams.readings.decide",
        "exams.examinations.list_staff",
        DoubtfulMark,
        DoubtfulMark.decided_at.is_(None) & (ResponseImport.state == ImportState.CURRENT),
        Examination.agency_id,
        ResponseImport.imported_at,
        joins=(
            (ResponseImport, ResponseImport.id == DoubtfulMark.import_id),
            (Examination, Examination.id == ResponseImport.examination_id),
        ),
        one=One("exams.readings.show", "examination_id", Examination.id, Examination.title),
        days=3,
    ),
)
add(ANSWERS)
