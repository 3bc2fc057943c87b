"""Working out ahead what a correction stores: nobody else can write while it is stored."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.exams import merit
from app.exams.examinations.models import Examination
from app.exams.merit_lists import preparing
from app.exams.merit_lists.queries import find_published
from app.exams.responses.queries import find_current
from app.exams.scoring.queries import load_inputs
from app.exams.scoring.rules import rank
from app.platform import progress

# Ranking, working, second computation, storing.
STEPS = 4


def prepare_correction(
    session: Session, *, examination: Examination, key: merit.Key, teller: progress.Teller
) -> None:
    """Work out ahead what a correction by a key would store.

    Nothing is changed. What stands against the correction, the act itself says.
    """
    earlier = find_published(session, examination.id)
    current = find_current(session, examination.id)
    if earlier is None or current is None:
        return
    teller.begin("Ranking everybody by the new key.", STEPS)
    inputs = load_inputs(session, examination, current.id)
    ranked = rank(inputs, key, earlier.seed)
    teller.begin("Writing down the working of every place.", STEPS)
    teller.tell(1)
    preparing.rows_of(ranked)
    teller.begin("Computing the list in a second way.", STEPS)
    teller.tell(2)
    preparing.second_of(inputs, key, ranked)
