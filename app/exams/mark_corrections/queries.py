"""Reading corrections of marks."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.exams.assignments.models import ScriptAssignment
from app.exams.assignments.states import AssignmentState
from app.exams.mark_corrections.models import MarkCorrection
from app.exams.mark_corrections.states import CorrectionState
from app.exams.panels.models import Panel
from app.exams.panels.queries import visible_to
from app.exams.scripts.models import Script
from app.platform.actors import Actor
from app.platform.errors import NotFound


def get_submitted(session: Session, assignment_id: str, actor: Actor, *, permission: str) -> ScriptAssignment:
    """Give a submitted rating with script and panel; NotFound outside the actor's agencies."""
    found = session.scalar(
        select(ScriptAssignment)
        .join(ScriptAssignment.script)
        .join(Script.panel)
        .join(Panel.examination)
        .where(
            ScriptAssignment.id == assignment_id,
            ScriptAssignment.state == AssignmentState.SUBMITTED,
            visible_to(actor, permission),
        )
        .options(
            joinedload(ScriptAssignment.script).joinedload(Script.candidate),
            joinedload(ScriptAssignment.script).joinedload(Script.panel).selectinload(Panel.criteria),
            joinedload(ScriptAssignment.script).joinedload(Script.panel).joinedload(Panel.examination),
        )
        .with_for_update(of=ScriptAssignment)
    )
    if found is None:
        raise NotFound("There is no such rating.")
    return found


def get_correction(session: Session, correction_id: str, actor: Actor, *, permission: str) -> MarkCorrection:
    """Give a correction, locked; NotFound outside the actor's agencies."""
    found = session.scalar(
        select(MarkCorrection)
        .join(MarkCorrection.assignment)
        .join(ScriptAssignment.script)
        .join(Script.panel)
        .join(Panel.examination)
        .where(MarkCorrection.id == correction_id, visible_to(actor, permission))
        .with_for_update(of=MarkCorrection)
    )
    if found is None:
        raise NotFound("There is no such correction.")
    return found


def find_panel_id(session: Session, correction_id: str) -> str:
    """Find the panel to which a correction belongs, "" where there is no such correction."""
    query = (
        select(Script.panel_id)
        .join(ScriptAssignment, ScriptAssignment.script_id == Script.id)
        .join(MarkCorrection, MarkCorrection.assignment_id == ScriptAssignment.id)
        .where(MarkCorrection.id == correction_id)
    )
    return session.scalar(query) or ""


def list_corrections(session: Session, panel_id: str) -> list[MarkCorrection]:
    """List the corrections of a panel's marks, the latest first."""
    query = (
        select(MarkCorrection)
        .join(MarkCorrection.assignment)
        .join(ScriptAssignment.script)
        .where(Script.panel_id == panel_id)
        .options(
            joinedload(MarkCorrection.criterion),
            joinedload(MarkCorrection.proposer),
            joinedload(MarkCorrection.decider),
            joinedload(MarkCorrection.assignment).joinedload(ScriptAssignment.script),
        )
        .order_by(MarkCorrection.proposed_at.desc(), MarkCorrection.id.desc())
        .limit(200)
    )
    return list(session.scalars(query))


def count_proposed(session: Session, panel_id: str) -> int:
    """Count the corrections of a panel's marks that wait for a second person."""
    query = (
        select(func.count())
        .select_from(MarkCorrection)
        .join(ScriptAssignment, ScriptAssignment.id == MarkCorrection.assignment_id)
        .join(Script, Script.id == ScriptAssignment.script_id)
        .where(Script.panel_id == panel_id, MarkCorrection.state == CorrectionState.PROPOSED)
    )
    return session.scalar(query) or 0
