"""Requests for names: an appointing authority asks, an HR officer answers."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams import history
from app.exams.name_requests import queries, services
from app.exams.name_requests.forms import AnswerForm, AskForm, RequestFilter
from app.exams.name_requests.states import RequestState
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("name_requests", __name__)
ONE = "/staff/name-requests/<id('nrq'):request_id>"
navigation.add("Requests for names", "exams.name_requests.list_staff", area="staff", order=58)


@bp.get("/staff/name-requests")
@requires("exams.name_requests.list_staff")
def list_staff() -> ResponseReturnValue:
    """List what agencies asked for, the oldest first."""
    filters = RequestFilter()
    state = RequestState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_staff(session, current_actor(), state=state, cursor=listing.read_cursor())
    return render(requests=page.rows, filters=filters, pages=listing.addresses(page))


@bp.get("/staff/name-requests/lists")
@requires("exams.name_requests.list_lists")
def list_lists() -> ResponseReturnValue:
    """List the lists in force from which names may be asked."""
    with reading() as session:
        lists = queries.list_in_force(session, current_actor(), clock.now().date())
    return render(lists=lists)


@bp.route("/staff/name-requests/lists/<id('lst'):list_id>", methods=["GET", "POST"])
@requires("exams.name_requests.ask")
def ask(list_id: str) -> ResponseReturnValue:
    """Ask HR for names from a list in force."""
    actor = current_actor()
    with reading() as session:
        merit_list = queries.get_in_force(session, list_id, actor)
        requisitions = queries.list_to_fill(session, merit_list)
    form = AskForm(data={"vacancies": 1})
    form.offer(requisitions)

    def change(session: Session) -> str:
        return services.ask_for_names(
            session,
            list_id=list_id,
            requisition_id=form.requisition_id.data,
            vacancies=form.vacancies.data or 0,
            note=form.note.data,
            actor=actor,
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Names asked for. HR answers here.", "success")
        return redirect(url_for(".show", request_id=form.saved), 303)
    return render(form=form, merit_list=merit_list, requisitions=requisitions)


@bp.get(ONE)
@requires("exams.name_requests.show")
def show(request_id: str) -> ResponseReturnValue:
    """Show a request and its answer."""
    with reading() as session:
        found = queries.get_request(session, request_id, current_actor())
        timeline = history.load_timeline(session, request_id, found.agency.time_zone)
    return render(found=found, timeline=timeline)


@bp.route(f"{ONE}/answer", methods=["GET", "POST"])
@requires("exams.name_requests.answer")
def answer(request_id: str) -> ResponseReturnValue:
    """Draft the certificate, or refuse with a reason."""
    actor, form = current_actor(), AnswerForm()
    with reading() as session:
        found = queries.get_request(session, request_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.answer_request(
            session,
            request_id=request_id,
            is_accepted=form.decision.data == "accept",
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Answered.", "success")
        return redirect(url_for(".show", request_id=request_id), 303)
    return render(form=form, found=found)
