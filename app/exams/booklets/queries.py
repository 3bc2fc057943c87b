"""Reading papers and booklet series."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.exams.booklets.models import BookletPrint, BookletSeries, ExamPaper, PaperItem
from app.exams.examinations.models import Examination
from app.exams.examinations.states import ExaminationState
from app.exams.item_bank.models import BankItemVersion
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "exams.booklets.list_staff"
PAGE = 25
MOST_EXAMINATIONS = 200


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps papers to the agencies in which the actor may read them."""
    return scope.within(ExamPaper.agency_id, actor, READ)


def load_series(session: Session, examination_id: str) -> dict[str, dict[str, str]]:
    """Map each booklet series of an examination to item codes by printed number; nothing without series."""
    rows = session.execute(
        select(BookletSeries.name, BookletSeries.order)
        .join(ExamPaper, ExamPaper.id == BookletSeries.paper_id)
        .where(ExamPaper.examination_id == examination_id)
        .order_by(BookletSeries.name)
    )
    return {
        name: {str(printed): str(position) for printed, position in enumerate(order, start=1)}
        for name, order in rows
    }


def get_paper(session: Session, paper_id: str, actor: Actor, *, lock: bool = False) -> ExamPaper:
    """Give a paper with items, series, agency and examination; NotFound outside the actor's agencies."""
    query = (
        select(ExamPaper)
        .where(ExamPaper.id == paper_id, visible_to(actor))
        .options(
            selectinload(ExamPaper.agency),
            selectinload(ExamPaper.examination),
            selectinload(ExamPaper.creator),
            selectinload(ExamPaper.series),
            selectinload(ExamPaper.places).selectinload(PaperItem.version).selectinload(BankItemVersion.item),
        )
    )
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("There is no such paper.")
    return found


def list_papers(session: Session, actor: Actor, *, before: str = "") -> tuple[list[ExamPaper], str]:
    """List a page of papers, newest first, and the id that the next page begins after ("" at the end)."""
    query = (
        select(ExamPaper)
        .where(visible_to(actor))
        .options(joinedload(ExamPaper.agency), joinedload(ExamPaper.examination))
        .order_by(ExamPaper.id.desc())
        .limit(PAGE + 1)
    )
    if before:
        query = query.where(ExamPaper.id < before)
    rows = list(session.scalars(query))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else ""


def list_planned(session: Session, agency_id: str) -> list[Examination]:
    """List the planned examinations of an agency that ask no paper of the bank yet, newest first."""
    taken = select(ExamPaper.examination_id).where(ExamPaper.examination_id.is_not(None))
    return list(
        session.scalars(
            select(Examination)
            .where(
                Examination.agency_id == agency_id,
                Examination.state == ExaminationState.PLANNED,
                Examination.id.not_in(taken),
            )
            .order_by(Examination.id.desc())
            .limit(MOST_EXAMINATIONS)
        )
    )


def find_key_answers(session: Session, examination_id: str) -> dict[str, dict[str, object]]:
    """Give the key that the paper of an examination proposes, by item code; nothing without a paper."""
    paper = find_by_examination(session, examination_id)
    if paper is None:
        return {}
    return {
        str(place.position): {"accepted": list(place.version.accepted), "treatment": "normal"}
        for place in paper.places
    }


def find_by_examination(session: Session, examination_id: str) -> ExamPaper | None:
    """Find the paper of an examination with its items' versions."""
    return session.scalar(
        select(ExamPaper)
        .where(ExamPaper.examination_id == examination_id)
        .options(selectinload(ExamPaper.places).selectinload(PaperItem.version))
    )


def count_items(session: Session, paper_ids: list[str]) -> dict[str, int]:
    """Count the items of each of these papers."""
    rows = session.execute(
        select(PaperItem.paper_id, func.count())
        .where(PaperItem.paper_id.in_(paper_ids))
        .group_by(PaperItem.paper_id)
    )
    return dict(rows.all())


def list_prints(session: Session, paper_id: str) -> list[BookletPrint]:
    """List the booklets that were asked for of a paper, the newest first."""
    query = (
        select(BookletPrint)
        .where(BookletPrint.paper_id == paper_id)
        .order_by(BookletPrint.asked_at.desc(), BookletPrint.series, BookletPrint.is_large)
    )
    return list(session.scalars(query))


def has_prints(session: Session, paper_id: str) -> bool:
    """Tell whether a booklet of a paper was asked for."""
    return (
        session.scalar(select(BookletPrint.id).where(BookletPrint.paper_id == paper_id).limit(1)) is not None
    )


def get_print(session: Session, print_id: str, actor: Actor) -> BookletPrint:
    """Give a booklet with its paper; NotFound outside the actor's agencies."""
    query = (
        select(BookletPrint)
        .join(BookletPrint.paper)
        .where(BookletPrint.id == print_id, visible_to(actor))
        .options(joinedload(BookletPrint.paper))
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such booklet.")
    return found


def get_print_to_draw(session: Session, print_id: str) -> BookletPrint:
    """Give a booklet with all that it shows, for the worker."""
    paper = joinedload(BookletPrint.paper)
    query = (
        select(BookletPrint)
        .where(BookletPrint.id == print_id)
        .options(
            paper.joinedload(ExamPaper.agency),
            paper.joinedload(ExamPaper.examination),
            paper.selectinload(ExamPaper.series),
            paper.selectinload(ExamPaper.places).selectinload(PaperItem.version),
        )
    )
    return session.scalars(query).one()
