"""What the page of an application says of incidents that touched its candidate."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.exams.incidents.queries import list_decided_of
from app.exams.incidents.states import IncidentKind, Remedy
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment
from app.recruitment.following import facts
from app.recruitment.following.facts import Fact, FactKind


def incidents(session: Session, application: Application) -> list[Fact]:
    """Tell what was decided; whom copying is suspected of is told by the office itself."""
    if application.assessment is Assessment.NONE:
        return []
    told = []
    for incident in list_decided_of(session, application.id):
        if incident.kind is IncidentKind.SUSPECTED_COPYING or incident.remedy is None:
            continue
        text = incident.remedy.title
        if incident.remedy is Remedy.EXTRA_TIME:
            text = say("%(count)s minutes more were given.", count=incident.minutes or 0)
        told.append(Fact(FactKind.EVENT, incident.kind.title, text, at=incident.decided_at))
    return told


facts.add(incidents)
