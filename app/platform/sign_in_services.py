"""Other services by which people may sign in (OpenID Connect), as an operator declares them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
_TEXTS = ("name", "title", "issuer", "client_id", "client_secret", "scope")
_LISTS = ("strong_amr", "strong_acr")
_NEEDED = ("name", "title", "issuer", "client_id")
_MACHINE_ITSELF = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class SignInService:
    """One service; a sign-in with one of `strong_amr` or `strong_acr` counts as two factors.

    With `links_by_email` an applicant whose address the service has verified is linked to the account with
    that address without being asked to sign in to it first.
    """

    name: str
    title: str
    issuer: str
    client_id: str
    client_secret: str = ""
    scope: str = "openid email profile"
    strong_amr: tuple[str, ...] = ()
    strong_acr: tuple[str, ...] = ()
    links_by_email: bool = False


def read_services(text: str) -> tuple[SignInService, ...]:
    """Read a JSON list of services; a ValueError says what is wrong with it."""
    if not text.strip():
        return ()
    try:
        rows = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"this is not JSON ({error.msg}, line {error.lineno}).") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("a list of services is expected, each in braces.")
    services = tuple(_service(row) for row in rows)
    for field in ("name", "issuer"):
        if len({getattr(service, field) for service in services}) != len(services):
            raise ValueError(f"two services have the same {field}.")
    return services


def _service(row: Mapping[str, Any]) -> SignInService:
    if unknown := set(row) - {*_TEXTS, *_LISTS, "links_by_email"}:
        raise ValueError(f"nothing is called {', '.join(sorted(unknown))}.")
    if missing := [field for field in _NEEDED if not row.get(field)]:
        raise ValueError(f"a service lacks {', '.join(missing)}.")
    if wrong := [field for field in _TEXTS if not isinstance(row.get(field, ""), str)]:
        raise ValueError(f"{wrong[0]} must be text.")
    lists = {field: row.get(field, []) for field in _LISTS}
    for field, value in lists.items():
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ValueError(f"{field} must be a list of texts.")
    if not isinstance(row.get("links_by_email", False), bool):
        raise ValueError("links_by_email must be true or false.")
    if not _NAME.fullmatch(row["name"]):
        raise ValueError("a name has small letters, digits and hyphens.")
    parts = urlsplit(row["issuer"])
    if parts.scheme != "https" and parts.hostname not in _MACHINE_ITSELF:
        raise ValueError(f"the issuer of {row['name']} must begin with https://.")
    texts = {field: row[field] for field in _TEXTS if field in row}
    return SignInService(
        **texts,
        strong_amr=tuple(lists["strong_amr"]),
        strong_acr=tuple(lists["strong_acr"]),
        links_by_email=row.get("links_by_email", False),
    )
