"""Forgotten passwords over HTTP."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue

from app.accounts import forms, queries
from app.accounts.passwords import hash_password
from app.accounts.resets.queries import find_reset
from app.accounts.resets.services import DEAD_LINK, ask_reset, use_reset
from app.accounts.routes import answer, bp, throttle
from app.accounts.throttle import allow
from app.platform import clock
from app.platform.db import reading, transaction
from app.platform.sentences import say
from app.web.access import public
from app.web.pages import render, save


@bp.route("/forgot-password", methods=["GET", "POST"])
@public
def forgot() -> ResponseReturnValue:
    """Ask for a link to choose a new password; the answer is the same for every address."""
    form, is_sent = forms.ForgotForm(), False
    if form.validate_on_submit():
        email, at = form.email.data, clock.now()
        address = request.remote_addr or "unknown"
        with transaction() as session:
            wait = allow(session, "forgot", who=email, address=address, at=at)
            if wait is None:
                ask_reset(session, email=email, path=url_for(".reset"), at=at)
        if wait is not None:
            throttle(form, wait, at)
        is_sent = wait is None
    return answer(form, is_sent=is_sent)


@bp.route("/reset-password", methods=["GET", "POST"])
@public
def reset() -> ResponseReturnValue:
    """Choose a new password by the link of a mail."""
    token = request.args.get("token", "")[:100]
    with reading() as session:
        found = find_reset(session, token, clock.now())
        account = queries.get_account(session, found.account_id) if found else None
    if account is None:
        flash(DEAD_LINK, "error")
        return redirect(url_for(".forgot"), 303)
    form = forms.ResetForm().about(email=account.email, name=account.name)
    if form.validate_on_submit():
        hashed = hash_password(form.password.data)
        if save(form, lambda session: use_reset(session, token=token, password_hash=hashed, at=clock.now())):
            cookie.clear()
            flash(say("Your new password is saved. Sign in with it."), "success")
            return redirect(url_for(".sign_in"), 303)
    return render(form=form)
