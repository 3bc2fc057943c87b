"""The few ways a view answers: a page named like its endpoint, a saved form, an act, a download."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from flask import flash, redirect, render_template, request
from sqlalchemy.orm import Session
from werkzeug.routing import BaseConverter, Map, ValidationError
from werkzeug.wrappers import Response

from app.platform import clock, idempotency, ids
from app.platform.db import reading, transaction
from app.platform.errors import Conflict, Invalid
from app.web.access import current_actor


class Form(Protocol):
    """What `save` asks of a form."""

    saved: Any

    def add_errors(self, error: Invalid) -> None: ...


class IdConverter(BaseConverter):
    """`<id('pst'):posting_id>` in a rule: admits typed ids of one kind only, anything else is a 404."""

    def __init__(self, map: Map, prefix: str) -> None:
        super().__init__(map)
        self.prefix = prefix

    def to_python(self, value: str) -> str:
        if not ids.is_id(value, self.prefix):
            raise ValidationError()
        return value


def render(*, form: Any = None, template: str | None = None, **context: Any) -> tuple[str, int]:
    """Render the page that is named like the endpoint; 422 when the form on it has errors."""
    name = template or f"{(request.endpoint or '').replace('.', '/')}.html"
    status = 422 if form is not None and form.errors else 200
    return render_template(name, form=form, **context), status


def save(form: Form, act: Callable[[Session], Any]) -> bool:
    """Run `act` in a transaction; a refusal goes to the form's fields and gives False.

    What `act` returns is kept in `form.saved`. A form with an `idempotency_key` that was already used by
    the same person gives the first result again and changes nothing; `act` then must return a typed id.
    """
    key = getattr(getattr(form, "idempotency_key", None), "data", None)
    actor_id = current_actor().id
    if key:
        with reading() as session:
            form.saved = idempotency.find_result(session, key, actor_id)
        if form.saved is not None:
            return True
    try:
        with transaction() as session:
            form.saved = act(session)
            if key:
                idempotency.remember(session, key, actor_id=actor_id, result=str(form.saved), at=clock.now())
    except (Conflict, Invalid) as error:
        if key and _was_sent_meanwhile(form, key, actor_id):
            return True
        form.add_errors(error if isinstance(error, Invalid) else Invalid(error.message))
        return False
    return True


def _was_sent_meanwhile(form: Form, key: str, actor_id: str | None) -> bool:
    """Tell whether the same form, sent twice at one moment, was saved by the other sending."""
    with reading() as session:
        form.saved = idempotency.find_result(session, key, actor_id)
    return form.saved is not None


def act(change: Callable[[Session], Any], *, done: str, then: str) -> Response:
    """Run a one-button act and go to `then` with a message: `done`, or why it was refused."""
    try:
        with transaction() as session:
            change(session)
    except (Conflict, Invalid) as error:
        flash(error.message, "error")
    else:
        flash(done, "success")
    return redirect(then, 303)


def download(content: bytes, *, filename: str, media_type: str, inline: bool = False) -> Response:
    """Answer with a file; a browser never guesses its type and never runs it as a page of ours."""
    response = Response(content, mimetype=media_type)
    kind = "inline" if inline else "attachment"
    response.headers.set("Content-Disposition", kind, filename=filename)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
