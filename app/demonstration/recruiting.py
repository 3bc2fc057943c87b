"""Vacancies told as stories: asked for, approved, written, published, closed by the clock, or given up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from app.demonstration import applying, asking, occupations, places
from app.demonstration.accounts import OFFICERS
from app.demonstration.occupations import Occupation
from app.demonstration.office import Advert, Asked, Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.demonstration.vacancies import Reach, Vacancy
from app.platform.actors import Actor
from app.recruitment.postings import services as postings
from app.recruitment.requisitions import services as requisitions
from app.recruitment.requisitions.services import Request

RULEBOOK = "city-civil-service"
# Vacancies under another rulebook, such as one that the agency brought itself.
RULEBOOKS = {
    "carers": "health-with-reserve",
    "fitters": "plain-office",
    "mappers": "lakes-two-parts",
    "readers": "plain-office",
}
FollowUp = Callable[[Office, Vacancy], Story]
_CLOCK_TICK = dt.timedelta(seconds=9)  # the clock closes postings every quarter of a minute
# Days from the first draft of a requisition to its publication, in working order.
_DECIDED, _WRITTEN, _SUBMITTED, _APPROVED, _LEAD = 3, 5, 6, 8, 9
_STEPS = {
    Reach.REQUISITION_DRAFT: 0,
    Reach.REQUISITION_SUBMITTED: 1,
    Reach.REQUISITION_REFUSED: _DECIDED,
    Reach.REQUISITION_CANCELLED: _DECIDED + 1,
    Reach.REQUISITION_APPROVED: _DECIDED,
    Reach.DRAFT: _WRITTEN,
    Reach.SUBMITTED: _SUBMITTED,
    Reach.SENT_BACK: _SUBMITTED + 1,
    Reach.APPROVED: _APPROVED,
    Reach.CANCELLED_BEFORE: _SUBMITTED + 1,
    Reach.CANCELLED_AFTER: _LEAD + 5,
    Reach.PUBLISHED: _LEAD,
}
_HOURS = 7  # from nine in the morning
APPLY = "If you need an adjustment at the examination, tell us by telephone before the deadline."


def tell(office: Office, vacancy: Vacancy, follow_ups: Mapping[str, FollowUp]) -> Story:
    """Tell one vacancy from its requisition to where it comes, and then its follow-up."""
    yield from _request(office, vacancy)
    if vacancy.reach.value.startswith("requisition"):
        yield from _follow(office, vacancy, follow_ups)
        return
    yield from _write(office, vacancy)
    if vacancy.reach in (Reach.PUBLISHED, Reach.CANCELLED_AFTER):
        yield from _publish(office, vacancy)
        if vacancy.reach is Reach.PUBLISHED:
            yield from _close(office, vacancy)
    yield from _follow(office, vacancy, follow_ups)


def _follow(office: Office, vacancy: Vacancy, follow_ups: Mapping[str, FollowUp]) -> Story:
    if vacancy.key in follow_ups:
        yield from follow_ups[vacancy.key](office, vacancy)


def _moment(office: Office, vacancy: Vacancy, step: int) -> dt.datetime:
    """Give the working hour of a step, counted in days from the first draft."""
    first = vacancy.days + _STEPS[vacancy.reach]
    hour = 9 + office.dice(f"hour:{vacancy.key}:{step}").randrange(_HOURS)
    minute = office.dice(f"minute:{vacancy.key}:{step}").randrange(60)
    return office.timeline.office(first - step, places.ZONES[_occupation(vacancy).agency], hour, minute)


def _occupation(vacancy: Vacancy) -> Occupation:
    return occupations.find(vacancy.occupation)


def officers(session: Session, office: Office, vacancy: Vacancy) -> tuple[Actor, Actor]:
    """Give who writes about a vacancy and who approves it: two officers who take turns."""
    first, second = (office.member(session, key) for key in OFFICERS[_occupation(vacancy).agency])
    turn = office.dice(f"officers:{vacancy.key}").random() < 0.5  # heads or tails
    return (second, first) if turn else (first, second)


def _request(office: Office, vacancy: Vacancy) -> Story:
    """Draft a requisition, submit it, and have it decided."""
    occupation, reach = _occupation(vacancy), vacancy.reach
    session, at = yield _moment(office, vacancy, 0)
    author, second = officers(session, office, vacancy)
    free = office.vacant[vacancy.occupation]
    positions, office.vacant[vacancy.occupation] = free[: vacancy.openings], free[vacancy.openings :]
    office.positions[vacancy.key] = positions
    rulebook = RULEBOOKS.get(vacancy.key, RULEBOOK)
    request = Request(occupation.title, _justification(occupation, vacancy), rulebook, positions)
    own = requisitions.create_requisition(
        session, agency_id=office.agencies[occupation.agency], request=request, actor=author, at=at
    ).id
    office.requisitions[vacancy.key] = own
    if reach is Reach.REQUISITION_DRAFT:
        return
    session, at = yield _moment(office, vacancy, 1)
    requisitions.submit_requisition(session, requisition_id=own, actor=author, at=at)
    if reach is Reach.REQUISITION_SUBMITTED:
        return
    session, at = yield _moment(office, vacancy, _DECIDED)
    decider = office.member(session, "appointing.authority") if occupation.agency == MAIN else second
    is_approved = reach is not Reach.REQUISITION_REFUSED
    reason = "" if is_approved else "The budget has no room for another desk before the new year."
    requisitions.decide_requisition(
        session, requisition_id=own, is_approved=is_approved, reason=reason, actor=decider, at=at
    )
    if reach is Reach.REQUISITION_CANCELLED:
        session, at = yield _moment(office, vacancy, _DECIDED + 1)
        reason = "The two routes are served by the new contract, so that nobody has to be hired."
        requisitions.cancel_requisition(session, requisition_id=own, reason=reason, actor=author, at=at)


def _justification(occupation: Occupation, vacancy: Vacancy) -> str:
    count = "A position is" if vacancy.openings == 1 else f"{vacancy.openings} positions are"
    return (
        f"{count} vacant in the {occupation.unit}. The work is covered by overtime now, which costs more "
        "than the pay and cannot go on into the next quarter."
    )


def _write(office: Office, vacancy: Vacancy) -> Story:
    """Write the posting, submit it, and have it approved, sent back or cancelled."""
    reach = vacancy.reach
    session, at = yield _moment(office, vacancy, _WRITTEN)
    author, second = officers(session, office, vacancy)
    own = _draft(session, office, vacancy, author, at)
    if reach is Reach.DRAFT:
        return
    session, at = yield _moment(office, vacancy, _SUBMITTED)
    postings.submit_posting(session, posting_id=own, actor=author, at=at)
    if reach is Reach.SUBMITTED:
        return
    if reach is Reach.SENT_BACK:
        session, at = yield _moment(office, vacancy, _SUBMITTED + 1)
        reason = "Say how many days a week are spent on the water, and add the certificate for small boats."
        postings.send_back_posting(session, posting_id=own, reason=reason, actor=second, at=at)
        return
    if reach is Reach.CANCELLED_BEFORE:
        session, at = yield _moment(office, vacancy, _SUBMITTED + 1)
        reason = "The work moved to another office before the vacancy was announced."
        postings.cancel_posting(session, posting_id=own, reason=reason, actor=author, at=at)
        return
    session, at = yield _moment(office, vacancy, _APPROVED)
    postings.approve_posting(session, posting_id=own, actor=second, at=at)


def _draft(session: Session, office: Office, vacancy: Vacancy, author: Actor, at: dt.datetime) -> str:
    """Write a draft and its criteria, and note what applicants will be asked."""
    occupation = _occupation(vacancy)
    requisition_id = office.requisitions[vacancy.key]
    own = postings.create_posting(session, requisition_id=requisition_id, actor=author, at=at).id
    same = ("category", "unit", "summary", "duties", "qualifications", "preferred")
    values = {name: getattr(occupation, name) for name in same} | {
        "location": occupation.station,
        "how_to_apply": APPLY,
        "audience": vacancy.audience,
        "employment_type": vacancy.employment,
    }
    postings.edit_posting(session, posting_id=own, values=values, actor=author, at=at)
    posting = postings.set_criteria(
        session, posting_id=own, criteria=occupation.criteria, actor=author, at=at
    )
    asking.ask(session, vacancy.key, own, author, at)
    office.adverts[vacancy.key] = Advert(
        own,
        posting.time_zone,
        tuple(
            Asked(criterion.id, criterion.kind, criterion.statement, criterion.is_essential)
            for criterion in posting.criteria
        ),
    )
    return own


def _publish(office: Office, vacancy: Vacancy) -> Story:
    """Publish, and let people begin to apply; cancel it some days later where that is the plan."""
    own = office.adverts[vacancy.key].posting_id
    session, at = yield _moment(office, vacancy, _LEAD)
    author, second = officers(session, office, vacancy)
    opens, closes = window(office, vacancy)
    postings.publish_posting(
        session,
        posting_id=own,
        opens_at=opens,
        closes_at=closes,
        grace_minutes=asking.GRACE.get(vacancy.key, 0),
        actor=second,
        at=at,
    )
    is_cancelled = vacancy.reach is Reach.CANCELLED_AFTER
    until = _moment(office, vacancy, _LEAD + 5) if is_cancelled else min(closes, office.timeline.now)
    applying.begin(office, vacancy, opens or at, until)
    if is_cancelled:
        session, at = yield until
        reason = "The council has put the post off until the next budget. You may apply again then."
        postings.cancel_posting(session, posting_id=own, reason=reason, actor=author, at=at)


def window(office: Office, vacancy: Vacancy) -> tuple[dt.datetime | None, dt.datetime]:
    """Give from when (None: at once) and until when applications may come in."""
    zone = places.ZONES[_occupation(vacancy).agency]
    if vacancy.minutes is not None:
        exact = office.timeline.before(minutes=-vacancy.minutes)
        return None, exact.replace(second=0, microsecond=0)
    opens = None if vacancy.opens is None else office.timeline.deadline(vacancy.opens, zone)
    return opens, office.timeline.deadline(vacancy.closes, zone)


def _close(office: Office, vacancy: Vacancy) -> Story:
    session, at = yield window(office, vacancy)[1] + _CLOCK_TICK
    postings.close_posting(session, posting_id=office.adverts[vacancy.key].posting_id, at=at)
