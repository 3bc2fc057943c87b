"""A candidate's own answers beside the released key, and objections to it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.examinations.states import Attendance
from app.exams.keys.queries import find_in_force
from app.exams.objection_fees.queries import find_terms, load_own
from app.exams.objections import queries, rules, services
from app.exams.objections.filing import Point, file_objections
from app.exams.objections.forms import ObjectionsForm
from app.exams.objections.reading import read_points
from app.exams.responses.queries import find_answers
from app.exams.results.queries import get_examination_of, get_own_candidate
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.web.access import current_actor, signed_in
from app.web.pages import act, render, save

bp = Blueprint("objections", __name__)
PLACE = "/my/applications/<id('app'):application_id>/sheet"


@bp.get(PLACE)
@signed_in
def list_own(application_id: str) -> ResponseReturnValue:
    """Show each answer beside the key, and what may be objected to."""
    return render(most=rules.MOST_AT_ONCE, **_sight(application_id))


@bp.route(f"{PLACE}/object", methods=["GET", "POST"])
@signed_in
def create(application_id: str) -> ResponseReturnValue:
    """Object to the items of the key that were chosen, each with its own grounds."""
    sight = _sight(application_id)
    rows = {row.item: row for row in sight["marked"]}
    chosen = list(dict.fromkeys(request.args.getlist("item")))
    if not chosen or len(chosen) > rules.MOST_AT_ONCE:
        flash(rules.choose(), "error")
        return redirect(url_for(".list_own", application_id=application_id), 303)
    if any(item not in rows for item in chosen):
        raise NotFound(say("There is no such question."))
    form = ObjectionsForm(chosen)
    if sight["terms"]:
        form.ask_fee(say("I pay the fee"), sight["terms"].grounds)
    if form.validate_on_submit() and save(form, partial(_file, form, application_id, read_points(form))):
        flash(say("Your objections are received. One letter brings you all the answers."), "success")
        return redirect(url_for(".list_own", application_id=application_id), 303)
    return render(form=form, chosen=[rows[item] for item in chosen], **sight)


@bp.post("/my/objections/<id('obj'):objection_id>/withdraw")
@signed_in
def withdraw(objection_id: str) -> ResponseReturnValue:
    """Take an objection back."""
    actor = current_actor()
    with reading() as session:
        application_id = queries.get_own(session, objection_id, actor).candidate.application_id
    return act(
        lambda session: services.withdraw_objection(
            session, objection_id=objection_id, actor=actor, at=clock.now()
        ),
        done=say("Your objection is withdrawn."),
        then=url_for(".list_own", application_id=application_id),
    )


def _file(form: ObjectionsForm, application_id: str, points: list[Point], session: Session) -> str:
    """File the objections on the form."""
    return file_objections(
        session,
        application_id=application_id,
        points=points,
        ground=form.chosen_ground,
        actor=current_actor(),
        at=clock.now(),
    ).id


def _sight(application_id: str) -> dict[str, Any]:
    """Give what both pages show; NotFound while the key is not published, and for who was not there."""
    with reading() as session:
        candidate = get_own_candidate(session, application_id, current_actor())
        examination = get_examination_of(session, candidate)
        release = queries.find_release(session, examination.id)
        in_force = find_in_force(session, examination.id)
        answers, series = find_answers(session, candidate.id), queries.find_series(session, candidate)
        kept = {
            "terms": find_terms(session, examination.id),
            "fees": load_own(session, candidate.id),
            "objections": queries.list_own(session, candidate.id),
            "letters": queries.list_letters(session, application_id),
        }
    is_absent = not answers and candidate.attendance in (Attendance.ABSENT, Attendance.EXCUSED)
    if release is None or is_absent or in_force is None:
        raise NotFound(say("The key of this examination is not released."))
    beside = _beside(release.key_version.answers, in_force.answers, answers, series)
    own = {"application_id": application_id, "examination": examination, "release": release}
    return own | {"is_open": clock.now() < release.closes_at} | beside | kept


def _beside(
    released: dict[str, Any], now: dict[str, Any], answers: dict[str, str], series: str
) -> dict[str, Any]:
    """Give a sheet beside the key in force, and in which items it is no longer the released one."""
    return {
        "has_sheet": bool(answers),
        "marked": rules.lay_beside(list(released), answers, now, series),
        "changed": {item for item, entry in now.items() if released.get(item) != entry},
    }
