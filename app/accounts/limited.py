"""Public pages that may be asked only so often from one network."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

from flask import render_template, request

from app.accounts.sessions.rules import too_many
from app.accounts.throttle import allow
from app.platform import clock
from app.platform.db import transaction
from app.platform.sentences import say


def limited(purpose: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Count what a public page is asked, by network; 429 when there was too much of it.

    A page that is merely opened, without a question in its address, is not counted.
    """

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            if request.method == "GET" and not (request.view_args or request.args):
                return view(*args, **kwargs)
            at = clock.now()
            with transaction() as session:
                wait = allow(session, purpose, address=request.remote_addr or "unknown", at=at)
            return view(*args, **kwargs) if wait is None else refused(wait, at)

        return checked

    return wrap


def refused(wait: dt.datetime, at: dt.datetime) -> tuple[str, int, dict[str, str]]:
    """Give the page that says from when on one may try again."""
    page = render_template(
        "_layout/error.html", title=say("Too many tries"), message=too_many(wait, at), status=429
    )
    return page, 429, {"Retry-After": str(max(1, int((wait - at).total_seconds())))}
