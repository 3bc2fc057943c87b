"""Screening told as stories: two officers go through what came in, a reason for each decision."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.demonstration import places
from app.demonstration.accounts import OFFICERS
from app.demonstration.occupations import find as find_occupation
from app.demonstration.office import Asked, Office, Received
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Vacancy
from app.platform.actors import Actor
from app.recruitment.applications.states import ClaimState
from app.recruitment.claims.deciding import decide_claim
from app.recruitment.postings.states import CriterionKind
from app.recruitment.screening.models import Outcome
from app.recruitment.screening.rules import Decision
from app.recruitment.screening.services import correct, decide

REFUSED_CLAIM = 0.15
_DAILY = 48  # applications that two officers screen in a day, four an hour each
_MET = {
    CriterionKind.EDUCATION: "The school and the year are stated, and they fit together.",
    CriterionKind.EXPERIENCE: "The posts that are listed add up to more than is asked for.",
    CriterionKind.LICENCE: "Stated with the year of issue; the original is looked at before appointment.",
    CriterionKind.SKILL: "Described with an example that can be checked.",
    CriterionKind.RESIDENCE: "The address is in the city.",
    CriterionKind.OTHER: "Declared by the applicant.",
}
_UNMET = {
    CriterionKind.EDUCATION: "The applicant left before the diploma and names no equivalent certificate.",
    CriterionKind.EXPERIENCE: "About four months are listed, less than what is asked for.",
    CriterionKind.LICENCE: "The licence is not held on the closing day.",
    CriterionKind.SKILL: "The applicant states that this is still to be learned.",
    CriterionKind.RESIDENCE: "The address is outside the city.",
    CriterionKind.OTHER: "The applicant states limits that the work does not allow.",
}
_HELPS = ("Shown, and counted as a plus.", "Not shown; it is not needed to be eligible.")
ELIGIBLE = "All essential requirements are met."
_CLAIM_REASONS = {
    ClaimState.VERIFIED: "The paper shows honorable service in a time that counts.",
    ClaimState.REFUSED: "The paper names no period of service, so that it proves nothing yet.",
}


def screen(office: Office, vacancy: Vacancy, share: float = 1.0) -> Story:
    """Screen a share of a posting's applications in working hours, in the order in which they came in."""
    zone = places.ZONES[find_occupation(vacancy.occupation).agency]
    waiting = list(office.received[vacancy.key])
    waiting = waiting[: round(len(waiting) * share)]
    dice = office.dice(f"screening:{vacancy.key}")
    for number, received in enumerate(waiting):
        day, place = divmod(number, _DAILY)
        hour, minute = 9 + place // 8, (place % 8) * 7
        session, at = yield office.timeline.office(vacancy.closes - 2 - day, zone, hour, minute)
        if received.is_withdrawn:
            continue
        key = OFFICERS[find_occupation(vacancy.occupation).agency][place % 2]
        _decide(session, office, vacancy, received, office.member(session, key), dice, at)


def _decide(
    session: Session,
    office: Office,
    vacancy: Vacancy,
    received: Received,
    actor: Actor,
    dice: random.Random,
    at: dt.datetime,
) -> None:
    criteria = office.adverts[vacancy.key].criteria
    missing = next((asked for asked in criteria if asked.id == received.unmet), None)
    decide(
        session,
        application_id=received.application_id,
        decisions=judge(criteria, received.unmet, dice),
        outcome=Outcome.ELIGIBLE if missing is None else Outcome.INELIGIBLE,
        reason=ELIGIBLE if missing is None else f"Not met: {missing.statement}",
        actor=actor,
        at=at,
    )
    for kind in received.claims:
        state = ClaimState.REFUSED if dice.random() < REFUSED_CLAIM else ClaimState.VERIFIED
        if received.person.email.startswith("second.applicant@"):
            state = ClaimState.VERIFIED
        decide_claim(
            session,
            application_id=received.application_id,
            kind=kind,
            state=state,
            reason=_CLAIM_REASONS[state],
            actor=actor,
            at=at,
        )


def judge(criteria: Sequence[Asked], unmet: str | None, dice: random.Random) -> dict[str, Decision]:
    """Decide on each criterion, with its reason."""
    decisions = {}
    for asked in criteria:
        if asked.is_essential:
            is_met = asked.id != unmet
            decisions[asked.id] = Decision(is_met, (_MET if is_met else _UNMET)[asked.kind])
        else:
            is_met = dice.random() < 0.4  # fewer than half bring what only helps
            decisions[asked.id] = Decision(is_met, _HELPS[0 if is_met else 1])
    return decisions


def correct_one(office: Office, vacancy: Vacancy, days: int) -> Story:
    """Correct the outcome of the first applicant who was refused, after a letter with a new paper."""
    zone = places.ZONES[find_occupation(vacancy.occupation).agency]
    session, at = yield office.timeline.office(days, zone, 16, 20)
    refused = [own for own in office.received[vacancy.key] if own.unmet and not own.is_withdrawn]
    correct(
        session,
        application_id=refused[0].application_id,
        decisions=judge(office.adverts[vacancy.key].criteria, None, office.dice(f"correct:{vacancy.key}")),
        outcome=Outcome.ELIGIBLE,
        reason=ELIGIBLE,
        correction_reason="The applicant sent proof that the requirement was met on the closing day.",
        actor=office.member(session, OFFICERS[find_occupation(vacancy.occupation).agency][1]),
        at=at,
    )
    refused[0].unmet = None
