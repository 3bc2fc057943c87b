"""Rating scripts, settling what several ratings come to, and handing the marks to the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.exams.assignments import services as assignments
from app.exams.assignments.models import ScriptAssignment
from app.exams.assignments.states import AssignmentState, Basis, move
from app.exams.marking import queries, rules
from app.exams.marking.models import ScriptMark
from app.exams.panels import queries as panel_queries
from app.exams.panels.models import Panel
from app.exams.panels.states import PanelForm, PanelState
from app.exams.panels.states import move as move_panel
from app.exams.plans import queries as plans
from app.exams.plans.services import record_marks
from app.exams.scripts.models import Script
from app.exams.scripts.queries import get_script
from app.exams.scripts.states import ScriptState
from app.exams.scripts.states import move as move_script
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


def settle(session: Session, panel: Panel, script_ids: Collection[str], at: dt.datetime) -> None:
    """Bring submitted ratings to marks by the rulebook; call another rater in where they lie too far apart.

    Where raters are first brought to one mean and spread, nothing follows until every first rating is there.
    """
    book = plans.load_book(session, panel.examination_id)
    rule = rules.part_of(book, panel.component).panel
    if rule is None:
        marks, disputed = _confirmed(session, panel, book, script_ids), frozenset[str]()
    else:
        is_joint = rule.method == rules.T_SCORE
        if is_joint and queries.count_open_assignments(session, panel.id):
            return
        given = queries.load_given(session, panel.id, () if is_joint else script_ids)
        settled = rules.settle(book, panel.component, given, whole=panel.points)
        marks, disputed = dict(settled.marks), settled.disputed
        script_ids = {*marks, *disputed, *script_ids}
    scripts = session.scalars(select(Script).where(Script.id.in_(script_ids)).with_for_update())
    for script in scripts:
        _set_mark(script, marks.get(script.id), script.id in disputed)
    _withdraw_left(session, marks)
    session.flush()
    if disputed:
        assignments.fill(session, assignments.find_panel(session, panel.id), at)


def close_panel(session: Session, *, panel_id: str, actor: Actor, at: dt.datetime) -> Panel:
    """Hand the marks of a panel to the list, once everybody has one or was not there."""
    permission = "exams.panels.close"
    panel = panel_queries.get_panel(session, panel_id, actor, permission=permission, lock=True)
    assignments.demand_open(panel)
    results = queries.load_results(session, panel.id)
    waiting = sum(state is ScriptState.OPEN for _candidate, state, _n, _d in results)
    if waiting:
        raise Conflict(f"{waiting} scripts still wait for ratings.")
    panel.state, panel.closed_by, panel.closed_at = move_panel(panel.state, PanelState.CLOSED), actor.id, at
    session.flush()
    _record_panel(session, permission, panel, actor, at, scripts=len(results))
    hand_over(session, panel, actor, at)
    return panel


def reopen_panel(session: Session, *, panel_id: str, reason: str, actor: Actor, at: dt.datetime) -> Panel:
    """Let a panel rate again, for somebody who came late or a recusal found late; marks stay meanwhile."""
    permission = "exams.panels.reopen"
    panel = panel_queries.get_panel(session, panel_id, actor, permission=permission, lock=True)
    if panel.state is not PanelState.CLOSED:
        raise Conflict("This panel is not closed.")
    panel.state, panel.closed_by, panel.closed_at = PanelState.OPEN, None, None
    session.flush()
    _record_panel(session, permission, panel, actor, at, why=reason)
    return panel


def hand_over(session: Session, panel: Panel, actor: Actor, at: dt.datetime) -> None:
    """Record the marks of a panel for the list; whoever was not there is recorded as absent."""
    marks = {
        candidate_id: Fraction(numerator, denominator or 1) if numerator is not None else None
        for candidate_id, state, numerator, denominator in queries.load_results(session, panel.id)
        if state is not ScriptState.OPEN
    }
    record_marks(
        session,
        examination_id=panel.examination_id,
        component=panel.component,
        marks=marks,
        source=f"Panel “{panel.title}”",
        actor=actor,
        at=at,
    )


def mark_absent(session: Session, *, script_id: str, reason: str, actor: Actor, at: dt.datetime) -> Script:
    """Record that a candidate was not there to be rated; open ratings are taken back."""
    script = _load_script(session, script_id, actor, "exams.scripts.mark_absent")
    script.state, script.absence = move_script(script.state, ScriptState.ABSENT), reason
    script.is_disputed = False
    session.flush()
    _withdraw_left(session, [script.id])
    _record_script(session, "exams.scripts.mark_absent", script, actor, at)
    return script


def mark_there(session: Session, *, script_id: str, actor: Actor, at: dt.datetime) -> Script:
    """Take back that a candidate was not there, and have the candidate rated."""
    script = _load_script(session, script_id, actor, "exams.scripts.mark_there")
    script.state, script.absence = move_script(script.state, ScriptState.OPEN), None
    session.flush()
    assignments.fill(session, assignments.find_panel(session, script.panel_id), at)
    _record_script(session, "exams.scripts.mark_there", script, actor, at)
    return script


def _load_script(session: Session, script_id: str, actor: Actor, permission: str) -> Script:
    script = get_script(session, script_id, actor, permission=permission, lock=True)
    assignments.demand_open(script.panel)
    return script


def _record_script(session: Session, action: str, script: Script, actor: Actor, at: dt.datetime) -> None:
    audit.record(
        session,
        action,
        actor=actor,
        at=at,
        subject=script.id,
        agency_id=script.panel.examination.agency_id,
        panel=script.panel_id,
    )


def _confirmed(session: Session, panel: Panel, book: Any, script_ids: Collection[str]) -> dict[str, Fraction]:
    part = rules.part_of(book, panel.component)
    rows = session.execute(
        select(ScriptAssignment.script_id, ScriptAssignment.points).where(
            ScriptAssignment.script_id.in_(script_ids),
            ScriptAssignment.state == AssignmentState.SUBMITTED,
            ScriptAssignment.confirmed_by.is_not(None),
        )
    )
    maximum = part.maximum or Fraction(100)
    return {
        script_id: rules.round_mark(part, rules.as_mark(points or 0, panel.points, maximum))
        for script_id, points in rows
    }


def _set_mark(script: Script, mark: Fraction | None, is_disputed: bool) -> None:
    if script.state is ScriptState.ABSENT:
        return
    script.is_disputed = is_disputed
    script.state = ScriptState.OPEN if mark is None else ScriptState.MARKED
    script.numerator = mark.numerator if mark is not None else None
    script.denominator = mark.denominator if mark is not None else None


def _withdraw_left(session: Session, marked: Collection[str]) -> None:
    """Take back what nobody needs any more: ratings not submitted of scripts that have their mark."""
    session.execute(
        update(ScriptAssignment)
        .where(ScriptAssignment.script_id.in_(marked), ScriptAssignment.state == AssignmentState.OPEN)
        .values(state=AssignmentState.WITHDRAWN)
        .execution_options(synchronize_session="fetch")
    )


def _load(session: Session, assignment_id: str, actor: Actor) -> ScriptAssignment:
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


def _record_panel(
    session: Session, action: str, panel: Panel, actor: Actor, at: dt.datetime, **details: Any
) -> None:
    audit.record(
        session,
        action,
        actor=actor,
        at=at,
        subject=panel.id,
        agency_id=panel.examination.agency_id,
        examination=panel.examination_id,
        **details,
    )
