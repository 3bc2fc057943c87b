"""Public pages kept for two seconds, so that a thousand visitors at one moment cost no more than one.

Only a visitor without any session shares a page, and only one that was marked `shared`. A page is kept by
its address and language, without its nonce: each answer gets a nonce of its own.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from flask import Flask, current_app, g, request, session
from werkzeug.wrappers import Response

from app.platform import languages
from app.web.headers import csp_nonce

View = TypeVar("View", bound=Callable[..., Any])
SECONDS = 2.0
MOST_PAGES = 500
LARGEST = 200_000
MOST_BYTES = 20_000_000  # of all pages together, in each process
_NONCE = b"\x00nonce\x00"  # cannot stand in a page


class _Kept(NamedTuple):
    until: float
    body: bytes
    mimetype: str


class _Pages:
    """The pages that are kept, the least recently kept going first when there are too many or too much."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, ...], _Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def find(self, key: tuple[str, ...]) -> _Kept | None:
        with self._lock:
            kept = self._pages.get(key)
        return kept if kept is not None and kept.until > time.monotonic() else None

    def keep(self, key: tuple[str, ...], body: bytes, mimetype: str) -> None:
        with self._lock:
            before = self._pages.pop(key, None)
            self._pages[key] = _Kept(time.monotonic() + SECONDS, body, mimetype)
            self._bytes += len(body) - (len(before.body) if before else 0)
            while len(self._pages) > MOST_PAGES or self._bytes > MOST_BYTES:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.body)


def shared(view: View) -> View:
    """Mark a public page that is the same for every visitor who has no session."""
    view.is_shared = True  # type: ignore[attr-defined]
    return view


def install(app: Flask) -> None:
    """Answer visitors from the pages that were made for others a moment ago."""
    pages = _Pages()

    @app.before_request
    def answer() -> Response | None:
        if app.testing or not _may_share():
            return None
        kept = pages.find(_key())
        if kept is None:
            g.is_to_keep = True
            return None
        return Response(kept.body.replace(_NONCE, csp_nonce().encode()), mimetype=kept.mimetype)

    @app.after_request
    def keep(response: Response) -> Response:
        if g.get("is_to_keep") and response.status_code == 200 and not _is_for_one(response):
            body = response.get_data()
            if len(body) <= LARGEST:
                pages.keep(_key(), body.replace(csp_nonce().encode(), _NONCE), response.mimetype or "")
        return response


def _is_for_one(response: Response) -> bool:
    """Tell whether an answer gives its visitor a cookie; a session's own is written only after this."""
    return session.modified or "Set-Cookie" in response.headers


def _may_share() -> bool:
    if request.method != "GET" or request.endpoint is None:
        return False
    if current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
        return False
    return getattr(current_app.view_functions[request.endpoint], "is_shared", False)


def _key() -> tuple[str, ...]:
    return (request.host_url, request.full_path, languages.current())
