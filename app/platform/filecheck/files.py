"""What a file must be before it is kept: judged by what stands inside it, never by its name."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import pikepdf

from app.platform.antivirus import Verdict
from app.platform.errors import Invalid
from app.platform.filecheck import pictures, word_files
from app.platform.sentences import say

MAX_BYTES = 5_000_000
# What a telephone's camera makes; it is kept much smaller than it came.
MAX_PHOTO_BYTES = 20_000_000
# What one compressed part of a PDF may unpack to while it is read, and how many objects it may hold.
MOST_UNPACKED = 64 * 1024 * 1024
MOST_OBJECTS = 200_000
LONGEST_NAME = 120

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", WORD: ".docx"}
ALLOWED = ("pdf", "docx", "png", "jpg", "jpeg", "webp")

FILE_HINT = say(
    "PDF or Word (DOCX), 5 MB at most. Or photos (JPEG, PNG, WebP), 20 MB at most each: "
    "several photos of one paper become one file."
)
VIRUS = say("A virus was found in this file, so it was not kept. Choose another file.")
NOT_A_KIND = say(
    "This is not a PDF, a Word document (DOCX) or a picture, whatever its name says. "
    "Save it as one of these and try again."
)
OLD_WORD = say(
    "This is an old Word file, or one that is protected by a password. Save it as PDF and choose that file."
)
ENCRYPTED = say("This PDF is protected by a password. Save a copy without protection and choose that.")
ACTIVE = say(
    "This PDF can run a program or open something by itself. Print it to a new PDF file and choose that one."
)
CARRIES_FILES = say("This PDF carries other files inside. Print it to a new PDF file and choose that one.")
DAMAGED_PDF = say("We cannot read this PDF. Open it, save it as a PDF again, and choose the new file.")
TRAILING = say(
    "Something else is attached to the end of this PDF. Open it, save it as a PDF again, and try again."
)
MIXED = say("Choose one file, or several pictures of the pages of one paper.")
TOO_MANY_PAGES = say("Choose %(count)s pictures at most.", count=pictures.MOST_PAGES)
EMPTY = say("The file is empty.")
TOO_LARGE = say("The file is larger than 5 MB. Make it smaller and try again.")
TOO_LARGE_PHOTO = say("The picture is larger than 20 MB. Make it smaller and try again.")

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


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its bytes as they will be stored, their type, and a name that fits it.

    `virus_check` is what the virus scanner said of the bytes, None where there is no scanner.
    """

    content: bytes
    media_type: str
    filename: str
    virus_check: Verdict | None = None


def check_file(content: bytes, filename: str) -> CheckedFile:
    """Look into a file and give what to keep of it; Invalid(file=...) with a sentence when it is refused.

    Pictures are written anew, so that nothing but the picture is left; other files are kept byte for byte.
    """
    if not content:
        raise Invalid(file=EMPTY)
    kind = picture_kind(content)
    if len(content) > (MAX_PHOTO_BYTES if kind else MAX_BYTES):
        raise Invalid(file=TOO_LARGE_PHOTO if kind else TOO_LARGE)
    if kind:
        content, media_type = pictures.rewrite(content, kind)
    elif content.startswith(b"%PDF-"):
        check_pdf(content)
        media_type = "application/pdf"
    elif content.startswith(b"PK\x03\x04"):
        word_files.check(content)
        media_type = WORD
    elif content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Invalid(file=OLD_WORD)
    else:
        raise Invalid(file=NOT_A_KIND)
    return CheckedFile(content, media_type, _name(filename, ENDINGS[media_type]))


def check_files(files: Sequence[tuple[bytes, str]]) -> CheckedFile:
    """Look into what was chosen, content and name of each; several pictures become one PDF, a page each."""
    if len(files) == 1:
        return check_file(*files[0])
    if len(files) > pictures.MOST_PAGES:
        raise Invalid(file=TOO_MANY_PAGES)
    contents = [content for content, _name in files]
    kinds = [picture_kind(content) for content in contents]
    if not all(kinds):
        raise Invalid(file=MIXED)
    if max(map(len, contents)) > MAX_PHOTO_BYTES:
        raise Invalid(file=TOO_LARGE_PHOTO)
    joined = pictures.join([(content, str(kind)) for content, kind in zip(contents, kinds, strict=True)])
    return CheckedFile(joined, "application/pdf", _name(files[0][1], ".pdf"))


def picture_kind(content: bytes) -> str | None:
    """Tell by its first bytes whether a file is a picture that can be kept, and of which kind."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    return "WEBP" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


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
    except Invalid:
        raise
    except Exception as error:  # a reader of files raises whatever a broken one makes it raise
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


def _name(filename: str, ending: str) -> str:
    """Give the name a person will see again, with the ending of what stands inside."""
    stem = PurePath(filename.replace("\\", "/")).stem.strip(". ") or "document"
    printable = "".join(character for character in stem if character.isprintable())
    return (printable.strip()[:LONGEST_NAME] or "document") + ending
