"""Examinations told as stories: planned, keyed, held, imported, ranked, published and corrected."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import challenging, looking, places, publishing, seating, sheets, weighing
from app.demonstration.accounts import OFFICERS
from app.demonstration.occupations import find as find_occupation
from app.demonstration.office import Office, Sitting
from app.demonstration.places import MAIN
from app.demonstration.screening import correct_one, screen
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.exams.examinations.models import Candidate
from app.exams.examinations.rules import Plan
from app.exams.examinations.services import create_examination, register_candidates
from app.exams.keys.rules import read_key
from app.exams.keys.services import decide_key, propose_key
from app.exams.merit_lists.services import approve_list, discard_list, draft_list, publish_list
from app.exams.responses.services import import_responses

ZONE = places.ZONES[MAIN]
ABSENT = 0.04
# People of the cast sit well enough to be seen where their part says.
ABILITY = {"applicant": 1.35, "second.applicant": 2.6}
SEED = "Larkhaven public draw: 04 11 17 23 38 42"


def hold(
    office: Office, vacancy: Vacancy, *, items: int, held: int, title: str, sample: int | None = None
) -> Story:
    """Screen everybody, then plan an examination held so many days ago (negative: ahead) and register."""
    yield from screen(office, vacancy)
    days = held + (vacancy.closes - held) // 2
    session, at = yield office.timeline.office(days, ZONE, 10, 15)
    paper = sheets.write_paper(office.dice(f"paper:{vacancy.key}"), items)
    plan = Plan(
        title,
        office.timeline.day(held, ZONE),
        paper.codes,
        sheets.OPTIONS,
        (sheets.BLANK,),
        (sheets.SEVERAL,),
        sample,
    )
    officer = office.member(session, "exam.officer")
    posting_id = office.adverts[vacancy.key].posting_id
    own = create_examination(session, posting_id=posting_id, plan=plan, actor=officer, at=at).id
    office.sittings[vacancy.key] = Sitting(own, paper)
    session, at = yield office.timeline.office(days - 1, ZONE, 9, 40)
    register_candidates(session, examination_id=own, actor=officer, at=at)


def key(office: Office, vacancy: Vacancy, *, proposed: int, decided: int | None) -> Story:
    """Propose the first key, and have the custodian approve it unless `decided` is None."""
    reason = "The key of the question paper, as its authors sealed it."
    text = office.sittings[vacancy.key].paper.key_text()
    yield from _propose(office, vacancy, text, reason, proposed)
    if decided is not None:
        yield from _decide(office, vacancy, decided, "Compared with the sealed copy, item by item.")


def refused_key(office: Office, vacancy: Vacancy, *, proposed: int, decided: int) -> Story:
    """Propose a key with a slip in it, which the custodian refuses."""
    paper = office.sittings[vacancy.key].paper
    text = paper.key_text(wrong=paper.codes[4])
    yield from _propose(office, vacancy, text, "The key of the question paper.", proposed)
    reason = f"Item {paper.codes[4]} differs from the sealed copy."
    yield from _decide(office, vacancy, decided, reason, is_approved=False)


def _propose(office: Office, vacancy: Vacancy, text: str, reason: str, days: int) -> Story:
    session, at = yield office.timeline.office(days, ZONE, 11, 5)
    sitting = office.sittings[vacancy.key]
    officer = office.member(session, "exam.officer")
    answers = read_key(text, sitting.paper.codes, sheets.OPTIONS)
    made = propose_key(
        session, examination_id=sitting.examination_id, answers=answers, reason=reason, actor=officer, at=at
    )
    office.sittings[vacancy.key] = replace(sitting, key_id=made.id)


def _decide(office: Office, vacancy: Vacancy, days: int, reason: str, *, is_approved: bool = True) -> Story:
    session, at = yield office.timeline.office(days, ZONE, 15, 30)
    custodian = office.member(session, "key.custodian")
    key_id = office.sittings[vacancy.key].key_id
    decide_key(session, key_id=key_id, is_approved=is_approved, reason=reason, actor=custodian, at=at)


def import_answers(office: Office, vacancy: Vacancy, *, days: int, is_partial: bool = False) -> Story:
    """Import the scanned answers; a partial file lacks the last box and is replaced a day later."""
    session, at = yield office.timeline.office(days, ZONE, 13, 10)
    rows = _sheets(session, office, vacancy)
    if vacancy.key == looking.EXAM:
        rows = looking.disturb(rows, list(office.sittings[vacancy.key].paper.key.values()))
    if is_partial:
        _import(session, office, vacancy, rows[: len(rows) * 2 // 3], "", at)
        session, at = yield office.timeline.office(days - 1, ZONE, 9, 55)
        _import(session, office, vacancy, rows, "The last box of sheets was scanned in the evening.", at)
    else:
        _import(session, office, vacancy, rows, "", at)


def _sheets(session: Session, office: Office, vacancy: Vacancy) -> list[tuple[str, list[str]]]:
    """Mark a sheet for each candidate who came, in the order of the candidates' numbers."""
    sitting = office.sittings[vacancy.key]
    people = {own.application_id: own.person for own in office.received[vacancy.key]}
    found = session.execute(
        select(Candidate.number, Candidate.application_id)
        .where(Candidate.examination_id == sitting.examination_id)
        .order_by(Candidate.number)
    )
    rows = []
    for number, application_id in found:
        person = people[application_id]
        dice = office.dice(f"sheet:{vacancy.key}:{person.number}")
        theta = ABILITY.get(person.email.partition("@")[0])
        if theta is None:
            if dice.random() < ABSENT:
                continue
            theta = sheets.ability(dice)
        rows.append((number, sheets.mark(dice, sitting.paper, theta)))
    return rows


def present(session: Session, office: Office, vacancy: Vacancy) -> set[str]:
    """Give the numbers of the candidates who came."""
    return {number for number, _ in _sheets(session, office, vacancy)}


def _import(
    session: Session,
    office: Office,
    vacancy: Vacancy,
    rows: list[tuple[str, list[str]]],
    reason: str,
    at: dt.datetime,
) -> None:
    sitting = office.sittings[vacancy.key]
    import_responses(
        session,
        examination_id=sitting.examination_id,
        content=sheets.write_file(sitting.paper, rows),
        filename=f"answers-{vacancy.key}.csv",
        accepts_absent=True,
        reason=reason,
        actor=office.member(session, "exam.officer"),
        at=at,
    )


def draft(office: Office, vacancy: Vacancy, *, days: int) -> Story:
    """Draft the merit list."""
    session, at = yield office.timeline.office(days, ZONE, 10, 45)
    sitting = office.sittings[vacancy.key]
    made = draft_list(
        session,
        examination_id=sitting.examination_id,
        seed=SEED,
        reason="",
        actor=office.member(session, "exam.officer"),
        at=at,
    )
    office.sittings[vacancy.key] = replace(sitting, list_id=made.id)


def discard(office: Office, vacancy: Vacancy, *, days: int, reason: str) -> Story:
    """Give up a drafted list."""
    session, at = yield office.timeline.office(days, ZONE, 14, 20)
    officer = office.member(session, "exam.officer")
    list_id = office.sittings[vacancy.key].list_id
    discard_list(session, list_id=list_id, reason=reason, actor=officer, at=at)


def approve(office: Office, vacancy: Vacancy, *, days: int) -> Story:
    """Approve the drafted list."""
    session, at = yield office.timeline.office(days, ZONE, 11, 25)
    officer = office.member(session, _officers(vacancy)[0])
    approve_list(session, list_id=office.sittings[vacancy.key].list_id, actor=officer, at=at)


def publish(office: Office, vacancy: Vacancy, *, days: int) -> Story:
    """Publish the approved list; half an hour later its letters leave."""
    session, at = yield office.timeline.office(days, ZONE, 16, 0)
    officer = office.member(session, _officers(vacancy)[1])
    publish_list(session, list_id=office.sittings[vacancy.key].list_id, actor=officer, at=at)
    yield from publishing.letters_leave(office, days=days)


def _officers(vacancy: Vacancy) -> tuple[str, str]:
    return OFFICERS[find_occupation(vacancy.occupation).agency]


def rank(office: Office, vacancy: Vacancy, *, held: int) -> Story:
    """Key, import, draft, approve and publish in the fortnight after an examination."""
    yield from key(office, vacancy, proposed=held + 2, decided=held + 1)
    yield from import_answers(office, vacancy, days=held - 3)
    yield from draft(office, vacancy, days=held - 7)
    yield from approve(office, vacancy, days=held - 9)
    yield from publish(office, vacancy, days=held - 12)


def clerks(office: Office, vacancy: Vacancy) -> Story:
    """The large examination: everything stands ready for the list to be drafted."""
    office.timeline.begin(correct_one(office, vacancy, 29))
    yield from hold(office, vacancy, items=60, held=9, title="Administrative Clerk, written examination")
    office.timeline.begin(seating.clerks(office, vacancy, present, held=9))
    yield from key(office, vacancy, proposed=10, decided=9)
    yield from import_answers(office, vacancy, days=7)
    office.timeline.begin(looking.look(office, vacancy))
    yield from challenging.objected(office, vacancy, released=7)


def custodians(office: Office, vacancy: Vacancy) -> Story:
    """A small examination whose published list was put right after a judgment on its key."""
    yield from hold(office, vacancy, items=40, held=132, title="Custodian, written examination")
    yield from key(office, vacancy, proposed=134, decided=133)
    yield from import_answers(office, vacancy, days=130, is_partial=True)
    yield from draft(office, vacancy, days=126)
    yield from approve(office, vacancy, days=125)
    yield from publish(office, vacancy, days=123)
    yield from challenging.corrected(office, vacancy, proposed=116, confirmed=114)
    yield from publishing.letters_leave(office, days=113, hour=10)


def agents(office: Office, vacancy: Vacancy) -> Story:
    """An examination whose list is approved and waits to be published."""
    title = "Purchasing Agent, written examination"
    yield from hold(office, vacancy, items=50, held=33, title=title, sample=publishing.SAMPLE)
    yield from key(office, vacancy, proposed=35, decided=34)
    yield from import_answers(office, vacancy, days=31)
    yield from publishing.sample(office, vacancy, days=30, officer=_officers(vacancy)[0])
    yield from draft(office, vacancy, days=28)
    yield from discard(office, vacancy, days=27, reason="A claim to preference is looked at once more.")
    yield from draft(office, vacancy, days=6)
    yield from approve(office, vacancy, days=4)


def technicians(office: Office, vacancy: Vacancy) -> Story:
    """An examination that is still ahead: candidates have their numbers, the key waits for its custodian."""
    yield from hold(office, vacancy, items=45, held=-12, title="Network Technician, written examination")
    office.timeline.begin(seating.technicians(office, vacancy, held=-12))
    yield from refused_key(office, vacancy, proposed=8, decided=6)
    yield from key(office, vacancy, proposed=2, decided=None)


def accountants(office: Office, vacancy: Vacancy) -> Story:
    """An examination whose list is a draft that a second person has to approve."""
    yield from hold(office, vacancy, items=50, held=19, title="Accountant, written examination")
    office.timeline.begin(seating.in_one_place(office, vacancy, held=19))
    yield from key(office, vacancy, proposed=21, decided=20)
    yield from import_answers(office, vacancy, days=16)
    yield from draft(office, vacancy, days=2)
    yield from weighing.trial(office, vacancy, days=1)


def operators(office: Office, vacancy: Vacancy) -> Story:
    """The examination whose list is in force, and from which people are hired."""
    yield from hold(office, vacancy, items=50, held=160, title="Bus Operator, written examination")
    yield from weighing.answered(office, vacancy, days=161)
    yield from rank(office, vacancy, held=160)
