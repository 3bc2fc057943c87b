"""Grievances, their steps, what both sides agreed, what was promised, and the hearing outside.

They stand apart from the personnel file: nothing here is read by any page about an employee.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.employees.models import Employee
from app.personnel.grievances.states import (
    AgreementKind,
    AgreementState,
    Ending,
    GrievanceState,
    Matter,
    Outcome,
    Side,
    StepState,
)
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type

WAITS = "state = 'proposed'"


class GrievanceProcedure(Base):
    """The procedure of an agency, by its name in rules.procedures(); without a row it is the usual one."""

    __tablename__ = "grievance_procedures"

    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    set_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    set_at: Mapped[dt.datetime]


class Grievance(Base):
    """What somebody in service complains of, under the procedure in force when it was filed.

    `about_id` is who the complaint is about, where it is a person: never one who decides or reads.
    `appeal_due_on` is the last day to take it further, while it waits for the grievant.
    """

    __tablename__ = "grievances"
    __table_args__ = (
        UniqueConstraint("number", name="uq_grievances_number"),
        Index("ix_grievances_agency", "agency_id", "state", "filed_at", "id"),
        Index("ix_grievances_employee", "employee_id", "filed_at", "id"),
        CheckConstraint("(state = 'answered') = (appeal_due_on IS NOT NULL)", name="appeal_iff_answered"),
        CheckConstraint("(state IN ('remedy', 'closed')) = (ending IS NOT NULL)", name="ending_iff_over"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_iff_dated"),
        CheckConstraint("happened_on <= filed_on", name="happened_before"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    procedure: Mapped[str] = mapped_column(String(40))
    matter: Mapped[Matter] = mapped_column(state_type(Matter, "matter"))
    statement: Mapped[str]
    remedy_sought: Mapped[str]
    provisions: Mapped[str]
    happened_on: Mapped[dt.date]
    late_reason: Mapped[str]
    about_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    representative_name: Mapped[str] = mapped_column(String(200))
    representative_contact: Mapped[str] = mapped_column(String(300))
    state: Mapped[GrievanceState] = mapped_column(state_type(GrievanceState, "state"))
    level: Mapped[int]
    filed_at: Mapped[dt.datetime]
    filed_on: Mapped[dt.date]
    appeal_due_on: Mapped[dt.date | None]
    ending: Mapped[Ending | None] = mapped_column(state_type(Ending, "ending"))
    ended_at: Mapped[dt.datetime | None]
    ending_note: Mapped[str]
    closed_at: Mapped[dt.datetime | None]
    employee: Mapped[Employee] = relationship(lazy="raise")
    agency: Mapped[Agency] = relationship(lazy="raise")
    about: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[about_id])
    steps: Mapped[list[GrievanceStep]] = relationship(
        lazy="raise", order_by="GrievanceStep.level", back_populates="grievance"
    )
    agreements: Mapped[list[GrievanceAgreement]] = relationship(
        lazy="raise", order_by="GrievanceAgreement.proposed_at, GrievanceAgreement.id"
    )
    remedies: Mapped[list[GrievanceRemedy]] = relationship(
        lazy="raise", order_by="GrievanceRemedy.due_on, GrievanceRemedy.id"
    )
    files: Mapped[list[GrievanceFile]] = relationship(lazy="raise", order_by="GrievanceFile.id")
    hearing: Mapped[GrievanceHearing | None] = relationship(lazy="raise")

    @property
    def current(self) -> GrievanceStep:
        """The step at which it stands, with the steps loaded."""
        return self.steps[-1]


class GrievanceStep(Base):
    """One step: who answers it and until when, then the answer. `moved` says why it left the line."""

    __tablename__ = "grievance_steps"
    __table_args__ = (
        UniqueConstraint("grievance_id", "level", name="uq_grievance_steps_level"),
        UniqueConstraint("grievance_id", "decider_id", name="uq_grievance_steps_decider"),
        Index("ix_grievance_steps_due", "state", "due_on"),
        Index("ix_grievance_steps_decider", "decider_id", "state"),
        CheckConstraint("(state = 'answered') = (decided_at IS NOT NULL)", name="decided_iff_answered"),
        CheckConstraint("(decided_at IS NULL) = (outcome IS NULL)", name="outcome_iff_decided"),
        CheckConstraint("decided_by IS NULL OR decided_by = decider_id", name="by_decider"),
        CheckConstraint("(remedy = '') = (remedy_due_on IS NULL)", name="remedy_dated"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    grievance_id: Mapped[str] = mapped_column(ForeignKey("grievances.id"))
    level: Mapped[int]
    decider_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    moved: Mapped[str]
    appeal: Mapped[str]  # why the grievant went on to this step
    opened_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date]
    state: Mapped[StepState] = mapped_column(state_type(StepState, "state"))
    outcome: Mapped[Outcome | None] = mapped_column(state_type(Outcome, "outcome"))
    findings: Mapped[str]
    remedy: Mapped[str]
    remedy_due_on: Mapped[dt.date | None]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[dt.datetime | None]
    grievance: Mapped[Grievance] = relationship(lazy="raise", back_populates="steps")
    decider: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[decider_id])


class GrievanceRecusal(Base):
    """That somebody gave up answering a grievance, being a party: never named again, nor a reader of it."""

    __tablename__ = "grievance_recusals"

    grievance_id: Mapped[str] = mapped_column(ForeignKey("grievances.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    reason: Mapped[str]
    recused_at: Mapped[dt.datetime]


class GrievanceAgreement(Base):
    """More time, or a settlement, that one side proposes and the other agrees to or refuses.

    `until_on` is the new end of the limit, or the day by which what was settled is done.
    """

    __tablename__ = "grievance_agreements"
    __table_args__ = (
        Index(
            "uq_grievance_agreements_waiting",
            "grievance_id",
            "kind",
            unique=True,
            sqlite_where=text(WAITS),
            postgresql_where=text(WAITS),
        ),
        CheckConstraint("(state = 'proposed') = (answered_at IS NULL)", name="answered"),
        CheckConstraint("answered_by IS NULL OR answered_by <> proposed_by", name="two_people"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    grievance_id: Mapped[str] = mapped_column(ForeignKey("grievances.id"))
    kind: Mapped[AgreementKind] = mapped_column(state_type(AgreementKind, "kind"))
    side: Mapped[Side] = mapped_column(state_type(Side, "side"))
    terms: Mapped[str]
    until_on: Mapped[dt.date]
    state: Mapped[AgreementState] = mapped_column(state_type(AgreementState, "state"))
    proposed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[dt.datetime]
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[dt.datetime | None]


class GrievanceRemedy(Base):
    """Something promised by an answer, a settlement or an award, and when it was done."""

    __tablename__ = "grievance_remedies"
    __table_args__ = (
        Index("ix_grievance_remedies_due", "done_on", "due_on"),
        CheckConstraint("(done_on IS NULL) = (done_by IS NULL)", name="done"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    grievance_id: Mapped[str] = mapped_column(ForeignKey("grievances.id"))
    what: Mapped[str]
    due_on: Mapped[dt.date]
    promised_at: Mapped[dt.datetime]
    done_on: Mapped[dt.date | None]
    done_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    done_note: Mapped[str]


class GrievanceHearing(Base):
    """What happens outside: asked for, an arbitrator, a hearing, the award."""

    __tablename__ = "grievance_hearings"
    __table_args__ = (
        CheckConstraint("(award_on IS NULL) = (outcome IS NULL)", name="outcome_iff_award"),
        CheckConstraint("award_on IS NULL OR arbitrator <> ''", name="award_by_somebody"),
    )

    grievance_id: Mapped[str] = mapped_column(ForeignKey("grievances.id"), primary_key=True)
    asked_at: Mapped[dt.datetime]
    reason: Mapped[str]
    arbitrator: Mapped[str] = mapped_column(String(200))
    hearing_on: Mapped[dt.date | None]
    place: Mapped[str] = mapped_column(String(300))
    award_on: Mapped[dt.date | None]
    outcome: Mapped[Outcome | None] = mapped_column(state_type(Outcome, "outcome"))
    award: Mapped[str]
    recorded_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))


class GrievanceFile(Base):
    """A paper that came with a grievance, from either side; `digest` names it in the file store."""

    __tablename__ = "grievance_files"
    __table_args__ = (Index("ix_grievance_files_grievance", "grievance_id", "id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    grievance_id: Mapped[str] = mapped_column(ForeignKey("grievances.id"))
    side: Mapped[Side] = mapped_column(state_type(Side, "side"))
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[dt.datetime]


constraints.declare(
    "uq_grievances_number", field="", message="Another grievance took this number. Try again."
)
constraints.declare(
    "uq_grievance_steps_decider",
    field="decider_id",
    message="This person answered another step of the grievance. Choose somebody else.",
)
constraints.declare("uq_grievance_steps_level", field="", message="This step was opened a moment ago.")
constraints.declare(
    "uq_grievance_agreements_waiting",
    field="",
    message="A proposal of this kind waits for its answer already.",
)
constraints.declare(
    "ck_grievance_agreements_two_people", field="", message="The other side has to answer this proposal."
)
constraints.declare(
    "pk_grievance_procedures", field="name", message="Somebody chose a procedure a moment ago. Look again"
)
