"""Settling what several ratings come to, who was not there, and handing the marks to the list."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.exams import merit
from app.exams.assignments import services as assignments
from app.exams.assignments.models import ScriptAssignment
from app.exams.assignments.states import AssignmentState
from app.exams.marking import queries, rules
from app.exams.panels import queries as panel_queries
from app.exams.panels.models import Panel
from app.exams.panels.states import PanelState, move
from app.exams.plans import queries as plans
from app.exams.plans.services import record_marks
from app.exams.scripts import states
from app.exams.scripts.models import Script
from app.exams.scripts.queries import get_script
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict


def settle(session: Session, panel: Panel, script_ids: set[str], at: dt.datetime) -> None:
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
    _withdraw_left(session, set(marks))
    session.flush()
    if disputed:
        assignments.fill(session, assignments.find_panel(session, panel.id), at)


def close_panel(session: Session, *, panel_id: str, actor: Actor, at: dt.datetime) -> Panel:
    """Hand the marks of a panel to the list, once everybody has one or was not there."""
    permission = "exams.panels.close"
    panel = panel_queries.get_panel(session, panel_id, actor, permission=permission, lock=True)
    assignments.demand_open(panel)
    results = queries.load_results(session, panel.id)
    waiting = sum(state is states.ScriptState.OPEN for _candidate, state, _n, _d in results)
    if waiting:
        raise Conflict(f"{waiting} scripts still wait for ratings.")
    panel.state, panel.closed_by, panel.closed_at = move(panel.state, PanelState.CLOSED), actor.id, at
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
        if state is not states.ScriptState.OPEN
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
    script.state, script.absence = states.move(script.state, states.ScriptState.ABSENT), reason
    script.is_disputed = False
    session.flush()
    _withdraw_left(session, {script.id})
    _record_script(session, "exams.scripts.mark_absent", script, actor, at)
    return script


def mark_there(session: Session, *, script_id: str, actor: Actor, at: dt.datetime) -> Script:
    """Take back that a candidate was not there, and have the candidate rated."""
    script = _load_script(session, script_id, actor, "exams.scripts.mark_there")
    script.state, script.absence = states.move(script.state, states.ScriptState.OPEN), None
    session.flush()
    assignments.fill(session, assignments.find_panel(session, script.panel_id), at)
    _record_script(session, "exams.scripts.mark_there", script, actor, at)
    return script


def _load_script(session: Session, script_id: str, actor: Actor, permission: str) -> Script:
    panel_id = session.scalar(select(Script.panel_id).where(Script.id == script_id)) or ""
    assignments.lock_panel(session, panel_id)
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


def _confirmed(
    session: Session, panel: Panel, book: merit.Rulebook, script_ids: set[str]
) -> dict[str, Fraction]:
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
    if script.state is states.ScriptState.ABSENT:
        return
    script.is_disputed = is_disputed
    script.state = states.ScriptState.OPEN if mark is None else states.ScriptState.MARKED
    script.numerator = mark.numerator if mark is not None else None
    script.denominator = mark.denominator if mark is not None else None


def _withdraw_left(session: Session, marked: set[str]) -> None:
    """Take back what nobody needs any more: ratings not submitted of scripts that have their mark."""
    session.execute(
        update(ScriptAssignment)
        .where(ScriptAssignment.script_id.in_(marked), ScriptAssignment.state == AssignmentState.OPEN)
        .values(state=AssignmentState.WITHDRAWN)
        .execution_options(synchronize_session="fetch")
    )


def _record_panel(
    session: Session, action: str, panel: Panel, actor: Actor, at: dt.datetime, **details: object
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
