"""A paper of one's own personnel file."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.personnel.documents import queries
from app.platform import storage
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import download

bp = Blueprint("documents", __name__)


@bp.get("/my/papers/<id('pfd'):document_id>/file")
@signed_in
def download_own(document_id: str) -> ResponseReturnValue:
    """Open a paper of one's own file."""
    with reading() as session:
        document = queries.get_own(session, document_id, current_actor().id)
    content = storage.current().get(document.digest)
    return download(content, filename=document.filename, media_type=document.media_type)
