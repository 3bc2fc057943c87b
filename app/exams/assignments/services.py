"""Opening panels, giving scripts to raters, and putting others in the place of those who must not rate."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.exams.assignments import queries, relations
from app.exams.assignments.models import Recusal, ScriptAssignment
from app.exams.assignments.rules import Draw
from app.exams.assignments.states import LIVE, AssignmentState, Basis, Turn
from app.exams.panels import queries as panel_queries
from app.exams.panels.models import Panel, PanelMember
from app.exams.panels.rules import check_ready
from app.exams.panels.states import PanelState, move
from app.exams.scripts.models import Script
from app.exams.scripts.queries import load_snapshots
from app.exams.scripts.services import enter_candidates, seal_map
from app.exams.scripts.states import ScriptState
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.ids import new_id

FOUND = {
    Basis.SURNAME_AND_ADDRESS: "Surname and address of both are the same.",
    Basis.EMPLOYER: "Both name the same employer.",
    Basis.COMPLAINT: "There was an appeal or a disciplinary case between them.",
}


def open_panel(session: Session, *, panel_id: str, actor: Actor, at: dt.datetime) -> Panel:
    """Take the candidates in under blind codes, keep related raters out, and give every script its raters."""
    panel = _load(session, panel_id, actor, "open")
    if panel.state is not PanelState.DRAFT:
        raise Conflict("This panel was opened before.")
    present = [member for member in panel.members if member.left_at is None]
    entered = enter_candidates(session, panel, at)
    check_ready(
        criteria=len(panel.criteria),
        members=len(present),
        declared=sum(member.declared_at is not None for member in present),
        needed=2 if panel.is_confirmed_by_second else panel.raters,
        candidates=entered,
    )
    sealed = {"map": seal_map(session, panel), "seed": panel.seed}
    panel.state, panel.opened_by, panel.opened_at = move(panel.state, PanelState.OPEN), actor.id, at
    panel.map_digest = sealed["map"]
    session.flush()
    match_relations(session, panel, at)
    given = fill(session, panel, at)
    _record(
        session,
        "open",
        panel,
        actor,
        at,
        scripts=entered,
        ratings=given,
        map=panel.map_digest,
        seed=panel.seed,
    )
    return panel


def take_in(session: Session, *, panel_id: str, actor: Actor, at: dt.datetime) -> int:
    """Take in the candidates who came late to the examination, and tell how many there were."""
    panel = _load(session, panel_id, actor, "take_in")
    demand_open(panel)
    entered = enter_candidates(session, panel, at)
    if not entered:
        raise Conflict("Every candidate who is to be rated is in already.")
    match_relations(session, panel, at)
    fill(session, panel, at)
    _record(session, "take_in", panel, actor, at, scripts=entered, map=seal_map(session, panel))
    return entered


def fill(session: Session, panel: Panel, at: dt.datetime) -> int:
    """Give the scripts that lack raters theirs, as far as members may rate them; tell how many were given."""
    if panel.state is not PanelState.OPEN:
        return 0
    lock_panel(session, panel.id)
    able = [member.id for member in panel.members if member.declared_at and member.left_at is None]
    draw = Draw(panel.seed, queries.load_loads(session, panel.id))
    draw.meet(queries.load_groups(session, panel.id))
    count = 0
    for turn in Turn:
        given = draw.give(queries.load_needs(session, panel, turn), able)
        pairs = [(script_id, member_id) for script_id, members in given.items() for member_id in members]
        _assign(session, panel, pairs, turn, at)
        count += len(pairs)
    return count


def lock_panel(session: Session, panel_id: str) -> None:
    """Let acts on one panel follow one another: two ratings sent at once each see the other.

    It is locked before its scripts and ratings, always, so that no two acts wait for each other.
    """
    session.execute(select(Panel.id).where(Panel.id == panel_id).with_for_update())


def match_relations(session: Session, panel: Panel, at: dt.datetime) -> int:
    """Keep raters from scripts of people to whom they are related by what both wrote; tell how many.

    What was found stands in the recusal, which officers read and raters do not.
    """
    members = [member for member in panel.members if member.declared_at and member.left_at is None]
    known = {member.id: _known(member) for member in members}
    complaints = queries.load_complaints(session, [member.account_id for member in members])
    barred = queries.load_barred(session, panel)
    found = 0
    for script_id, account_id, snapshot in load_snapshots(session, panel.id):
        candidate = relations.of_application(snapshot)
        for member in members:
            basis = _basis(member, known[member.id], account_id, candidate, complaints)
            if basis is not None and (script_id, member.id) not in barred:
                _keep_out(session, script_id, member, basis[0], basis[1], None, at)
                found += 1
    session.flush()
    return found


def recuse(
    session: Session,
    *,
    panel: Panel,
    script: Script,
    member: PanelMember,
    basis: Basis,
    reason: str,
    made_by: str | None,
    at: dt.datetime,
) -> int:
    """Keep a rater from a script and find another in the rater's place; tell how many were found.

    A rating that was submitted is kept and counts nowhere. The caller records the act.
    """
    if (script.id, member.id) in queries.load_barred(session, panel):
        raise Conflict("This rater is kept from this script already.")
    _keep_out(session, script.id, member, basis, reason, made_by, at)
    session.flush()
    return fill(session, panel, at)


def reopen(script: Script) -> None:
    """Let a script wait for ratings again; what it had stays with its assignments."""
    script.state, script.numerator, script.denominator, script.is_disputed = (
        ScriptState.OPEN,
        None,
        None,
        False,
    )


def find_panel(session: Session, panel_id: str) -> Panel:
    """Give a panel whole for an act of one of its members, who was looked up before."""
    return session.scalars(panel_queries.whole().where(Panel.id == panel_id)).unique().one()


def _basis(
    member: PanelMember,
    known: relations.Known,
    account_id: str,
    candidate: relations.Known,
    complaints: set[tuple[str, str]],
) -> tuple[Basis, str] | None:
    for relation in member.relations:
        if relations.names_person(relation.name, candidate):
            return Basis.NAMED, f"{relation.kind.title}: {relation.name}."
    basis = Basis.COMPLAINT if (member.account_id, account_id) in complaints else None
    basis = basis or relations.compare(known, candidate)
    return (basis, FOUND[basis]) if basis else None


def _known(member: PanelMember) -> relations.Known:
    return relations.of_member(
        name=member.account.name,
        surnames=member.surnames,
        address=member.address,
        postcode=member.postcode,
        employers=member.employers,
    )


def _assign(
    session: Session, panel: Panel, pairs: list[tuple[str, str]], turn: Turn, at: dt.datetime
) -> None:
    """Write assignments down; one that was taken back before it was rated is opened again."""
    before = queries.load_withdrawn(session, panel.id)
    again = [before[pair] for pair in pairs if pair in before]
    rows = [
        {
            "id": new_id("asn"),
            "script_id": script_id,
            "member_id": member_id,
            "turn": turn,
            "state": AssignmentState.OPEN,
            "assigned_at": at,
        }
        for script_id, member_id in pairs
        if (script_id, member_id) not in before
    ]
    if rows:
        session.execute(insert(ScriptAssignment), rows)
    for assignment in session.scalars(select(ScriptAssignment).where(ScriptAssignment.id.in_(again))):
        assignment.state, assignment.turn, assignment.assigned_at = AssignmentState.OPEN, turn, at
    session.flush()


def _keep_out(
    session: Session,
    script_id: str,
    member: PanelMember,
    basis: Basis,
    reason: str,
    made_by: str | None,
    at: dt.datetime,
) -> None:
    session.add(
        Recusal(
            id=new_id("rcs"),
            script_id=script_id,
            member_id=member.id,
            basis=basis,
            reason=reason,
            made_by=made_by,
            made_at=at,
        )
    )
    assignment = queries.find_assignment(session, script_id, member.id)
    if assignment is not None and assignment.state in LIVE:
        assignment.state = AssignmentState.RECUSED
        script = session.get_one(Script, script_id)
        if script.state is not ScriptState.ABSENT:
            reopen(script)


def demand_open(panel: Panel) -> None:
    """Raise Conflict unless ratings are given now."""
    if panel.state is not PanelState.OPEN:
        raise Conflict("This panel is not rating now.")


def _load(session: Session, panel_id: str, actor: Actor, act: str) -> Panel:
    return panel_queries.get_panel(session, panel_id, actor, permission=f"exams.panels.{act}", lock=True)


def _record(session: Session, act: str, panel: Panel, actor: Actor, at: dt.datetime, **details: Any) -> None:
    audit.record(
        session,
        f"exams.panels.{act}",
        actor=actor,
        at=at,
        subject=panel.id,
        agency_id=panel.examination.agency_id,
        examination=panel.examination_id,
        **details,
    )
