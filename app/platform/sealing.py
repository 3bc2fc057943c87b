"""Secrets that must be read again are sealed at rest; what must only be recognised is kept as a keyed digest.

The first key seals; the others still open what was sealed before, so that keys can be changed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

MARK = "sealed:"

_keys: tuple[bytes, ...] = ()


class SealBroken(ValueError):
    """A sealed value opens with none of the keys."""


def bind(keys: Sequence[str]) -> None:
    """Make these the keys of this process, the sealing one first; each may be any long random text."""
    global _keys
    _keys = tuple(_derived(key, "seal") for key in keys)


def seal(secret: str) -> str:
    """Give a secret as it may stand in the database."""
    return MARK + _fernet().encrypt(secret.encode()).decode()


def unseal(kept: str) -> str:
    """Give the secret back; a value kept from before sealing began is given as it is."""
    if not kept.startswith(MARK):
        return kept
    try:
        return _fernet().decrypt(kept.removeprefix(MARK).encode()).decode()
    except InvalidToken as error:
        raise SealBroken("A secret cannot be opened with the present keys.") from error


def is_current(kept: str) -> bool:
    """Tell whether a value is sealed with the first key, so that older keys can be given up."""
    if not kept.startswith(MARK):
        return False
    try:
        Fernet(_demand()[0]).decrypt(kept.removeprefix(MARK).encode())
    except InvalidToken:
        return False
    return True


def digests(text: str) -> tuple[str, ...]:
    """Give the keyed digests of a short code, the present key's first; without the key none can be tried."""
    return tuple(hmac.new(key, text.encode(), hashlib.sha256).hexdigest() for key in _demand())


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _demand()])


def _demand() -> tuple[bytes, ...]:
    if not _keys:
        raise RuntimeError("No sealing key is bound: call bind() first.")
    return _keys


def _derived(key: str, purpose: str) -> bytes:
    """Give 32 bytes in the form that Fernet asks for."""
    return base64.urlsafe_b64encode(hmac.new(key.encode(), purpose.encode(), hashlib.sha256).digest())
