"""A person's own account over HTTP: password, sessions, two-step sign-in."""

from __future__ import annotations

from collections.abc import Callable

import segno
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.accounts import forms, queries, services
from app.accounts.models import Account
from app.accounts.passwords import hash_password, is_right
from app.accounts.routes import answer, bp, judged
from app.accounts.second_factor import services as second_factors
from app.accounts.second_factor.rules import enrolment_uri, grouped
from app.accounts.sessions import services as sessions
from app.accounts.sessions.queries import list_live_sessions
from app.accounts.sessions.rules import browser_name, limits_for
from app.platform import clock
from app.platform.db import reading, transaction
from app.platform.errors import Invalid
from app.web.access import current_actor, signed_in
from app.web.pages import act, render, save


@bp.get("/my/account")
@signed_in
def my_account() -> ResponseReturnValue:
    """Show a person's own particulars, roles and signed-in browsers."""
    actor = current_actor()
    with reading() as session:
        account = queries.get_account_with_agencies(session, str(actor.id))
        live = list_live_sessions(session, account.id, clock.now())
    return render(account=account, sessions=live, browser_name=browser_name)


@bp.route("/my/password", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Change one's own password; all other sessions end."""
    actor, account = current_actor(), _own_account()
    form = forms.ChangePasswordForm().about(email=account.email, name=account.name)
    if form.validate_on_submit() and _is_current(form, account):
        hashed, at = hash_password(form.password.data), clock.now()
        with transaction() as session:
            services.change_password(session, account_id=account.id, password_hash=hashed, actor=actor, at=at)
            sessions.end_other_sessions(session, actor=actor, at=at)
        flash("Your password is changed. All your other sessions have ended.", "success")
        return redirect(url_for(".my_account"), 303)
    return answer(form)


@bp.post("/my/sessions/<id('ses'):session_id>/end")
@signed_in
def end_session(session_id: str) -> ResponseReturnValue:
    """End one of one's own sessions."""
    actor = current_actor()
    return act(
        lambda session: sessions.end_session(session, session_id=session_id, actor=actor, at=clock.now()),
        done="That session has ended.",
        then=url_for(".my_account"),
    )


@bp.post("/my/sessions/end-others")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """End all of one's own sessions but this one."""
    actor = current_actor()
    return act(
        lambda session: sessions.end_other_sessions(session, actor=actor, at=clock.now()),
        done="All your other sessions have ended.",
        then=url_for(".my_account"),
    )


@bp.route("/my/second-factor", methods=["GET", "POST"])
@signed_in
def second_factor() -> ResponseReturnValue:
    """Set two-step sign-in up: make a secret, then show by a first code that the app has it."""
    actor = current_actor()
    if request.method == "POST" and "begin" in request.form:
        with transaction() as session:
            second_factors.begin(session, actor=actor, at=clock.now())
        return redirect(url_for(".second_factor"), 303)
    form = forms.CodeForm()
    if form.validate_on_submit() and _code_is_right(form, second_factors.confirm):
        flash("Two-step sign-in is on.", "success")
        return redirect(url_for(".my_account"), 303)
    account = _own_account()
    return answer(form, account=account, **_enrolment(account))


@bp.route("/my/second-factor/remove", methods=["GET", "POST"])
@signed_in
def remove_second_factor() -> ResponseReturnValue:
    """Turn one's own two-step sign-in off with a code."""
    form = forms.CodeForm()
    if form.validate_on_submit() and _code_is_right(form, second_factors.remove):
        flash("Two-step sign-in is off.", "success")
        return redirect(url_for(".my_account"), 303)
    return answer(form)


def _own_account() -> Account:
    with reading() as session:
        return queries.get_account(session, str(current_actor().id))


def _is_current(form: forms.ChangePasswordForm, account: Account) -> bool:
    """Tell whether the present password was typed; a session left open must not be enough to take over."""
    limits = limits_for("password", account.id)
    right = judged(form, limits, lambda: is_right(account.password_hash, form.current.data))
    if not right and not form.is_throttled:
        form.add_errors(Invalid(current="This is not your present password"))
    return right


def _enrolment(account: Account) -> dict[str, object]:
    """Give what an authenticator app needs, while it is being set up."""
    if account.totp_secret is None or account.totp_confirmed_at is not None:
        return {"secret": "", "picture": ""}
    uri = enrolment_uri(account.totp_secret, account.email)
    drawn = segno.make(uri, error="m").svg_inline(scale=5, border=4, light="#fff", title="QR code")
    return {"secret": grouped(account.totp_secret), "picture": Markup(drawn)}  # noqa: S704 - drawn from the secret


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
