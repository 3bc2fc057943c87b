"""What the owner of a mailbox answers to the joining of two accounts."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.limited import limited
from app.accounts.merges import consents
from app.accounts.merges.forms import AnswerForm
from app.accounts.routes import bp
from app.platform import clock
from app.platform.db import reading
from app.web.access import public
from app.web.pages import render, save


@bp.route("/joining", methods=["GET", "POST"])
@public
@limited("check")
def answer_merge() -> ResponseReturnValue:
    """Take the answer of a mailbox by its mailed link; the page tells nothing of the other account."""
    token, form = request.args.get("token", "")[:100], AnswerForm()
    with reading() as session:
        question = consents.find_by_token(session, token)
    if question is None:
        flash(consents.OVER, "important")
        return redirect(url_for("home.start"), 303)
    agrees = form.answer.data == "yes"
    if form.validate_on_submit() and save(
        form, lambda session: consents.answer(session, token=token, agrees=agrees, at=clock.now()).merge_id
    ):
        return render(template="accounts/merge_answered.html", agrees=agrees)
    return render(form=form)
