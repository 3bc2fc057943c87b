"""Files by their SHA-256: written once, durable before they are named, checked when they are read."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.platform.errors import NotFound

# How much of a file is held in memory at a time.
PART = 1 << 20


class DamagedFile(RuntimeError):
    """A stored file no longer has the digest it is stored under."""


class FileStore:
    """A folder of immutable files; two files with the same content are one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def put(self, content: bytes) -> str:
        """Store the content durably and give its SHA-256 in hexadecimal."""
        return self.put_stream(io.BytesIO(content))

    def put_stream(self, source: BinaryIO) -> str:
        """Store what is left of a stream, part by part, and give its SHA-256 in hexadecimal."""
        summer = hashlib.sha256()
        handle, temporary = tempfile.mkstemp(dir=self.root)
        try:
            with os.fdopen(handle, "wb") as file:
                while part := source.read(PART):
                    summer.update(part)
                    file.write(part)
                path = self._path(summer.hexdigest())
                if not path.exists():
                    file.flush()
                    os.fsync(file.fileno())
            if path.exists():
                return path.name
            path.parent.mkdir(parents=True, exist_ok=True)
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return path.name

    def get(self, digest: str) -> bytes:
        """Read a stored file; NotFound when it is not there, DamagedFile when it was changed."""
        path = self._path(digest)
        if not path.is_file():
            raise NotFound("The file is not in the store.")
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise DamagedFile(digest)
        return content

    @contextmanager
    def open(self, digest: str) -> Iterator[BinaryIO]:
        """Open a stored file to read it part by part; it was compared with its digest before."""
        path = self._path(digest)
        if not path.is_file():
            raise NotFound("The file is not in the store.")
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise DamagedFile(digest)
            file.seek(0)
            yield file

    def remove(self, digest: str) -> None:
        """Remove a file for good, if it is there. Ask first whether a row still names it."""
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
            raise NotFound("The file is not in the store.")
        return self.root / digest[:2] / digest


_store: FileStore | None = None


def bind(store: FileStore) -> None:
    """Make `store` the one that this process uses."""
    global _store
    _store = store


def current() -> FileStore:
    """Give the store that this process is bound to."""
    if _store is None:
        raise RuntimeError("No file store is bound: call bind() first.")
    return _store
