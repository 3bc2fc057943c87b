"""Signing in and out, over HTTP; and what all pages of accounts share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts import forms, passwords, queries, services
from app.accounts.devices.queries import known_device
from app.accounts.entering import DEVICE_COOKIE, enter, landing, leave
from app.accounts.models import Account
from app.accounts.second_factor.services import pass_code, pass_recovery_code
from app.accounts.sessions import services as sessions
from app.accounts.sessions.queries import find_waiting_session
from app.accounts.sessions.rules import limits_for, too_many
from app.accounts.throttle import retry_at
from app.platform import clock, db
from app.platform.sentences import say
from app.web.access import current_actor, public, safe_next, signed_in
from app.web.pages import render, save

bp = Blueprint("accounts", __name__)
WRONG = say("This email address and password do not belong together. Check both and try again")


class Browser(TypedDict):
    """Where a session is begun."""

    address: str
    browser: str


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in with an email address and a password."""
    if current_actor().is_signed_in:
        return redirect(landing(current_actor()), 303)
    given = request.args.get("email", "")
    form = forms.SignInForm(data={"email": given if given.isprintable() else ""})
    account = _account_for(form) if form.validate_on_submit() else None
    if account is None:
        return answer(form, people=_demonstration_people(), services=sign_in_services())
    if account.merged_into_id:
        return _tell_merged(account)
    with db.transaction() as session:
        token, waits = sessions.sign_in(session, account_id=account.id, at=clock.now(), **browser())
    return wait_for_code(token) if waits else enter(token, account)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def enter_code() -> ResponseReturnValue:
    """Finish signing in with the code of the second factor."""
    return _second_step(forms.CodeForm(), pass_code)


@bp.route("/sign-in/recovery-code", methods=["GET", "POST"])
@public
def enter_recovery_code() -> ResponseReturnValue:
    """Finish signing in with a recovery code, because the phone is lost."""
    return _second_step(forms.RecoveryCodeForm(), pass_recovery_code)


@bp.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End this session, so that a copy of its cookie opens nothing."""
    with db.transaction() as session:
        sessions.sign_out(session, token_digest=current_actor().session_digest, at=clock.now())
    leave()
    flash(say("You are signed out."), "success")
    return redirect(url_for(".sign_in"), 303)


def wait_for_code(token: str) -> ResponseReturnValue:
    """Go on to the second step; until it is passed the browser holds nothing that opens the account."""
    cookie.clear()
    cookie["waiting"] = token
    return redirect(url_for("accounts.enter_code", next=safe_next(request.args.get("next"))), 303)


def judged(form: forms.TriedForm, limits: Mapping[str, int], judge: Callable[[], bool]) -> bool:
    """Judge a try unless there were too many; what is right is forgiven, what is wrong stays counted."""
    at = clock.now()
    with db.transaction() as session:
        tried = sessions.begin_try(session, limits=limits, at=at)
        wait = at if tried else retry_at(session, limits=limits, at=at)
    if not tried:
        throttle(form, wait, at)
        return False
    if not judge():
        return False
    with db.transaction() as session:
        sessions.forgive(session, tried=tried, limits=limits)
    return True


def throttle(form: forms.TriedForm, wait: dt.datetime, at: dt.datetime) -> None:
    """Say on the form that there were too many tries, and from when on one may try again."""
    form.is_throttled = True
    form.seconds_to_wait = max(1, int((wait - at).total_seconds()))
    form.form_errors.append(too_many(wait, at))


def answer(form: forms.TriedForm, **context: Any) -> ResponseReturnValue:
    """Render the form's page; 429 when there were too many tries."""
    body, status = render(form=form, **context)
    if not form.is_throttled:
        return body, status
    return body, 429, {"Retry-After": str(form.seconds_to_wait)}


def browser() -> Browser:
    """Give where a session is begun."""
    return Browser(address=request.remote_addr or "unknown", browser=request.headers.get("User-Agent", ""))


def sign_in_services() -> list[dict[str, str]]:
    """Give the other services by which one may sign in."""
    return [
        {"name": service.name, "title": service.title}
        for service in current_app.extensions["meritum"].sign_in_services
    ]


def _second_step(form: forms.CodeForm, service: Callable[..., str]) -> ResponseReturnValue:
    """Ask for the second factor of who has shown the first, and let them in when it is right."""
    digest = services.digest_token(cookie.get("waiting", ""))
    with db.reading() as session:
        waiting = find_waiting_session(session, digest, clock.now())
        account = queries.get_account(session, waiting.account_id) if waiting else None
    if account is None:
        flash(say("Sign in with your password first."), "important")
        return redirect(url_for(".sign_in", next=safe_next(request.args.get("next"))), 303)

    def finish(session: Session) -> str:
        return service(session, waiting_digest=digest, code=form.code.data, at=clock.now(), **browser())

    limits = limits_for("code", account.id)
    if form.validate_on_submit() and judged(form, limits, lambda: save(form, finish)):
        return enter(form.saved, account)
    return answer(form, has_app=account.totp_confirmed_at is not None)


def _account_for(form: forms.SignInForm) -> Account | None:
    """Give the account whose password was typed; for no account the same is done and said."""
    device, at = request.cookies.get(DEVICE_COOKIE, ""), clock.now()
    with db.reading() as session:
        account_id, kept = queries.find_sign_in(session, form.email.data)
        known = known_device(session, account_id=account_id, device=device, at=at)
    # A browser of the owner's counts for itself: strangers who guess elsewhere must not lock the owner out.
    who = f"{form.email.data} {known}"
    limits = limits_for("sign_in", who, request.remote_addr or "unknown")
    if judged(form, limits, lambda: passwords.is_right(kept, form.password.data)) and account_id:
        with db.reading() as session:
            return queries.get_account(session, account_id)
    if not form.is_throttled:
        form.form_errors.append(WRONG)
    return None


def _tell_merged(account: Account) -> ResponseReturnValue:
    """Say to who still knows a closed account's password with which address they sign in now."""
    with db.reading() as session:
        present = queries.get_account(session, str(account.merged_into_id))
    return render(template="accounts/merged.html", old=account, present=present)


def _demonstration_people() -> list[dict[str, str]]:
    """Give the accounts that a demonstration shows to whoever wants to try it."""
    is_demonstration = current_app.extensions["meritum"].is_demonstration
    return current_app.extensions.get("meritum_demonstration", []) if is_demonstration else []
