"""What alarms hold against a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams.alarms import queries, rules
from app.exams.alarms.states import AlarmState
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import count_candidates
from app.exams.readiness import gates
from app.exams.readiness.gates import Block

# So many people are looked at while a page waits; what came in for more of them a worker looks at first.
FEW = 1_000


def find_blocks(session: Session, examination: Examination, _at: dt.datetime) -> Sequence[Block]:
    """Hold the list while an alarm is open, or while what came in was not looked at."""
    values = {"examination_id": examination.id}
    if not queries.is_stale(session, examination.id):
        count = queries.count_open(session, examination.id)
    elif count_candidates(session, examination.id) <= FEW:
        count = _count_now(session, examination)
    else:
        sentence = "The answers have to be looked at for mix-ups. This goes on by itself."
        return [Block(sentence, "exams.alarms.list_staff", values)]
    if not count:
        return []
    said = "1 alarm is open." if count == 1 else f"{count} alarms are open."
    return [Block(f"{said} An officer has to clear each with a reason.", "exams.alarms.list_staff", values)]


def _count_now(session: Session, examination: Examination) -> int:
    """Count the signs in what stands now that nobody cleared before."""
    cleared = {
        alarm.fingerprint
        for alarm in queries.list_alarms(session, examination.id)
        if alarm.state is AlarmState.CLEARED
    }
    material = queries.load_material(session, examination)
    found = rules.find_all(material) if material is not None else []
    return len({rules.fingerprint(finding) for finding in found} - cleared)


gates.add("alarms", find_blocks)
