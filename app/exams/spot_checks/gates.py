"""What a sample holds against a list: sheets that nobody read again, and differences that nobody settled."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.examinations.models import Examination
from app.exams.readiness import gates
from app.exams.readiness.gates import Block
from app.exams.responses.queries import find_current
from app.exams.spot_checks import queries
from app.exams.spot_checks.states import CheckState, SheetOutcome
from app.web.amounts import plural


def sample(session: Session, examination: Examination, _at: dt.datetime) -> list[Block]:
    """Tell what is open of the sample drawn last, or that the one which the plan asks for is missing."""
    check = queries.find_latest(session, examination.id)
    values = {"examination_id": examination.id}
    asked = examination.sample_percent
    if check is None or (asked and check.state is CheckState.PASSED and check.wrong_percent > asked):
        told = f"The plan asks for a sample that catches {asked} percent of wrong sheets. Draw it."
        return [Block(told, "exams.spot_checks.show", values)] if asked else []
    current = find_current(session, examination.id)
    if current is None or current.id != check.import_id:
        told = "The answers were replaced since the sample was drawn. Draw a new one."
        return [Block(told, "exams.spot_checks.show", values)]
    if check.state is not CheckState.OPEN:
        return []
    counts = queries.count_outcomes(session, check.id)
    waiting, different = counts[SheetOutcome.WAITING], counts[SheetOutcome.DIFFERENT]
    told_of = []
    if waiting:
        told_of.append(f"{plural(waiting, 'sheet')} of the sample must be read again from the originals.")
    if different:
        told_of.append(f"{plural(different, 'difference')} found by the sample must be settled.")
    return [Block(told, "exams.spot_checks.show", values) for told in told_of]


gates.add("spot_checks", sample)
