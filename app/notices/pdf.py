"""HTML to PDF: one file that is PDF/A-3a (for the archive) and PDF/UA-1 (for everyone), same bytes each time.

Nothing is ever fetched: a letter holds its text, its QR code as inline SVG, the pictures that are handed over
with it and, from the machine's own fonts, its glyphs.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import io
import logging
import threading
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape as html_escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PIL import ImageFile

from app.notices import pdf_conformance, pdf_limits
from app.platform import languages
from app.platform.errors import Invalid

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
STYLESHEET = TEMPLATES / "notices" / "letter.css"

INSTALL = (
    "Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. "
    "macOS: brew install pango."
)
# Stands for a character that no installed font has: PDF/A and PDF/UA forbid the fonts' own empty glyph. The
# data inside the file keep the true spelling.
SUBSTITUTE = "\N{WHITE SQUARE}"

_log = logging.getLogger(__name__)
# Pango's font map belongs to one thread at a time; more threads would not be faster.
_rendering = threading.Lock()


class PdfUnavailable(RuntimeError):
    """The machine lacks the Pango library; the message says how to install it."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF; `modified_at` is aware, and `name` ends as its kind of file does."""

    name: str
    content: bytes
    description: str
    modified_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Engine:
    """WeasyPrint with what all letters share: fonts found once, the style sheet read once."""

    weasyprint: Any
    font_config: Any
    stylesheet: Any
    make_colours: Callable[[], Any]
    make_fetcher: Callable[[list[str], Mapping[str, bytes]], Any]
    fatal_error: type[BaseException]


def render(
    html: str,
    *,
    title: str,
    language: str,
    attachments: Sequence[Attachment] = (),
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    identifier: str,
) -> bytes:
    """Render a letter as tagged PDF/A-3a and PDF/UA-1, each attachment marked as its data.

    `pictures` are JPEGs that the letter brings along: it shows one by <img src="picture:NAME">.
    Equal arguments give equal bytes, on equal fonts and libraries. The date of the document is the one in its
    <meta name="dcterms.created">. A character that no font has becomes a white square, with a warning in the
    log. Raises Invalid(html=...) when the letter is too long or too deep or refers to anything outside
    itself, and PdfUnavailable when Pango is missing.
    """
    pdf_limits.refuse_oversize(html)
    html = _isolated(html, language)
    engine = load_engine()
    draw = functools.partial(
        _draw,
        engine,
        title=title,
        language=language,
        attachments=attachments,
        pictures=pictures,
        identifier=identifier,
    )
    with _rendering:
        content, missing = draw(html)
        if missing:
            _log.warning(
                "No installed font has %d characters of a letter: %s.", len(missing), _scripts(missing)
            )
            content, missing = draw(html.translate({ord(character): SUBSTITUTE for character in missing}))
    if missing:
        raise Invalid(html="The letter cannot be printed: the installed fonts lack its letters.")
    return content


@functools.cache
def load_engine() -> Engine:
    """Import WeasyPrint (about a second) and prepare what all letters share, once a process."""
    try:
        import weasyprint
    except OSError as error:  # the system's loader did not find Pango
        raise PdfUnavailable(f"PDF letters need the Pango library. {INSTALL}") from error
    from weasyprint.css import ColorProfile
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # the library is not typed
        """Fetch nothing, of any scheme, but the letter's own pictures, and note what was asked for."""

        def __init__(self, refused: list[str], pictures: Mapping[str, bytes]) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
            self.refused, self.pictures = refused, pictures

        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, _, name = url.partition(":")
            if scheme == "picture" and name in self.pictures:
                return URLFetcherResponse(url, self.pictures[name], {"Content-Type": "image/jpeg"})
            self.refused.append(url)
            raise ValueError("A letter may not load anything.")

    # The import makes Pillow accept pictures that are cut short, in this whole process: applicants' too.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    # Its warnings spell out each character that is missing, and so people's names; we count them ourselves.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    font_config = FontConfiguration()
    stylesheet = weasyprint.CSS(
        string=STYLESHEET.read_text("utf-8"), font_config=font_config, url_fetcher=ClosedFetcher([], {})
    )
    profile = (Path(weasyprint.__file__).parent / "pdf" / "sRGB2014.icc").read_bytes()

    def make_colours() -> Any:
        # A new one each time: once read from, a profile is written with other bytes.
        return ColorProfile(
            io.BytesIO(profile), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"])
        )

    return Engine(weasyprint, font_config, stylesheet, make_colours, ClosedFetcher, FatalURLFetchingError)


def _draw(
    engine: Engine,
    html: str,
    *,
    title: str,
    language: str,
    attachments: Sequence[Attachment],
    pictures: Mapping[str, bytes],
    identifier: str,
) -> tuple[bytes, list[str]]:
    """Give the file, and the characters in it that no font has."""
    refused: list[str] = []
    try:
        parsed = engine.weasyprint.HTML(string=html, url_fetcher=engine.make_fetcher(refused, pictures))
        pdf_limits.refuse_deep_tree(parsed.etree_element)
        document = parsed.render(
            font_config=engine.font_config,
            stylesheets=[engine.stylesheet],
            color_profiles={"srgb": engine.make_colours()},
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
        )
        pdf_conformance.describe(document, title=title, language=language)
        content: bytes = document.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
            pdf_identifier=hashlib.sha256(f"{identifier}\n{html}".encode()).digest()[:16],
            # Not "srgb" again: the library would open its profile a second time and leave the file open.
            output_intent="as rendered",
            attachments=[_embed(engine, attachment) for attachment in attachments],
            finisher=pdf_conformance.finish,
        )
    except engine.fatal_error as error:
        raise _outside(refused) from error
    if refused:  # inside SVG the library swallows even its fatal error
        raise _outside(refused)
    missing = {chr(codepoint) for font in document.fonts.values() for codepoint in font.missing}
    return content, sorted(missing)


def _isolated(html: str, language: str) -> str:
    """Set apart what runs in a direction of its own: the renderer does not heed `bdi` by itself."""
    if languages.direction(language) == "ltr":
        return html
    return html.replace("<bdi>", "<bdi>\N{FIRST STRONG ISOLATE}").replace(
        "</bdi>", "\N{POP DIRECTIONAL ISOLATE}</bdi>"
    )


def unprintable(text: str) -> list[str]:
    """Give the characters of a text that no installed font has."""
    engine = load_engine()
    with _rendering:
        parsed = engine.weasyprint.HTML(
            string=f"<p>{html_escape(text)}</p>", url_fetcher=engine.make_fetcher([], {})
        )
        document = parsed.render(font_config=engine.font_config, stylesheets=[engine.stylesheet])
        document.write_pdf()
    return sorted({chr(codepoint) for font in document.fonts.values() for codepoint in font.missing})


def _embed(engine: Engine, attachment: Attachment) -> Any:
    modified = attachment.modified_at.astimezone(dt.UTC)
    return engine.weasyprint.Attachment(
        string=attachment.content,
        name=attachment.name,
        description=attachment.description,
        created=modified,
        modified=modified,
        relationship="Data",
    )


def _scripts(characters: Sequence[str]) -> str:
    """Name the scripts of characters, not the characters: a log is no place for people's names."""
    return ", ".join(sorted({unicodedata.name(character, "UNNAMED").split()[0] for character in characters}))


def _outside(refused: Sequence[str]) -> Invalid:
    return Invalid(html=f"A letter may not load anything. This one asks for {refused[0][:200]}")
