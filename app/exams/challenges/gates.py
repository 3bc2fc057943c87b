"""What contested items hold against a list: an open window, and objections without a decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams.challenges.queries import count_waiting
from app.exams.examinations.models import Examination
from app.exams.objections.queries import find_release
from app.exams.readiness import gates
from app.exams.readiness.gates import Block
from app.web.amounts import plural


def undecided(session: Session, examination: Examination, at: dt.datetime) -> Sequence[Block]:
    """Hold the list until the time to object is over and every contested item is decided by two people."""
    endpoint, values = "exams.challenges.list_staff", {"examination_id": examination.id}
    release = find_release(session, examination.id)
    waiting, proposed = count_waiting(session, examination.id)
    blocks = []
    if release is not None and at < release.closes_at:
        blocks.append(Block("Candidates may still object to the provisional key.", endpoint, values))
    if waiting:
        sentence = f"{plural(waiting, 'question')} objected to: decide on every one first."
        blocks.append(Block(sentence, endpoint, values))
    elif proposed:
        sentence = f"{plural(proposed, 'decision')} on the key: a second person has to confirm first."
        blocks.append(Block(sentence, endpoint, values))
    return blocks


gates.add("challenges", undecided)
