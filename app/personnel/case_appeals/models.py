"""Appeals against decisions on cases."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.personnel.case_appeals.states import AppealOutcome
from app.personnel.discipline.states import Action, Forum
from app.platform import constraints
from app.platform.db import Base
from app.platform.types import state_type


class CaseAppeal(Base):
    """An appeal; `due_on` was its last day, `remedied_at` is when the service record was put right.

    Pay is owed for the time from `back_pay_from` to `back_pay_to`, both counted; neither stands where no pay
    was lost, or where what was lost is no time without pay.
    """

    __tablename__ = "case_appeals"
    __table_args__ = (
        UniqueConstraint("case_id", name="uq_case_appeals_case_id"),
        CheckConstraint("(outcome IS NULL) = (decided_on IS NULL)", name="outcome_iff_dated"),
        CheckConstraint("decided_on >= filed_on", name="decided_after_filing"),
        CheckConstraint(
            "coalesce(outcome, '') = 'mitigated' OR action IS NULL", name="lighter_iff_mitigated"
        ),
        CheckConstraint(
            "(back_pay_from IS NULL) = (back_pay_to IS NULL)"
            " AND (back_pay_to IS NULL OR remedied_at IS NOT NULL)"
            " AND coalesce(back_pay_from <= back_pay_to, 1 = 1)",
            name="back_pay_is_a_time",
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("disciplinary_cases.id"))
    forum: Mapped[Forum] = mapped_column(state_type(Forum, "forum"))
    docket: Mapped[str] = mapped_column(String(100))
    filed_on: Mapped[dt.date]
    due_on: Mapped[dt.date]
    recorded_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    recorded_at: Mapped[dt.datetime]
    outcome: Mapped[AppealOutcome | None] = mapped_column(state_type(AppealOutcome, "outcome"))
    action: Mapped[Action | None] = mapped_column(state_type(Action, "action"))
    days: Mapped[int | None]
    decided_on: Mapped[dt.date | None]
    reasons: Mapped[str] = mapped_column(String(4000), default="")
    remedy: Mapped[str] = mapped_column(String(4000), default="")
    back_pay_from: Mapped[dt.date | None]
    back_pay_to: Mapped[dt.date | None]
    remedied_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    remedied_at: Mapped[dt.datetime | None]


constraints.declare(
    "uq_case_appeals_case_id", field="", message="An appeal is on record for this case already"
)
