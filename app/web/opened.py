"""When a form was opened, sealed into the form itself: what comes back cannot be forged or lent to another.

The server keeps nothing, so a form that is open over a restart keeps its moment.
"""

from __future__ import annotations

import datetime as dt

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

SALT = "form-opened"


def seal(subject: str, actor_id: str | None, at: dt.datetime) -> str:
    """Seal the moment at which a person opened the form about `subject`."""
    return str(_serializer().dumps([subject, actor_id, at.astimezone(dt.UTC).isoformat()]))


def read(token: str, subject: str, actor_id: str | None) -> dt.datetime | None:
    """Give the sealed moment; None when it is no seal of ours, or of another form or person."""
    try:
        sealed = _serializer().loads(token)
    except BadData:
        return None
    if not isinstance(sealed, list) or sealed[:2] != [subject, actor_id]:
        return None
    return dt.datetime.fromisoformat(sealed[2])


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=SALT)
