"""Policies, the agencies they are for, the rules they stand behind, their versions, and who acknowledged."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.policies.states import PolicyKind, Topic, VersionState
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

UNDECIDED = "state <> 'published'"


class Policy(Base):
    """A regulation, policy or guide; `agency_id` is the agency that writes it."""

    __tablename__ = "policies"
    __table_args__ = (
        UniqueConstraint("number", name="uq_policies_number"),
        Index("ix_policies_agency", "agency_id", "number", "id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[PolicyKind] = mapped_column(state_type(PolicyKind, "kind"))
    created_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[dt.datetime]
    agency: Mapped[Agency] = relationship(lazy="raise")
    readers: Mapped[list[PolicyAgency]] = relationship(lazy="raise", cascade="all, delete-orphan")
    topics: Mapped[list[PolicyTopic]] = relationship(lazy="raise", cascade="all, delete-orphan")
    versions: Mapped[list[PolicyVersion]] = relationship(
        lazy="raise", order_by="PolicyVersion.version", back_populates="policy"
    )


class PolicyAgency(Base):
    """An agency whose employees a policy is published to."""

    __tablename__ = "policy_agencies"

    policy_id: Mapped[str] = mapped_column(ForeignKey("policies.id"), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    agency: Mapped[Agency] = relationship(lazy="raise")


class PolicyTopic(Base):
    """A kind of rules that a policy stands behind."""

    __tablename__ = "policy_topics"

    policy_id: Mapped[str] = mapped_column(ForeignKey("policies.id"), primary_key=True)
    topic: Mapped[Topic] = mapped_column(state_type(Topic, "topic"), primary_key=True)


class PolicyVersion(Base):
    """One version of the text; in force from `effective_on` until a later one takes effect.

    `describes` is what the policy becomes (title, kind, agencies, topics) once a draft after the first is
    approved. `written_by` wrote last; all who did are `writers`. `acknowledge_days` is empty where nobody is
    asked to acknowledge it. `told_at` is when its readers were told that it is in force.
    """

    __tablename__ = "policy_versions"
    __table_args__ = (
        UniqueConstraint("policy_id", "version", name="uq_policy_versions_version"),
        Index(
            "uq_policy_versions_open",
            "policy_id",
            unique=True,
            sqlite_where=text(UNDECIDED),
            postgresql_where=text(UNDECIDED),
        ),
        Index("ix_policy_versions_effective", "state", "effective_on"),
        CheckConstraint("decided_by IS NULL OR decided_by <> written_by", name="two_people"),
        CheckConstraint("decided_by IS NULL OR decided_by <> submitted_by", name="decider_not_submitter"),
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        CheckConstraint("published_at IS NULL OR decided_by IS NOT NULL", name="decided"),
        CheckConstraint("acknowledge_days BETWEEN 1 AND 365", name="days"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    policy_id: Mapped[str] = mapped_column(ForeignKey("policies.id"))
    version: Mapped[int]
    text: Mapped[str]
    search_text: Mapped[str]
    change_note: Mapped[str]
    effective_on: Mapped[dt.date]
    acknowledge_days: Mapped[int | None]
    state: Mapped[VersionState] = mapped_column(state_type(VersionState, "state"))
    written_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    written_at: Mapped[dt.datetime]
    describes: Mapped[dict[str, Any] | None]
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decision_reason: Mapped[str]
    published_at: Mapped[dt.datetime | None]
    told_at: Mapped[dt.datetime | None]
    policy: Mapped[Policy] = relationship(lazy="raise", back_populates="versions")
    writer: Mapped[Account] = relationship(lazy="raise", foreign_keys=[written_by])
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decided_by])
    writers: Mapped[list[PolicyVersionWriter]] = relationship(
        lazy="raise", order_by="PolicyVersionWriter.written_at, PolicyVersionWriter.written_by"
    )


class PolicyVersionWriter(Base):
    """Somebody who wrote at a version, and when last: none of them approves it."""

    __tablename__ = "policy_version_writers"

    version_id: Mapped[str] = mapped_column(ForeignKey("policy_versions.id"), primary_key=True)
    written_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    written_at: Mapped[dt.datetime]
    writer: Mapped[Account] = relationship(lazy="raise")


class PolicyAcknowledgement(Base):
    """That somebody said to have read a version."""

    __tablename__ = "policy_acknowledgements"
    __table_args__ = (Index("ix_policy_acknowledgements_employee", "employee_id"),)

    version_id: Mapped[str] = mapped_column(ForeignKey("policy_versions.id"), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"), primary_key=True)
    acknowledged_at: Mapped[dt.datetime]


constraints.declare("uq_policies_number", field="number", message="Another policy has this number.")
constraints.declare(
    "uq_policy_versions_open", field="", message="A version of this policy is being written already."
)
constraints.declare(
    "uq_policy_versions_version", field="", message="This version was made a moment ago. Look again."
)
constraints.declare(
    "pk_policy_acknowledgements", field="", message="You have acknowledged this version already."
)
constraints.declare(
    "ck_policy_versions_two_people",
    field="",
    message="A version is approved by someone other than who wrote it.",
)
constraints.declare(
    "ck_policy_versions_decider_not_submitter",
    field="",
    message="A version is approved by someone other than who submitted it.",
)
