"""One's own data: what is held, a copy of it, and the way to ask for deletion."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from app.accounts.proofs import proved
from app.compliance.personal_data import queries, services
from app.compliance.personal_data.copying import MEDIA_TYPES
from app.compliance.personal_data.declared import HELD
from app.compliance.personal_data.states import CopyState
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.platform.errors import Conflict, NotFound
from app.platform.sentences import say
from app.web.access import current_actor, signed_in
from app.web.pages import act, download, render

bp = Blueprint("personal_data", __name__)
GONE = say("This copy was kept for a week and is gone. Ask for a new one.")


@bp.get("/my/data")
@signed_in
def show() -> ResponseReturnValue:
    """Say what is held about a person, with the copies they asked for."""
    with reading() as session:
        copies = queries.list_own_copies(session, current_actor())
    return render(copies=copies, titles=[held.title for held in HELD.values()])


@bp.post("/my/data/copy")
@signed_in
@proved
def ask() -> ResponseReturnValue:
    """Ask for a copy of everything that is held about oneself."""
    return act(
        lambda session: services.ask_copy(session, actor=current_actor(), at=clock.now()),
        done=say("Your copy is being made. We tell you by email when it is ready."),
        then=url_for(".show"),
    )


@bp.post("/my/data/<id('pdc'):copy_id>/<form>")
@signed_in
@proved
def download_copy(copy_id: str, form: str) -> ResponseReturnValue:
    """Take one's own copy, as JSON, PDF or ZIP; taking it is recorded."""
    actor = current_actor()
    if form not in MEDIA_TYPES:
        raise NotFound()
    with transaction() as session:
        copy = queries.get_own_copy(session, copy_id, actor)
        if copy.state is CopyState.FORGOTTEN:
            raise Conflict(GONE)
        file = (copy.files or {}).get(form)
        if file is None:
            raise NotFound()
        services.record_download(session, copy=copy, form=form, actor=actor, at=clock.now())
    content = storage.current().get(file["digest"])
    return download(content, filename=f"personal-data.{form}", media_type=MEDIA_TYPES[form])
