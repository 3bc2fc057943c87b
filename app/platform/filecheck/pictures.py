"""Pictures written anew: upright, of a size that a person can read, with nothing in them but the picture."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from PIL import Image, ImageOps

from app.platform.errors import Invalid
from app.platform.sentences import say

# A page of A4 scanned at 600 dots an inch has 35 million points; decoding this many takes some 120 MB.
MOST_PIXELS: Final = 40_000_000
# A plain JPEG is decoded at a half, a quarter or an eighth of its size, so a large photo costs no more.
MOST_PHOTO_PIXELS: Final = 125_000_000
LONGEST_SIDE: Final = 30_000
# A page of A4 at some 200 dots an inch: small print is read well.
READABLE_SIDE: Final = 2400
MOST_WRITTEN: Final = 2_000_000
QUALITIES: Final = (85, 75, 60, 45)
MOST_PAGES: Final = 10

DAMAGED = say("We cannot read this picture. Open it, save it again, and choose the new file.")
TOO_LARGE = say("This picture is too large when it is opened. Make it smaller, or take it with fewer points.")

# A picture is refused before it is decoded by the limits above, so the library's own, lower one is lifted.
Image.MAX_IMAGE_PIXELS = MOST_PHOTO_PIXELS
# One picture at a time: each may take MOST_PIXELS of memory.
_decoding = threading.Lock()


def rewrite(content: bytes, kind: str) -> tuple[bytes, str]:
    """Decode a picture of a kind and encode its points anew; give the bytes and their media type.

    It is turned upright, made no larger than a person needs to read it, and written as JPEG, or as PNG
    where that is how it came and it stays small. Raises Invalid(file=...).
    """
    with _guarded():
        return _encode(_decode(content, kind), kind)


def join(contents: Sequence[tuple[bytes, str]]) -> bytes:
    """Make one PDF of several pictures, each given with its kind and each becoming a page."""
    with _guarded():
        return _write_pages(contents)


@contextmanager
def _guarded() -> Iterator[None]:
    """Let one picture at a time be decoded, and say what is wrong with one that cannot be."""
    try:
        with _decoding:
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Invalid(file=TOO_LARGE) from None
    except Invalid:
        raise
    except Exception as error:  # a reader of pictures raises whatever a broken one makes it raise
        raise Invalid(file=DAMAGED) from error


def _decode(content: bytes, kind: str) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=[kind]) as picture:
        width, height = picture.size
        longest = max(width, height)
        # a progressive JPEG is held whole in memory before it can be made smaller
        is_plain = kind == "JPEG" and not picture.info.get("progressive")
        most = MOST_PHOTO_PIXELS if is_plain else MOST_PIXELS
        if width * height > most or longest > LONGEST_SIDE:
            raise Invalid(file=TOO_LARGE)
        if is_plain and longest > READABLE_SIDE:
            picture.draft(None, (width * READABLE_SIDE // longest, height * READABLE_SIDE // longest))
        return _shrink(picture)


def _shrink(picture: Image.Image) -> Image.Image:
    """Make a picture no larger than a page needs, then turn it upright: large copies are costly."""
    is_large = max(picture.size) > READABLE_SIDE
    if "transparency" in picture.info:
        picture = picture.convert("RGBA")
    elif picture.mode not in ("1", "L", "LA", "RGB", "RGBA", "P") or (is_large and picture.mode == "P"):
        picture = picture.convert("RGB")
    elif is_large and picture.mode == "1":
        picture = picture.convert("L")
    if is_large:
        picture.thumbnail((READABLE_SIDE, READABLE_SIDE), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(picture)
    upright.info.clear()
    return upright


def _encode(picture: Image.Image, kind: str) -> tuple[bytes, str]:
    if kind == "PNG":
        written = io.BytesIO()
        picture.save(written, "PNG", optimize=True)
        if written.tell() <= MOST_WRITTEN:
            return written.getvalue(), "image/png"
    flat = _flatten(picture)
    for quality in QUALITIES:
        written = io.BytesIO()
        flat.save(written, "JPEG", quality=quality)
        if written.tell() <= MOST_WRITTEN:
            break
    return written.getvalue(), "image/jpeg"


def _flatten(picture: Image.Image) -> Image.Image:
    """Lay a picture that can be seen through on white paper."""
    if picture.mode in ("L", "RGB"):
        return picture
    if picture.mode not in ("LA", "RGBA"):
        return picture.convert("RGB")
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture.convert("RGB"), mask=picture.getchannel("A"))
    return paper


def _write_pages(contents: Sequence[tuple[bytes, str]]) -> bytes:
    pages = []
    for content, kind in contents:
        page, _media_type = _encode(_flatten(_decode(content, kind)), "JPEG")
        pages.append(Image.open(io.BytesIO(page)))
    written = io.BytesIO()
    # 200 dots an inch make a picture of the longest side allowed a page of some 30 centimetres
    pages[0].save(written, "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return written.getvalue()
