"""How far an open season has come: how many have chosen, day by day, and what they chose."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.personnel.benefit_plans.models import BenefitPlan
from app.personnel.employees.models import Employee
from app.personnel.employees.states import EmployeeState
from app.personnel.enrolments.models import BenefitElection, EnrolmentWindow
from app.platform import clock
from app.web import plots
from app.web.plots import Plot


@dataclass(frozen=True, slots=True)
class Progress:
    """People who serve, people who have chosen, how many had by each day, and the newest choices by plan."""

    serving: int
    chosen: int
    by_day: tuple[tuple[dt.date, int], ...]
    by_plan: tuple[tuple[str, int], ...]

    @property
    def missing(self) -> int:
        return self.serving - self.chosen


def find_progress(session: Session, window: EnrolmentWindow) -> Progress:
    """Count who has chosen in a window; people who have left since do not count."""
    of_window = (
        (BenefitElection.window_id == window.id)
        & (Employee.state == EmployeeState.ACTIVE)
        & (Employee.agency_id == window.agency_id)
    )
    serving = session.scalar(
        select(func.count())
        .select_from(Employee)
        .where(Employee.agency_id == window.agency_id, Employee.state == EmployeeState.ACTIVE)
    )
    first = session.scalars(
        select(func.min(BenefitElection.made_at))
        .join(Employee, Employee.id == BenefitElection.employee_id)
        .where(of_window)
        .group_by(BenefitElection.employee_id)
    ).all()
    zone = window.agency.time_zone
    return Progress(
        serving=serving or 0,
        chosen=len(first),
        by_day=_running([clock.local_date(moment, zone) for moment in first]),
        by_plan=_by_plan(session, window),
    )


def draw_days(found: Progress) -> Plot | None:
    """Draw how many had chosen by each day; None where nobody has."""
    if not found.by_day:
        return None
    first = found.by_day[0][0]
    points = [((day - first).days + 1, total) for day, total in found.by_day]
    return plots.lines(
        "People who have chosen, by day",
        [plots.Line("Chosen", points)],
        x=plots.Axis("Day since the first choice", is_whole=True),
        y=plots.Axis("People", low=0, is_whole=True),
        guides=[plots.Guide(found.serving, "All who serve")],
    )


def _running(days: list[dt.date]) -> tuple[tuple[dt.date, int], ...]:
    counted, total, found = Counter(days), 0, []
    for day in sorted(counted):
        total += counted[day]
        found.append((day, total))
    return tuple(found)


def _by_plan(session: Session, window: EnrolmentWindow) -> tuple[tuple[str, int], ...]:
    newest = (
        select(func.max(BenefitElection.version).label("version"), BenefitElection.employee_id)
        .add_columns(BenefitElection.kind)
        .where(BenefitElection.window_id == window.id)
        .group_by(BenefitElection.employee_id, BenefitElection.kind)
        .subquery()
    )
    rows = session.execute(
        select(BenefitElection.kind, BenefitPlan.name, func.count())
        .join(
            newest,
            (newest.c.employee_id == BenefitElection.employee_id)
            & (newest.c.kind == BenefitElection.kind)
            & (newest.c.version == BenefitElection.version),
        )
        .outerjoin(BenefitPlan, BenefitPlan.id == BenefitElection.plan_id)
        .group_by(BenefitElection.kind, BenefitPlan.name)
        .order_by(BenefitElection.kind, BenefitPlan.name)
    )
    return tuple((f"{kind.title}: {name or 'waived'}", count) for kind, name, count in rows)
