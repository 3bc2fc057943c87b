"""What a person typed is kept when the session ended meanwhile, and offered again after signing in.

A form that comes in without a session, or with the token of another one, is not thrown away: its text is
sealed with a key that only the browser gets, in a cookie of its own, and kept for half a day. Once the person
has signed in and opens the same page, the text stands in its form again, not yet saved. Only pages marked
with `keeps_typing` do so. Each of their forms carries its owner's account, sealed; the text is found by that
account alone, so that another one that signs in at the same browser finds nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from flask import Flask, current_app, g, request
from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.platform import clock, typed_texts
from app.platform.actors import ANONYMOUS
from app.platform.db import reading, transaction
from app.platform.sentences import say

View = TypeVar("View", bound=Callable[..., Any])

COOKIE = "meritum_typed"
OWNER_FIELD = "typed_by"
SIGN_IN = say(
    "Your session had ended. What you typed is kept: sign in with the same account to find it in the form."
)
STALE = say("The page was open in another session. What you typed is kept.")
LIFETIME = dt.timedelta(hours=12)
# The longest step holds some forty thousand letters; in the widest script each takes twelve bytes of JSON.
MOST_BYTES = 600_000
MOST_FIELDS = 200
NEVER_KEPT = frozenset({"csrf_token", OWNER_FIELD, "password", "proceed", "later", "submit"})


def keeps_typing(view: View) -> View:
    """Mark a view whose form is kept when its session has ended; it must show its page to the owner alone."""
    view.keeps_typing = True  # type: ignore[attr-defined]
    return view


def owner_seal() -> str:
    """Seal who a page that keeps typing is shown to, for its form; empty on any other page."""
    actor_id = g.get("actor", ANONYMOUS).id
    return str(_sealer().dumps(actor_id)) if actor_id and _keeps() else ""


def address() -> str | None:
    """Give the address of the page whose form came in; None when its text may not be kept.

    The form must be one of our own pages': a token that we signed, sent from our own site.
    """
    is_form = request.method == "POST" and _keeps() and _is_ours()
    return request.full_path.rstrip("?") if is_form else None


def keep() -> bool:
    """Keep the text of a form that cannot be taken now; False if not ours, too long, or one too many."""
    owner = _owner()
    if owner is None or address() is None:
        return False
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]
    content = json.dumps(fields, ensure_ascii=False).encode()
    if len(fields) > MOST_FIELDS or len(content) > MOST_BYTES or len(request.path) > 300:
        return False
    if not current_app.extensions["meritum_may_keep_typed"](owner):
        return False
    key, at = _key() or Fernet.generate_key(), clock.now()
    sealed = Fernet(key).encrypt(content).decode()
    with transaction() as session:
        typed_texts.put(
            session, _digest(key, owner), path=request.path, sealed=sealed, expires_at=at + LIFETIME
        )
    g.typed_cookie = key.decode()
    return True


def find() -> MultiDict[str, str] | None:
    """Give what the person typed into the page's form, in this browser, before their session ended, or None.

    It stays kept until it is saved: looking at the page twice loses nothing.
    """
    key, owner = _key(), g.get("actor", ANONYMOUS).id
    if request.method != "GET" or key is None or owner is None:
        return None
    with reading() as session:
        sealed = typed_texts.find(session, _digest(key, owner), clock.now())
    if sealed is None:
        return None
    content = Fernet(key).decrypt(sealed.encode())
    return MultiDict([(str(name), str(value)) for name, value in json.loads(content)])


def forget(session: Session) -> None:
    """Drop what was kept for the page, now that its form was saved; other pages' text stays."""
    key, owner = _key(), g.get("actor", ANONYMOUS).id
    if key is not None and owner is not None:
        typed_texts.drop(session, _digest(key, owner))


def leave() -> None:
    """Take the key back from the browser: who signs out leaves nothing behind."""
    g.typed_cookie = ""


def install(app: Flask, *, may_keep: Callable[[str], bool]) -> None:
    """Give the browser the key of what was kept, or take it back, with each answer.

    `may_keep` counts a form that is to be kept for an account, and tells whether it is not one too many.
    """
    app.extensions["meritum_may_keep_typed"] = may_keep
    app.jinja_env.globals["owner_seal"] = owner_seal
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


def _keeps() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "keeps_typing", False))


def _owner() -> str | None:
    try:
        return str(_sealer().loads(request.form.get(OWNER_FIELD, "")))
    except BadData:
        return None


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="typed-by")


def _key() -> bytes | None:
    """Give the browser's key, one for all that it keeps; None when it has none, or a made-up one."""
    key = request.cookies.get(COOKIE, "").encode()
    try:
        Fernet(key)
    except ValueError:
        return None
    return key


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


def _digest(key: bytes, owner: str) -> str:
    """Name the row of one page's text: who lacks the key or is not the owner cannot tell which it is."""
    return hashlib.sha256(b"\n".join((key, owner.encode(), request.path.encode()))).hexdigest()
