"""The languages people are spoken to in: which there are, which is spoken now, and their catalogues.

Whoever answers a person binds how the present language is found (the web layer asks the request); letters
and mails are written inside `speaking(language)`. Everywhere else English is spoken.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel import Locale
from babel.messages import mofile, pofile
from babel.support import Translations

ENGLISH = "en"
# Each by its own name, in the order in which they are offered.
LANGUAGES = {ENGLISH: "English", "es": "Español", "hi": "हिन्दी", "ar": "العربية"}
RIGHT_TO_LEFT = frozenset({"ar"})
FOLDER = Path(__file__).resolve().parents[2] / "translations"

_spoken: ContextVar[str] = ContextVar("spoken", default="")
_finders: list[Callable[[], str]] = []


def bind(finder: Callable[[], str]) -> None:
    """Say who knows the present language; the finder gives "" when it does not."""
    _finders[:] = [finder]


def current() -> str:
    """Give the code of the language that is spoken now."""
    found = _spoken.get() or next((language for finder in _finders if (language := finder())), "")
    return found if found in LANGUAGES else ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language inside the block, whatever the request's own is."""
    token = _spoken.set(language if language in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _spoken.reset(token)


def direction(language: str = "") -> str:
    """Give `rtl` or `ltr`, as HTML wants it."""
    return "rtl" if (language or current()) in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=len(LANGUAGES))
def locale_of(language: str) -> Locale:
    """Give what is known of a language's way to write dates and numbers."""
    return Locale.parse(language)


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> NullTranslations:
    """Give a language's translations, read from its .po file once in a process; English has none.

    A text without a translation, or with a doubtful one, is left out and so stands in English.
    """
    path = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if language == ENGLISH or not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        messages = pofile.read_po(file, locale=language)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)
