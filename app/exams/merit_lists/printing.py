"""A published list as a PDF to print: candidate numbers alone, three columns a page, any length in a second.

Written directly, with the typefaces that every reader has: a hundred thousand rows laid out as a web page
would take minutes. Who reads by ear or by touch finds the same list on the page and in the CSV file.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 595, 842
MARGIN, TOP, LINE = 48, 742, 12
COLUMNS, ROWS = 3, 54
ENCODING = "cp1252"
Row = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above each page: title, lines below it, and what names rank, candidate and score."""

    title: str
    lines: Sequence[str]
    names: Row
    page: str


def write_pdf(heading: Heading, rows: Sequence[Row]) -> bytes:
    """Lay out (rank, candidate, score) in the order given; `heading.page` is filled with page and pages."""
    a_page = COLUMNS * ROWS
    sheets = [rows[start : start + a_page] for start in range(0, len(rows), a_page)] or [[]]
    first_page = 6
    kids = " ".join(f"{first_page + 2 * index} 0 R" for index in range(len(sheets)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(en)/ViewerPreferences<</DisplayDocTitle true>>>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(sheets)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        b"<</Title " + _text(heading.title) + b">>",
    ]
    for index, sheet in enumerate(sheets):
        content = zlib.compress(_content(heading, sheet, index + 1, len(sheets)))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]"
            f"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Contents {first_page + 2 * index + 1} 0 R>>".encode()
        )
        objects.append(
            f"<</Length {len(content)}/Filter/FlateDecode>>stream\n".encode() + content + b"\nendstream"
        )
    return _join(objects)


def _content(heading: Heading, rows: Sequence[Row], page: int, pages: int) -> bytes:
    parts = [_words(heading.title, MARGIN, 800, "F2", 13)]
    parts += [
        _words(line, MARGIN, 784 - place * LINE, "F1", 9) for place, line in enumerate(heading.lines[:3])
    ]
    parts.append(_words(heading.page.format(page=page, pages=pages), MARGIN, 36, "F1", 9))
    width = (PAGE_WIDTH - 2 * MARGIN) / COLUMNS
    for column in range(COLUMNS):
        x = MARGIN + column * width
        block = rows[column * ROWS : (column + 1) * ROWS]
        if block:
            parts.append(_row(heading.names, x, TOP, "F2"))
        parts += [_row(row, x, TOP - (place + 1) * LINE, "F1") for place, row in enumerate(block)]
    return b"\n".join(parts)


def _row(row: Row, x: float, y: float, font: str) -> bytes:
    places = (x, x + 42, x + 110)
    return b"\n".join(_words(text, at, y, font, 8.5) for text, at in zip(row, places, strict=True))


def _words(text: str, x: float, y: float, font: str, size: float) -> bytes:
    return f"BT /{font} {size:g} Tf {x:.1f} {y:g} Td ".encode() + _text(text) + b" Tj ET"


def _text(text: str) -> bytes:
    """Write a string of a PDF; letters that the typefaces do not have become question marks."""
    raw = " ".join(text.split()).encode(ENCODING, "replace")
    return b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _join(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += (
        f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info 5 0 R>>\nstartxref\n{table}\n%%EOF\n".encode()
    )
    return bytes(out)
