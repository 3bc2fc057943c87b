"""Registering over HTTP: the same pages, whether or not the address has an account."""

from __future__ import annotations

from flask import current_app, flash, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts import forms
from app.accounts.entering import enter, landing
from app.accounts.models import Account
from app.accounts.passwords import hash_password, is_right
from app.accounts.registrations import services
from app.accounts.registrations.models import Registration
from app.accounts.registrations.queries import find_by_token, find_registration
from app.accounts.routes import answer, bp, browser, judged, sign_in_services, throttle
from app.accounts.services import start_session
from app.accounts.sessions.rules import limits_for
from app.accounts.throttle import allow
from app.platform import clock, languages
from app.platform.db import reading, transaction
from app.platform.sentences import say
from app.web.access import current_actor, public, safe_next
from app.web.pages import save

WRONG_PASSWORD = say("This is not the password that you chose when you registered")


@bp.route("/register", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    """Ask for an account; it is made once the mail address has answered."""
    if current_actor().is_signed_in:
        return redirect(landing(current_actor()), 303)
    form = forms.RegisterForm()
    if form.validate_on_submit():
        hashed = hash_password(form.password.data)
        if save(form, lambda session: _ask(session, form, hashed)) and not form.is_throttled:
            cookie["registration"] = form.saved
            return redirect(url_for(".confirm_registration"), 303)
    return answer(form, services=sign_in_services())


@bp.route("/register/confirm", methods=["GET", "POST"])
@public
def confirm_registration() -> ResponseReturnValue:
    """Confirm by the code of the mail, which may have been read on another device."""
    asked, form = cookie.get("registration", ""), forms.MailedCodeForm()
    with reading() as session:
        registration = find_registration(session, asked, clock.now())
    if registration is None:
        return _begin_again()
    if form.validate_on_submit() and judged(
        form,
        limits_for("confirm", registration.id, request.remote_addr or "unknown"),
        lambda: save(
            form,
            lambda session: _open(
                session,
                services.confirm_by_code(session, registration_id=asked, code=form.code.data, at=clock.now()),
            ),
        ),
    ):
        return _enter(form, registration.next_path)
    return answer(form, email=registration.email, is_demonstration=_is_demonstration())


@bp.post("/register/mail-again")
@public
def mail_again() -> ResponseReturnValue:
    """Promise another mail with another code."""
    asked, at = cookie.get("registration", ""), clock.now()
    with transaction() as session:
        registration = find_registration(session, asked, at)
        who, address = (registration.email if registration else ""), request.remote_addr or "unknown"
        wait = allow(session, "resend", who=who, address=address, at=at) if registration else None
        if registration and wait is None:
            path = url_for(".follow_link")
            services.promise_mail(session, registration_id=asked, link_path=path, at=at)
    if registration is None:
        return _begin_again()
    if wait is not None:
        form = forms.MailedCodeForm(formdata=None)
        throttle(form, wait, at)
        context = {"email": registration.email, "is_demonstration": _is_demonstration()}
        return answer(form, template="accounts/confirm_registration.html", **context)
    flash(say("Another mail is on its way. The code of the one before is dead."), "success")
    return redirect(url_for(".confirm_registration"), 303)


@bp.route("/register/link", methods=["GET", "POST"])
@public
def follow_link() -> ResponseReturnValue:
    """Confirm by the link of the mail; following it changes nothing yet, since programs read mail too."""
    token, form = request.args.get("token", "")[:100], forms.ConfirmForm()
    with reading() as session:
        registration = find_by_token(session, token, clock.now())
    if registration is None:
        return _begin_again()
    is_known = cookie.get("registration") == registration.id
    if is_known:
        del form.password
    is_proved = form.validate_on_submit() and (is_known or _knows_password(form, registration))
    if is_proved and save(form, lambda session: _confirm_token(session, token)):
        return _enter(form, registration.next_path)
    return answer(form, email=registration.email)


def _ask(session: Session, form: forms.RegisterForm, hashed: str) -> str:
    at, address = clock.now(), request.remote_addr or "unknown"
    wait = allow(session, "register", who=form.email.data, address=address, at=at)
    if wait is not None:
        throttle(form, wait, at)
        return ""
    return services.ask(
        session,
        name=form.name.data,
        email=form.email.data,
        password_hash=hashed,
        language=languages.current(),
        next_path=safe_next(request.args.get("next")) or "",
        link_path=url_for(".follow_link"),
        at=at,
    )


def _knows_password(form: forms.ConfirmForm, registration: Registration) -> bool:
    """Tell whether the password chosen at registering was typed: a link alone may have been forwarded."""
    limits = limits_for("confirm", registration.id, request.remote_addr or "unknown")
    right = judged(form, limits, lambda: is_right(registration.password_hash, form.password.data))
    if not right and not form.is_throttled:
        form.password.errors = [WRONG_PASSWORD]
    return right


def _confirm_token(session: Session, token: str) -> tuple[Account, str]:
    return _open(session, services.confirm_by_token(session, token=token, at=clock.now()))


def _open(session: Session, account: Account) -> tuple[Account, str]:
    """Sign in with the account that was made just now."""
    return account, start_session(session, account_id=account.id, at=clock.now(), **browser())


def _enter(form: forms.TriedForm, next_path: str) -> ResponseReturnValue:
    account, token = form.saved
    response = enter(token, account, wanted=next_path)
    flash(say("Your email address is confirmed, your account is made, and you are signed in."), "success")
    return response


def _begin_again() -> ResponseReturnValue:
    flash(services.OVER, "important")
    return redirect(url_for(".register"), 303)


def _is_demonstration() -> bool:
    return bool(current_app.extensions["meritum"].is_demonstration)
