"""A person's own choices of mail."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.preferences import queries, services
from app.accounts.preferences.forms import PreferencesForm
from app.accounts.preferences.kinds import MailKind
from app.accounts.routes import bp
from app.platform import clock
from app.platform.db import reading
from app.platform.sentences import say
from app.web.access import current_actor, signed_in
from app.web.pages import render, save


@bp.route("/my/preferences", methods=["GET", "POST"])
@signed_in
def preferences() -> ResponseReturnValue:
    """Choose which kinds of mail to get."""
    actor = current_actor()
    with reading() as session:
        wanted = queries.list_wanted(session, str(actor.id))
    form = PreferencesForm(data={"wanted": [kind.value for kind in wanted]})
    if form.validate_on_submit() and save(
        form,
        lambda session: services.choose(
            session, wanted=[MailKind(value) for value in form.wanted.data], actor=actor, at=clock.now()
        ),
    ):
        flash(say("Your choices are saved."), "success")
        return redirect(url_for(".preferences"), 303)
    return render(form=form)
