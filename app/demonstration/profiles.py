"""The profiles of the applicants with an account to try, and an appeal against a refused claim."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.queries import actor_of, get_account
from app.demonstration import answering, papers
from app.demonstration.office import Office
from app.demonstration.people import Person
from app.demonstration.timeline import Story
from app.platform.actors import Actor
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.applications.states import ClaimState, Standing, Submission
from app.recruitment.claims.appeals import appeal
from app.recruitment.papers.services import add_paper
from app.recruitment.person_claims.services import prove_by_file
from app.recruitment.profiles.services import keep

KEYS = ("applicant", "second.applicant", "third.applicant")
APPEAL = (
    "The officer writes that the paper does not show honorable service. It stands in box 24 on its second "
    "line, under the stamp. I can bring the original on any day."
)
LANGUAGES = (
    {"language": "English", "spoken": "c2", "written": "c2", "certificate": ""},
    {"language": "Español", "spoken": "b2", "written": "b1", "certificate": "DELE B2, 2023"},
)
LICENCE = {
    "title": "Commercial driver's license, class B",
    "issuer": "State Department of Motor Vehicles",
    "number": "CDL-4471-20",
}


def fill(office: Office) -> Story:
    """Fill the profiles a week ago, and appeal three days ago."""
    session, at = yield office.timeline.before(days=7)
    for key in KEYS:
        person = office.people[key]
        actor = office.applying.get(person.number)
        if actor is not None:
            _keep_sections(session, office, key, person, actor, at)
            _keep_papers(session, office, key, actor, at)
    session, at = yield office.timeline.before(days=3)
    _appeal(session, at)


def _keep_sections(
    session: Session, office: Office, key: str, person: Person, actor: Actor, at: dt.datetime
) -> None:
    dice = office.dice(f"profile:{key}")
    lists: dict[str, list[dict[str, Any]]] = {"languages": [dict(row) for row in LANGUAGES]}
    for section, values in answering.career(dice, at.year):
        lists.setdefault(section, []).append(values)
    ends = at.date() + dt.timedelta(days=-40 if key == "third.applicant" else 400)
    licence = {"issued_on": f"{at.year - 5}-03-01", "expires_on": ends.isoformat()}
    lists["licences"] = [LICENCE | licence]
    born = {"full_name": person.name, "other_names": "", "born_on": f"{dice.randrange(1966, 1999)}-04-12"}
    sections = {"contact": person.contact(), "person": born} | {
        section: {"entries": [{"id": n, "is_complete": True} | row for n, row in enumerate(rows, start=1)]}
        for section, rows in lists.items()
    }
    for section, data in sections.items():
        keep(session, account_id=str(actor.id), section=section, data=data, actor=actor, at=at)


def _keep_papers(session: Session, office: Office, key: str, actor: Actor, at: dt.datetime) -> None:
    checked, digest = papers.find(office, "diploma")
    add_paper(session, kind="diploma", checked=checked, digest=digest, expires_on=None, actor=actor, at=at)
    checked, digest = papers.find(office, "residency")
    ends = at.date() + dt.timedelta(days=-10 if key == "third.applicant" else 90)
    prove_by_file(
        session, kind="residency", checked=checked, digest=digest, expires_on=ends, actor=actor, at=at
    )


def _appeal(session: Session, at: dt.datetime) -> None:
    """Let the first person whose claim was refused, and may still count, appeal."""
    query = (
        select(Application.id, Application.account_id, ApplicationClaim.kind)
        .join(ApplicationClaim, ApplicationClaim.application_id == Application.id)
        .where(
            ApplicationClaim.state == ClaimState.REFUSED,
            Application.submission == Submission.SUBMITTED,
            Application.standing == Standing.NONE,
        )
        .order_by(Application.submitted_at, Application.id)
        .limit(1)
    )
    for application_id, account_id, kind in session.execute(query).all():
        actor = actor_of(get_account(session, account_id))
        appeal(session, application_id=application_id, kind=kind, text=APPEAL, actor=actor, at=at)
