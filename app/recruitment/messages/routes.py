"""The applicant's side of a thread."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.platform import clock, storage, uploads
from app.platform.db import reading, transaction
from app.platform.sentences import say
from app.recruitment.applications.models import Application
from app.recruitment.applications.queries import get_own_application
from app.recruitment.messages import forms, queries, rules, services
from app.recruitment.messages.files import StoredFile
from app.recruitment.scanning.services import demand_clean
from app.web.access import current_actor, signed_in
from app.web.pages import download, render, save

bp = Blueprint("messages", __name__)
PLACE = "/my/applications/<id('app'):application_id>/messages"


@bp.route(PLACE, methods=["GET", "POST"])
@signed_in
def show(application_id: str) -> ResponseReturnValue:
    """Read a thread and write to the office; what was sent cannot be changed."""
    actor, form = current_actor(), forms.MessageForm()
    application = _open(application_id)
    if form.validate_on_submit():
        files = stored(form)
        if save(
            form,
            lambda session: (
                services.write(
                    session,
                    application_id=application_id,
                    body=form.body.data,
                    files=files,
                    actor=actor,
                    at=clock.now(),
                ).id
            ),
        ):
            flash(say("Your message is sent."), "success")
            return redirect(url_for(".show", application_id=application_id), 303)
    with reading() as session:
        messages = queries.list_messages(session, application_id)
    return render(form=form, application=application, messages=messages)


@bp.get(f"{PLACE}/files/<id('mfl'):file_id>")
@signed_in
def download_own(application_id: str, file_id: str) -> ResponseReturnValue:
    """Send a file of one's own thread."""
    with reading() as session:
        get_own_application(session, application_id, current_actor())
        file = queries.get_file(session, application_id, file_id)
        demand_clean(session, file.digest)
    content = storage.current().get(file.digest)
    return download(content, filename=file.filename, media_type=file.media_type)


def stored(form: forms.MessageForm) -> list[StoredFile]:
    """Put the file of a message into the store, before the transaction that names it."""
    checked = form.checked
    if checked is None:
        return []
    digest = uploads.keep(checked.content)
    size = len(checked.content)
    return [StoredFile(checked.filename, checked.media_type, size, digest, checked.virus_check)]


def _open(application_id: str) -> Application:
    """Give one's own received application, its messages from the office now read."""
    actor = current_actor()
    with reading() as session:
        application = get_own_application(session, application_id, actor)
        is_new = bool(queries.count_unread(session, [application_id]))
    rules.check_may_write(application.number)
    if is_new:
        with transaction() as session:
            services.mark_read(session, application=application, by_office=False, actor=actor, at=clock.now())
    return application
