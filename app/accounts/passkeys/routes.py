"""Passkeys over HTTP: our script asks for a question as JSON and sends the answer as a form."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.entering import enter
from app.accounts.limited import limited
from app.accounts.models import Account
from app.accounts.passkeys import forms, services
from app.accounts.passkeys.queries import get_passkey, list_passkeys
from app.accounts.proofs import proved
from app.accounts.queries import get_account
from app.accounts.routes import bp, browser
from app.accounts.sessions.rules import browser_name
from app.accounts.sessions.services import prove, sign_in, strengthen
from app.platform import clock
from app.platform.db import reading, transaction
from app.platform.errors import Invalid
from app.platform.sentences import say
from app.web.access import current_actor, public, safe_next, signed_in
from app.web.pages import act, render, save


@bp.post("/sign-in/passkey/question")
@public
@limited("passkey")
def ask_passkey() -> ResponseReturnValue:
    """Give the question that any passkey of this site can answer."""
    with transaction() as session:
        question = services.ask_to_open(
            session, purpose="sign_in", account_id=None, site=_site(), at=clock.now()
        )
    return Response(question, mimetype="application/json")


@bp.post("/sign-in/passkey")
@public
@limited("passkey")
def sign_in_by_passkey() -> ResponseReturnValue:
    """Sign in with a passkey, which is two factors in one: the device, and its lock."""
    form, target = forms.PasskeyForm(), safe_next(request.args.get("next"))
    if form.validate_on_submit() and save(form, lambda session: _sign_in(session, form.credential.data)):
        account, token = form.saved
        if token:
            return enter(token, account)
        flash(services.HALTED, "error")
    else:
        flash(_why(form), "error")
    return redirect(url_for(".sign_in", next=target), 303)


@bp.post("/my/identity/passkey/question")
@signed_in
def ask_passkey_again() -> ResponseReturnValue:
    """Give the question by which a signed-in person shows with a passkey that it is them."""
    with transaction() as session:
        question = services.ask_to_open(
            session, purpose="identity", account_id=current_actor().id, site=_site(), at=clock.now()
        )
    return Response(question, mimetype="application/json")


@bp.post("/my/identity/passkey")
@signed_in
def prove_by_passkey() -> ResponseReturnValue:
    """Show once more, with a passkey, that it is oneself."""
    form, target = forms.PasskeyForm(), safe_next(request.args.get("next"))
    if form.validate_on_submit() and save(form, lambda session: _prove(session, form.credential.data)):
        if form.saved:
            return redirect(target or url_for(".my_account"), 303)
        flash(services.HALTED, "error")
    else:
        flash(_why(form), "error")
    return redirect(url_for(".prove", next=target), 303)


@bp.route("/my/passkeys", methods=["GET", "POST"])
@signed_in
@proved
def passkeys() -> ResponseReturnValue:
    """List one's own passkeys, and add one."""
    actor, named = current_actor(), browser_name(request.headers.get("User-Agent", ""))
    form = forms.AddPasskeyForm(data={"name": named})
    if form.validate_on_submit() and save(form, lambda session: _register(session, form)):
        flash(say("The passkey is added. You can sign in with it from now on."), "success")
        return redirect(url_for(".passkeys"), 303)
    with reading() as session:
        kept = list_passkeys(session, str(actor.id))
    return render(form=form, passkeys=kept)


@bp.post("/my/passkeys/question")
@signed_in
@proved
def ask_new_passkey() -> ResponseReturnValue:
    """Give the question by which a browser makes a passkey."""
    with transaction() as session:
        account = get_account(session, str(current_actor().id))
        question = services.ask_to_register(session, account=account, site=_site(), at=clock.now())
    return Response(question, mimetype="application/json")


@bp.route("/my/passkeys/<id('psk'):passkey_id>", methods=["GET", "POST"])
@signed_in
@proved
def rename_passkey(passkey_id: str) -> ResponseReturnValue:
    """Give one of one's own passkeys another name."""
    actor = current_actor()
    with reading() as session:
        passkey = get_passkey(session, passkey_id, actor.id)
    form = forms.RenamePasskeyForm(obj=passkey)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.rename(
            session, passkey_id=passkey_id, name=form.name.data, actor=actor, at=clock.now()
        ),
    ):
        flash(say("The name is saved."), "success")
        return redirect(url_for(".passkeys"), 303)
    return render(form=form, passkey=passkey)


@bp.post("/my/passkeys/<id('psk'):passkey_id>/remove")
@signed_in
@proved
def remove_passkey(passkey_id: str) -> ResponseReturnValue:
    """Remove one of one's own passkeys."""
    actor = current_actor()
    return act(
        lambda session: services.remove(session, passkey_id=passkey_id, actor=actor, at=clock.now()),
        done=say("The passkey is removed."),
        then=url_for(".passkeys"),
    )


def _site() -> services.Site:
    config = current_app.extensions["meritum"]
    return services.Site(config.relying_party, config.public_url)


def _sign_in(session: Session, credential: str) -> tuple[Account, str]:
    """Give whose passkey it is with the token of a session, which is empty for a halted one."""
    at = clock.now()
    opened = services.open_by_passkey(
        session, credential=credential, purpose="sign_in", account_id=None, site=_site(), at=at
    )
    if opened.is_halted:
        return opened.account, ""
    token, _ = sign_in(session, account_id=opened.account.id, at=at, is_strong=True, **browser())
    return opened.account, token


def _prove(session: Session, credential: str) -> bool:
    actor, at = current_actor(), clock.now()
    opened = services.open_by_passkey(
        session, credential=credential, purpose="identity", account_id=actor.id, site=_site(), at=at
    )
    if not opened.is_halted:
        prove(session, token_digest=actor.session_digest, at=at)
        strengthen(session, token_digest=actor.session_digest)
    return not opened.is_halted


def _register(session: Session, form: forms.AddPasskeyForm) -> str:
    if not form.credential.data:
        raise Invalid(say("Your browser sent no passkey. This page needs JavaScript to make one."))
    actor, at = current_actor(), clock.now()
    credential, name = form.credential.data, form.name.data
    passkey = services.register(session, credential=credential, name=name, site=_site(), actor=actor, at=at)
    strengthen(session, token_digest=actor.session_digest)
    return passkey.id


def _why(form: forms.PasskeyForm) -> str:
    """Say why a passkey was not taken, on the page that the browser is sent back to."""
    return form.form_errors[0] if form.form_errors else services.NOT_GOOD
