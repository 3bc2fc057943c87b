"""The language of each page: chosen by account, cookie or browser, and applied to all that is printed."""

from __future__ import annotations

from gettext import NullTranslations
from typing import Any

from flask import Flask, g, has_request_context, request
from flask.json.tag import JSONTag, TaggedJSONSerializer
from flask.sessions import SecureCookieSessionInterface
from flask_babel import Babel
from flask_babel import Domain as _Domain
from werkzeug.wrappers import Response

from app.platform import languages
from app.platform.languages import LANGUAGES
from app.platform.sentences import Sentence, translate
from app.web.speech import speak

COOKIE = "language"
COOKIE_AGE = 365 * 24 * 60 * 60
STAFF_SIDE = "/staff"  # the office works in English


def chosen() -> str:
    """Give the language of this request: the account's, else the cookie's, else the browser's.

    Kept once it is known who asks; "" outside of requests.
    """
    if not has_request_context():
        return ""
    if request.path.startswith(STAFF_SIDE):
        return languages.ENGLISH
    if "language" in g:
        return str(g.language)
    actor = g.get("actor")
    offered = (getattr(actor, "language", ""), request.cookies.get(COOKIE, ""))
    language = next((code for code in offered if code in LANGUAGES), "")
    language = language or _asked() or languages.ENGLISH
    if actor is not None:
        g.language = language
    return language


def _asked() -> str:
    """Give the language that the browser likes best of those there are; `ar-EG` asks for Arabic."""
    wanted = (code.partition("-")[0].lower() for code in request.accept_languages.values())
    return next((code for code in wanted if code in LANGUAGES), "")


def remember(response: Response, language: str, *, is_secure: bool) -> None:
    """Keep a language in the browser, across signing in and out."""
    response.set_cookie(
        COOKIE, language, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=is_secure, path="/"
    )


class _SentenceTag(JSONTag):
    """A flashed sentence is kept in the cookie in the language it was said in."""

    __slots__ = ()
    key = ""

    def check(self, value: Any) -> bool:
        return isinstance(value, Sentence)

    def to_json(self, value: Any) -> Any:
        return translate(value)

    tag = to_json


def _serializer() -> TaggedJSONSerializer:
    made = TaggedJSONSerializer()
    made.register(_SentenceTag, index=0)
    return made


class _Sessions(SecureCookieSessionInterface):
    serializer = _serializer()


class _Catalogues(_Domain):  # type: ignore[misc]
    """The one set of catalogues, for whatever asks Flask-Babel."""

    def get_translations(self) -> NullTranslations:
        return languages.catalogue(languages.current())


def install(app: Flask) -> None:
    """Choose a language for each request and show every sentence in it."""
    languages.bind(chosen)
    babel = Babel(configure_jinja=False)
    babel.init_app(app, default_locale=languages.ENGLISH, locale_selector=languages.current)
    babel.__dict__["domain_instance"] = _Catalogues()
    app.session_interface = _Sessions()
    speak(app.jinja_env)

    @app.after_request
    def tell(response: Response) -> Response:
        if response.mimetype == "text/html" and request.endpoint != "static_file":
            response.headers.setdefault("Content-Language", languages.current())
            response.vary.update(("Accept-Language", "Cookie"))
        return response
