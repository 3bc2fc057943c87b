"""Asks the running service, as an applicant's browser would, whether applications can come in."""

from __future__ import annotations

import datetime as dt
import hashlib
import http.client
from urllib.parse import urlsplit

import structlog

from app.platform import storage

log = structlog.get_logger("meritum.intake")

PROBE = b"Meritum proves twice a minute that a document can be stored.\n"
SECONDS = 10
_service: tuple[str, str] | None = None


def bind(url: str, public_url: str) -> None:
    """Make `url` the address that is asked, under the public address's name; an empty one asks nobody."""
    global _service
    _service = (url, urlsplit(public_url).netloc) if url else None


def intake_works(at: dt.datetime) -> bool:
    """Tell whether a document can be stored and, where an address is bound, pages are answered.

    The document is a new one each time, and taken away again. That the database takes rows is proved by the
    proof itself, which is one.
    """
    document = PROBE + at.isoformat().encode()
    try:
        store = storage.current()
        digest = store.put(document)
        is_same = store.get(digest) == document and digest == hashlib.sha256(document).hexdigest()
        store.remove(digest)
        if not is_same:
            log.error("the file store gave back something else")
            return False
        return _service is None or _answers(*_service)
    except (OSError, http.client.HTTPException) as error:
        log.error("intake does not work", error=f"{type(error).__name__}: {error}")
        return False


def _answers(url: str, host: str) -> bool:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        connection.request("GET", parts.path or "/", headers={"Host": host})
        status = connection.getresponse().status
    finally:
        connection.close()
    if status != http.client.OK:
        log.error("intake does not answer", status=status)
    return status == http.client.OK
