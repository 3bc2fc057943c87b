"""Two-step sign-in and recovery codes over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import segno
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.accounts import forms
from app.accounts.models import Account
from app.accounts.passkeys.queries import has_passkey
from app.accounts.proofs import proved
from app.accounts.queries import get_account
from app.accounts.routes import answer, bp, judged
from app.accounts.second_factor import services
from app.accounts.second_factor.codes import count_codes
from app.accounts.second_factor.rules import enrolment_uri, grouped
from app.accounts.sessions.rules import limits_for
from app.platform import clock, sealing
from app.platform.db import reading, transaction
from app.platform.sentences import say
from app.web.access import current_actor, signed_in
from app.web.pages import render, save


@bp.route("/my/second-factor", methods=["GET", "POST"])
@signed_in
@proved
def second_factor() -> ResponseReturnValue:
    """Set two-step sign-in up: make a secret, then show by a first code that the app has it."""
    actor = current_actor()
    if request.method == "POST" and "begin" in request.form:
        with transaction() as session:
            services.begin(session, actor=actor, at=clock.now())
        return redirect(url_for(".second_factor"), 303)
    form = forms.CodeForm()
    if form.validate_on_submit() and _code_is_right(form, services.confirm):
        flash(
            say("Two-step sign-in is on. Now keep recovery codes, for the day the phone is lost."), "success"
        )
        return redirect(url_for(".recovery_codes"), 303)
    with reading() as session:
        account = get_account(session, str(actor.id))
        passkey = has_passkey(session, account.id)
    return answer(form, account=account, has_passkey=passkey, **_enrolment(account))


@bp.route("/my/second-factor/remove", methods=["GET", "POST"])
@signed_in
@proved
def remove_second_factor() -> ResponseReturnValue:
    """Turn one's own two-step sign-in off with a code."""
    form = forms.CodeForm()
    if form.validate_on_submit() and _code_is_right(form, services.remove):
        flash(say("Two-step sign-in is off."), "success")
        return redirect(url_for(".my_account"), 303)
    return answer(form)


@bp.route("/my/recovery-codes", methods=["GET", "POST"])
@signed_in
@proved
def recovery_codes() -> ResponseReturnValue:
    """Show how many recovery codes are left; by POST make a new set, which is shown this once."""
    actor, made = current_actor(), []
    if request.method == "POST":
        with transaction() as session:
            made = services.new_codes(session, actor=actor, at=clock.now())
    with reading() as session:
        left = count_codes(session, str(actor.id))
    return render(codes=made, left=left)


def _enrolment(account: Account) -> dict[str, object]:
    """Give what an authenticator app needs, while it is being set up."""
    if account.totp_secret is None or account.totp_confirmed_at is not None:
        return {"secret": "", "picture": ""}
    secret = sealing.unseal(account.totp_secret)
    uri = enrolment_uri(secret, account.email)
    drawn = segno.make(uri, error="m").svg_inline(scale=5, border=4, light="#fff", title="QR code")
    return {"secret": grouped(secret), "picture": Markup(drawn)}  # noqa: S704 - drawn from the secret


def _code_is_right(form: forms.CodeForm, service: Callable[..., Account]) -> bool:
    """Let a service take the code, which refuses a wrong one; guesses are counted."""
    actor = current_actor()
    return judged(
        form,
        limits_for("code", str(actor.id)),
        lambda: save(
            form, lambda session: service(session, code=form.code.data, actor=actor, at=clock.now())
        ),
    )
