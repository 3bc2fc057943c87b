"""Reading panels, their members and what members declared."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.exams.examinations.models import Examination
from app.exams.panels.models import Panel, PanelMember, PanelRelation
from app.exams.panels.states import PanelForm, PanelState, RelationState
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.sentences import say

READ = "exams.panels.list_staff"


def visible_to(actor: Actor, permission: str = READ) -> ColumnElement[bool]:
    """Give the condition that keeps panels to the agencies in which the actor may read them."""
    return scope.within(Examination.agency_id, actor, permission)


def get_panel(
    session: Session, panel_id: str, actor: Actor, *, permission: str = READ, lock: bool = False
) -> Panel:
    """Give a panel with examination, criteria and members; NotFound outside the actor's agencies."""
    query = whole().where(Panel.id == panel_id, visible_to(actor, permission))
    found = session.scalar(query.with_for_update(of=Panel) if lock else query)
    if found is None:
        raise NotFound("There is no such panel.")
    return found


def get_published(session: Session, panel_id: str) -> Panel:
    """Give a panel of training and experience that rates or has rated, for everybody; else NotFound."""
    found = session.scalar(
        whole().where(
            Panel.id == panel_id, Panel.form == PanelForm.EXPERIENCE, Panel.state != PanelState.DRAFT
        )
    )
    if found is None:
        raise NotFound(say("There is no such scale."))
    return found


def get_own_member(session: Session, panel_id: str, actor: Actor, *, lock: bool = False) -> PanelMember:
    """Give the actor's own membership of a panel, with the panel whole, or raise NotFound."""
    query = (
        select(PanelMember)
        .where(
            PanelMember.panel_id == panel_id,
            PanelMember.account_id == actor.id,
            PanelMember.left_at.is_(None),
        )
        .options(
            joinedload(PanelMember.panel).selectinload(Panel.criteria),
            joinedload(PanelMember.panel).joinedload(Panel.examination).joinedload(Examination.agency),
            joinedload(PanelMember.account),
            selectinload(PanelMember.relations),
        )
    )
    found = session.scalar(query.with_for_update(of=PanelMember) if lock else query)
    if found is None:
        raise NotFound("There is no such panel.")
    return found


def get_member(session: Session, member_id: str, actor: Actor, *, permission: str) -> PanelMember:
    """Give a member with account and panel, locked; NotFound outside the actor's agencies."""
    query = (
        select(PanelMember)
        .join(PanelMember.panel)
        .join(Panel.examination)
        .where(PanelMember.id == member_id, visible_to(actor, permission))
        .options(joinedload(PanelMember.panel).joinedload(Panel.examination), joinedload(PanelMember.account))
    )
    found = session.scalar(query.with_for_update(of=PanelMember))
    if found is None:
        raise NotFound("There is no such member.")
    return found


def get_relation(session: Session, relation_id: str, actor: Actor, *, permission: str) -> PanelRelation:
    """Give a declared relation with its member and panel, locked; NotFound outside the actor's agencies."""
    query = (
        select(PanelRelation)
        .join(PanelRelation.member)
        .join(PanelMember.panel)
        .join(Panel.examination)
        .where(PanelRelation.id == relation_id, visible_to(actor, permission))
        .options(
            joinedload(PanelRelation.member).joinedload(PanelMember.account),
            joinedload(PanelRelation.member).joinedload(PanelMember.panel).joinedload(Panel.examination),
        )
    )
    found = session.scalar(query.with_for_update(of=PanelRelation))
    if found is None:
        raise NotFound("There is no such declaration.")
    return found


def list_panels(session: Session, examination_id: str) -> list[Panel]:
    """List the panels of an examination, the first made first, with members."""
    query = (
        select(Panel)
        .where(Panel.examination_id == examination_id)
        .options(selectinload(Panel.members))
        .order_by(Panel.created_at, Panel.id)
    )
    return list(session.scalars(query))


def count_open_relations(session: Session, examination_id: str) -> dict[str, int]:
    """Count the declared relations that no officer has looked at, by panel."""
    query = (
        select(PanelMember.panel_id, func.count())
        .join(PanelRelation, PanelRelation.member_id == PanelMember.id)
        .join(Panel, Panel.id == PanelMember.panel_id)
        .where(Panel.examination_id == examination_id, PanelRelation.state == RelationState.OPEN)
        .group_by(PanelMember.panel_id)
    )
    counts: dict[str, int] = dict(session.execute(query).all())
    return counts


def whole() -> Select[Panel]:
    """Give the query of panels with all that belongs to them, joined to their examinations."""
    return (
        select(Panel)
        .join(Panel.examination)
        .options(
            joinedload(Panel.examination).joinedload(Examination.agency),
            selectinload(Panel.criteria),
            selectinload(Panel.members).joinedload(PanelMember.account),
            selectinload(Panel.members).selectinload(PanelMember.relations),
        )
    )
