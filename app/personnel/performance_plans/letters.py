"""The mail about a plan to the person whose plan it is."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.mailing import tell
from app.personnel.performance.models import PerformancePlan
from app.platform import links
from app.web.dates import format_date


def tell_issued(session: Session, plan: PerformancePlan, at: dt.datetime) -> None:
    """Tell the employee that a plan waits to be read and acknowledged."""
    tell(
        session,
        plan.employee,
        key=f"plan-issued:{plan.id}",
        subject="Your performance plan",
        lines=(
            f"Your performance plan for {plan.cycle.title} is ready. The period runs from "
            f"{format_date(plan.cycle.starts_on)} to {format_date(plan.cycle.ends_on)}.",
            "Please read it and acknowledge that you have read it. That does not mean that you agree.",
            links.absolute(f"/my/performance/{plan.id}"),
        ),
        at=at,
    )
