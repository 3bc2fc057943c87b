"""What the page of an application says of centres to name and of needs to tell."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exams.examinations.models import Candidate
from app.exams.seating.models import CentreWish, SeatingPlan
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment
from app.recruitment.following import facts
from app.recruitment.following.facts import Fact, FactKind


def wishes(session: Session, application: Application) -> list[Fact]:
    """Ask a candidate for centres and needs until the seats are fixed."""
    if application.assessment is not Assessment.REGISTERED:
        return []
    query = (
        select(SeatingPlan, Candidate.id)
        .join(Candidate, Candidate.examination_id == SeatingPlan.examination_id)
        .where(Candidate.application_id == application.id, SeatingPlan.fixed_at.is_(None))
    )
    found = session.execute(query).first()
    if found is None:
        return []
    plan, candidate_id = found
    path = f"/my/applications/{application.id}"
    needs = say("Tell us what you need at the examination")
    told = [Fact(FactKind.TASK, needs, path=f"{path}/accommodations")]
    if plan.wishes_until is not None:
        named = session.scalar(select(CentreWish.position).where(CentreWish.candidate_id == candidate_id))
        title = say("Change your centres") if named else say("Name the centres where you would like to sit")
        told.append(Fact(FactKind.TASK, title, at=plan.wishes_until, path=f"{path}/centres"))
    return told


facts.add(wishes)
