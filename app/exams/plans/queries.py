"""Reading plans, their components and the marks that were recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.exams import merit, rulebooks
from app.exams.examinations.models import Candidate, Examination
from app.exams.examinations.states import Attendance
from app.exams.plans.models import ComponentMark, ExamPlan, MarkRecord
from app.exams.plans.rules import Component, check_sealed, components_of, mark_digest
from app.exams.rulebook_versions.queries import load_texts
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import Conflict, NotFound
from app.recruitment.postings.models import Posting

READ = "exams.plans.show"
Marks = dict[str, dict[str, Fraction | None]]


def list_components(session: Session, examination_id: str) -> list[Component]:
    """List the components of an examination in the order of its frozen rulebook, or raise NotFound."""
    return components_of(load_book(session, examination_id))


def load_book(session: Session, examination_id: str) -> merit.Rulebook:
    """Read the frozen rulebook of an examination, or raise NotFound."""
    found = session.execute(
        select(Examination.rulebook_text, Examination.rulebook_digest).where(Examination.id == examination_id)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such examination.")
    return rulebooks.read(*found)


def find_plan(session: Session, posting_id: str, *, lock: bool = False) -> ExamPlan | None:
    """Find the plan of a posting, with the posting."""
    query = select(ExamPlan).where(ExamPlan.posting_id == posting_id).options(joinedload(ExamPlan.posting))
    return session.scalar(query.with_for_update(of=ExamPlan) if lock else query)


def get_posting(session: Session, posting_id: str, actor: Actor, *, lock: bool = False) -> Posting:
    """Give a posting with its agency; NotFound outside the agencies in which the actor may read plans."""
    query = (
        select(Posting)
        .where(Posting.id == posting_id, scope.within(Posting.agency_id, actor, READ))
        .options(selectinload(Posting.agency))
    )
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None or found.rulebook is None:
        raise NotFound("There is no such exam plan.")
    return found


def find_rulebook(session: Session, posting: Posting, on: dt.date) -> merit.Rulebook | None:
    """Find the rulebook of a posting: the sealed one, else the one in force on a day; None without one."""
    try:
        frozen = load_frozen(session, posting, on)
    except Conflict:
        return None
    return rulebooks.read(frozen.text, frozen.digest)


def load_frozen(session: Session, posting: Posting, on: dt.date) -> rulebooks.Frozen:
    """Give the rulebook of the sealed plan; of a posting without one, that in force at its announcement.

    `on` is the day that counts where nothing was announced yet. Conflict when there is no rulebook in force,
    or the plan was changed after it was sealed.
    """
    plan = find_plan(session, posting.id)
    if plan is not None and plan.rulebook_text and plan.content and plan.digest:
        check_sealed(plan.content, plan.digest)
        sealed = plan.content["rulebook"]
        return rulebooks.Frozen(sealed["name"], sealed["version"], sealed["digest"], plan.rulebook_text)
    own = load_texts(session, posting.agency_id)
    return rulebooks.freeze(posting.rulebook or "", posting.announced_on or on, own)


def list_records(session: Session, examination_id: str) -> list[MarkRecord]:
    """List the records of an examination's marks by component, the latest first, with who made them."""
    return list(
        session.scalars(
            select(MarkRecord)
            .where(MarkRecord.examination_id == examination_id)
            .options(joinedload(MarkRecord.recorder))
            .order_by(MarkRecord.component, MarkRecord.version.desc())
        )
    )


def load_versions(session: Session, examination_id: str) -> dict[str, int]:
    """Load the latest version of marks by component; a component without marks is left out."""
    rows = session.execute(
        select(MarkRecord.component, func.max(MarkRecord.version))
        .where(MarkRecord.examination_id == examination_id)
        .group_by(MarkRecord.component)
        .order_by(MarkRecord.component)
    )
    return dict(rows.all())


def load_marks(session: Session, examination: Examination, versions: Mapping[str, int]) -> Marks:
    """Load the marks up to these versions, by component and candidate number; None is absent.

    Conflict when a mark was changed after it was recorded.
    """
    marks: Marks = {component: {} for component in versions}
    for component, version in versions.items():
        for number, numerator, denominator, digest in _rows(session, examination.id, component, version):
            mark = None if numerator is None else Fraction(numerator, denominator)
            if mark_digest(examination.number, component, number, mark) != digest:
                raise Conflict(
                    f"The mark of candidate {number} in {component} was changed after it was recorded. "
                    "Call the auditor."
                )
            marks[component][number] = mark
    return marks


def _rows(
    session: Session, examination_id: str, component: str, version: int
) -> Iterator[tuple[str, int | None, int, str]]:
    """Give each candidate's latest mark of a component up to a version, by candidate number."""
    ranked = (
        select(
            ComponentMark,
            func.row_number()
            .over(partition_by=ComponentMark.candidate_id, order_by=MarkRecord.version.desc())
            .label("age"),
        )
        .join(MarkRecord, MarkRecord.id == ComponentMark.record_id)
        .where(
            MarkRecord.examination_id == examination_id,
            MarkRecord.component == component,
            MarkRecord.version <= version,
        )
        .subquery()
    )
    rows = session.execute(
        select(Candidate.number, ranked.c.numerator, ranked.c.denominator, ranked.c.digest)
        .join(ranked, ranked.c.candidate_id == Candidate.id)
        .where(ranked.c.age == 1)
        .order_by(Candidate.number)
    )
    return (tuple(row) for row in rows)


def load_unmarked(session: Session, examination_id: str, components: Iterable[str]) -> dict[str, set[str]]:
    """Load the numbers of candidates who came and of whom nothing is recorded, by component."""
    missing = {}
    for component in components:
        recorded = (
            exists()
            .where(ComponentMark.candidate_id == Candidate.id)
            .where(MarkRecord.id == ComponentMark.record_id, MarkRecord.component == component)
        )
        query = select(Candidate.number).where(
            Candidate.examination_id == examination_id,
            Candidate.attendance == Attendance.PRESENT,
            ~recorded,
        )
        missing[component] = set(session.scalars(query))
    return missing


def count_marked(session: Session, examination_id: str) -> dict[str, int]:
    """Count the candidates with a mark, or marked absent, by component."""
    rows = session.execute(
        select(MarkRecord.component, func.count(func.distinct(ComponentMark.candidate_id)))
        .join(ComponentMark, ComponentMark.record_id == MarkRecord.id)
        .where(MarkRecord.examination_id == examination_id)
        .group_by(MarkRecord.component)
    )
    return dict(rows.all())
