"""What was said to each of the twelve factors."""

from __future__ import annotations

import datetime as dt
import enum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.platform.db import Base
from app.platform.types import state_type


class Stage(enum.Enum):
    """Whose answer it is: that of who proposes, or of who decides."""

    PROPOSAL = "proposal"
    DECISION = "decision"


class Weight(enum.Enum):
    """Which way a factor weighs."""

    AGGRAVATING = "aggravating"
    MITIGATING = "mitigating"
    NEUTRAL = "neutral"

    @property
    def title(self) -> str:
        return {
            Weight.AGGRAVATING: "Weighs for a heavier penalty",
            Weight.MITIGATING: "Weighs for a lighter penalty",
            Weight.NEUTRAL: "Does not weigh either way",
        }[self]


class PenaltyFactor(Base):
    """The answer to one factor, 1 to 12, at one stage of a case."""

    __tablename__ = "penalty_factors"
    __table_args__ = (
        UniqueConstraint("case_id", "stage", "factor", name="uq_penalty_factors_factor"),
        CheckConstraint("factor BETWEEN 1 AND 12", name="twelve"),
        CheckConstraint("answer <> ''", name="answered"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disciplinary_cases.id"))
    stage: Mapped[Stage] = mapped_column(state_type(Stage, "stage"))
    factor: Mapped[int]
    weight: Mapped[Weight] = mapped_column(state_type(Weight, "weight"))
    answer: Mapped[str] = mapped_column(String(2000))
    answered_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[dt.datetime]
