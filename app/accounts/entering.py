"""Letting a person in and out: a new cookie, a device that is remembered, and where they go."""

from __future__ import annotations

import datetime as dt
import secrets

from flask import current_app, redirect, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from app.accounts.devices.services import meet
from app.accounts.models import Account
from app.accounts.queries import actor_of, get_account
from app.accounts.roles import is_staff
from app.accounts.sessions.rules import DEVICE_KNOWN
from app.platform import clock
from app.platform.actors import Actor
from app.platform.db import transaction
from app.web import typed
from app.web.access import safe_next

DEVICE_COOKIE = "meritum_device"
LONGEST = 100


def enter(token: str, account: Account, *, wanted: str = "") -> Response:
    """Give the browser a new cookie, so that nothing planted in the old one is signed in, and go on."""
    device = request.cookies.get(DEVICE_COOKIE, "")[:LONGEST] or secrets.token_urlsafe(24)
    address, named = request.remote_addr or "", request.headers.get("User-Agent", "")
    with transaction() as session:
        known = get_account(session, account.id)
        meet(session, account=known, device=device, address=address, browser=named, at=clock.now())
    cookie.clear()
    cookie["token"] = token
    cookie.permanent = True
    response = redirect(safe_next(wanted) or landing(actor_of(known)), 303)
    response.set_cookie(
        DEVICE_COOKIE,
        device,
        max_age=dt.timedelta(days=DEVICE_KNOWN.days),
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )
    return response


def leave() -> None:
    """Take from the browser what opened the account, and the key of what was typed in it."""
    cookie.clear()
    typed.leave()


def landing(actor: Actor) -> str:
    """Give where a person goes after signing in: where they wanted to, else where their work is."""
    wanted = safe_next(request.args.get("next"))
    if wanted:
        return wanted
    return url_for("home.staff" if is_staff(actor) else "recruitment.applications.list_own")
