"""A person's own cases: what is proposed, on what it rests, how long there is to answer, and answering."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import desk
from app.personnel.case_files.queries import get_file
from app.personnel.discipline import queries as cases
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.replies import services, sight
from app.personnel.replies.forms import MoreTimeForm, ReplyForm, RepresentativeForm
from app.platform import clock, storage
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import download, render, save

bp = Blueprint("replies", __name__)
CASE = "/my/cases/<id('dsc'):case_id>"
desk.add_own("Cases about you", "personnel.replies.list_own", order=70, told=sight.told)


@bp.get("/my/cases")
@signed_in
def list_own() -> ResponseReturnValue:
    """List the cases about oneself."""
    actor = current_actor()
    with reading() as session:
        found = cases.list_own_cases(session, actor.id)
    return render(cases=found)


@bp.get(CASE)
@signed_in
def show_own(case_id: str) -> ResponseReturnValue:
    """Show the own case: the proposal, what it relies on, the clock, and who opened the file."""
    with reading() as session:
        case = cases.get_own_case(session, case_id, current_actor().id)
        return render(**sight.own(session, case, clock.now()))


@bp.get(f"{CASE}/files/<id('csf'):file_id>")
@signed_in
def download_own(case_id: str, file_id: str) -> ResponseReturnValue:
    """Give a file of the own case."""
    with reading() as session:
        case = cases.get_own_case(session, case_id, current_actor().id)
        file = get_file(session, case.id, file_id)
    return download(storage.current().get(file.digest), filename=file.filename, media_type=file.media_type)


@bp.route(f"{CASE}/answer", methods=["GET", "POST"])
@signed_in
def reply(case_id: str) -> ResponseReturnValue:
    """Answer in writing."""
    case, form = _get_own(case_id), ReplyForm()
    if form.validate_on_submit():
        file = form.keep()
        if save(
            form,
            lambda session: (
                services.give_reply(
                    session,
                    case_id=case_id,
                    text=form.text.data,
                    file=file,
                    title=form.title.data,
                    actor=current_actor(),
                    at=clock.now(),
                ).id
            ),
        ):
            flash("Your answer is handed in.", "success")
            return redirect(url_for(".show_own", case_id=case_id), 303)
    return render(form=form, case=case)


@bp.route(f"{CASE}/representative", methods=["GET", "POST"])
@signed_in
def name_representative(case_id: str) -> ResponseReturnValue:
    """Name who speaks for oneself."""
    case, form = _get_own(case_id), RepresentativeForm()

    def act(session: Session) -> object:
        who = services.Spokesperson(form.name.data, form.organization.data, form.contact.data)
        return services.name_representative(
            session, case_id=case_id, who=who, actor=current_actor(), at=clock.now()
        )

    if form.validate_on_submit() and save(form, act):
        flash("Your representative is named.", "success")
        return redirect(url_for(".show_own", case_id=case_id), 303)
    return render(form=form, case=case)


@bp.route(f"{CASE}/more-time", methods=["GET", "POST"])
@signed_in
def ask_more_time(case_id: str) -> ResponseReturnValue:
    """Ask for more time to answer."""
    case, form = _get_own(case_id), MoreTimeForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.ask_more_time(
            session,
            case_id=case_id,
            until_on=form.day(),
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("You have asked for more time. The office answers.", "success")
        return redirect(url_for(".show_own", case_id=case_id), 303)
    return render(form=form, case=case)


def _get_own(case_id: str) -> DisciplinaryCase:
    with reading() as session:
        return cases.get_own_case(session, case_id, current_actor().id)
