"""Who may open a page: deny by default, each view says which permission it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, g, redirect, request, url_for
from werkzeug.exceptions import Forbidden as HttpForbidden
from werkzeug.wrappers import Response

from app.platform.actors import ANONYMOUS, Actor
from app.platform.sentences import say
from app.web import typed

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed in"
# A person whose second factor is not set up yet may open these and nothing else.
SECOND_FACTOR_PAGES = frozenset(
    {
        "accounts.ask_new_passkey",
        "accounts.ask_passkey_again",
        "accounts.passkeys",
        "accounts.prove",
        "accounts.prove_by_passkey",
        "accounts.second_factor",
        "accounts.sign_out",
        "static_file",
    }
)


def requires(permission: str) -> Callable[[View], View]:
    """Mark a view with the permission that it asks for; the permission is the endpoint's own name."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Mark a view that anyone may open."""
    return requires(PUBLIC)(view)


def signed_in(view: View) -> View:
    """Mark a view that anyone who is signed in may open; what they see there is their own."""
    return requires(SIGNED_IN)(view)


def current_actor() -> Actor:
    """Give who makes this request; a visitor while nobody has looked yet, as on a refused form."""
    actor: Actor = g.get("actor", ANONYMOUS)
    return actor


def permission_of(app: Flask, endpoint: str) -> str | None:
    """Give the permission an endpoint asks for; None when its view was never marked."""
    return getattr(app.view_functions[endpoint], "permission", None)


def safe_next(target: str | None) -> str | None:
    """Give `target` when it is a path on this site, else None, so that no link leads a person away."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc or "\\" in target else target


def install(
    app: Flask, *, load_actor: Callable[[], Actor], lacks_second_factor: Callable[[Actor], bool]
) -> None:
    """Check each request before its view runs."""

    @app.before_request
    def check() -> Response | None:
        g.actor = ANONYMOUS
        if request.endpoint is None:
            g.actor = load_actor()  # an error page, too, says who is signed in
            return None
        permission = permission_of(current_app, request.endpoint)
        if request.endpoint == "static_file":
            return None
        g.actor = load_actor()
        if permission == PUBLIC:
            return None
        if permission is None:
            raise HttpForbidden()
        if not g.actor.is_signed_in:
            target = request.full_path.rstrip("?") if request.method == "GET" else typed.address()
            flash(typed.SIGN_IN if typed.keep() else say("Sign in to go on."), "important")
            return redirect(url_for("accounts.sign_in", next=target), 303)
        if lacks_second_factor(g.actor) and request.endpoint not in SECOND_FACTOR_PAGES:
            return redirect(url_for("accounts.second_factor"), 303)
        if permission != SIGNED_IN and not g.actor.may(permission):
            raise HttpForbidden()
        return None

    app.context_processor(lambda: {"actor": g.get("actor", ANONYMOUS)})
