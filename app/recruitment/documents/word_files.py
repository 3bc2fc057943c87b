"""Word files looked into: an archive of parts, none of which may run or reach out."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from app.platform.errors import Invalid
from app.platform.sentences import say

MOST_PARTS: Final = 2_000
MOST_UNPACKED: Final = 64 * 1024 * 1024
MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES: Final = "[Content_Types].xml"

NOT_WORD = say("This is not a Word document, whatever its name says. Save it as PDF and try again.")
ACTIVE = say("This Word document can run a program. Save it as PDF and choose that file.")
REACHES_OUT = say("This Word document fetches something from elsewhere. Save it as PDF and choose that file.")
TOO_LARGE = say("This Word document is too large when it is opened. Save it as PDF and choose that file.")
DAMAGED = say("We cannot read this Word document. Open it, save it as PDF, and choose the new file.")

_ACTIVE_TYPES = re.compile(rb"macroEnabled|vbaProject|activeX|oleObject|ms-office\.vba", re.IGNORECASE)
_ACTIVE_NAMES = re.compile(r"(vba\w*\.(bin|xml)|/activex/|/embeddings/)", re.IGNORECASE)
_OUTWARD = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
# A link that a person follows by hand is no danger; anything else outside is fetched when the file opens.
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/relationships/hyperlink[\"']", re.IGNORECASE)
_END: Final = b"PK\x05\x06"


def check(content: bytes) -> None:
    """Refuse a Word file with macros, embedded objects, outside parts, or anything after its end."""
    end = content.rfind(_END)
    if end < 0 or end + 22 != len(content):
        raise Invalid(file=DAMAGED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, KeyError, RuntimeError, EOFError) as error:
        raise Invalid(file=DAMAGED) from error
    except NotImplementedError as error:
        raise Invalid(file=DAMAGED) from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if TYPES not in names or len(set(names)) != len(names):
        raise Invalid(file=NOT_WORD)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Invalid(file=TOO_LARGE)
    types = _read(archive, TYPES)
    if _ACTIVE_TYPES.search(types) or any(_ACTIVE_NAMES.search(name) for name in names):
        raise Invalid(file=ACTIVE)
    if MAIN.encode() not in types:
        raise Invalid(file=NOT_WORD)
    for name in names:
        if name.endswith(".rels"):
            for found in _OUTWARD.findall(_read(archive, name)):
                if not _HYPERLINK.search(found):
                    raise Invalid(file=REACHES_OUT)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a part, at most as much as its header promised; a lying header is a damaged file."""
    with archive.open(name) as part:
        content = part.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise Invalid(file=TOO_LARGE)
    return content
