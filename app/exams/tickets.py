"""Sealed tickets: a file that was looked at is named to the page that stores it, for one purpose."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.platform import storage, uploads
from app.platform.errors import Invalid


def write(purpose: str, thing: str, content: bytes) -> str:
    """Keep the content and give the ticket that names it."""
    return str(_seal(purpose).dumps([thing, uploads.keep(content)]))


def read(purpose: str, ticket: str) -> tuple[str, bytes]:
    """Give the thing and the content that a ticket names, or raise Invalid."""
    try:
        thing, digest = _seal(purpose).loads(ticket)
    except (BadSignature, ValueError) as error:
        raise Invalid("Check the file once more: this page was not complete.") from error
    return str(thing), storage.current().get(str(digest))


def _seal(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=f"checked file: {purpose}")
