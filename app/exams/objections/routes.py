"""A candidate's own answers beside the released key, and objections to it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.examinations.states import Attendance
from app.exams.keys.queries import find_in_force
from app.exams.objection_fees.queries import find_terms, load_own
from app.exams.objections import queries, rules, services
from app.exams.objections.filing import Point, file_objections
from app.exams.objections.forms import ObjectionForm
from app.exams.objections.states import Claim
from app.exams.responses.queries import find_answers
from app.exams.results.queries import get_examination_of, get_own_candidate
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.documents.services import StoredFile, store_file
from app.web.access import current_actor, signed_in
from app.web.pages import act, render, save

bp = Blueprint("objections", __name__)
PLACE = "/my/applications/<id('app'):application_id>/sheet"


@bp.get(PLACE)
@signed_in
def list_own(application_id: str) -> ResponseReturnValue:
    """Show each answer beside the key, and what may be objected to."""
    return render(**_sight(application_id))


@bp.route(f"{PLACE}/<item>/object", methods=["GET", "POST"])
@signed_in
def create(application_id: str, item: str) -> ResponseReturnValue:
    """Object to one item of the key."""
    sight, form = _sight(application_id), ObjectionForm()
    if sight["terms"]:
        form.ask_fee(say("I pay the fee"), sight["terms"].grounds)
    marked = next((row for row in sight["marked"] if row.item == item), None)
    if marked is None:
        raise NotFound(say("There is no such question."))
    if form.validate_on_submit() and save(form, partial(_file, form, application_id, item, _kept(form))):
        flash(say("Your objection is received. You will be told the decision by mail."), "success")
        return redirect(url_for(".list_own", application_id=application_id), 303)
    return render(form=form, marked_item=marked, **sight)


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


def _file(form: ObjectionForm, application_id: str, item: str, kept: dict[str, Any], session: Session) -> str:
    """File the objection on the form."""
    return file_objections(
        session,
        application_id=application_id,
        points=[Point(item, Claim(form.claim.data), form.grounds.data, **kept)],
        ground=form.chosen_ground,
        actor=current_actor(),
        at=clock.now(),
    ).id


def _kept(form: ObjectionForm) -> dict[str, Any]:
    """Store the paper, if there is one, and give it with what the virus scanner said."""
    checked = form.checked
    if checked is None:
        return {"file": None}
    file = StoredFile(checked.filename, checked.media_type, len(checked.content), store_file(checked))
    return {"file": file, "verdict": checked.virus_check}


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
