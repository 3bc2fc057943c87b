"""What a person typed is kept when the session ended meanwhile, and offered again after signing in.

A form that comes in without a session, or with the token of another one, is not thrown away: its text is
sealed with a key that only the browser gets, in a cookie of its own, and kept for half a day. Once the person
has signed in and opens the same page, the text stands in its form again, not yet saved. Only pages marked
with `keeps_typing` do so: they open for their owner alone, so that another account that signs in at the same
browser finds nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from flask import Flask, current_app, g, request
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.platform import clock, typed_texts
from app.platform.db import reading, transaction
from app.platform.sentences import say

View = TypeVar("View", bound=Callable[..., Any])

COOKIE = "meritum_typed"
SIGN_IN = say(
    "Your session had ended. What you typed is kept: sign in with the same account to find it in the form."
)
STALE = say("The page was open in another session. What you typed is kept.")
LIFETIME = dt.timedelta(hours=12)
# The longest step holds some forty thousand letters; in the widest script each takes twelve bytes of JSON.
MOST_BYTES = 600_000
MOST_FIELDS = 200
NEVER_KEPT = frozenset({"csrf_token", "password", "proceed", "later", "submit"})


def keeps_typing(view: View) -> View:
    """Mark a view whose form is kept when its session has ended; it must show its page to the owner alone."""
    view.keeps_typing = True  # type: ignore[attr-defined]
    return view


def keep() -> str | None:
    """Keep the text of a form that cannot be taken now; gives its page's address, or None when it may not be.

    The form must be one of our own pages': a token that we signed, sent from our own site.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method != "POST" or not getattr(view, "keeps_typing", False) or not _is_ours():
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]
    content = json.dumps(fields, ensure_ascii=False).encode()
    address = request.full_path.rstrip("?")
    if len(fields) > MOST_FIELDS or len(content) > MOST_BYTES or len(request.path) > 300:
        return address
    key, at = Fernet.generate_key(), clock.now()
    sealed = Fernet(key).encrypt(content).decode()
    with transaction() as session:
        typed_texts.put(session, _digest(key), path=request.path, sealed=sealed, expires_at=at + LIFETIME)
    g.typed_cookie = key.decode()
    return address


def find() -> MultiDict[str, str] | None:
    """Give what this browser's person typed into the page's form before their session ended, or None.

    It stays kept until it is saved: looking at the page twice loses nothing.
    """
    key = request.cookies.get(COOKIE, "").encode()
    if request.method != "GET" or not key:
        return None
    with reading() as session:
        sealed = typed_texts.find(session, _digest(key), request.path, clock.now())
    if sealed is None:
        return None
    try:
        content = Fernet(key).decrypt(sealed.encode())
    except (InvalidToken, ValueError):
        return None
    return MultiDict([(str(name), str(value)) for name, value in json.loads(content)])


def forget(session: Session) -> None:
    """Drop what was kept for the page, now that its form was saved."""
    key = request.cookies.get(COOKIE, "").encode()
    if key and typed_texts.drop(session, _digest(key), request.path):
        g.typed_cookie = ""


def install(app: Flask) -> None:
    """Give the browser the key of what was kept, or take it back, with each answer."""
    app.after_request(_hand_over)


def _hand_over(response: Response) -> Response:
    key = g.get("typed_cookie")
    if key is not None:
        response.set_cookie(
            COOKIE,
            key,
            max_age=int(LIFETIME.total_seconds()) if key else 0,
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            httponly=True,
            samesite="Lax",
        )
    return response


def _is_ours() -> bool:
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    if urlsplit(sender).netloc != request.host:
        return False
    token = request.form.get("csrf_token") or request.headers.get("X-CSRFToken", "")
    serializer = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token")
    try:
        serializer.loads(token)
    except BadData:
        return False
    return True


def _digest(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()
