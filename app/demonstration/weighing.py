"""What an office asks itself of a list: other rules tried, a note on a candidate, how groups fared."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.exams import rulebooks
from app.exams.impact.models import VoluntaryAnswers
from app.exams.list_notes.models import Audience
from app.exams.list_notes.services import write_note
from app.exams.merit_lists.models import MeritListEntry
from app.exams.merit_lists.queries import get_list
from app.exams.sandboxes.rules import Wanted, dials
from app.exams.sandboxes.services import keep_trial
from app.platform import audit, clock
from app.platform.actors import SYSTEM
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission

ZONE = places.ZONES[MAIN]
# Shares of the people who answer, roughly those of a large American city.
SEXES = ("woman", "woman", "woman", "woman", "man", "man", "man", "man", "man", "other")
ORIGINS = ("hispanic", "hispanic", "white", "white", "white", "black", "black", "asian", "asian", "several")
SILENT = 0.2


def trial(office: Office, vacancy: Vacancy, *, days: int) -> Story:
    """Keep what another pass mark would mean for a list, and a note on the best who did not pass."""
    session, at = yield office.timeline.office(days, ZONE, 11, 40)
    officer = office.member(session, "exam.officer")
    list_id = office.sittings[vacancy.key].list_id
    examination = get_list(session, list_id, officer).examination
    known = dials(rulebooks.read(examination.rulebook_text, examination.rulebook_digest))
    typed = {dial.name: Decimal(dial.now) if dial.now else None for dial in known} | {
        "pass_mark": Decimal(60)
    }
    keep_trial(
        session,
        list_id=list_id,
        wanted=Wanted(known, typed, examination.posting.openings, clock.local_date(at, ZONE), 0),
        purpose="The council asks how many more would have passed with 60 instead of 70.",
        actor=officer,
        at=at,
    )
    entry_id = _first_below(session, list_id)
    text = "The sheet was looked at by hand: two answers are crossed out properly and count as they stand."
    write_note(session, entry_id=entry_id, text=text, audience=Audience.READERS, actor=officer, at=at)


def _first_below(session: Session, list_id: str) -> str:
    """Give the entry of the best candidate who did not pass."""
    query = (
        select(MeritListEntry.id)
        .where(MeritListEntry.list_id == list_id, MeritListEntry.is_passed.is_(False))
        .order_by(MeritListEntry.place)
        .limit(1)
    )
    return session.scalars(query).one()


def answered(office: Office, vacancy: Vacancy, *, days: int) -> Story:
    """Let most applicants of a vacancy say of themselves what is asked for statistics."""
    session, at = yield office.timeline.office(days, ZONE, 17, 0)
    dice = office.dice(f"groups:{vacancy.key}")
    posting_id = office.adverts[vacancy.key].posting_id
    people = session.scalars(
        select(Application.id)
        .where(Application.posting_id == posting_id, Application.submission == Submission.SUBMITTED)
        .order_by(Application.id)
    ).all()
    rows = [
        {
            "application_id": own,
            "sex": dice.choice(SEXES),
            "background": dice.choice(ORIGINS),
            "disability": dice.choice(["", "no", "no", "no", "no", "yes"]),
            "answered_at": at,
        }
        for own in people
        if dice.random() > SILENT
    ]
    session.execute(insert(VoluntaryAnswers), rows)
    audit.record(session, "exams.impact.answer", actor=SYSTEM, at=at, subject=posting_id, people=len(rows))
