"""The mail of a demonstration over HTTP; elsewhere these pages do not exist."""

from __future__ import annotations

from pathlib import Path

from flask import current_app
from flask.typing import ResponseReturnValue

from app.accounts.mailbox.queries import get_letter, list_letters
from app.accounts.routes import bp
from app.platform.errors import NotFound
from app.web.access import public
from app.web.pages import render


@bp.get("/demonstration/mail")
@public
def mailbox() -> ResponseReturnValue:
    """List the mail that would have been sent."""
    return render(letters=list_letters(_folder()))


@bp.get("/demonstration/mail/<id('job'):key>")
@public
def mailbox_message(key: str) -> ResponseReturnValue:
    """Show one message as text."""
    return render(letter=get_letter(_folder(), key))


def _folder() -> Path:
    config = current_app.extensions["meritum"]
    if not config.is_demonstration:
        raise NotFound()
    folder: Path = config.data_dir / "mail"
    return folder
