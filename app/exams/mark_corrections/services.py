"""Proposing a correction of a mark, and making or refusing it as a second person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.exams.assignments.services import lock_panel
from app.exams.mark_corrections import queries
from app.exams.mark_corrections.models import MarkCorrection
from app.exams.mark_corrections.states import CorrectionState, move
from app.exams.marking import queries as marking_queries
from app.exams.marking.rules import check_mark
from app.exams.panel_results import services as results
from app.exams.panels.models import Panel
from app.exams.panels.rules import read_units
from app.exams.panels.services import find_criterion
from app.exams.panels.states import PanelState
from app.exams.scripts.states import ScriptState
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id


def propose_correction(
    session: Session,
    *,
    assignment_id: str,
    criterion_id: str,
    mark: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> MarkCorrection:
    """Propose another mark for one criterion of a submitted rating, with the reason."""
    permission = "exams.mark_corrections.propose"
    assignment = queries.get_submitted(session, assignment_id, actor, permission=permission)
    panel = assignment.script.panel
    criterion = find_criterion(panel, criterion_id)
    units = check_mark(read_units(mark, panel.denominator), criterion.maximum, panel.denominator, "mark")
    before = marking_queries.load_marks(session, assignment.id)[criterion.id].units
    correction = MarkCorrection(
        id=new_id("mkc"),
        assignment_id=assignment.id,
        criterion_id=criterion.id,
        units_before=before,
        units_after=units,
        reason=reason,
        state=CorrectionState.PROPOSED,
        proposed_by=actor.id,
        proposed_at=at,
    )
    session.add(correction)
    session.flush()
    _record(session, permission, panel, correction, actor, at)
    return correction


def decide_correction(
    session: Session, *, correction_id: str, is_confirmed: bool, actor: Actor, at: dt.datetime
) -> MarkCorrection:
    """Make a proposed correction as a second person, or refuse it; the mark is settled anew.

    Where the panel's marks were handed over, they are handed over again.
    """
    permission = "exams.mark_corrections.decide"
    lock_panel(session, queries.find_panel_id(session, correction_id))
    correction = queries.get_correction(session, correction_id, actor, permission=permission)
    to = CorrectionState.CONFIRMED if is_confirmed else CorrectionState.REFUSED
    state = move(correction.state, to)
    if actor.id == correction.proposed_by:
        raise Conflict("A correction is decided by someone other than who proposed it.")
    assignment = queries.get_submitted(session, correction.assignment_id, actor, permission=permission)
    panel = assignment.script.panel
    correction.state, correction.decided_by, correction.decided_at = state, actor.id, at
    if is_confirmed:
        mark = marking_queries.load_marks(session, assignment.id)[correction.criterion_id]
        if mark.units != correction.units_before:
            raise Conflict("The mark changed after the correction was proposed.")
        mark.units = correction.units_after
        assignment.points = (assignment.points or 0) + correction.units_after - correction.units_before
        session.flush()
        _settle_again(session, panel, assignment.script_id, actor, at)
    session.flush()
    _record(session, permission, panel, correction, actor, at, decision=state.value)
    return correction


def _settle_again(session: Session, panel: Panel, script_id: str, actor: Actor, at: dt.datetime) -> None:
    is_closed = panel.state is PanelState.CLOSED
    results.settle(session, panel, {script_id}, at)
    states = {state for _candidate, state, _n, _d in marking_queries.load_results(session, panel.id)}
    if not is_closed:
        return
    if ScriptState.OPEN in states:
        raise Conflict(
            "With this correction the raters disagree so far that another is needed. "
            "Let the panel rate again first."
        )
    results.hand_over(session, panel, actor, at)


def _record(
    session: Session,
    action: str,
    panel: Panel,
    correction: MarkCorrection,
    actor: Actor,
    at: dt.datetime,
    **details: Any,
) -> None:
    audit.record(
        session,
        action,
        actor=actor,
        at=at,
        subject=correction.id,
        agency_id=panel.examination.agency_id,
        panel=panel.id,
        **details,
    )
