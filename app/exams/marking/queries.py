"""Reading what a rater has to rate, and what was given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, joinedload

from app.exams.assignments.models import Recusal, ScriptAssignment
from app.exams.assignments.states import LIVE, AssignmentState
from app.exams.examinations.models import Examination
from app.exams.marking.models import ScriptMark
from app.exams.marking.rules import Given
from app.exams.panels.models import Panel, PanelMember
from app.exams.panels.rules import write_units
from app.exams.panels.states import PanelState
from app.exams.scripts.models import Script
from app.exams.scripts.states import ScriptState
from app.platform.actors import Actor
from app.platform.errors import NotFound


@dataclass(frozen=True, slots=True)
class Task:
    """One script on a rater's list: `marked` counts the criteria that have a mark."""

    id: str
    code: str
    state: AssignmentState
    marked: int
    returned: str | None


def list_memberships(session: Session, actor: Actor) -> list[PanelMember]:
    """List the panels for which the actor rates, the latest first."""
    query = (
        select(PanelMember)
        .join(PanelMember.panel)
        .where(PanelMember.account_id == actor.id, PanelMember.left_at.is_(None))
        .options(joinedload(PanelMember.panel).joinedload(Panel.examination).joinedload(Examination.agency))
        .order_by(Panel.created_at.desc(), PanelMember.id)
    )
    return list(session.scalars(query))


def count_own(session: Session, member_ids: Collection[str]) -> dict[str, dict[AssignmentState, int]]:
    """Count the live assignments of each member by state."""
    rows = session.execute(
        select(ScriptAssignment.member_id, ScriptAssignment.state, func.count())
        .join(Script, Script.id == ScriptAssignment.script_id)
        .where(
            ScriptAssignment.member_id.in_(member_ids),
            ScriptAssignment.state.in_(LIVE),
            Script.state != ScriptState.ABSENT,
        )
        .group_by(ScriptAssignment.member_id, ScriptAssignment.state)
    )
    counts: dict[str, dict[AssignmentState, int]] = {own: dict.fromkeys(LIVE, 0) for own in member_ids}
    for member_id, state, count in rows:
        counts[member_id][state] = count
    return counts


def list_tasks(session: Session, member_id: str) -> list[Task]:
    """List what a member has to rate and has rated, by blind code."""
    marked = (
        select(ScriptMark.assignment_id, func.count(ScriptMark.units).label("marked"))
        .group_by(ScriptMark.assignment_id)
        .subquery()
    )
    rows = session.execute(
        select(
            ScriptAssignment.id,
            Script.code,
            ScriptAssignment.state,
            func.coalesce(marked.c.marked, 0),
            ScriptAssignment.returned,
        )
        .join(Script, Script.id == ScriptAssignment.script_id)
        .outerjoin(marked, marked.c.assignment_id == ScriptAssignment.id)
        .where(
            ScriptAssignment.member_id == member_id,
            ScriptAssignment.state.in_(LIVE),
            Script.state != ScriptState.ABSENT,
        )
        .order_by(Script.code)
    )
    return [Task(*row) for row in rows]


def find_panel_id(session: Session, assignment_id: str) -> str:
    """Find the panel to which a rating belongs, "" where there is no such rating."""
    query = (
        select(Script.panel_id)
        .join(ScriptAssignment, ScriptAssignment.script_id == Script.id)
        .where(ScriptAssignment.id == assignment_id)
    )
    return session.scalar(query) or ""


def get_own_assignment(
    session: Session, assignment_id: str, actor: Actor, *, lock: bool = False
) -> ScriptAssignment:
    """Give one of the actor's own live assignments with script, files and panel, or raise NotFound."""
    query = _whole().where(
        ScriptAssignment.id == assignment_id,
        PanelMember.account_id == actor.id,
        PanelMember.left_at.is_(None),
        ScriptAssignment.state.in_(LIVE),
        Script.state != ScriptState.ABSENT,
    )
    return _one(session.scalar(query.with_for_update(of=ScriptAssignment) if lock else query))


def get_to_confirm(
    session: Session, assignment_id: str, actor: Actor, *, lock: bool = False
) -> ScriptAssignment:
    """Give a submitted rating by another that the actor, a member of the same panel, may confirm."""
    own = select(PanelMember.panel_id).where(
        PanelMember.account_id == actor.id,
        PanelMember.left_at.is_(None),
        PanelMember.declared_at.is_not(None),
    )
    query = _whole().where(
        ScriptAssignment.id == assignment_id,
        ScriptAssignment.state == AssignmentState.SUBMITTED,
        ScriptAssignment.rated_by != actor.id,
        Panel.is_confirmed_by_second,
        Panel.id.in_(own),
        ~_is_barred(actor),
    )
    return _one(session.scalar(query.with_for_update(of=ScriptAssignment) if lock else query))


def get_readable(session: Session, assignment_id: str, actor: Actor) -> ScriptAssignment:
    """Give an assignment whose script the actor may read, as its rater or as the second person."""
    try:
        return get_own_assignment(session, assignment_id, actor)
    except NotFound:
        return get_to_confirm(session, assignment_id, actor)


def list_to_confirm(session: Session, panel_id: str, actor: Actor) -> list[ScriptAssignment]:
    """List the submitted ratings of others that wait for a second person, by blind code."""
    query = (
        select(ScriptAssignment)
        .join(ScriptAssignment.script)
        .where(
            Script.panel_id == panel_id,
            Script.state == ScriptState.OPEN,
            ScriptAssignment.state == AssignmentState.SUBMITTED,
            ScriptAssignment.confirmed_by.is_(None),
            ScriptAssignment.rated_by != actor.id,
            ~_is_barred(actor),
        )
        .options(joinedload(ScriptAssignment.script))
        .order_by(Script.code)
    )
    return list(session.scalars(query))


def load_marks(session: Session, assignment_id: str) -> dict[str, ScriptMark]:
    """Load the marks of one assignment by criterion."""
    query = select(ScriptMark).where(ScriptMark.assignment_id == assignment_id)
    return {mark.criterion_id: mark for mark in session.scalars(query)}


def list_ratings(session: Session, script_id: str) -> list[tuple[ScriptAssignment, dict[str, ScriptMark]]]:
    """List every rating of a script with rater and marks by criterion, first turns first."""
    query = (
        select(ScriptAssignment)
        .where(ScriptAssignment.script_id == script_id)
        .options(joinedload(ScriptAssignment.member).joinedload(PanelMember.account))
        .order_by(ScriptAssignment.turn, ScriptAssignment.assigned_at, ScriptAssignment.id)
    )
    return [(rating, load_marks(session, rating.id)) for rating in session.scalars(query).all()]


def load_given(session: Session, panel_id: str, script_ids: Collection[str] = ()) -> list[Given]:
    """Load the submitted ratings of a panel, or of some of its scripts, that count."""
    query = (
        select(
            ScriptAssignment.script_id,
            ScriptAssignment.member_id,
            ScriptAssignment.points,
            ScriptAssignment.turn,
        )
        .join(Script, Script.id == ScriptAssignment.script_id)
        .where(Script.panel_id == panel_id, ScriptAssignment.state == AssignmentState.SUBMITTED)
        .order_by(ScriptAssignment.script_id, ScriptAssignment.member_id)
    )
    if script_ids:
        query = query.where(ScriptAssignment.script_id.in_(script_ids))
    return [
        Given(script, member, points or 0, turn) for script, member, points, turn in session.execute(query)
    ]


def count_open_assignments(session: Session, panel_id: str) -> int:
    """Count the ratings of a panel that were not submitted yet."""
    query = (
        select(func.count())
        .select_from(ScriptAssignment)
        .join(Script, Script.id == ScriptAssignment.script_id)
        .where(
            Script.panel_id == panel_id,
            Script.state == ScriptState.OPEN,
            ScriptAssignment.state == AssignmentState.OPEN,
        )
    )
    return session.scalar(query) or 0


def load_results(session: Session, panel_id: str) -> list[tuple[str, ScriptState, int | None, int | None]]:
    """Load of each script the candidate's id, the state, and the mark as numerator and denominator."""
    rows = session.execute(
        select(Script.candidate_id, Script.state, Script.numerator, Script.denominator)
        .where(Script.panel_id == panel_id)
        .order_by(Script.candidate_id)
    )
    return [(own, state, numerator, denominator) for own, state, numerator, denominator in rows]


@dataclass(frozen=True, slots=True)
class OwnResult:
    """What a panel gave a candidate: the mark, and each rating that counts by criterion, without names.

    `rows` holds a criterion's title, its highest mark and the mark of each rating; `totals` the sums.
    """

    panel: Panel
    script: Script
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]
    whole: str
    totals: tuple[str, ...]


def list_own_results(session: Session, candidate_id: str) -> list[OwnResult]:
    """List what panels gave a candidate, once their marks are handed over, by when panels were made."""
    scripts = session.scalars(
        select(Script)
        .join(Script.panel)
        .where(Script.candidate_id == candidate_id, Panel.state == PanelState.CLOSED)
        .options(joinedload(Script.panel).selectinload(Panel.criteria))
        .order_by(Panel.created_at)
    )
    return [_own_result(session, script) for script in scripts.all()]


def _own_result(session: Session, script: Script) -> OwnResult:
    panel = script.panel
    ratings = [own for own in list_ratings(session, script.id) if own[0].state is AssignmentState.SUBMITTED]
    rows = [
        (
            criterion.title,
            write_units(criterion.maximum, panel.denominator),
            tuple(write_units(marks[criterion.id].units or 0, panel.denominator) for _own, marks in ratings),
        )
        for criterion in panel.criteria
    ]
    totals = tuple(write_units(own.points or 0, panel.denominator) for own, _marks in ratings)
    return OwnResult(panel, script, tuple(rows), write_units(panel.points, panel.denominator), totals)


def _is_barred(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that the actor is kept from the script of an assignment."""
    own = select(PanelMember.id).where(PanelMember.account_id == actor.id)
    return exists().where(Recusal.script_id == ScriptAssignment.script_id, Recusal.member_id.in_(own))


def _whole() -> Select[ScriptAssignment]:
    return (
        select(ScriptAssignment)
        .join(ScriptAssignment.member)
        .join(ScriptAssignment.script)
        .join(Script.panel)
        .options(
            joinedload(ScriptAssignment.member).joinedload(PanelMember.account),
            joinedload(ScriptAssignment.script).selectinload(Script.files),
            joinedload(ScriptAssignment.script).joinedload(Script.panel).selectinload(Panel.criteria),
            joinedload(ScriptAssignment.script)
            .joinedload(Script.panel)
            .joinedload(Panel.examination)
            .joinedload(Examination.agency),
        )
    )


def _one(found: ScriptAssignment | None) -> ScriptAssignment:
    if found is None:
        raise NotFound("There is nothing for you to rate here. It may have been given to somebody else.")
    return found


def mark_rows(panel: Panel, kept: Mapping[str, ScriptMark]) -> list[dict[str, str]]:
    """Give the marks of one rating as rows of a page: the criterion, and its mark with the note."""
    rows = []
    for own in panel.criteria:
        mark = kept.get(own.id)
        said = "No mark"
        if mark is not None and mark.units is not None:
            said = f"{write_units(mark.units, panel.denominator)} of "
            said += write_units(own.maximum, panel.denominator)
        if mark is not None and mark.note:
            said = f"{said}. {mark.note}"
        rows.append({"key": f"{own.position}. {own.title}", "value": said})
    return rows
