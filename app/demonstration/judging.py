"""Panels told as stories: one that has interviewed everybody, one half way with raters who disagree."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import interviewing, occupations, places
from app.demonstration.accounts import RATERS
from app.demonstration.office import Office
from app.demonstration.screening import screen
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.exams.assignments.models import ScriptAssignment
from app.exams.assignments.services import open_panel
from app.exams.examinations import rules, services
from app.exams.marking.services import confirm_rating, submit_marks
from app.exams.panel_results.services import close_panel
from app.exams.panels import queries
from app.exams.panels import rules as scales
from app.exams.panels import services as panels
from app.exams.recusals.services import declare
from app.recruitment.applications.models import Application

QUESTIONS = (
    (
        "Tell us of a time when you had to explain something difficult to somebody who was upset.",
        "5",
        "0: No example\n3: An example, not what it led to\n5: An example, and what it led to",
    ),
    (
        "Two people ask you for help at once, and both are in a hurry. What do you do?",
        "5",
        "0: Serves one and forgets the other\n3: Serves in order\n5: Finds out what each needs, then decides",
    ),
    (
        "You find a mistake in work that your supervisor has signed. What do you do?",
        "5",
        "0: Nothing\n3: Tells the supervisor\n5: Tells the supervisor, with a proposal how to put it right",
    ),
    (
        "What in this work will you have to learn, and how will you go about it?",
        "5",
        "0: Nothing is named\n3: Names what is missing\n5: Names what is missing and a way to learn it",
    ),
)
BENCHMARKS = (
    ("Training beyond what is asked for", "10", "0: None\n5: A certificate\n10: A degree in the field"),
    ("Years in work of this kind", "10", "0: None\n5: Three years\n10: Six years or more"),
)
NOTES = (
    "Gave an example from work with visitors, in order.",
    "Was short; answered once the question was read again.",
    "Named the rule and what speaks against it.",
)
SEED = "Larkhaven public draw: 03 09 21 28 40 44"


@dataclass(slots=True)
class Bench:
    """What one story sets up: the examination, and the panel it works on."""

    zone: str
    examination_id: str = ""
    panel_id: str = ""


def interviewed(office: Office, vacancy: Vacancy) -> Story:
    """Interview everybody and rate their training and experience; the marks are handed over."""
    yield from screen(office, vacancy)
    bench, first = _bench(vacancy), vacancy.closes - 14
    yield from _plan(office, vacancy, bench, days=first, held=first - 12)
    yield from _set_up(office, bench, "interview", QUESTIONS, days=first - 1)
    yield from _open(office, vacancy, bench, days=first - 3)
    yield from interviewing.invite(office, bench.panel_id, bench.zone, days=first - 4, held=first - 12)
    yield from _rate(office, bench, days=first - 13)
    yield from _close(office, bench, days=first - 15)
    yield from _set_up(office, bench, "written", BENCHMARKS, days=first - 16)
    yield from _open(office, vacancy, bench, days=first - 17)
    yield from _rate(office, bench, days=first - 18)
    yield from _confirm(office, bench, days=first - 19)
    yield from _close(office, bench, days=first - 20)


def half_rated(office: Office, vacancy: Vacancy) -> Story:
    """Rate half of the candidates; on one, two raters disagree so far that a third is called in."""
    yield from screen(office, vacancy)
    bench = _bench(vacancy)
    yield from _plan(office, vacancy, bench, days=15, held=6)
    yield from _set_up(office, bench, "interview", QUESTIONS, days=14)
    yield from _open(office, vacancy, bench, days=11, keeps_out=True)
    yield from interviewing.invite(office, bench.panel_id, bench.zone, days=10, held=6)
    yield from interviewing.move(office, bench.panel_id, bench.zone, days=9)
    yield from _rate(office, bench, days=3, is_half=True)


def _bench(vacancy: Vacancy) -> Bench:
    return Bench(places.ZONES[occupations.find(vacancy.occupation).agency])


def _plan(office: Office, vacancy: Vacancy, bench: Bench, *, days: int, held: int) -> Story:
    session, at = yield office.timeline.office(days, bench.zone, 10, 20)
    title = f"{occupations.find(vacancy.occupation).title}, experience and interview"
    plan = rules.Plan(title, office.timeline.day(held, bench.zone), (), (), (), ())
    officer = office.member(session, "exam.officer")
    posting_id = office.adverts[vacancy.key].posting_id
    bench.examination_id = services.create_examination(
        session, posting_id=posting_id, plan=plan, actor=officer, at=at
    ).id
    services.register_candidates(session, examination_id=bench.examination_id, actor=officer, at=at)


def _set_up(
    office: Office, bench: Bench, component: str, criteria: tuple[tuple[str, str, str], ...], *, days: int
) -> Story:
    """Set a panel up with its scale and members."""
    session, at = yield office.timeline.office(days, bench.zone, 11, 30)
    officer = office.member(session, "exam.officer")
    values = {
        "component": component,
        "form": "interview" if component == "interview" else "experience",
        "denominator": 1,
        "seed": SEED,
        "instructions": "Rate each answer by its anchors alone, before you speak with the other members.",
    }
    own = panels.create_panel(
        session, examination_id=bench.examination_id, values=values, actor=officer, at=at
    ).id
    for title, maximum, anchors in criteria:
        scale = scales.read_scale(title, "", maximum, anchors, 1)
        panels.save_criterion(session, panel_id=own, criterion_id="", scale=scale, actor=officer, at=at)
    for member in RATERS:
        panels.add_member(session, panel_id=own, email=member.email, actor=officer, at=at)
    bench.panel_id = own


def _open(office: Office, vacancy: Vacancy, bench: Bench, *, days: int, keeps_out: bool = False) -> Story:
    """Declare relations, one of which keeps a rater from a candidate where that is wanted, and open."""
    session, at = yield office.timeline.office(days + 1, bench.zone, 14, 10)
    employer = _an_employer(session, office, vacancy) if keeps_out else ""
    for place, member in enumerate(RATERS):
        values = {
            "surnames": member.name.split()[-1],
            "address": f"{31 + place} Lantern Street",
            "postcode": "40017",
            "employers": employer if place == 0 else "Larkhaven Community College",
        }
        actor = office.member(session, member.key)
        declare(session, panel_id=bench.panel_id, values=values, actor=actor, at=at)
    session, at = yield office.timeline.office(days, bench.zone, 9, 50)
    open_panel(session, panel_id=bench.panel_id, actor=office.member(session, "exam.officer"), at=at)


def _rate(office: Office, bench: Bench, *, days: int, is_half: bool = False) -> Story:
    """Submit the ratings; half of them where the panel is still at work, two of them far apart."""
    session, at = yield office.timeline.office(days, bench.zone, 16, 20)
    panel = queries.get_panel(session, bench.panel_id, office.member(session, "exam.officer"))
    keys = {office.accounts[member.key]: member.key for member in RATERS}
    raters = {member.id: keys[member.account_id] for member in panel.members}
    rows = _assignments(session, bench)
    ahead = interviewing.list_ahead(session, bench.panel_id, at)
    scripts = sorted({own.script_id for own in rows} - ahead)
    rated = scripts[: (len(scripts) + 1) // 2] if is_half else scripts
    worths: dict[str, list[float]] = {rated[0]: [0.9, 0.4]} if is_half else {}
    rows = [own for own in rows if own.script_id in rated]
    while rows:
        for own in rows:
            apart = worths.get(own.script_id)
            worth = apart.pop() if apart else office.dice(f"worth:{own.script_id}").uniform(0.55, 0.95)
            sheet = _marks(office, [(row.id, row.maximum) for row in panel.criteria], own, worth)
            actor = office.member(session, raters[own.member_id])
            submit_marks(session, assignment_id=own.id, sheet=sheet, actor=actor, at=at)
        # where two lie too far apart by themselves, a third rater was called in meanwhile
        rows = [] if is_half else [row for row in _assignments(session, bench) if row.submitted_at is None]


def _marks(
    office: Office, criteria: list[tuple[str, int]], own: ScriptAssignment, worth: float
) -> dict[str, tuple[int | None, str]]:
    """Give marks near what a candidate is worth."""
    dice = office.dice(f"marks:{own.id}")
    sheet: dict[str, tuple[int | None, str]] = {}
    for criterion_id, maximum in criteria:
        share = min(1.0, max(0.0, dice.gauss(worth, 0.06)))
        sheet[criterion_id] = (round(share * maximum), dice.choice(NOTES))
    return sheet


def _confirm(office: Office, bench: Bench, *, days: int) -> Story:
    """Confirm every rating by a member who did not give it."""
    session, at = yield office.timeline.office(days, bench.zone, 10, 45)
    for own in _assignments(session, bench):
        second = next(member.key for member in RATERS if office.accounts[member.key] != own.rated_by)
        confirm_rating(session, assignment_id=own.id, actor=office.member(session, second), at=at)


def _close(office: Office, bench: Bench, *, days: int) -> Story:
    session, at = yield office.timeline.office(days, bench.zone, 13, 15)
    close_panel(session, panel_id=bench.panel_id, actor=office.member(session, "exam.officer"), at=at)


def _assignments(session: Session, bench: Bench) -> list[ScriptAssignment]:
    query = (
        select(ScriptAssignment)
        .where(ScriptAssignment.script.has(panel_id=bench.panel_id))
        .order_by(ScriptAssignment.script_id, ScriptAssignment.member_id)
    )
    return list(session.scalars(query))


def _an_employer(session: Session, office: Office, vacancy: Vacancy) -> str:
    """Give an employer whom one of the candidates names."""
    for received in office.received[vacancy.key]:
        snapshot = session.get_one(Application, received.application_id).snapshot or {}
        for entry in snapshot.get("experience", ()):
            if entry.get("employer"):
                return str(entry["employer"])
    return ""
