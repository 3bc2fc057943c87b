"""A candidate's centres, and how their seat came about."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.results.queries import get_examination_of, get_own_candidate
from app.exams.seating import queries, rules, services
from app.exams.seating.forms import WishForm
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("seating", __name__)
PLACE = "/my/applications/<id('app'):application_id>"


@bp.route(f"{PLACE}/centres", methods=["GET", "POST"])
@signed_in
def name_centres(application_id: str) -> ResponseReturnValue:
    """Name the centres where a candidate would like to be examined."""
    actor, at = current_actor(), clock.now()
    with reading() as session:
        candidate = get_own_candidate(session, application_id, actor)
        examination = get_examination_of(session, candidate)
        plan = queries.get_plan(session, examination.id)
        offered = queries.list_offered(session, examination.id)
        wishes = [wish.centre_id for wish in queries.list_wishes(session, candidate.id)]
    form = WishForm(data=dict(zip(("first", "second", "third"), wishes, strict=False)))
    form.offer(offered)
    is_open = plan.fixed_at is None and plan.wishes_until is not None and at < plan.wishes_until
    if form.validate_on_submit() and save(
        form,
        lambda session: services.name_centres(
            session, application_id=application_id, centre_ids=form.chosen, actor=actor, at=at
        ),
    ):
        flash(say("Your choice is saved."), "success")
        return redirect(url_for("recruitment.applications.show", application_id=application_id), 303)
    page: dict[str, Any] = {"offered": offered, "wishes": wishes, "application_id": application_id}
    return render(form=form, examination=examination, plan=plan, is_open=is_open, **page)


@bp.get(f"{PLACE}/seat")
@signed_in
def explain(application_id: str) -> ResponseReturnValue:
    """Show by which rule, seed and lot a candidate got their seat."""
    with reading() as session:
        candidate = get_own_candidate(session, application_id, current_actor())
        examination = get_examination_of(session, candidate)
        plan = queries.get_plan(session, examination.id)
        seat = queries.find_seat(session, candidate.id)
        if plan.released_at is None or plan.seed is None or seat is None:
            raise NotFound(say("The seats are not published yet."))
        person = queries.load_person(session, examination, candidate.id)
        places = queries.load_places(session, examination.id)
        moves = queries.list_moves(session, candidate.id)
    own = list(rules.order_centres(person, rules.nearest_first(person.home, places)))
    names = ("centre", "shift")
    lots = {draw: rules.lot(plan.seed, examination.number, candidate.number, draw) for draw in names}
    page: dict[str, Any] = {
        "person": person,
        "order": own,
        "lots": lots,
        "moves": moves,
        "application_id": application_id,
    }
    return render(examination=examination, candidate=candidate, plan=plan, seat=seat, **page)
