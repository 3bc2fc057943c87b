"""Reading who rates what, and what is still missing."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.exams.appeals.models import Appeal
from app.exams.assignments.models import Recusal, ScriptAssignment
from app.exams.assignments.rules import Need
from app.exams.assignments.states import LIVE, AssignmentState, Turn
from app.exams.panels.models import Panel, PanelMember
from app.exams.scripts.models import Script
from app.exams.scripts.states import ScriptState
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.employees.models import Employee
from app.recruitment.applications.models import Application
from app.recruitment.screening.models import ScreeningOutcome


def load_needs(session: Session, panel: Panel, turn: Turn) -> list[Need]:
    """Load the open scripts of a panel that lack first raters, or a further one though they are disputed."""
    wanted = panel.raters if turn is Turn.FIRST else 1
    query = select(Script.id).where(Script.panel_id == panel.id, Script.state == ScriptState.OPEN)
    if turn is Turn.FURTHER:
        query = query.where(Script.is_disputed)
    rated: dict[str, list[tuple[str, Turn, bool]]] = {}
    for script_id, member_id, own, state in _assignments(session, panel):
        rated.setdefault(script_id, []).append((member_id, own, state in LIVE))
    barred: dict[str, set[str]] = {}
    for script_id, member_id in _recusals(session, panel):
        barred.setdefault(script_id, set()).add(member_id)
    needs = []
    for script_id in session.scalars(query.order_by(Script.id)):
        rows = rated.get(script_id, [])
        live = sum(own is turn and is_live for _member, own, is_live in rows)
        if live < wanted:
            taken = tuple(member for member, _turn, is_live in rows if is_live)
            bars = frozenset(barred.get(script_id, ()))
            needs.append(Need(script_id, wanted - live, taken, bars))
    return needs


def count_unfilled(session: Session, panel: Panel) -> int:
    """Count the raters that the open scripts of a panel still lack."""
    return sum(need.missing for turn in Turn for need in load_needs(session, panel, turn))


def load_loads(session: Session, panel_id: str) -> Counter[str]:
    """Count what each member rates or has rated."""
    rows = session.execute(
        select(ScriptAssignment.member_id, func.count())
        .join(Script, Script.id == ScriptAssignment.script_id)
        .where(Script.panel_id == panel_id, ScriptAssignment.state.in_(LIVE))
        .group_by(ScriptAssignment.member_id)
    )
    return Counter(dict(rows.all()))


def load_groups(session: Session, panel_id: str) -> dict[str, list[str]]:
    """Load who rates each script."""
    rows = session.execute(
        select(ScriptAssignment.script_id, ScriptAssignment.member_id)
        .join(Script, Script.id == ScriptAssignment.script_id)
        .where(Script.panel_id == panel_id, ScriptAssignment.state.in_(LIVE))
        .order_by(ScriptAssignment.script_id, ScriptAssignment.member_id)
    )
    groups: dict[str, list[str]] = {}
    for script_id, member_id in rows:
        groups.setdefault(script_id, []).append(member_id)
    return groups


def count_by_member(session: Session, panel_id: str) -> dict[str, Counter[AssignmentState]]:
    """Count each member's assignments by state."""
    rows = session.execute(
        select(ScriptAssignment.member_id, ScriptAssignment.state, func.count())
        .join(Script, Script.id == ScriptAssignment.script_id)
        .where(Script.panel_id == panel_id)
        .group_by(ScriptAssignment.member_id, ScriptAssignment.state)
    )
    counts: dict[str, Counter[AssignmentState]] = {}
    for member_id, state, count in rows:
        counts.setdefault(member_id, Counter())[state] = count
    return counts


def list_recusals(session: Session, panel_id: str) -> list[Recusal]:
    """List the recusals of a panel with rater, script and candidate, the latest first."""
    query = (
        select(Recusal)
        .join(Recusal.script)
        .where(Script.panel_id == panel_id)
        .options(
            joinedload(Recusal.script).joinedload(Script.candidate),
            joinedload(Recusal.member).joinedload(PanelMember.account),
        )
        .order_by(Recusal.made_at.desc(), Recusal.id.desc())
        .limit(500)
    )
    return list(session.scalars(query))


def find_assignment(session: Session, script_id: str, member_id: str) -> ScriptAssignment | None:
    """Find a member's assignment of a script, locked."""
    query = select(ScriptAssignment).where(
        ScriptAssignment.script_id == script_id, ScriptAssignment.member_id == member_id
    )
    return session.scalar(query.with_for_update())


def load_barred(session: Session, panel: Panel) -> set[tuple[str, str]]:
    """Load which member must not rate which script, as pairs of script and member."""
    return {(script_id, member_id) for script_id, member_id in _recusals(session, panel)}


def load_complaints(session: Session, account_ids: list[str]) -> set[tuple[str, str]]:
    """Load pairs of a rater's and another person's account between whom there was a case.

    An appeal that the rater decided or that contested the rater's screening, or a disciplinary case that the
    rater proposed or decided.
    """
    appeals = (
        select(Appeal.decided_by, Application.account_id)
        .join(Application, Application.id == Appeal.application_id)
        .where(Appeal.decided_by.in_(account_ids))
    )
    contested = (
        select(ScreeningOutcome.decided_by, Application.account_id)
        .join(Application, Application.id == ScreeningOutcome.application_id)
        .join(Appeal, Appeal.application_id == Application.id)
        .where(ScreeningOutcome.decided_by.in_(account_ids))
    )
    cases = [
        select(column, Employee.account_id)
        .join(Employee, Employee.id == DisciplinaryCase.employee_id)
        .where(column.in_(account_ids), Employee.account_id.is_not(None))
        for column in (DisciplinaryCase.proposed_by, DisciplinaryCase.deciding_official_id)
    ]
    found: set[tuple[str, str]] = set()
    for query in (appeals, contested, *cases):
        found |= {(str(rater), str(other)) for rater, other in session.execute(query)}
    return found


def load_withdrawn(session: Session, panel_id: str) -> dict[tuple[str, str], str]:
    """Load the ids of ratings that were taken back before they were given, by script and member."""
    rows = session.execute(
        select(ScriptAssignment.script_id, ScriptAssignment.member_id, ScriptAssignment.id)
        .join(Script, Script.id == ScriptAssignment.script_id)
        .where(Script.panel_id == panel_id, ScriptAssignment.state == AssignmentState.WITHDRAWN)
    )
    return {(script_id, member_id): own for script_id, member_id, own in rows}


def _assignments(session: Session, panel: Panel) -> list[tuple[str, str, Turn, AssignmentState]]:
    rows = session.execute(
        select(
            ScriptAssignment.script_id,
            ScriptAssignment.member_id,
            ScriptAssignment.turn,
            ScriptAssignment.state,
        )
        .join(Script, Script.id == ScriptAssignment.script_id)
        .where(Script.panel_id == panel.id)
        .order_by(ScriptAssignment.script_id, ScriptAssignment.member_id)
    )
    return [(script_id, member_id, turn, state) for script_id, member_id, turn, state in rows]


def _recusals(session: Session, panel: Panel) -> list[tuple[str, str]]:
    rows = session.execute(
        select(Recusal.script_id, Recusal.member_id)
        .join(Script, Script.id == Recusal.script_id)
        .where(Script.panel_id == panel.id)
    )
    return [(script_id, member_id) for script_id, member_id in rows]
