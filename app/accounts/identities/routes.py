"""Signing in through another service over HTTP, and linking it to one's account."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.entering import enter
from app.accounts.identities import client, services, waiting
from app.accounts.identities.queries import list_identities
from app.accounts.limited import limited
from app.accounts.models import Account
from app.accounts.proofs import proved
from app.accounts.routes import bp, browser, wait_for_code
from app.accounts.sessions.services import sign_in
from app.platform import clock, db, languages, links
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.sentences import say
from app.platform.sign_in_services import SignInService
from app.web.access import current_actor, public, safe_next, signed_in
from app.web.pages import act, render

STOPPED = say("You did not go on at the other service. Nothing has changed.")


@bp.get("/sign-in/services/<name>")
@public
@limited("sign_in_service")
def go_to_service(name: str) -> ResponseReturnValue:
    """Send a visitor to another service to sign in there; a link, since pages' forms lead nowhere else."""
    return _leave(name, account_id="", next_path=safe_next(request.args.get("next")) or "")


@bp.get("/my/services/<name>/link")
@signed_in
@proved
def link_service(name: str) -> ResponseReturnValue:
    """Send a signed-in person to another service, whose account they link to theirs."""
    return _leave(name, account_id=str(current_actor().id), next_path=url_for(".list_services"))


@bp.get("/sign-in/services/<name>/back")
@public
def come_back(name: str) -> ResponseReturnValue:
    """Take in who comes back from another service."""
    service, kept, at = _service(name), cookie.pop("journey", None), clock.now()
    journey = client.Journey(**kept) if kept else None
    failed = url_for(".list_services" if journey and journey.account_id else ".sign_in")
    if journey is None or journey.service != name or "error" in request.args:
        flash(STOPPED, "important")
        return redirect(failed, 303)
    given = {"state": request.args.get("state", ""), "code": request.args.get("code", "")}
    try:
        arrival = client.arrive(service, journey=journey, redirect_uri=_back(name), at=at, **given)
        if journey.account_id:
            return _ask_first(arrival, journey)
        with db.transaction() as session:
            account, token, waits = _sign_in(session, arrival, service)
    except (Invalid, Conflict) as error:
        flash(error.message, "error")
        return redirect(failed, 303)
    return wait_for_code(token) if waits else enter(token, account, wanted=journey.next_path)


@bp.get("/my/services/links/<token>")
@signed_in
def show_link(token: str) -> ResponseReturnValue:
    """Show with which account there a person came back, and ask whether it is to be linked."""
    arrival = _arrival(token)
    if arrival is None:
        return redirect(url_for(".list_services"), 303)
    titles = {service.issuer: service.title for service in _offered()}
    title = titles.get(arrival.issuer, arrival.issuer)
    return render(template="accounts/confirm_link.html", arrival=arrival, title=title, token=token)


@bp.post("/my/services/links/<token>")
@signed_in
@proved
def confirm_link(token: str) -> ResponseReturnValue:
    """Link the account that was shown."""
    actor, arrival = current_actor(), _arrival(token)
    if arrival is None:
        return redirect(url_for(".list_services"), 303)
    cookie.pop("link")
    return act(
        lambda session: services.link(session, arrival=arrival, actor=actor, at=clock.now()),
        done=say("The service is linked. You can sign in through it from now on."),
        then=url_for(".list_services"),
    )


@bp.get("/my/services")
@signed_in
def list_services() -> ResponseReturnValue:
    """List the services through which one signs in, and those that could be linked."""
    with db.reading() as session:
        linked = list_identities(session, str(current_actor().id))
    titles = {service.issuer: service.title for service in _offered()}
    taken = {identity.issuer for identity in linked}
    free = [service for service in _offered() if service.issuer not in taken]
    return render(linked=linked, titles=titles, free=free)


@bp.post("/my/services/<id('idn'):identity_id>/unlink")
@signed_in
@proved
def unlink_service(identity_id: str) -> ResponseReturnValue:
    """Let go of a linked service."""
    actor = current_actor()
    return act(
        lambda session: services.unlink(session, identity_id=identity_id, actor=actor, at=clock.now()),
        done=say("The service is unlinked."),
        then=url_for(".list_services"),
    )


def _offered() -> tuple[SignInService, ...]:
    config: Any = current_app.extensions["meritum"]
    offered: tuple[SignInService, ...] = config.sign_in_services
    return offered


def _service(name: str) -> SignInService:
    found = next((service for service in _offered() if service.name == name), None)
    if found is None:
        raise NotFound(say("There is no such service."))
    return found


def _back(name: str) -> str:
    return links.absolute(url_for("accounts.come_back", name=name))


def _leave(name: str, *, account_id: str, next_path: str) -> ResponseReturnValue:
    try:
        address, journey = client.begin(
            _service(name), redirect_uri=_back(name), account_id=account_id, next_path=next_path
        )
    except Invalid as error:
        flash(error.message, "error")
        return redirect(url_for(".list_services" if account_id else ".sign_in"), 303)
    cookie["journey"] = journey.kept()
    return redirect(address, 303)


def _sign_in(session: Session, arrival: client.Arrival, service: SignInService) -> tuple[Account, str, bool]:
    at = clock.now()
    account = services.recognise(
        session,
        arrival=arrival,
        links_by_email=service.links_by_email,
        language=languages.current(),
        at=at,
    )
    token, waits = sign_in(session, account_id=account.id, at=at, is_strong=arrival.is_strong, **browser())
    return account, token, waits


def _ask_first(arrival: client.Arrival, journey: client.Journey) -> ResponseReturnValue:
    """Go on to the page that shows who came back and asks whether they are to be linked."""
    services.check_same_person(current_actor(), journey.account_id)
    cookie["link"] = waiting.wait(arrival, account_id=journey.account_id, at=clock.now())
    return redirect(url_for(".show_link", token=cookie["link"]["token"]), 303)


def _arrival(token: str) -> client.Arrival | None:
    """Give who came back and waits to be linked; where it is not the one that was shown, say so."""
    account_id = str(current_actor().id)
    arrival = waiting.waits(cookie.get("link"), token=token, account_id=account_id, at=clock.now())
    if arrival is None:
        flash(STOPPED, "important")
    return arrival
