"""Reading merit lists and their entries."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from app.exams.examinations.models import Candidate, Examination
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.states import ListState
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application

READ = "exams.merit_lists.list_staff"
PAGE = 50
# Numbers that are looked for one by one; more of them fill a page soon.
MOST_FOUND = 500
SEEN = (ListState.PUBLISHED, ListState.SUPERSEDED)
OPEN = (ListState.DRAFT, ListState.APPROVED)
COLUMNS = (
    "place",
    "rank",
    "marks",
    "preference",
    "final",
    "denominator",
    "is_passed",
    "has_preference",
    "tier",
    "category",
    "derivation",
)


@dataclass(frozen=True, slots=True)
class Window:
    """Which entries a page shows: those after a place, one group, or whose number holds a text."""

    after: int = 0
    before: int = 0
    text: str = ""
    is_passed: bool | None = None


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps lists to the agencies in which the actor may read them."""
    return scope.within(MeritList.agency_id, actor, READ)


def get_list(session: Session, list_id: str, actor: Actor, *, lock: bool = False) -> MeritList:
    """Give a list with examination, key, import and people; NotFound outside the actor's agencies."""
    return _one(session, (MeritList.id == list_id) & visible_to(actor), lock=lock)


def get_published(session: Session, list_id: str) -> MeritList:
    """Give a list that is or was published, for anyone, or raise NotFound."""
    return _one(session, (MeritList.id == list_id) & MeritList.state.in_(SEEN))


def find_published(session: Session, examination_id: str) -> MeritList | None:
    """Find the list of an examination that is published now."""
    return session.scalar(
        select(MeritList).where(
            MeritList.examination_id == examination_id, MeritList.state == ListState.PUBLISHED
        )
    )


def find_open(session: Session, examination_id: str) -> MeritList | None:
    """Find the draft or approved list of an examination."""
    return session.scalar(
        select(MeritList).where(MeritList.examination_id == examination_id, MeritList.state.in_(OPEN))
    )


def list_versions(session: Session, examination_id: str) -> list[MeritList]:
    """List all versions of an examination's list, the latest first, with their people."""
    return list(
        session.scalars(
            select(MeritList)
            .where(MeritList.examination_id == examination_id)
            .options(
                joinedload(MeritList.drafter),
                joinedload(MeritList.approver),
                joinedload(MeritList.key_version),
            )
            .order_by(MeritList.version.desc())
        )
    )


def list_lists(
    session: Session, actor: Actor, *, state: ListState | None = None, before: str = "", size: int = PAGE
) -> tuple[list[MeritList], str]:
    """List a page of lists, newest first, and the id that the next page begins after ("" at the end)."""
    query = _listed(visible_to(actor), before, size)
    if state:
        query = query.where(MeritList.state == state)
    rows = list(session.scalars(query))
    return rows[:size], rows[size - 1].id if len(rows) > size else ""


def list_published(session: Session, *, before: str = "") -> tuple[list[MeritList], str]:
    """List a page of what is published now, newest first, for anyone."""
    rows = list(session.scalars(_listed(MeritList.state == ListState.PUBLISHED, before)))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else ""


def _listed(condition: ColumnElement[bool], before: str, size: int = PAGE) -> Any:
    query = (
        select(MeritList)
        .where(condition)
        .options(
            joinedload(MeritList.examination).options(
                joinedload(Examination.agency), joinedload(Examination.posting)
            )
        )
        .order_by(MeritList.id.desc())
        .limit(size + 1)
    )
    return query.where(MeritList.id < before) if before else query


def next_version(session: Session, examination_id: str) -> int:
    """Give the number of the version that comes next."""
    last = session.scalar(
        select(func.max(MeritList.version)).where(MeritList.examination_id == examination_id)
    )
    return (last or 0) + 1


def find_first_seed(session: Session, examination_id: str) -> str | None:
    """Find the seed of the first list that was published: later versions draw no new lots."""
    return session.scalar(
        select(MeritList.seed)
        .where(MeritList.examination_id == examination_id, MeritList.state.in_(SEEN))
        .order_by(MeritList.version)
        .limit(1)
    )


def list_entries(session: Session, list_id: str, window: Window) -> tuple[list[MeritListEntry], bool, bool]:
    """List a page of entries in the list's order, with their candidates.

    The two flags tell whether more entries stand before and after the page.
    """
    query = (
        select(MeritListEntry)
        .join(MeritListEntry.candidate)
        .where(MeritListEntry.list_id == list_id)
        .options(contains_eager(MeritListEntry.candidate))
        .limit(PAGE + 1)
    )
    if window.text:
        query = query.where(_numbered_like(session, list_id, window.text))
    if window.is_passed is not None:
        query = query.where(MeritListEntry.is_passed == window.is_passed)
    if window.before:
        query = query.where(MeritListEntry.place < window.before).order_by(MeritListEntry.place.desc())
        rows = list(session.scalars(query))
        return rows[:PAGE][::-1], len(rows) > PAGE, True
    query = query.where(MeritListEntry.place > window.after).order_by(MeritListEntry.place)
    rows = list(session.scalars(query))
    return rows[:PAGE], window.after > 0, len(rows) > PAGE


def _numbered_like(session: Session, list_id: str, text: str) -> ColumnElement[bool]:
    """Give the condition that holds for candidates whose number has a text in it.

    A rare text is looked for among the numbers alone, which stand in an index of their own: entries carry
    the working of each mark, and a hundred thousand of them took two seconds to leaf through. Where many
    match, the page is full after a few entries.
    """
    condition = func.lower(Candidate.number).contains(text.lower(), autoescape=True)
    own = select(MeritList.examination_id).where(MeritList.id == list_id).scalar_subquery()
    query = select(Candidate.id).where(Candidate.examination_id == own, condition).limit(MOST_FOUND + 1)
    found = session.scalars(query).all()
    return MeritListEntry.candidate_id.in_(found) if len(found) <= MOST_FOUND else condition


def get_entry(session: Session, entry_id: str, actor: Actor) -> MeritListEntry:
    """Give an entry with its candidate and application; NotFound outside the actor's agencies."""
    entry = session.scalar(
        select(MeritListEntry)
        .join(MeritList, MeritList.id == MeritListEntry.list_id)
        .where(MeritListEntry.id == entry_id, visible_to(actor))
        .options(joinedload(MeritListEntry.candidate), joinedload(MeritListEntry.application))
    )
    if entry is None:
        raise NotFound("There is no such entry.")
    return entry


def list_numbered(session: Session, list_id: str, numbers: Collection[str]) -> list[MeritListEntry]:
    """List the entries of these candidate numbers in the list's order, with their candidates."""
    return list(
        session.scalars(
            select(MeritListEntry)
            .join(MeritListEntry.candidate)
            .where(MeritListEntry.list_id == list_id, func.lower(Candidate.number).in_(numbers))
            .options(contains_eager(MeritListEntry.candidate))
            .order_by(MeritListEntry.place)
        )
    )


def load_distribution(session: Session, list_id: str) -> list[tuple[Fraction, int]]:
    """Load how many people have each final score."""
    rows = session.execute(
        select(MeritListEntry.final, MeritListEntry.denominator, func.count())
        .where(MeritListEntry.list_id == list_id)
        .group_by(MeritListEntry.final, MeritListEntry.denominator)
        .order_by(MeritListEntry.final)
    )
    return [(Fraction(final, denominator), count) for final, denominator, count in rows]


def count_tied(session: Session, list_id: str) -> int:
    """Count who share their rank with someone else."""
    shared = (
        select(func.count().label("people"))
        .where(MeritListEntry.list_id == list_id, MeritListEntry.rank.is_not(None))
        .group_by(MeritListEntry.rank)
        .having(func.count() > 1)
        .subquery()
    )
    return session.scalar(select(func.coalesce(func.sum(shared.c.people), 0))) or 0


def load_rows(session: Session, list_id: str) -> Iterator[dict[str, Any]]:
    """Load all that is stored of each entry, with the candidate's number, in the list's order."""
    rows = session.execute(
        select(Candidate.number, *(getattr(MeritListEntry, column) for column in COLUMNS))
        .join(Candidate, Candidate.id == MeritListEntry.candidate_id)
        .where(MeritListEntry.list_id == list_id)
        .order_by(MeritListEntry.place)
    )
    return (dict(row) for row in rows.mappings())


def load_places(session: Session, list_id: str) -> list[tuple[str, int, int, int]]:
    """Load number, rank, final score and denominator of who passed, in the list's order."""
    rows = session.execute(
        select(Candidate.number, MeritListEntry.rank, MeritListEntry.final, MeritListEntry.denominator)
        .join(Candidate, Candidate.id == MeritListEntry.candidate_id)
        .where(MeritListEntry.list_id == list_id, MeritListEntry.is_passed)
        .order_by(MeritListEntry.place)
    )
    return [(number, rank or 0, final, denominator) for number, rank, final, denominator in rows]


def load_names(session: Session, application_ids: Collection[str]) -> dict[str, str]:
    """Load the names of applicants by application, for lists of agencies that decided to show them."""
    rows = session.execute(
        select(Application.id, Application.applicant_name).where(Application.id.in_(application_ids))
    )
    return {own: name or "" for own, name in rows}


def load_names_by_number(session: Session, list_id: str) -> dict[str, str]:
    """Load the names of who passed by candidate number, as load_names does."""
    rows = session.execute(
        select(Candidate.number, Application.applicant_name)
        .join(MeritListEntry, MeritListEntry.candidate_id == Candidate.id)
        .join(Application, Application.id == Candidate.application_id)
        .where(MeritListEntry.list_id == list_id, MeritListEntry.is_passed)
    )
    return {number: name or "" for number, name in rows}


def load_candidate_ids(session: Session, examination_id: str) -> dict[str, tuple[str, str]]:
    """Load the ids of candidate and application by number."""
    rows = session.execute(
        select(Candidate.number, Candidate.id, Candidate.application_id).where(
            Candidate.examination_id == examination_id
        )
    )
    return {number: (own, application_id) for number, own, application_id in rows}


def _one(session: Session, condition: ColumnElement[bool], *, lock: bool = False) -> MeritList:
    query = (
        select(MeritList)
        .where(condition)
        .options(
            selectinload(MeritList.examination).options(
                selectinload(Examination.agency),
                selectinload(Examination.posting),
                selectinload(Examination.items),
            ),
            selectinload(MeritList.key_version),
            selectinload(MeritList.response_import),
            selectinload(MeritList.drafter),
            selectinload(MeritList.approver),
            selectinload(MeritList.publisher),
        )
    )
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("There is no such list.")
    return found
