"""Signing in and out and registering, over HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.accounts import forms, queries, services
from app.accounts.models import Account, AccountState
from app.accounts.passwords import hash_password, is_right
from app.accounts.roles import is_staff
from app.accounts.second_factor.services import pass_code
from app.accounts.sessions import services as sessions
from app.accounts.sessions.queries import find_waiting_session
from app.accounts.sessions.rules import limits_for, too_many
from app.accounts.throttle import retry_at
from app.platform import clock, languages
from app.platform.actors import Actor
from app.platform.db import reading, transaction
from app.web.access import current_actor, public, safe_next, signed_in
from app.web.pages import render, save

bp = Blueprint("accounts", __name__)
WRONG = "This email address and password do not belong together. Check both and try again"


class Browser(TypedDict):
    """Where a session is begun."""

    address: str
    browser: str


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in with an email address and a password."""
    if current_actor().is_signed_in:
        return redirect(_landing(current_actor()), 303)
    given = request.args.get("email", "")
    form = forms.SignInForm(data={"email": given if given.isprintable() else ""})
    account = _account_for(form) if form.validate_on_submit() else None
    if account is None:
        return answer(form, people=_demonstration_people())
    with transaction() as session:
        token, waits = sessions.sign_in(session, account_id=account.id, at=clock.now(), **browser())
    if not waits:
        return _enter(token, account)
    cookie.clear()
    cookie["waiting"] = token
    return redirect(url_for(".enter_code", next=safe_next(request.args.get("next"))), 303)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def enter_code() -> ResponseReturnValue:
    """Finish signing in with the code of the second factor."""
    form, digest = forms.CodeForm(), services.digest_token(cookie.get("waiting", ""))
    with reading() as session:
        waiting = find_waiting_session(session, digest, clock.now())
        account = queries.get_account(session, waiting.account_id) if waiting else None
    if account is None:
        flash("Sign in with your password first.", "important")
        return redirect(url_for(".sign_in", next=safe_next(request.args.get("next"))), 303)
    if form.validate_on_submit() and judged(
        form, limits_for("code", account.id), lambda: save(form, lambda session: _pass(session, digest, form))
    ):
        return _enter(form.saved, account)
    return answer(form)


@bp.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End this session, so that a copy of its cookie opens nothing."""
    with transaction() as session:
        sessions.sign_out(session, token_digest=current_actor().session_digest, at=clock.now())
    cookie.clear()
    flash("You are signed out.", "success")
    return redirect(url_for(".sign_in"), 303)


@bp.route("/register", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    """Make an account and sign in with it."""
    if current_actor().is_signed_in:
        return redirect(_landing(current_actor()), 303)
    form = forms.RegisterForm()
    if form.validate_on_submit():
        hashed = hash_password(form.password.data)
        if save(form, lambda session: _register(session, form, hashed)):
            account, token = form.saved
            flash("Your account is made, and you are signed in.", "success")
            return _enter(token, account)
    return render(form=form)


def judged(form: forms.TriedForm, limits: Mapping[str, int], judge: Callable[[], bool]) -> bool:
    """Judge a try unless there were too many; what is right is forgiven, what is wrong stays counted."""
    at = clock.now()
    with transaction() as session:
        tried = sessions.begin_try(session, limits=limits, at=at)
        wait = at if tried else retry_at(session, limits=limits, at=at)
    if not tried:
        throttle(form, wait, at)
        return False
    if not judge():
        return False
    with transaction() as session:
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
    """Give what a session keeps of where it was begun."""
    return Browser(address=request.remote_addr or "unknown", browser=request.headers.get("User-Agent", ""))


def _account_for(form: forms.SignInForm) -> Account | None:
    """Give the account whose password was typed; for no account the same is done and said."""
    with reading() as session:
        account = queries.find_account_by_email(session, form.email.data)
    is_open = account is not None and account.state is AccountState.ACTIVE
    kept = account.password_hash if account is not None and is_open else None
    limits = limits_for("sign_in", form.email.data, request.remote_addr or "unknown")
    if judged(form, limits, lambda: is_right(kept, form.password.data)):
        return account
    if not form.is_throttled:
        form.form_errors.append(WRONG)
    return None


def _pass(session: Session, digest: str, form: forms.CodeForm) -> str:
    return pass_code(session, waiting_digest=digest, code=form.code.data, at=clock.now(), **browser())


def _register(session: Session, form: forms.RegisterForm, hashed: str) -> tuple[Account, str]:
    at = clock.now()
    account = services.create_account(
        session,
        email=form.email.data,
        name=form.name.data,
        password_hash=hashed,
        actor=current_actor(),
        at=at,
        language=languages.current(),
    )
    return account, services.start_session(session, account_id=account.id, at=at, **browser())


def _enter(token: str, account: Account) -> Response:
    """Give the browser a new cookie, so that nothing planted in the old one is signed in, and go on."""
    cookie.clear()
    cookie["token"] = token
    cookie.permanent = True
    return redirect(_landing(queries.actor_of(account)), 303)


def _landing(actor: Actor) -> str:
    """Give where a person goes after signing in: where they wanted to, else where their work is."""
    wanted = safe_next(request.args.get("next"))
    if wanted:
        return wanted
    return url_for("home.staff" if is_staff(actor) else "recruitment.applications.list_own")


def _demonstration_people() -> list[dict[str, str]]:
    """Give the accounts that a demonstration shows to whoever wants to try it."""
    is_demonstration = current_app.extensions["meritum"].is_demonstration
    return current_app.extensions.get("meritum_demonstration", []) if is_demonstration else []
