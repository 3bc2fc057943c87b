"""The clock of a grievance, moved for a story: its limit passes, and the server looks at once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update

from app.personnel.grievances.models import GrievanceStep
from app.personnel.grievances.states import StepState
from app.platform import clock
from app.platform.ids import new_id
from app.platform.jobs import Job, JobState
from tests.browser import office
from tests.browser.serving import Site


def limit_passes(site: Site) -> None:
    """Put the end of every limit that runs before today, and let the server's clock look now."""
    at = clock.now()
    with office._changing(site) as session:
        opened = select(GrievanceStep.id).where(GrievanceStep.state == StepState.OPEN)
        long_ago = at.date() - dt.timedelta(days=3)
        session.execute(update(GrievanceStep).where(GrievanceStep.id.in_(opened)).values(due_on=long_ago))
        session.add(
            Job(
                id=new_id("job"),
                name="personnel.watch_grievances",
                key=f"story:{at.isoformat()}",
                payload={},
                state=JobState.WAITING,
                run_at=at - dt.timedelta(days=3650),
                created_at=at,
            )
        )
