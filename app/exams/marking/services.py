"""Rating scripts: saved, submitted, confirmed by a second person, given up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.exams.assignments import services as assignments
from app.exams.assignments.models import ScriptAssignment
from app.exams.assignments.states import AssignmentState, Basis, move
from app.exams.marking import queries, rules
from app.exams.marking.models import ScriptMark
from app.exams.panel_results.services import settle
from app.exams.panels.states import PanelForm
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid

# criterion id -> (units or None, note)
Sheet = Mapping[str, tuple[int | None, str]]


def save_marks(
    session: Session, *, assignment_id: str, sheet: Sheet, actor: Actor, at: dt.datetime
) -> ScriptAssignment:
    """Keep what a rater has put down so far; nobody else sees it."""
    assignment = _load(session, assignment_id, actor)
    _keep(session, assignment, sheet, at)
    _record(session, "exams.marking.mark", assignment, actor, at)
    return assignment


def submit_marks(
    session: Session, *, assignment_id: str, sheet: Sheet, actor: Actor, at: dt.datetime
) -> ScriptAssignment:
    """Submit a whole rating, which then only a correction by two people can change.

    Where the first raters disagree by more than the rulebook bears, another rater is called in.
    """
    assignment = _load(session, assignment_id, actor)
    panel = assignment.script.panel
    points = 0
    for criterion in panel.criteria:
        units, note = sheet.get(criterion.id, (None, ""))
        points += rules.check_mark(units, criterion.maximum, panel.denominator, f"mark_{criterion.position}")
        if panel.form is PanelForm.INTERVIEW and not note.strip():
            raise Invalid(**{f"note_{criterion.position}": "Note what was said: it is the record."})
    _keep(session, assignment, sheet, at)
    assignment.state = move(assignment.state, AssignmentState.SUBMITTED)
    assignment.points, assignment.rated_by, assignment.submitted_at = points, actor.id, at
    assignment.returned = None
    session.flush()
    _record(session, "exams.marking.submit", assignment, actor, at, points=points)
    settle(session, panel, {assignment.script_id}, at)
    return assignment


def confirm_rating(
    session: Session, *, assignment_id: str, actor: Actor, at: dt.datetime
) -> ScriptAssignment:
    """Confirm another's rating, which makes it the mark."""
    assignments.lock_panel(session, queries.find_panel_id(session, assignment_id))
    assignment = queries.get_to_confirm(session, assignment_id, actor, lock=True)
    assignments.demand_open(assignment.script.panel)
    if assignment.confirmed_by is not None:
        raise Conflict("This rating was confirmed before.")
    assignment.confirmed_by, assignment.confirmed_at = actor.id, at
    session.flush()
    _record(session, "exams.marking.confirm", assignment, actor, at)
    settle(session, assignment.script.panel, {assignment.script_id}, at)
    return assignment


def return_rating(
    session: Session, *, assignment_id: str, reason: str, actor: Actor, at: dt.datetime
) -> ScriptAssignment:
    """Send another's rating back with a reason, to be looked at again."""
    assignments.lock_panel(session, queries.find_panel_id(session, assignment_id))
    assignment = queries.get_to_confirm(session, assignment_id, actor, lock=True)
    assignments.demand_open(assignment.script.panel)
    if assignment.confirmed_by is not None:
        raise Conflict("This rating was confirmed before.")
    assignment.state = move(assignment.state, AssignmentState.OPEN)
    assignment.points = assignment.rated_by = assignment.submitted_at = None
    assignment.returned = reason
    session.flush()
    _record(session, "exams.marking.send_back", assignment, actor, at)
    return assignment


def step_aside(session: Session, *, assignment_id: str, reason: str, actor: Actor, at: dt.datetime) -> int:
    """Give a script up because its rater recognises whose it is; another takes it if one may."""
    assignment = _load(session, assignment_id, actor)
    given = assignments.recuse(
        session,
        panel=assignments.find_panel(session, assignment.script.panel_id),
        script=assignment.script,
        member=assignment.member,
        basis=Basis.RECOGNISED,
        reason=reason,
        made_by=actor.id,
        at=at,
    )
    _record(session, "exams.marking.step_aside", assignment, actor, at)
    return given


def _load(session: Session, assignment_id: str, actor: Actor) -> ScriptAssignment:
    assignments.lock_panel(session, queries.find_panel_id(session, assignment_id))
    assignment = queries.get_own_assignment(session, assignment_id, actor, lock=True)
    assignments.demand_open(assignment.script.panel)
    if assignment.state is not AssignmentState.OPEN:
        raise Conflict("You have submitted these marks. Only the exam office can have them corrected.")
    return assignment


def _keep(session: Session, assignment: ScriptAssignment, sheet: Sheet, at: dt.datetime) -> None:
    panel = assignment.script.panel
    kept = queries.load_marks(session, assignment.id)
    for criterion in panel.criteria:
        if criterion.id not in sheet:
            continue
        units, note = sheet[criterion.id]
        if units is not None:
            rules.check_mark(units, criterion.maximum, panel.denominator, f"mark_{criterion.position}")
        mark = kept.get(criterion.id)
        if mark is None:
            mark = ScriptMark(assignment_id=assignment.id, criterion_id=criterion.id)
            session.add(mark)
        mark.units, mark.note, mark.saved_at = units, note[: rules.LONGEST_NOTE], at
    session.flush()


def _record(
    session: Session, action: str, assignment: ScriptAssignment, actor: Actor, at: dt.datetime, **details: Any
) -> None:
    panel = assignment.script.panel
    audit.record(
        session,
        action,
        actor=actor,
        at=at,
        subject=assignment.id,
        agency_id=panel.examination.agency_id,
        panel=panel.id,
        script=assignment.script_id,
        **details,
    )
