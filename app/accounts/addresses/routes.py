"""Changing one's mail address over HTTP."""

from __future__ import annotations

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.addresses import services
from app.accounts.addresses.forms import AddressForm, ConfirmAddressForm
from app.accounts.addresses.queries import find_by_token, find_open_change
from app.accounts.limited import limited
from app.accounts.proofs import proved
from app.accounts.routes import answer, bp, throttle
from app.accounts.throttle import allow
from app.platform import clock
from app.platform.db import reading
from app.platform.sentences import say
from app.web.access import current_actor, public, signed_in
from app.web.pages import act, render, save


@bp.route("/my/address", methods=["GET", "POST"])
@signed_in
@proved
def change_address() -> ResponseReturnValue:
    """Ask for another mail address; both addresses must confirm it."""
    actor, form = current_actor(), AddressForm()
    if form.validate_on_submit() and save(form, lambda session: _ask(session, form)) and form.saved:
        flash(say("Links are on their way to both addresses. Follow both within a day."), "success")
        return redirect(url_for(".change_address"), 303)
    with reading() as session:
        waiting = find_open_change(session, str(actor.id), clock.now())
    is_demonstration = bool(current_app.extensions["meritum"].is_demonstration)
    return answer(form, waiting=waiting, is_demonstration=is_demonstration)


@bp.post("/my/address/give-up")
@signed_in
def keep_address() -> ResponseReturnValue:
    """Give up the wish for another address."""
    actor = current_actor()
    return act(
        lambda session: services.cancel(session, actor=actor, at=clock.now()),
        done=say("Your address stays as it is."),
        then=url_for(".change_address"),
    )


@bp.route("/address/confirm", methods=["GET", "POST"])
@public
@limited("check")
def confirm_address() -> ResponseReturnValue:
    """Confirm a change of address by a mailed link; following it changes nothing yet."""
    token, form = request.args.get("token", "")[:100], ConfirmAddressForm()
    with reading() as session:
        change = find_by_token(session, token, clock.now())
    if change is None:
        flash(services.OVER, "important")
        return redirect(url_for(".my_account"), 303)
    if form.validate_on_submit() and save(
        form, lambda session: services.confirm(session, token=token, at=clock.now())
    ):
        is_done = form.saved.done_at is not None
        return render(template="accounts/address_confirmed.html", email=change.email, is_done=is_done)
    return render(form=form, email=change.email)


def _ask(session: Session, form: AddressForm) -> str:
    actor, at = current_actor(), clock.now()
    wait = allow(session, "address", who=str(actor.id), at=at)
    if wait is not None:
        throttle(form, wait, at)
        return ""
    path = url_for(".confirm_address")
    return services.ask(session, email=form.email.data, link_path=path, actor=actor, at=at).id
