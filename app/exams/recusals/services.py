"""Declaring relations, looking at what was declared, and keeping raters from scripts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams.assignments import services as assignments
from app.exams.assignments.models import ScriptAssignment
from app.exams.assignments.states import AssignmentState, Basis
from app.exams.panels import queries as panel_queries
from app.exams.panels.models import Panel, PanelMember, PanelRelation
from app.exams.panels.states import PanelState, RelationKind, RelationState
from app.exams.scripts import queries as script_queries
from app.exams.scripts.models import Script
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

DECLARED = ("surnames", "address", "postcode", "employers")
MOST_RELATIONS = 50


def declare(
    session: Session, *, panel_id: str, values: Mapping[str, str], actor: Actor, at: dt.datetime
) -> PanelMember:
    """Write down where the actor lives and has worked, by which relations to candidates are found."""
    member = panel_queries.get_own_member(session, panel_id, actor, lock=True)
    for name in DECLARED:
        setattr(member, name, values[name])
    member.declared_at = at
    session.flush()
    _match_again(session, panel_id, at)
    _record(session, "exams.marking.declare", member.panel, member.id, actor, at)
    return member


def name_relation(
    session: Session, *, panel_id: str, values: Mapping[str, str], actor: Actor, at: dt.datetime
) -> PanelRelation:
    """Name somebody whom the actor cannot judge freely; an officer looks whether it is a candidate."""
    member = panel_queries.get_own_member(session, panel_id, actor, lock=True)
    if len(member.relations) >= MOST_RELATIONS:
        raise Conflict(f"You have named {MOST_RELATIONS} people. Write to the exam office about more.")
    relation = PanelRelation(
        id=new_id("prl"),
        member_id=member.id,
        name=values["name"],
        kind=RelationKind(values["kind"]),
        details=values["details"],
        state=RelationState.OPEN,
        declared_at=at,
    )
    member.relations.append(relation)
    session.flush()
    _match_again(session, panel_id, at)
    _record(session, "exams.marking.name_relation", member.panel, member.id, actor, at, relation=relation.id)
    return relation


def settle_relation(
    session: Session, *, relation_id: str, number: str, actor: Actor, at: dt.datetime
) -> PanelRelation:
    """Say which candidate a declared relation is, by number, or nobody (""); a rater is kept from the one."""
    permission = "exams.recusals.settle"
    relation = panel_queries.get_relation(session, relation_id, actor, permission=permission)
    if relation.state is not RelationState.OPEN:
        raise Conflict("Somebody has looked at this declaration before.")
    panel = assignments.find_panel(session, relation.member.panel_id)
    state = RelationState.NOBODY
    if number:
        script = _script_of(session, panel, number, actor, permission)
        reason = f"{relation.kind.title}: {relation.name}."
        _keep_out(session, panel, script, relation.member, Basis.NAMED, reason, actor, at)
        state = RelationState.RECUSED
    relation.state, relation.settled_by, relation.settled_at = state, actor.id, at
    session.flush()
    _record(
        session, permission, panel, relation.member_id, actor, at, relation=relation.id, state=state.value
    )
    return relation


def recuse_member(
    session: Session,
    *,
    panel_id: str,
    member_id: str,
    number: str,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Keep a member from rating a candidate, by an officer's decision; tell how many take the place."""
    permission = "exams.recusals.create"
    panel = panel_queries.get_panel(session, panel_id, actor, permission=permission, lock=True)
    member = next((one for one in panel.members if one.id == member_id), None)
    if member is None:
        raise Invalid(member="Select a member of this panel.")
    script = _script_of(session, panel, number, actor, permission)
    given = _keep_out(session, panel, script, member, Basis.OFFICER, reason, actor, at)
    _record(session, permission, panel, script.id, actor, at, member=member.id)
    return given


def leave_panel(
    session: Session, *, member_id: str, reason: str, actor: Actor, at: dt.datetime
) -> PanelMember:
    """Take a member off a panel: what was submitted stays, what was not goes to others."""
    permission = "exams.panels.remove_member"
    member = panel_queries.get_member(session, member_id, actor, permission=permission)
    if member.left_at is not None:
        raise Conflict("This person left the panel before.")
    member.left_at, member.left_reason = at, reason
    own = select(ScriptAssignment).where(
        ScriptAssignment.member_id == member.id, ScriptAssignment.state == AssignmentState.OPEN
    )
    for assignment in session.scalars(own.with_for_update()):
        assignment.state = AssignmentState.WITHDRAWN
    session.flush()
    panel = assignments.find_panel(session, member.panel_id)
    given = assignments.fill(session, panel, at)
    _record(session, permission, panel, member.id, actor, at, ratings=given)
    return member


def _match_again(session: Session, panel_id: str, at: dt.datetime) -> None:
    panel = assignments.find_panel(session, panel_id)
    if panel.state is PanelState.OPEN:
        assignments.match_relations(session, panel, at)
        assignments.fill(session, panel, at)


def _keep_out(
    session: Session,
    panel: Panel,
    script: Script,
    member: PanelMember,
    basis: Basis,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> int:
    return assignments.recuse(
        session,
        panel=panel,
        script=script,
        member=member,
        basis=basis,
        reason=reason,
        made_by=actor.id,
        at=at,
    )


def _script_of(session: Session, panel: Panel, number: str, actor: Actor, permission: str) -> Script:
    own = script_queries.load_by_number(session, panel.id).get(number.strip().upper())
    if own is None:
        raise Invalid(number="No candidate of this panel has this number.")
    return script_queries.get_script(session, own, actor, permission=permission, lock=True)


def _record(
    session: Session, action: str, panel: Panel, subject: str, actor: Actor, at: dt.datetime, **details: Any
) -> None:
    audit.record(
        session,
        action,
        actor=actor,
        at=at,
        subject=subject,
        agency_id=panel.examination.agency_id,
        panel=panel.id,
        **details,
    )
