"""What a file must be before it is kept: judged by what stands inside it, never by its name."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import pikepdf
from PIL import Image, ImageOps

from app.platform.errors import Invalid

MAX_BYTES = 5_000_000
MOST_DOCUMENTS = 10
# A page of A4 scanned at 600 dots an inch has 35 million; decoding this many takes some 120 MB.
MOST_PIXELS = 40_000_000
MOST_FRAMES_SIDE = 30_000
# What one compressed part of a PDF may unpack to while it is read, and how many objects it may hold.
MOST_UNPACKED = 64 * 1024 * 1024
MOST_OBJECTS = 200_000
LONGEST_NAME = 120

ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
ALLOWED = ("pdf", "png", "jpg", "jpeg")

NOT_A_KIND = (
    "This is not a PDF, PNG or JPEG file, whatever its name says. Save it as one of these and try again."
)
ENCRYPTED = "This PDF is protected by a password. Save a copy without protection and choose that."
ACTIVE = (
    "This PDF can run a program or open something by itself. Print it to a new PDF file and choose that one."
)
CARRIES_FILES = "This PDF carries other files inside. Print it to a new PDF file and choose that one."
DAMAGED_PDF = "We cannot read this PDF. Open it, save it as a PDF again, and choose the new file."
TRAILING = (
    "Something else is attached to the end of this PDF. Open it, save it as a PDF again, and try again."
)
DAMAGED_PICTURE = "We cannot read this picture. Open it, save it again, and choose the new file."
TOO_LARGE_PICTURE = "This picture is too large when it is opened: 40 million points at most. Make it smaller."

# Keys of a PDF dictionary that make it act; a plain place to begin reading (an OpenAction without one of
# these) is harmless, and typesetting programs write it into every file.
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/AA", "/XFA", "/RichMedia"})
_ACTIVE_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR"}
    | {"/Rendition", "/RichMediaExecute", "/Movie", "/Sound"}
)
_HARMLESS_AT_OPENING = frozenset({"/GoTo"})
_FILE_KEYS = frozenset({"/EmbeddedFiles", "/EF"})

# qpdf's own limits hold for the whole process, so they are set once, before any thread reads a PDF.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MOST_UNPACKED,
    png_max_memory=MOST_UNPACKED,
    tiff_max_memory=MOST_UNPACKED,
    run_length_max_memory=MOST_UNPACKED,
    dct_max_memory=MOST_UNPACKED,
    max_stream_filters=5,
    doc_max_warnings=100,
    parser_max_container_size=MOST_OBJECTS,
)
# One picture at a time: each may take MOST_PIXELS of memory.
_decoding = threading.Lock()


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its bytes as they will be stored, their type, and a name that fits it."""

    content: bytes
    media_type: str
    filename: str


def check_file(content: bytes, filename: str) -> CheckedFile:
    """Look into a file and give what to keep of it; Invalid(file=...) with a sentence when it is refused.

    Pictures are written anew, so that nothing but the picture is left; a PDF is kept byte for byte.
    """
    if not content:
        raise Invalid(file="The file is empty.")
    if len(content) > MAX_BYTES:
        raise Invalid(file="The file is larger than 5 MB. Make it smaller and try again.")
    if content.startswith(b"%PDF-"):
        check_pdf(content)
        media_type = "application/pdf"
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        media_type, content = "image/png", rewrite_picture(content, "PNG")
    elif content.startswith(b"\xff\xd8\xff"):
        media_type, content = "image/jpeg", rewrite_picture(content, "JPEG")
    else:
        raise Invalid(file=NOT_A_KIND)
    return CheckedFile(content, media_type, _name(filename, ENDINGS[media_type]))


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that is encrypted, acts by itself, carries files or anything after its end."""
    if content.rstrip(b"\0\t\n\f\r ")[-5:] != b"%%EOF":
        raise Invalid(file=TRAILING if b"%%EOF" in content else DAMAGED_PDF)
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise Invalid(file=ENCRYPTED)
            if len(pdf.objects) > MOST_OBJECTS or not len(pdf.pages):
                raise Invalid(file=DAMAGED_PDF)
            _refuse_actions(pdf)
    except pikepdf.PasswordError:
        raise Invalid(file=ENCRYPTED) from None
    except (pikepdf.PdfError, ValueError, RuntimeError, OverflowError, RecursionError, MemoryError) as error:
        raise Invalid(file=DAMAGED_PDF) from error


def _refuse_actions(pdf: pikepdf.Pdf) -> None:
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S")) not in _HARMLESS_AT_OPENING:
        raise Invalid(file=ACTIVE)
    for dictionary in _dictionaries(pdf):
        keys = set(dictionary.keys())
        if keys & _ACTIVE_KEYS or str(dictionary.get("/S", "")) in _ACTIVE_ACTIONS:
            raise Invalid(file=ACTIVE)
        if keys & _FILE_KEYS:
            raise Invalid(file=CARRIES_FILES)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Walk every dictionary of the file, used or not, direct ones too; each indirect object once."""
    for found in pdf.objects:
        waiting = [found]
        while waiting:
            value = waiting.pop()
            if isinstance(value, pikepdf.Stream):
                value = value.stream_dict
            if isinstance(value, pikepdf.Dictionary):
                yield value
                inside = [value[key] for key in value.keys()]  # noqa: SIM118 - not a mapping to Python
            elif isinstance(value, pikepdf.Array):
                inside = list(value)
            else:
                continue
            waiting += [one for one in inside if isinstance(one, pikepdf.Object) and not one.is_indirect]


def rewrite_picture(content: bytes, kind: str) -> bytes:
    """Decode a picture and encode its points anew: what was hidden in it or after it is gone.

    It is turned upright first, since the note of how the camera was held goes too.
    """
    try:
        with _decoding, Image.open(io.BytesIO(content), formats=[kind]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS or max(width, height) > MOST_FRAMES_SIDE:
                raise Invalid(file=TOO_LARGE_PICTURE)
            upright = ImageOps.exif_transpose(picture)
            if kind == "JPEG" and upright.mode not in ("L", "RGB"):
                upright = upright.convert("RGB")
            if "transparency" in upright.info:
                upright = upright.convert("RGBA")
            upright.info.clear()
            written = io.BytesIO()
            upright.save(written, kind, **({"quality": 90} if kind == "JPEG" else {}))
            return written.getvalue()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Invalid(file=TOO_LARGE_PICTURE) from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, OverflowError, MemoryError) as error:
        raise Invalid(file=DAMAGED_PICTURE) from error


def _name(filename: str, ending: str) -> str:
    """Give the name a person will see again, with the ending of what stands inside."""
    stem = PurePath(filename.replace("\\", "/")).stem.strip(". ") or "document"
    printable = "".join(character for character in stem if character.isprintable())
    return (printable.strip()[:LONGEST_NAME] or "document") + ending
