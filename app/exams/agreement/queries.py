"""Loading what the raters of a panel gave, for comparing them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams.agreement.rules import Given
from app.exams.assignments.models import ScriptAssignment
from app.exams.assignments.states import AssignmentState
from app.exams.marking.models import ScriptMark
from app.exams.scripts.models import Script


def load_given(session: Session, panel_id: str) -> list[Given]:
    """Load every mark of the submitted ratings of a panel."""
    rows = session.execute(
        select(
            ScriptAssignment.script_id,
            ScriptAssignment.member_id,
            ScriptAssignment.turn,
            ScriptMark.criterion_id,
            ScriptMark.units,
        )
        .join(Script, Script.id == ScriptAssignment.script_id)
        .join(ScriptMark, ScriptMark.assignment_id == ScriptAssignment.id)
        .where(
            Script.panel_id == panel_id,
            ScriptAssignment.state == AssignmentState.SUBMITTED,
            ScriptMark.units.is_not(None),
        )
        .order_by(ScriptAssignment.script_id, ScriptAssignment.member_id)
    )
    return [
        Given(script, member, turn, criterion, units or 0) for script, member, turn, criterion, units in rows
    ]
