"""Pages that change how an account is opened ask again who is there, unless that was shown just now."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import flash, redirect, request, url_for

from app.accounts.queries import find_session
from app.accounts.sessions.rules import PROOF_HOLDS
from app.platform import clock
from app.platform.db import reading
from app.platform.sentences import say
from app.web.access import current_actor, safe_next

View = TypeVar("View", bound=Callable[..., Any])


def proved(view: View) -> View:
    """Ask a signed-in person for the password, a code or a passkey before the view, if it is long ago.

    Put it nearest to the function. What was typed meanwhile is not kept: forms behind it are short. Whoever
    pressed a button comes back to the page on which it stands.
    """

    @functools.wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        at = clock.now()
        with reading() as session:
            row = find_session(session, current_actor().session_digest, at)
        if row is not None and row.proved_at is not None and row.proved_at > at - PROOF_HOLDS:
            return view(*args, **kwargs)
        flash(say("Show once more that it is you, then go on."), "important")
        return redirect(url_for("accounts.prove", next=_origin()), 303)

    return checked  # type: ignore[return-value]


def _origin() -> str:
    """Give the page to come back to: this one where it can be opened, else the one that sent the form."""
    rule = request.url_rule
    if rule is not None and rule.methods and "GET" in rule.methods:
        return request.full_path.rstrip("?")
    sender = urlsplit(request.referrer or "")
    page = f"{sender.path}?{sender.query}" if sender.query else sender.path
    is_ours = sender.netloc == request.host
    return (safe_next(page) if is_ours else None) or url_for("accounts.my_account")
