"""A person's own account over HTTP: password, sessions, and showing once more that it is them."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import forms, queries, services
from app.accounts.identities.queries import list_identities
from app.accounts.models import Account
from app.accounts.passkeys.queries import has_passkey, list_passkeys
from app.accounts.passwords import hash_password, is_right
from app.accounts.routes import answer, bp, judged
from app.accounts.second_factor.codes import count_codes
from app.accounts.second_factor.services import check_code
from app.accounts.sessions import services as sessions
from app.accounts.sessions.queries import list_live_sessions
from app.accounts.sessions.rules import browser_name, limits_for
from app.platform import clock
from app.platform.db import reading, transaction
from app.platform.errors import Invalid
from app.platform.sentences import say
from app.web.access import current_actor, safe_next, signed_in
from app.web.pages import act, render, save

NOT_YOURS = say("This is not your present password")


@bp.get("/my/account")
@signed_in
def my_account() -> ResponseReturnValue:
    """Show a person's own particulars, how they sign in, and their signed-in browsers."""
    actor = current_actor()
    with reading() as session:
        account = queries.get_account_with_agencies(session, str(actor.id))
        shown: dict[str, Any] = {
            "sessions": list_live_sessions(session, account.id, clock.now()),
            "passkeys": list_passkeys(session, account.id),
            "codes_left": count_codes(session, account.id),
            "identities": list_identities(session, account.id),
        }
    has_services = bool(current_app.extensions["meritum"].sign_in_services)
    return render(account=account, browser_name=browser_name, has_services=has_services, **shown)


@bp.route("/my/password", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Change one's own password; all other sessions end."""
    actor, account = current_actor(), _own_account()
    if not account.password_hash:
        flash(say("You have no password yet. Ask for a link by which you choose one."), "important")
        return redirect(url_for(".forgot"), 303)
    form = forms.ChangePasswordForm().about(email=account.email, name=account.name)
    if form.validate_on_submit() and _is_current(form, account):
        hashed, at = hash_password(form.password.data), clock.now()
        with transaction() as session:
            services.change_password(session, account_id=account.id, password_hash=hashed, actor=actor, at=at)
            sessions.end_other_sessions(session, actor=actor, at=at)
        flash(say("Your password is changed. All your other sessions have ended."), "success")
        return redirect(url_for(".my_account"), 303)
    return answer(form)


@bp.route("/my/identity", methods=["GET", "POST"])
@signed_in
def prove() -> ResponseReturnValue:
    """Show once more that it is oneself, by the password or a code; a passkey does it too."""
    account, form = _own_account(), forms.IdentityForm()
    has_app, has_password = account.totp_confirmed_at is not None, bool(account.password_hash)
    if has_app and (request.args.get("by") == "code" or not has_password):
        del form.password
    else:
        del form.code
    with reading() as session:
        passkey = has_passkey(session, account.id)
    target = safe_next(request.args.get("next")) or url_for(".my_account")
    if form.validate_on_submit() and _is_them(form, account):
        with transaction() as session:
            sessions.prove(session, token_digest=current_actor().session_digest, at=clock.now())
        return redirect(target, 303)
    return answer(form, has_password=has_password, has_app=has_app, has_passkey=passkey)


@bp.post("/my/sessions/<id('ses'):session_id>/end")
@signed_in
def end_session(session_id: str) -> ResponseReturnValue:
    """End one of one's own sessions."""
    actor = current_actor()
    return act(
        lambda session: sessions.end_session(session, session_id=session_id, actor=actor, at=clock.now()),
        done=say("That session has ended."),
        then=url_for(".my_account"),
    )


@bp.post("/my/sessions/end-others")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """End all of one's own sessions but this one."""
    actor = current_actor()
    return act(
        lambda session: sessions.end_other_sessions(session, actor=actor, at=clock.now()),
        done=say("All your other sessions have ended."),
        then=url_for(".my_account"),
    )


def _own_account() -> Account:
    with reading() as session:
        return queries.get_account(session, str(current_actor().id))


def _is_current(form: forms.ChangePasswordForm, account: Account) -> bool:
    """Tell whether the present password was typed; a session left open must not be enough to take over."""
    limits = limits_for("password", account.id)
    right = judged(form, limits, lambda: is_right(account.password_hash, form.current.data))
    if not right and not form.is_throttled:
        form.add_errors(Invalid(current=NOT_YOURS))
    return right


def _is_them(form: forms.IdentityForm, account: Account) -> bool:
    """Judge the password, or else the code, that was typed to show who is there; guesses are counted."""
    limits, actor = limits_for("identity", account.id), current_actor()
    if "code" in form:
        return judged(
            form,
            limits,
            lambda: save(
                form,
                lambda session: check_code(session, code=form.code.data, actor=actor, at=clock.now()),
            ),
        )
    right = judged(form, limits, lambda: is_right(account.password_hash, form.password.data))
    if not right and not form.is_throttled:
        form.add_errors(Invalid(password=NOT_YOURS))
    return right
