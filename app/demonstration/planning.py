"""An examination of two parts: a paper from the bank by blueprint, and an interview beside it."""

from __future__ import annotations

from fractions import Fraction

from app.demonstration import banking, examining, sheets
from app.demonstration.office import Office, Sitting
from app.demonstration.screening import screen
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.exams.booklets import queries as papers
from app.exams.booklets.models import ExamPaper
from app.exams.booklets.print_services import order_prints
from app.exams.booklets.rules import usual_instructions
from app.exams.booklets.services import use_paper
from app.exams.examinations.queries import get_examination
from app.exams.examinations.rules import Plan
from app.exams.examinations.services import create_examination, register_candidates
from app.exams.item_bank import usage
from app.exams.item_bank.states import Difficulty
from app.exams.plans.queries import load_unmarked
from app.exams.plans.services import record_marks
from app.exams.responses.queries import load_numbers
from app.exams.scoring.due import load_due

HELD = 225
_HARDNESS = {Difficulty.EASY: -1.2, Difficulty.MEDIUM: -0.3, Difficulty.HARD: 0.8}


def mappers(office: Office, vacancy: Vacancy) -> Story:
    """A written examination from the bank counts 60, an interview 40; the list is published."""
    yield from screen(office, vacancy)
    yield from _plan(office, vacancy)
    yield from examining.key(office, vacancy, proposed=HELD + 2, decided=HELD + 1)
    yield from examining.import_answers(office, vacancy, days=HELD - 3)
    yield from _interview(office, vacancy)
    yield from examining.draft(office, vacancy, days=HELD - 16)
    yield from examining.approve(office, vacancy, days=HELD - 18)
    yield from examining.publish(office, vacancy, days=HELD - 21)
    session, at = yield office.timeline.office(HELD - 22, banking.ZONE, 8, 0)
    usage.fill_figures(session, at=at)


def _plan(office: Office, vacancy: Vacancy) -> Story:
    session, at = yield office.timeline.office(HELD + 10, banking.ZONE, 10, 30)
    officer = office.member(session, "exam.officer")
    paper = banking.assemble(
        session, office, officer, "Map and Survey Technician, written examination", "maps draw"
    )
    paper = papers.get_paper(session, paper.id, officer)
    codes = tuple(str(place.position) for place in paper.places)
    held_on = office.timeline.day(HELD, banking.ZONE)
    plan = Plan(
        "Map and Survey Technician", held_on, codes, sheets.OPTIONS, (sheets.BLANK,), (sheets.SEVERAL,)
    )
    posting_id = office.adverts[vacancy.key].posting_id
    own = create_examination(session, posting_id=posting_id, plan=plan, actor=officer, at=at).id
    use_paper(session, paper_id=paper.id, examination_id=own, actor=officer, at=at)
    office.sittings[vacancy.key] = Sitting(own, _answers(office, paper))
    for is_large in (False, True):
        order_prints(
            session,
            paper_id=paper.id,
            series=[""],
            is_large=is_large,
            instructions="\n".join(usual_instructions(paper.language)),
            minutes=None if is_large else 90,
            actor=officer,
            at=at,
        )
    session, at = yield office.timeline.office(HELD + 9, banking.ZONE, 9, 10)
    register_candidates(session, examination_id=own, actor=officer, at=at)


def _answers(office: Office, paper: ExamPaper) -> sheets.Paper:
    """Say how hard the items of a paper prove to be."""
    dice = office.dice("maps paper")
    versions = {str(place.position): place.version for place in paper.places}
    key = {code: str(version.accepted[0]) for code, version in versions.items()}
    hard = {code: _HARDNESS[version.item.difficulty] for code, version in versions.items()}
    return sheets.Paper(
        key=key,
        difficulty={code: dice.gauss(own, 0.4) for code, own in hard.items()},
        steepness={code: dice.uniform(0.7, 1.7) for code in key},
        doubtful="",
        second="",
    )


def _interview(office: Office, vacancy: Vacancy) -> Story:
    """Record the marks of the board for everybody who passed the written examination."""
    session, at = yield office.timeline.office(HELD - 11, banking.ZONE, 16, 40)
    officer = office.member(session, "exam.officer")
    own = office.sittings[vacancy.key].examination_id
    examination = get_examination(session, own, officer)
    due = load_due(session, examination, load_unmarked(session, own, ["interview"]))["interview"]
    ids = load_numbers(session, own)
    marks = {
        ids[number]: Fraction(office.dice(f"interview:{place}").randint(88, 186), 2)
        for place, number in enumerate(sorted(due))
    }
    record_marks(
        session,
        examination_id=own,
        component="interview",
        marks=marks,
        source="The interview board of the Lakes and Forests Office",
        actor=officer,
        at=at,
    )
