"""The personnel_documents table: papers on a personnel file."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.personnel.actions.models import PersonnelAction
from app.personnel.documents.states import DocumentKind
from app.personnel.employees.models import Employee
from app.platform.db import Base
from app.platform.types import state_type


class PersonnelDocument(Base):
    """A paper; its file is in storage under `digest`. One that was removed keeps its row and the reason."""

    __tablename__ = "personnel_documents"
    __table_args__ = (
        CheckConstraint("(removed_at IS NULL) = (removal_reason IS NULL)", name="removed_iff_reasoned"),
        Index("ix_personnel_documents_employee", "employee_id", "added_at", "id"),
        Index("ix_personnel_documents_action", "action_id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    action_id: Mapped[str | None] = mapped_column(ForeignKey("personnel_actions.id"))
    kind: Mapped[DocumentKind] = mapped_column(state_type(DocumentKind, "kind"))
    title: Mapped[str] = mapped_column(String(200))
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[dt.datetime]
    removed_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    removed_at: Mapped[dt.datetime | None]
    removal_reason: Mapped[str | None] = mapped_column(String(2000))
    employee: Mapped[Employee] = relationship(lazy="raise")
    action: Mapped[PersonnelAction | None] = relationship(lazy="raise")
    adder: Mapped[Account] = relationship(lazy="raise", foreign_keys=[added_by])
