"""Reading doubtful marks and what hangs on them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from app.exams import rulebooks
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.queries import get_examination
from app.exams.keys.queries import find_in_force
from app.exams.readings.rules import decides_alone
from app.exams.responses.models import DoubtfulMark, SecondReading
from app.exams.responses.queries import find_answers, find_current
from app.exams.scoring.people import load_attributes, load_facts
from app.exams.scoring.queries import load_key
from app.exams.scoring.rules import Inputs, rank
from app.platform.actors import Actor
from app.platform.errors import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class Count:
    """How many doubtful marks there are: in all, not decided, and waiting for a second person."""

    total: int
    undecided: int
    unconfirmed: int

    @property
    def left(self) -> int:
        """Count those that do not count yet."""
        return self.undecided + self.unconfirmed


def waits_for_second() -> ColumnElement[bool]:
    """Give the condition that a decided mark waits for a second person."""
    return (
        DoubtfulMark.decided_at.is_not(None) & DoubtfulMark.needs_second & DoubtfulMark.confirmed_at.is_(None)
    )


def count_marks(session: Session, examination_id: str) -> Count:
    """Count the doubtful marks of the import in force."""
    current = find_current(session, examination_id)
    if current is None:
        return Count(0, 0, 0)
    own = DoubtfulMark.import_id == current.id
    wanted = (own, own & DoubtfulMark.decided_at.is_(None), own & waits_for_second())
    counts = [session.scalar(select(func.count(DoubtfulMark.id)).where(which)) or 0 for which in wanted]
    return Count(*counts)


def find_next(session: Session, examination_id: str, actor: Actor, *, after: str = "") -> DoubtfulMark | None:
    """Find the doubtful mark that this person looks at next: by id, those after `after` first.

    A mark that waits for a second person is not shown to who decided on it.
    """
    current = find_current(session, examination_id)
    if current is None:
        return None
    mine = DoubtfulMark.decided_by == actor.id
    query = (
        select(DoubtfulMark)
        .where(
            DoubtfulMark.import_id == current.id,
            DoubtfulMark.decided_at.is_(None) | (waits_for_second() & ~mine),
        )
        .options(joinedload(DoubtfulMark.candidate), joinedload(DoubtfulMark.decider))
        .order_by(DoubtfulMark.id)
        .limit(1)
    )
    return session.scalar(query.where(DoubtfulMark.id > after)) or session.scalar(query)


def find_last_of(session: Session, examination_id: str, actor: Actor) -> DoubtfulMark | None:
    """Find the mark that this person decided on last and nobody confirmed, to go back to it."""
    current = find_current(session, examination_id)
    if current is None:
        return None
    return session.scalar(
        select(DoubtfulMark)
        .where(
            DoubtfulMark.import_id == current.id,
            DoubtfulMark.decided_by == actor.id,
            DoubtfulMark.confirmed_at.is_(None),
        )
        .options(joinedload(DoubtfulMark.candidate), joinedload(DoubtfulMark.decider))
        .order_by(DoubtfulMark.decided_at.desc(), DoubtfulMark.id.desc())
        .limit(1)
    )


def get_mark(
    session: Session, examination_id: str, mark_id: str, actor: Actor, *, permission: str, lock: bool = False
) -> tuple[DoubtfulMark, Examination]:
    """Give a doubtful mark of the import in force; NotFound outside the actor's agencies."""
    examination = get_examination(session, examination_id, actor, permission=permission)
    current = find_current(session, examination_id)
    query = (
        select(DoubtfulMark)
        .where(DoubtfulMark.id == mark_id, DoubtfulMark.import_id == (current.id if current else ""))
        .options(joinedload(DoubtfulMark.candidate), joinedload(DoubtfulMark.decider))
    )
    found = session.scalar(query.with_for_update(of=DoubtfulMark) if lock else query)
    if found is None:
        raise NotFound("There is no such mark.")
    return found, examination


def list_readings(session: Session, examination_id: str) -> list[SecondReading]:
    """List the other readings that were compared with the import in force, the latest first."""
    current = find_current(session, examination_id)
    query = (
        select(SecondReading)
        .where(SecondReading.import_id == (current.id if current else ""))
        .options(joinedload(SecondReading.comparer))
        .order_by(SecondReading.compared_at.desc(), SecondReading.id)
    )
    return list(session.scalars(query))


def list_decided(session: Session, examination_id: str, limit: int = 50) -> list[DoubtfulMark]:
    """List the marks decided last, with who decided."""
    current = find_current(session, examination_id)
    query = (
        select(DoubtfulMark)
        .where(
            DoubtfulMark.import_id == (current.id if current else ""), DoubtfulMark.decided_at.is_not(None)
        )
        .options(joinedload(DoubtfulMark.candidate), joinedload(DoubtfulMark.decider))
        .order_by(DoubtfulMark.decided_at.desc(), DoubtfulMark.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def changes_pass(session: Session, examination: Examination, mark: DoubtfulMark, answer: str) -> bool:
    """Tell whether reading a mark as `answer` instead of as it was captured changes if its person passes.

    Where other parts, other people or no key yet decide with the sheet, every changed mark counts.
    """
    if answer == mark.first:
        return False
    key = find_in_force(session, examination.id)
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    if key is None or not decides_alone(book):
        return True
    candidate = session.get_one(Candidate, mark.candidate_id)
    answers = find_answers(session, mark.candidate_id)
    codes = tuple(answers)
    sheets = tuple(tuple((answers | {mark.item: read}).values()) for read in (mark.first, answer))
    own = load_attributes(session, book, examination, {candidate.number})[candidate.number]
    names = ("as captured", "as found")
    facts = load_facts(session, book, examination)
    inputs = Inputs(book, examination.number, codes, names, sheets, {}, dict.fromkeys(names, own), facts)
    try:
        listing = rank(inputs, load_key(key), "not drawn").listing
    except Conflict:
        return True
    return len({listing.row(name).passed for name in names}) > 1
