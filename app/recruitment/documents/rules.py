"""What the documents of an application may be: files as they are checked everywhere, and so many of them."""

from __future__ import annotations

from app.platform.filecheck.files import (
    ALLOWED,
    MAX_BYTES,
    MAX_PHOTO_BYTES,
    CheckedFile,
    check_file,
    check_files,
)

__all__ = [
    "ALLOWED",
    "MAX_BYTES",
    "MAX_PHOTO_BYTES",
    "MOST_DOCUMENTS",
    "CheckedFile",
    "check_file",
    "check_files",
]
MOST_DOCUMENTS = 10
