"""Choosing the language over HTTP."""

from __future__ import annotations

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue

from app.accounts.languages import services
from app.accounts.routes import bp
from app.platform import clock
from app.platform.db import transaction
from app.platform.errors import NotFound
from app.platform.languages import LANGUAGES
from app.web.access import current_actor, public, safe_next
from app.web.languages import remember


@bp.route("/language", methods=["GET", "POST"])
@public
def choose_language() -> ResponseReturnValue:
    """Show pages in a language from now on; by POST, who is signed in is also written to in it.

    A visitor follows a plain link, which changes nothing but a cookie of the browser that follows it.
    """
    language, actor = request.values.get("language", ""), current_actor()
    if language not in LANGUAGES:
        raise NotFound()
    if request.method == "POST" and actor.id:
        with transaction() as session:
            services.choose_language(
                session, account_id=actor.id, language=language, actor=actor, at=clock.now()
            )
    response = redirect(safe_next(request.values.get("next")) or "/", 303)
    remember(response, language, is_secure=bool(current_app.config["SESSION_COOKIE_SECURE"]))
    return response
