"""Challenges to keys told as stories: objected to, tried, decided by two people, also after publication."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration.office import Office
from app.demonstration.places import MAIN, ZONES
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.exams.challenges import confirm_services, queries, rules, services
from app.exams.examinations.models import Candidate
from app.exams.examinations.queries import get_examination
from app.exams.keys.queries import find_in_force
from app.exams.objection_fees.services import record_payment
from app.exams.objections import filing, models
from app.exams.objections.services import release_key
from app.exams.objections.states import Claim
from app.exams.responses.models import ResponseSheet
from app.exams.what_ifs.queries import try_changes
from app.exams.what_ifs.services import keep_what_if
from app.platform.actors import Actor
from app.recruitment.applications.models import Application

ZONE = ZONES[MAIN]
DAYS_TO_OBJECT = 3
# Counted from the release, so that no weekend comes between the window and what happens in it.
EVENING, DAY = dt.timedelta(hours=4), dt.timedelta(days=1)
TERMS = {
    "amount_minor": 1000,
    "currency": "USD",
    "authority": "Larkhaven Examination Rules, section 12",
    "where_to_pay": "At the cashier of the Civil Service Office, or by the slip.",
    "grounds": "Receives public assistance\nUnemployed and registered as such",
}
RULING = "Both readings can be defended. The key accepts two answers from its next version on."
NO_POSTAGE = "The postage of the third parcel is part of the printed total, so the key stays."
JUDGMENT = (
    "Judgment of the County Court of Larkhaven, number 212: the text of the question allows two answers."
)
MISPRINT = (
    "In the booklets of one printing a line of the table is missing, so that nobody can find the answer."
)
COMPLAINT = "Report of the printing office, found when the booklets were counted again."
BOTH = "The text names the clerk and the registrar. Larkhaven Records Manual, page 41, allows both."
OTHER = "The sum leaves out the postage of the third parcel; with it, another answer is right."


def objected(office: Office, vacancy: Vacancy, *, released: int) -> Story:
    """Publish the provisional key, let candidates object, and decide on both questions by two people."""
    session, at = yield office.timeline.office(released, ZONE, 15)
    sitting = office.sittings[vacancy.key]
    own = sitting.examination_id
    officer = office.member(session, "exam.officer")
    release_key(session, examination_id=own, days=DAYS_TO_OBJECT, terms=TERMS, actor=officer, at=at)
    released_at = at
    session, at = yield released_at + EVENING
    doubtful, other = sitting.paper.doubtful, sitting.paper.codes[11]
    said = ({doubtful: BOTH, other: OTHER}, {doubtful: BOTH}, {other: OTHER})
    filed = [
        objection_id
        for application, points in zip(_sat(session, own), said, strict=False)
        for objection_id in _object(session, application, points, at)
    ]
    session, at = yield released_at + DAY
    cashier = office.member(session, "hr.officer")
    for place, objection_id in enumerate(filed, start=1):
        record_payment(session, objection_id=objection_id, reference=f"C-{place}", actor=cashier, at=at)
    session, at = yield released_at + 4 * DAY
    _propose(session, office, vacancy, doubtful, "several", RULING, at)
    _propose(session, office, vacancy, other, "keep", NO_POSTAGE, at)
    yield from _confirm(office, vacancy, 1)


def corrected(office: Office, vacancy: Vacancy, *, proposed: int, confirmed: int) -> Story:
    """Let a judgment change the key after the list was published: the list is put right at once."""
    session, at = yield office.timeline.office(proposed, ZONE, 11, 5)
    doubtful = office.sittings[vacancy.key].paper.doubtful
    _propose(session, office, vacancy, doubtful, "several", RULING, at, origin=JUDGMENT)
    yield from _confirm(office, vacancy, confirmed)


def contested_late(office: Office, vacancy: Vacancy) -> Story:
    """Try a change of a published list's key, and propose it: a key custodian has to confirm it."""
    session, at = yield office.timeline.office(3, ZONE, 9, 50)
    paper = office.sittings[vacancy.key].paper
    item = paper.codes[4]
    _try(session, office, vacancy, item, "neutralised", at)
    session, at = yield office.timeline.office(2, ZONE, 16, 40)
    _try(session, office, vacancy, item, "full-credit-all", at)
    _propose(session, office, vacancy, item, "full-credit-all", MISPRINT, at, origin=COMPLAINT)


def _try(
    session: Session, office: Office, vacancy: Vacancy, item: str, decision: str, at: dt.datetime
) -> None:
    """Work out what a decision on an item would move, and keep it."""
    officer = office.member(session, "exam.officer")
    own = office.sittings[vacancy.key].examination_id
    examination, key = get_examination(session, own, officer), find_in_force(session, own)
    if key is None:
        return
    paper = office.sittings[vacancy.key].paper
    accepted = [paper.key[item], paper.second] if decision == "several" else []
    after = rules.entry_of(decision, accepted, key.answers[item], examination.options)
    tried = try_changes(session, examination, rules.changed_answers(key.answers, item, "", after))
    if tried is not None:
        keep_what_if(session, examination=examination, tried=tried, actor=officer, at=at)


def _propose(
    session: Session,
    office: Office,
    vacancy: Vacancy,
    item: str,
    decision: str,
    reason: str,
    at: dt.datetime,
    *,
    origin: str = "",
) -> None:
    sitting = office.sittings[vacancy.key]
    services.propose_decision(
        session,
        examination_id=sitting.examination_id,
        item=item,
        decision=decision,
        accepted=[sitting.paper.key[item], sitting.paper.second] if decision == "several" else [],
        reason=reason,
        origin=origin,
        actor=office.member(session, "exam.officer"),
        at=at,
    )


def _confirm(office: Office, vacancy: Vacancy, days: int) -> Story:
    """Confirm every decision that waits, as the key custodian."""
    session, at = yield office.timeline.office(days, ZONE, 15, 30)
    own = office.sittings[vacancy.key].examination_id
    waiting = [row.id for row in queries.list_proposed(session, own)]
    actor = office.member(session, "key.custodian")
    confirm_services.confirm_decisions(session, examination_id=own, challenge_ids=waiting, actor=actor, at=at)


def _sat(session: Session, examination_id: str) -> list[Application]:
    """Give three who sat an examination, by candidate number."""
    query = (
        select(Application)
        .join(Candidate, Candidate.application_id == Application.id)
        .join(ResponseSheet, ResponseSheet.candidate_id == Candidate.id)
        .where(Candidate.examination_id == examination_id)
        .order_by(Candidate.number)
        .limit(3)
    )
    return list(session.scalars(query))


def _object(session: Session, application: Application, said: dict[str, str], at: dt.datetime) -> list[str]:
    """Object to questions in one submission, each for a reason; give the objections."""
    points = [
        filing.Point(item, Claim.SEVERAL_ANSWERS if grounds == BOTH else Claim.OTHER_ANSWER, grounds)
        for item, grounds in said.items()
    ]
    sent = filing.file_objections(
        session,
        application_id=application.id,
        points=points,
        actor=Actor(id=application.account_id, name=application.applicant_name or ""),
        at=at,
    )
    query = select(models.Objection.id).where(models.Objection.submission_id == sent.id)
    return list(session.scalars(query.order_by(models.Objection.item)))
