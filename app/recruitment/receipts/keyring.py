"""The keys that sign receipts: Ed25519, kept in one file that only the service may read.

Each key is in force from a moment on, until the next one. Old keys stay in the file: a receipt is always made
with the key that was in force when the application came in, so that it comes out the same byte for byte.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.recruitment.receipts.rules import Receipt, signed_part

BEGINNING = dt.datetime.min.replace(tzinfo=dt.UTC)
OTHERS_MAY_READ = 0o077
MISSING = (
    "Applications were received, and the receipt keys are not at %s. Put the file back from your backup. "
    "Only if there never was one, run: meritum receipts begin"
)


class KeyFileRefused(RuntimeError):
    """The file of keys cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What the world may know of a key; `name` is the beginning of the SHA-256 of its 32 bytes."""

    name: str
    since: dt.datetime
    raw: bytes

    @property
    def text(self) -> str:
        return base64.b64encode(self.raw).decode()


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that signs."""

    public: PublicKey
    seed: bytes

    def sign(self, receipt: Receipt) -> dict[str, Any]:
        """Give the signed receipt."""
        body = receipt.body() | {"key": self.public.name}
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(signed_part(body))
        return body | {"signature": base64.b64encode(signature).decode()}


class KeyRing:
    """The keys of a file, read again when it changes; the first key is made when one is first asked for.

    Once `is_used` says that applications were received, a missing file is refused: a new first key would
    sign receipts other than those that people hold.
    """

    def __init__(self, path: Path, is_used: Callable[[], bool] = lambda: False) -> None:
        self.path = path
        self._is_used = is_used
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._keys: tuple[SigningKey, ...] = ()

    def keys(self) -> tuple[SigningKey, ...]:
        """Give all keys, oldest first."""
        with self._lock:
            if not self.path.exists():
                if self._is_used():
                    raise KeyFileRefused(MISSING % self.path)
                self.begin()
            stat = self.path.stat()
            if os.name == "posix" and stat.st_mode & OTHERS_MAY_READ:
                raise KeyFileRefused(f"Others may read {self.path}. Run: chmod 600 {self.path}")
            stamp = (stat.st_mtime_ns, stat.st_size)
            if stamp != self._stamp:
                self._keys = tuple(_read(entry) for entry in _load(self.path))
                self._stamp = stamp
            return self._keys

    def begin(self) -> None:
        """Make the first key, unless there is a file."""
        if not self.path.exists():
            _create(self.path, [_entry(BEGINNING)])

    def in_force(self, at: dt.datetime) -> SigningKey:
        """Give the key that signs what came in at `at`."""
        return [key for key in self.keys() if key.public.since <= at][-1]

    def public(self) -> list[PublicKey]:
        """Give what may be published of every key, oldest first."""
        return [key.public for key in self.keys()]

    def rotate(self, at: dt.datetime) -> PublicKey:
        """Put a new key in force from `at` on; what was signed before stays verifiable."""
        if at <= self.keys()[-1].public.since:
            raise KeyFileRefused("A key is in force from a later moment than this already.")
        _replace(self.path, [*_load(self.path), _entry(at)])
        return self.keys()[-1].public


def is_signed(receipt: dict[str, Any], keys: Sequence[PublicKey]) -> bool:
    """Tell whether one of the keys, the one that the receipt names, signed it as it is."""
    key = next((key for key in keys if key.name == receipt["key"]), None)
    if key is None:
        return False
    try:
        signature = base64.b64decode(receipt["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, signed_part(receipt))
    except (InvalidSignature, ValueError):
        return False
    return True


def name_of(raw: bytes) -> str:
    """Give the name of a public key, which is printed beside its signatures."""
    return hashlib.sha256(raw).hexdigest()[:16]


def _entry(since: dt.datetime) -> dict[str, str]:
    seed = Ed25519PrivateKey.generate().private_bytes_raw()
    return {"since": since.isoformat(), "seed": base64.b64encode(seed).decode()}


def _read(entry: dict[str, str]) -> SigningKey:
    seed = base64.b64decode(entry["seed"], validate=True)
    raw = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return SigningKey(PublicKey(name_of(raw), dt.datetime.fromisoformat(entry["since"]), raw), seed)


def _load(path: Path) -> list[dict[str, str]]:
    try:
        entries: list[dict[str, str]] = json.loads(path.read_text())["keys"]
        since = [dt.datetime.fromisoformat(entry["since"]) for entry in entries]
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFileRefused(
            f"{path} is not a file of receipt keys. Put the right one in its place."
        ) from error
    if not entries or since != sorted(set(since)) or since[0] != BEGINNING:
        raise KeyFileRefused(
            f"The keys in {path} are not in order of their moments, the first from the start."
        )
    return entries


def _create(path: Path, entries: list[dict[str, str]]) -> None:
    """Make the file unless another process does at the same time: then theirs stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _write_beside(path, entries)
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _replace(path: Path, entries: list[dict[str, str]]) -> None:
    _write_beside(path, entries).replace(path)


def _write_beside(path: Path, entries: list[dict[str, str]]) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
    with os.fdopen(handle, "w") as file:
        json.dump({"keys": entries}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


_ring: KeyRing | None = None


def bind(ring: KeyRing) -> None:
    """Make `ring` the one that this process signs with."""
    global _ring
    _ring = ring


def current() -> KeyRing:
    """Give the key ring that this process is bound to."""
    if _ring is None:
        raise RuntimeError("No key ring is bound: call bind() first.")
    return _ring
