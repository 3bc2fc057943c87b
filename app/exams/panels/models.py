"""Panels, what they rate by, their members, and what members declare."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.examinations.models import Examination
from app.exams.panels.states import PanelForm, PanelState, RelationKind, RelationState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class Panel(Base):
    """The raters of one component of an examination.

    Marks are whole numbers in units of 1/`denominator`. Each script has `raters` first raters, drawn by
    `seed`. `map_digest` seals, at the opening, which code stands for whom. `is_confirmed_by_second` marks a
    panel of a component for which the rulebook names no panel: one person rates, another confirms.
    """

    __tablename__ = "panels"
    __table_args__ = (
        UniqueConstraint("examination_id", "component", name="uq_panels_component"),
        CheckConstraint("denominator IN (1, 2, 4, 10)", name="denominator"),
        CheckConstraint("raters >= 1", name="raters"),
        CheckConstraint("(state = 'draft') = (opened_at IS NULL)", name="opened"),
        CheckConstraint("(opened_at IS NULL) = (map_digest IS NULL)", name="sealed"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint("NOT is_confirmed_by_second OR raters = 1", name="one_rates"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    component: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    form: Mapped[PanelForm] = mapped_column(state_type(PanelForm, "form"))
    state: Mapped[PanelState] = mapped_column(state_type(PanelState, "state"))
    instructions: Mapped[str]
    denominator: Mapped[int]
    raters: Mapped[int]
    is_confirmed_by_second: Mapped[bool]
    seed: Mapped[str] = mapped_column(String(100))
    map_digest: Mapped[str | None] = mapped_column(String(64))
    created_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[dt.datetime]
    opened_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    opened_at: Mapped[dt.datetime | None]
    closed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    closed_at: Mapped[dt.datetime | None]
    examination: Mapped[Examination] = relationship(lazy="raise")
    criteria: Mapped[list[PanelCriterion]] = relationship(lazy="raise", order_by="PanelCriterion.position")
    members: Mapped[list[PanelMember]] = relationship(
        lazy="raise", order_by="PanelMember.added_at, PanelMember.id"
    )

    @property
    def points(self) -> int:
        """Give what all criteria give together, in units of 1/denominator; criteria must be loaded."""
        return sum(criterion.maximum for criterion in self.criteria)


class PanelCriterion(Base):
    """One thing that is rated: a part of a script, a question of an interview, a benchmark of experience.

    `maximum` and the marks of `anchors` ({"mark", "text"}, rising) are in units of 1/denominator.
    """

    __tablename__ = "panel_criteria"
    __table_args__ = (
        UniqueConstraint("panel_id", "position", name="uq_panel_criteria_position"),
        CheckConstraint("maximum >= 1", name="maximum"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    panel_id: Mapped[str] = mapped_column(ForeignKey("panels.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    guidance: Mapped[str]
    maximum: Mapped[int]
    anchors: Mapped[list[Any]]


class PanelMember(Base):
    """Somebody who rates for a panel; the declaration says where relations may lie.

    A member without `declared_at` gets nothing to rate; one with `left_at` gets nothing more.
    """

    __tablename__ = "panel_members"
    __table_args__ = (
        UniqueConstraint("panel_id", "account_id", name="uq_panel_members_account_id"),
        CheckConstraint("(left_at IS NULL) = (left_reason IS NULL)", name="left_with_reason"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    panel_id: Mapped[str] = mapped_column(ForeignKey("panels.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    added_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[dt.datetime]
    declared_at: Mapped[dt.datetime | None]
    surnames: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(300))
    postcode: Mapped[str] = mapped_column(String(20))
    employers: Mapped[str]
    left_at: Mapped[dt.datetime | None]
    left_reason: Mapped[str | None]
    panel: Mapped[Panel] = relationship(lazy="raise", viewonly=True)
    account: Mapped[Account] = relationship(lazy="raise", foreign_keys=[account_id])
    relations: Mapped[list[PanelRelation]] = relationship(lazy="raise", order_by="PanelRelation.declared_at")


class PanelRelation(Base):
    """A person whom a member names as somebody they cannot judge without favour."""

    __tablename__ = "panel_relations"
    __table_args__ = (CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    member_id: Mapped[str] = mapped_column(ForeignKey("panel_members.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[RelationKind] = mapped_column(state_type(RelationKind, "kind"))
    details: Mapped[str]
    state: Mapped[RelationState] = mapped_column(state_type(RelationState, "state"))
    declared_at: Mapped[dt.datetime]
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    settled_at: Mapped[dt.datetime | None]
    member: Mapped[PanelMember] = relationship(lazy="raise", viewonly=True)


constraints.declare("uq_panels_component", field="component", message="This component already has a panel.")
constraints.declare(
    "uq_panel_members_account_id", field="email", message="This person is already a member of the panel."
)
constraints.declare(
    "uq_panel_criteria_position", field="", message="Somebody else changed the scale just now. Try again."
)
