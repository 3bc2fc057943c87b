"""Seating an examination, for the office."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.accommodations.queries import count_waiting
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.listing import asked
from app.exams.seating import queries, services
from app.exams.seating.forms import FixForm, MoveForm, PlanForm, ReasonForm, SeatFilterForm
from app.exams.seating.routes import bp
from app.exams.sessions.queries import list_sessions, load_filled
from app.platform import clock
from app.platform.db import reading
from app.recruitment.listing import address
from app.web.access import current_actor, requires
from app.web.pages import render, save

EXAM = "/staff/examinations/<id('exm'):examination_id>/seating"
ONE = "/staff/candidates/<id('cnd'):candidate_id>/seat"


@bp.get(EXAM)
@requires("exams.seating.show")
def show(examination_id: str) -> ResponseReturnValue:
    """Show how an examination is seated, or would be."""
    with reading() as session:
        examination = get_examination(session, examination_id, current_actor(), permission=queries.READ)
        return render(**_sight(session, examination))


@bp.route(f"{EXAM}/edit", methods=["GET", "POST"])
@requires("exams.seating.edit")
def edit(examination_id: str) -> ResponseReturnValue:
    """Set until when centres may be named, and what to bring."""
    actor = current_actor()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.seating.edit")
        plan = queries.get_plan(session, examination_id)
    form = PlanForm(obj=plan, zone=examination.agency.time_zone)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.set_plan(
            session,
            examination_id=examination_id,
            wishes_until=form.wishes_until.data,
            bring=form.bring.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Saved.", "success")
        return redirect(url_for(".show", examination_id=examination_id), 303)
    return render(form=form, examination=examination, plan=plan)


@bp.route(f"{EXAM}/fix", methods=["GET", "POST"])
@requires("exams.seating.fix")
def fix(examination_id: str) -> ResponseReturnValue:
    """Preview the seats by a trial seed, and fix them by the public one."""
    actor, form = current_actor(), FixForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.fix(
                session, examination_id=examination_id, seed=form.seed.data, actor=actor, at=clock.now()
            ).seats_digest
        ),
    ):
        flash("The seats are fixed. Release the admit cards now.", "success")
        return redirect(url_for(".show", examination_id=examination_id), 303)
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.seating.fix")
        return render(form=form, **_sight(session, examination, is_tried=True))


@bp.route(f"{EXAM}/later", methods=["GET", "POST"])
@requires("exams.seating.seat_later")
def seat_later(examination_id: str) -> ResponseReturnValue:
    """Seat those who came after the seats were fixed."""
    actor, form = current_actor(), ReasonForm()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.seating.seat_later")
        unseated = queries.count_unseated(session, examination_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.seat_later(
            session, examination_id=examination_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("Everybody has a seat now.", "success")
        return redirect(url_for(".show", examination_id=examination_id), 303)
    return render(form=form, examination=examination, unseated=unseated)


@bp.get(f"{EXAM}/check")
@requires("exams.seating.check")
def check(examination_id: str) -> ResponseReturnValue:
    """Compute the seats again from what was kept, and tell whether they are the same."""
    with reading() as session:
        examination = get_examination(
            session, examination_id, current_actor(), permission="exams.seating.check"
        )
        plan = queries.get_plan(session, examination_id)
    is_same = services.check_again(plan) if plan.fixed_at is not None else None
    return render(examination=examination, plan=plan, is_same=is_same)


@bp.get(f"{EXAM}/seats")
@requires("exams.seating.list_seats")
def list_seats(examination_id: str) -> ResponseReturnValue:
    """List the candidates with their seats, by number."""
    with reading() as session:
        examination = get_examination(
            session, examination_id, current_actor(), permission="exams.seating.list_seats"
        )
        filters = SeatFilterForm(list_sessions(session, examination_id))
        rows, following = queries.list_seated(
            session,
            examination_id,
            text=filters.text.data or "",
            session_id=filters.session.data or "",
            after=asked("after"),
        )
    next_page = address(after=following) if following else ""
    return render(examination=examination, rows=rows, filters=filters, next_page=next_page)


@bp.route(ONE, methods=["GET", "POST"])
@requires("exams.seating.move")
def move(candidate_id: str) -> ResponseReturnValue:
    """Give a candidate another seat."""
    actor, form = current_actor(), MoveForm()
    with reading() as session:
        candidate, examination = queries.get_candidate(
            session, candidate_id, actor, permission="exams.seating.move"
        )
        page = _place_of(session, candidate_id)
        form.offer(list_sessions(session, examination.id))
    if form.validate_on_submit() and save(form, lambda session: _move(session, form, candidate_id)):
        flash("The candidate has another seat.", "success")
        return redirect(url_for(".list_seats", examination_id=examination.id), 303)
    return render(form=form, candidate=candidate, examination=examination, **page)


def _move(session: Session, form: MoveForm, candidate_id: str) -> Any:
    return services.move_seat(
        session,
        candidate_id=candidate_id,
        session_id=form.session_id.data,
        place=form.place.data,
        reason=form.reason.data,
        actor=current_actor(),
        at=clock.now(),
    )


def _place_of(session: Session, candidate_id: str) -> dict[str, Any]:
    return {
        "seat": queries.find_seat(session, candidate_id),
        "moves": queries.list_moves(session, candidate_id),
    }


def _sight(session: Session, examination: Examination, *, is_tried: bool = False) -> dict[str, Any]:
    """Give what the pages show: the plan, and per session how many people sit there or would."""
    plan = queries.get_plan(session, examination.id)
    sessions = list_sessions(session, examination.id)
    people = {own: filled.people for own, filled in load_filled(session, examination.id).items()}
    trial, wanted, choices = None, 0, Counter[int]()
    if is_tried and plan.fixed_at is None:
        material, trial = services.preview(session, examination)
        people = dict(Counter(given.session for given in trial.given.values()))
        wanted = sum(1 for person in material.people if person.wishes)
        named = {person.number for person in material.people if person.wishes}
        choices = Counter(given.choice for number, given in trial.given.items() if number in named)
    return {
        "examination": examination,
        "plan": plan,
        "sessions": sessions,
        "people": people,
        "seats": queries.count_seats(session, examination.id),
        "unseated": queries.count_unseated(session, examination.id),
        "waiting": count_waiting(session, examination.id),
        "trial": trial,
        "wanted": wanted,
        "choices": sorted(choices.items()),
        "at": clock.now(),
    }
