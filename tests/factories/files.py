"""Files as people upload them, and as they should not: made here, none taken from anywhere."""

from __future__ import annotations

import io
import zipfile

import pikepdf
from PIL import Image

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def make_pdf(text: str = "") -> bytes:
    """Make a PDF of one empty page; another `text` makes another file."""
    made, written = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.Root.Note = pikepdf.String(text)
    made.save(written, deterministic_id=True)
    return written.getvalue()


def make_photo(size: tuple[int, int] = (60, 40), *, kind: str = "JPEG", turned: bool = False) -> bytes:
    """Make a picture that notes where it was taken, and (turned) that the camera lay on its side."""
    noted = Image.Exif()
    noted.get_ifd(0x8825)[2] = (40.0, 42.0, 46.0)
    if turned:
        noted[0x0112] = 6
    written = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(written, kind, exif=noted)
    return written.getvalue()


def make_docx(*, content_type: str = MAIN, parts: dict[str, bytes] | None = None) -> bytes:
    """Make a Word document; `parts` are added to it, or stand in place of its own."""
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
    own = {"[Content_Types].xml": types.encode(), "word/document.xml": b"<w:document/>"}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (own | (parts or {})).items():
            archive.writestr(name, content)
    return written.getvalue()


def make_relation(kind: str, target: str) -> bytes:
    """Make a document's list of relations with one that leads outside."""
    return (
        f'<Relationships><Relationship Id="r1" Type="{OFFICE}/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()
