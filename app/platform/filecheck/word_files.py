"""Word files looked into: an archive of parts, none of which may run or reach out."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from app.platform.errors import Invalid
from app.platform.filecheck.word_parts import Element, Unreadable, read_elements
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

_ACTIVE_TYPES = re.compile(r"macroEnabled|vbaProject|activeX|oleObject|ms-office\.vba", re.IGNORECASE)
_ACTIVE_NAMES = re.compile(r"(vba\w*\.(bin|xml)|/activex/|/embeddings/)", re.IGNORECASE)
# A link that a person follows by hand is no danger; anything else outside is fetched when the file opens.
_HYPERLINKS: Final = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink",
    }
)
_PACKINGS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_END: Final = b"PK\x05\x06"


def check(content: bytes) -> None:
    """Refuse a Word file with macros, embedded objects, outside parts, or anything after its end."""
    end = content.rfind(_END)
    if end < 0 or end + 22 != len(content):
        raise Invalid(file=DAMAGED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
    except Invalid:
        raise
    except Exception as error:  # the readers of archives and of XML raise whatever a broken file makes them
        raise Invalid(file=DAMAGED) from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    folded = {name.casefold() for name in names}
    if TYPES not in names or len(folded) != len(names):
        raise Invalid(file=NOT_WORD)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Invalid(file=TOO_LARGE)
    # a part may be laid down in pieces, which only the program that opens the file would put together
    if any(part.compress_type not in _PACKINGS for part in parts) or any(
        name.endswith(".piece") for name in folded
    ):
        raise Invalid(file=DAMAGED)
    _check_types(_elements(archive, TYPES), names)
    for name in names:
        if name.casefold().endswith(".rels"):
            _check_relations(_elements(archive, name))


def _check_types(declared: list[Element], names: list[str]) -> None:
    values = [value for element in declared for value in element.attributes.values()]
    if any(map(_ACTIVE_TYPES.search, values)) or any(map(_ACTIVE_NAMES.search, names)):
        raise Invalid(file=ACTIVE)
    if MAIN not in [element.attributes.get("ContentType") for element in declared]:
        raise Invalid(file=NOT_WORD)


def _check_relations(elements: list[Element]) -> None:
    for element in elements:
        kind = element.attributes.get("Type", "")
        if _ACTIVE_TYPES.search(kind):
            raise Invalid(file=ACTIVE)
        is_outside = element.attributes.get("TargetMode", "").strip().casefold() == "external"
        if element.name == "Relationship" and is_outside and kind not in _HYPERLINKS:
            raise Invalid(file=REACHES_OUT)


def _elements(archive: zipfile.ZipFile, name: str) -> list[Element]:
    try:
        return read_elements(_read(archive, name))
    except Unreadable as error:
        raise Invalid(file=DAMAGED) from error


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a part, at most as much as its header promised; a lying header is a damaged file."""
    with archive.open(name) as part:
        content = part.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise Invalid(file=TOO_LARGE)
    return content
