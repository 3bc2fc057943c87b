"""What must be true in the morning, read from the database itself."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.platform import audit, db
from app.platform.jobs import Job
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from tests.load.night import Story
from tests.load.town import Town

SUBMITTED = "recruitment.applications.submit"


def judge(town: Town, story: Story, url: str, folder: Path) -> list[str]:
    """List what is wrong; an empty list is the proof that nothing acknowledged was lost or doubled."""
    db.bind(db.Database(url))
    with db.reading() as session:
        numbers = _received(session)
        faults = [
            f"{len(story.acknowledged.keys() - numbers.keys())} acknowledged submissions are not there"
            if story.acknowledged.keys() - numbers.keys()
            else "",
            _differing(story, numbers),
            f"{len({one.application_id for one in town.late} & numbers.keys())} came in after the closing"
            if {one.application_id for one in town.late} & numbers.keys()
            else "",
            f"{len(town.applicants) - len(numbers)} applicants in time were not received"
            if len(numbers) != len(town.applicants)
            else "",
            "numbers were given twice" if len(set(numbers.values())) != len(numbers) else "",
            _late_not_told(town, story),
            _recorded_once(session, numbers),
            _promised_once(session, numbers),
            _broken_chain(session),
        ]
    return [fault for fault in faults if fault]


def _received(session: Session) -> dict[str, str]:
    query = select(Application.id, Application.number).where(Application.submission == Submission.SUBMITTED)
    return {own: str(number) for own, number in session.execute(query)}


def _differing(story: Story, numbers: dict[str, str]) -> str:
    shown = {own: number for own, number in story.acknowledged.items() if number}
    differing = [own for own, number in shown.items() if numbers.get(own) != number]
    return f"{len(differing)} receipts show another number than the database" if differing else ""


def _late_not_told(town: Town, story: Story) -> str:
    untold = [one for one in town.late if one.application_id not in story.refused]
    return f"{len(untold)} late applicants were not told that they were not received" if untold else ""


def _recorded_once(session: Session, numbers: dict[str, str]) -> str:
    query = (
        select(audit.AuditEvent.subject, func.count())
        .where(audit.AuditEvent.action == SUBMITTED)
        .group_by(audit.AuditEvent.subject)
    )
    counts: dict[str, int] = dict(session.execute(query).all())
    is_right = counts.keys() == numbers.keys() and set(counts.values()) <= {1}
    return "" if is_right else "the ledger does not hold each submission once"


def _promised_once(session: Session, numbers: dict[str, str]) -> str:
    query = select(func.count()).select_from(Job).where(Job.name == "notices.issue")
    found = session.scalar(query)
    return "" if found == len(numbers) else f"{found} letters were promised for {len(numbers)} submissions"


def _broken_chain(session: Session) -> str:
    broken = audit.verify(audit.read_chain(session))
    return "" if broken is None else f"the ledger is broken: {broken.reason}"
