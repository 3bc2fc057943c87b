"""What panels hold against a list: scripts without a mark, ratings open, raters missing, marks kept back."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.exams.assignments.queries import count_unfilled
from app.exams.examinations.models import Examination
from app.exams.mark_corrections.queries import count_proposed
from app.exams.panels.models import Panel
from app.exams.panels.queries import list_panels
from app.exams.panels.states import PanelState
from app.exams.plans import queries as plans
from app.exams.readiness import gates
from app.exams.readiness.gates import Block
from app.exams.scripts.models import Script
from app.exams.scripts.states import ScriptState


def unfinished_panels(session: Session, examination: Examination, _at: dt.datetime) -> list[Block]:
    """Tell which panels are not done, and which parts that need one have none."""
    panels = list_panels(session, examination.id)
    blocks = [block for panel in panels for block in _blocks(session, panel)]
    rated = {panel.component for panel in panels}
    versions = plans.load_versions(session, examination.id)
    for part in plans.list_components(session, examination.id):
        if part.kind == "panel" and part.code not in rated and part.code not in versions:
            sentence = f"“{part.title}” has no panel of raters and no marks."
            where = {"examination_id": examination.id}
            blocks.append(Block(sentence, "exams.panels.list_staff", where))
    return blocks


def _blocks(session: Session, panel: Panel) -> list[Block]:
    def block(sentence: str) -> Block:
        return Block(f"“{panel.title}”: {sentence}", "exams.panels.show", {"panel_id": panel.id})

    found = []
    if panel.state is PanelState.DRAFT:
        return [block("the panel has not begun to rate.")]
    if missing := count_unfilled(session, panel):
        found.append(block(f"{missing} ratings have no rater, because members are kept from them."))
    if disputed := _count(session, panel, is_disputed=True):
        found.append(block(f"{disputed} scripts wait for a further rater, because the first disagree."))
    if waiting := _count(session, panel, is_disputed=False):
        found.append(block(f"{waiting} scripts are not marked yet."))
    if proposed := count_proposed(session, panel.id):
        found.append(block(f"{proposed} corrections of marks wait for a second person."))
    if not found and panel.state is not PanelState.CLOSED:
        found.append(block("the marks are not handed over yet."))
    return found


def _count(session: Session, panel: Panel, *, is_disputed: bool) -> int:
    query = select(func.count()).where(
        Script.panel_id == panel.id, Script.state == ScriptState.OPEN, Script.is_disputed.is_(is_disputed)
    )
    return session.scalar(query) or 0


gates.add("panels", unfinished_panels)
