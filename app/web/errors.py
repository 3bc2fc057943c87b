"""Error pages: the four errors, and what the web server raises, as a page that says what to do next."""

from __future__ import annotations

import structlog
from flask import Flask, flash, got_request_exception, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.platform.errors import MeritumError
from app.platform.sentences import say
from app.web import typed

log = structlog.get_logger("meritum.web")

TITLES = {
    400: say("We could not understand that request"),
    403: say("You do not have permission"),
    404: say("Page not found"),
    405: say("That cannot be done here"),
    409: say("That cannot be done now"),
    413: say("The file is too large"),
    422: say("Something needs correcting"),
    429: say("Too many tries"),
    500: say("Something went wrong on our side"),
}
ADVICE = {
    400: say("Go back, check the address, and try again."),
    403: say(
        "Your account does not have the role that this page asks for. If it should, ask your administrator."
    ),
    404: say("If you typed the address, check it. If you followed a link, the page may have moved."),
    405: say("Go back and use the buttons on the page."),
    413: say("Nothing was saved. Choose a smaller file and try again."),
    429: say("Wait a few minutes, then try again."),
    500: say("Nothing you sent was lost if we confirmed it before. Please try again in a few minutes."),
}


def page(status: int, message: str = "") -> tuple[str, int]:
    """Render the error page for a status, with a sentence of its own or the standing advice."""
    title = TITLES.get(status, TITLES[400])
    text = message or ADVICE.get(status, ADVICE[400])
    return render_template("_layout/error.html", title=title, message=text, status=status), status


def install(app: Flask) -> None:
    """Answer every error with a page."""

    @app.errorhandler(MeritumError)
    def ours(error: MeritumError) -> tuple[str, int]:
        return page(error.status, error.message)

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> tuple[str, int] | Response:
        if (address := typed.address()) and typed.keep():
            flash(typed.STALE, "important")
            return redirect(address, 303)
        return page(
            400, say("This page was open for too long or in another session. Go back, reload it, try again.")
        )

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[str, int] | HTTPException:
        if error.code is None or error.code < 400:
            return error
        return page(error.code)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> tuple[str, int]:
        if app.testing:
            raise error
        log.exception("request failed", method=request.method, endpoint=request.endpoint)
        got_request_exception.send(app, exception=error)  # Flask itself does not, once an error has a page
        return page(500)
