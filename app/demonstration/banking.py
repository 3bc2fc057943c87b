"""An office that brings a rulebook of its own and keeps an item bank."""

from __future__ import annotations

from importlib.resources import files

from sqlalchemy.orm import Session

from app.demonstration import places, questions
from app.demonstration.accounts import OFFICERS
from app.demonstration.office import Office
from app.demonstration.places import LAKES, MAIN
from app.demonstration.timeline import Story
from app.exams.booklets.models import ExamPaper
from app.exams.booklets.rules import Wish
from app.exams.booklets.services import assemble_paper, make_series
from app.exams.item_bank import services as bank
from app.exams.item_bank.queries import load_latest
from app.exams.item_bank.states import Difficulty
from app.exams.rulebook_versions.services import decide_rulebook, upload_rulebook
from app.platform.actors import Actor

ZONE = places.ZONES[LAKES]
# So many items of each subject: four easy, four of middling difficulty and two hard ones.
BLUEPRINT = {Difficulty.EASY: 4, Difficulty.MEDIUM: 4, Difficulty.HARD: 2}
SUBJECTS = ("Arithmetic", "Maps and measures", "Dates and times", "Filing")
CITY_SUBJECTS = ("Arithmetic", "Dates and times")
UNREVIEWED, RETIRED = 6, "FIL-030"


def fill(office: Office) -> Story:
    """Bring the rulebook and the bank, have both looked at by a second person, print a paper for later."""
    session, at = yield office.timeline.office(336, ZONE, 9, 30)
    agency_id = office.agencies[LAKES]
    officer = office.member(session, "exam.officer")
    content = (files("app.demonstration") / "lakes-rulebook.toml").read_bytes()
    own = upload_rulebook(session, agency_id=agency_id, content=content, actor=officer, at=at).id
    session, at = yield office.timeline.office(334, ZONE, 14, 0)
    second = office.member(session, OFFICERS[LAKES][0])
    reason = "Compared with Ordinance 14, section by section."
    decide_rulebook(session, version_id=own, is_approved=True, reason=reason, actor=second, at=at)
    session, at = yield office.timeline.office(320, ZONE, 11, 0)
    rows = list(enumerate(questions.write_items(office.dice("bank")), start=2))
    bank.bring_items(session, agency_id=agency_id, rows=rows, actor=officer, at=at)
    session, at = yield office.timeline.office(312, ZONE, 15, 20)
    ids = [item.id for item, _ in load_latest(session, agency_id).values()]
    for item_id in ids[:-UNREVIEWED]:
        bank.review_item(session, item_id=item_id, actor=second, at=at)
    yield from begin_a_bank(office)
    session, at = yield office.timeline.office(9, ZONE, 10, 10)
    reason = "Two of its names are the same in the newer spelling."
    retired = load_latest(session, agency_id)[RETIRED][0].id
    bank.retire_item(session, item_id=retired, reason=reason, actor=officer, at=at)
    paper = assemble(session, office, officer, "Survey Assistant, paper for the spring", "spring draw")
    make_series(session, paper_id=paper.id, count=4, seed="spring booklets", actor=officer, at=at)


def begin_a_bank(office: Office) -> Story:
    """Let the city's office follow: rules of its own for shifts, a small bank, one paper not yet used."""
    zone, agency_id = places.ZONES[MAIN], office.agencies[MAIN]
    session, at = yield office.timeline.office(240, zone, 10, 0)
    officer = office.member(session, "exam.officer")
    content = (files("app.demonstration") / "shifts-rulebook.toml").read_bytes()
    own = upload_rulebook(session, agency_id=agency_id, content=content, actor=officer, at=at).id
    items = [
        item for item in questions.write_items(office.dice("city bank")) if item.subject in CITY_SUBJECTS
    ]
    bank.bring_items(session, agency_id=agency_id, rows=list(enumerate(items, start=2)), actor=officer, at=at)
    session, at = yield office.timeline.office(236, zone, 14, 30)
    second = office.member(session, OFFICERS[MAIN][0])
    reason = "Compared with Ordinance 31, section by section."
    decide_rulebook(session, version_id=own, is_approved=True, reason=reason, actor=second, at=at)
    for item, _ in list(load_latest(session, agency_id).values())[:-UNREVIEWED]:
        bank.review_item(session, item_id=item.id, actor=second, at=at)
    session, at = yield office.timeline.office(30, zone, 11, 15)
    assemble_paper(
        session,
        agency_id=agency_id,
        title="Clerk, paper in two shifts",
        language="en",
        wishes=[Wish(subject, *cell) for subject in CITY_SUBJECTS for cell in BLUEPRINT.items()],
        seed="winter draw",
        unused_since=None,
        actor=officer,
        at=at,
    )


def assemble(session: Session, office: Office, officer: Actor, title: str, seed: str) -> ExamPaper:
    """Assemble a paper of the bank by the office's usual blueprint."""
    return assemble_paper(
        session,
        agency_id=office.agencies[LAKES],
        title=title,
        language="en",
        wishes=[Wish(subject, *cell) for subject in SUBJECTS for cell in BLUEPRINT.items()],
        seed=seed,
        unused_since=None,
        actor=officer,
        at=office.timeline.at,
    )
