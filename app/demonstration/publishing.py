"""What an office does around publication: samples are read again, and letters leave."""

from __future__ import annotations

from sqlalchemy import select

from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.exams.publications.models import Publication
from app.exams.publications.services import send_letters
from app.exams.publications.states import PublicationState
from app.exams.responses.queries import find_answers
from app.exams.results.queries import Cursor
from app.exams.spot_checks import queries as samples
from app.exams.spot_checks.services import draw_sample, read_sheet, settle_sheet

ZONE = places.ZONES[MAIN]
SAMPLE = 10
SEED = "Larkhaven public draw of sheets: 03 09 15 22 31 40"


def letters_leave(office: Office, *, days: int, hour: int = 16, minute: int = 30) -> Story:
    """Let the letters of every list leave whose time to undo is over."""
    session, at = yield office.timeline.office(days, ZONE, hour, minute)
    held = select(Publication.id).where(
        Publication.state == PublicationState.HELD, Publication.letters_at <= at
    )
    for publication_id in session.scalars(held).all():
        after: Cursor | None = Cursor()
        while after is not None:
            after = send_letters(session, publication_id=publication_id, at=at, after=after)


def sample(office: Office, vacancy: Vacancy, *, days: int, officer: str) -> Story:
    """Draw a sample of an examination's sheets, read it, and have the one difference settled."""
    session, at = yield office.timeline.office(days, ZONE, 13, 10)
    examination_id, reader = (
        office.sittings[vacancy.key].examination_id,
        office.member(session, "exam.officer"),
    )
    check = draw_sample(
        session, examination_id=examination_id, seed=SEED, wrong_percent=SAMPLE, actor=reader, at=at
    )
    session, at = yield office.timeline.office(days - 1, ZONE, 9, 5)
    first, *rest = samples.list_sheets(session, check.id)
    codes = list(find_answers(session, first.candidate_id))
    for sheet in (first, *rest):
        answers = find_answers(session, sheet.candidate_id)
        if sheet is first:
            answers = answers | {codes[6]: ""}
        signs = " ".join(answers[code] or "-" for code in codes)
        read_sheet(session, sheet_id=sheet.id, answers=signs, actor=reader, at=at)
    session, at = yield office.timeline.office(days - 1, ZONE, 15, 20)
    finding = (
        f"Item {codes[6]} is marked faintly in pencil on the original; under the lamp the stored mark stands."
    )
    settle_sheet(session, sheet_id=first.id, finding=finding, actor=office.member(session, officer), at=at)
