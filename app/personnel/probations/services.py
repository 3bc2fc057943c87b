"""Reviewing and deciding probations, reminding in time, and concluding them when their day has passed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.actions.queries import get_employee_to_change
from app.personnel.appointments.models import Appointment
from app.personnel.appointments.rules import check_live
from app.personnel.appointments.services import vacate
from app.personnel.appointments.states import AppointmentKind
from app.personnel.positions.queries import get_position_to_fill
from app.personnel.probations import letters, queries, rules
from app.personnel.probations.models import ProbationRegime, ProbationReview
from app.personnel.probations.regimes import REGIMES
from app.personnel.probations.states import Outcome, ReviewState, move
from app.personnel.separations.queries import find_live
from app.personnel.separations.services import separate
from app.personnel.separations.states import SeparationKind
from app.platform import audit, clock, db
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def set_regime(session: Session, *, agency_id: str, name: str, actor: Actor, at: dt.datetime) -> None:
    """Say under which rule an agency's probations run; decisions that stand keep theirs."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.probations.set_regime", agency.id)
    if name not in REGIMES:
        raise Invalid(name="Select a rule.")
    row = session.get(ProbationRegime, agency.id)
    if row is None:
        row = ProbationRegime(agency_id=agency.id)
        session.add(row)
    row.name, row.set_by, row.set_at = name, str(actor.id), at
    session.flush()
    audit.record(
        session,
        "personnel.probations.set_regime",
        actor=actor,
        at=at,
        subject=agency.id,
        agency_id=agency.id,
        rule=name,
    )


def review_probation(
    session: Session,
    *,
    appointment_id: str,
    recommended: Outcome,
    grounds: str,
    actor: Actor,
    at: dt.datetime,
) -> ProbationReview:
    """Recommend what shall come of a probation, with reasons; a recommendation not decided on may change."""
    appointment = _load(session, appointment_id, actor, "review")
    rules.demand_not_own(actor.id, appointment.employee.account_id)
    if not grounds.strip():
        raise Invalid(grounds="Enter what the recommendation rests on.")
    regime = queries.regime_of(session, appointment.agency_id)
    review = queries.find_review(session, appointment.id, lock=True)
    if review is None:
        review = ProbationReview(id=new_id("prv"), appointment_id=appointment.id)
        session.add(review)
    elif review.state is not ReviewState.PROPOSED:
        raise Conflict("This probation was decided on already.")
    review.agency_id, review.starts_on = appointment.agency_id, appointment.starts_on
    review.ends_on = _end_of(appointment)
    review.decide_by = rules.decide_by(regime, review.ends_on)
    review.recommended, review.grounds, review.state = recommended, grounds.strip(), ReviewState.PROPOSED
    review.reviewed_by, review.reviewed_at = str(actor.id), at
    session.flush()
    _record(session, "review", appointment, actor, at, recommended=recommended.value)
    return review


def decide_probation(
    session: Session,
    *,
    appointment_id: str,
    outcome: Outcome,
    last_day: dt.date | None,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> ProbationReview:
    """Decide on a reviewed probation, by somebody other than who recommended, within the days of the rule.

    The person is sent the letter. An ending opens a separation with its clearance, which ends the service
    after its last day. Conflict on a day that the rule forbids; Invalid on last_day for too little notice.
    """
    appointment = _load(session, appointment_id, actor, "decide")
    rules.demand_not_own(actor.id, appointment.employee.account_id)
    review = queries.find_review(session, appointment.id, lock=True)
    if review is None:
        raise Conflict("Nobody has recommended anything yet. A review with its reasons comes first.")
    state = move(review.state, ReviewState.DECIDED)
    rules.demand_second_person(actor.id, review.reviewed_by)
    if not reason.strip():
        raise Invalid(reason="Enter the reasons of the decision.")
    today, ends_on = clock.local_date(at, appointment.agency.time_zone), _end_of(appointment)
    regime = queries.regime_of(session, appointment.agency_id)
    rules.check_decision(regime, outcome, starts_on=appointment.starts_on, ends_on=ends_on, today=today)
    review.last_day = rules.check_last_day(regime, outcome, last_day, today=today, ends_on=ends_on)
    review.outcome, review.reason, review.state = outcome, reason.strip(), state
    review.decided_by, review.decided_at = actor.id, at
    session.flush()
    _record(session, "decide", appointment, actor, at, outcome=outcome.value, last_day=review.last_day)
    letters.promise_decision(session, appointment, review, regime, actor, at)
    if outcome is Outcome.END:
        _separate(session, appointment, review, actor, at)
    return review


def remind(session: Session, *, at: dt.datetime) -> int:
    """Mail everybody concerned about each probation that nears its end undecided, and count the mails."""
    horizon = at.date() + dt.timedelta(days=max(rules.REMIND_DAYS) + 1)
    sent = 0
    running = queries.list_to_watch(session, horizon)
    reviews = queries.map_reviews(session, [row.id for row in running])
    for appointment in running:
        review = reviews.get(appointment.id)
        today = clock.local_date(at, appointment.agency.time_zone)
        due = rules.reminder_due(_end_of(appointment), today)
        if due is None or (review is not None and review.state is not ReviewState.PROPOSED):
            continue
        regime = queries.regime_of(session, appointment.agency_id)
        for watcher in queries.list_watchers(session, appointment.agency_id):
            letters.remind(session, appointment, watcher, regime, due, at)
            sent += 1
    return sent


def conclude(session: Session, *, at: dt.datetime) -> int:
    """Carry out what was decided, or what the rule says of silence, once the day has passed; count them.

    One that cannot be concluded stops no other: those who watch hear of it once, and it is tried again.
    """
    concluded = 0
    for review in queries.list_carried_out(session):
        review.state = move(review.state, ReviewState.CONCLUDED)
        appointment = queries.get_for_clock(session, review.appointment_id)
        _record(session, "conclude", appointment, SYSTEM, at, outcome=Outcome.END.value)
        concluded += 1
    for row in queries.list_to_watch(session, at.date() + dt.timedelta(days=1)):
        if _end_of(row) < _today(row, at):
            concluded += _conclude_or_tell(session, row.id, at)
    session.flush()
    return concluded


def _conclude_or_tell(session: Session, appointment_id: str, at: dt.datetime) -> bool:
    try:
        with db.savepoint(session):
            return _conclude(session, queries.get_for_clock(session, appointment_id), at)
    except (Conflict, Invalid) as error:
        letters.tell_stuck(session, queries.get_for_clock(session, appointment_id), error.message, at)
        return False


def _conclude(session: Session, appointment: Appointment, at: dt.datetime) -> bool:
    ends_on, review = _end_of(appointment), queries.find_review(session, appointment.id, lock=True)
    regime = queries.regime_of(session, appointment.agency_id)
    is_decided = review is not None and review.state is ReviewState.DECIDED
    outcome = review.outcome if review is not None and is_decided else regime.silence
    if outcome is Outcome.END:
        if find_live(session, appointment.employee_id) is not None:
            return False  # the separation ends the service, and it is concluded after that
        last_day = (review.last_day if review is not None and is_decided else None) or ends_on
        reason = f"The probation ended and nobody had decided that service goes on ({regime.citation})."
        if review is not None and is_decided:
            reason = review.reason or reason
        get_employee_to_change(session, appointment.employee_id)  # the person first, the post last
        post = get_position_to_fill(session, appointment.position_id)
        vacate(session, appointment, post, reason=reason[:2000], ended_on=last_day, actor=SYSTEM, at=at)
    else:
        appointment.kind, appointment.probation_ends_on = AppointmentKind.PERMANENT, None
    _record(session, "conclude", appointment, SYSTEM, at, outcome=(outcome or regime.silence).value)
    if review is not None and is_decided:
        review.state = move(review.state, ReviewState.CONCLUDED)
    else:
        letters.promise_silence(session, appointment, ends_on, regime, at)
    return True


def _separate(
    session: Session, appointment: Appointment, review: ProbationReview, actor: Actor, at: dt.datetime
) -> None:
    """Open the separation that a decision to end the service leads to, with its clearance."""
    if find_live(session, appointment.employee_id) is not None:
        raise Conflict("A separation of this person is under way already, so nothing is left to end.")
    separate(
        session,
        employee=get_employee_to_change(session, appointment.employee_id),
        kind=SeparationKind.END_OF_TERM,
        last_day=review.last_day or review.ends_on,
        reason=f"Ended within the probation. {review.reason}"[:2000],
        source=review.id,
        proposed_by=review.reviewed_by,
        decided_by=str(actor.id),
        actor=actor,
        at=at,
    )


def _load(session: Session, appointment_id: str, actor: Actor, act: str) -> Appointment:
    appointment = queries.get_probation(session, appointment_id, actor, lock=True)
    actor.demand(f"personnel.probations.{act}", appointment.agency_id)
    check_live(appointment.ended_on)
    if appointment.kind is not AppointmentKind.PROBATIONAL:
        raise Conflict("This appointment is not on probation.")
    return appointment


def _end_of(appointment: Appointment) -> dt.date:
    if appointment.probation_ends_on is None:
        raise Conflict("This appointment is not on probation.")
    return appointment.probation_ends_on


def _today(appointment: Appointment, at: dt.datetime) -> dt.date:
    return clock.local_date(at, appointment.agency.time_zone)


def _record(
    session: Session, act: str, appointment: Appointment, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.probations.{act}",
        actor=actor,
        at=at,
        subject=appointment.id,
        agency_id=appointment.agency_id,
        employee=appointment.employee_id,
        **details,
    )
