"""What templates need to speak the reader's language; pages and letters share it, with or without Flask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment
from jinja2.filters import FILTERS
from markupsafe import Markup, escape

from app.platform import languages
from app.platform.languages import LANGUAGES
from app.platform.sentences import Sentence, show, translate


def gettext(message: str, /, **parameters: Any) -> Markup:
    """Give a template's text in the present language; parameters are written as in a Sentence."""
    return _filled(languages.catalogue(languages.current()).gettext(message), parameters)


def ngettext(singular: str, plural: str, num: int, /, **parameters: Any) -> Markup:
    """Give a template's text about a number, `%(num)s` or `%(count)s` in it."""
    pattern = languages.catalogue(languages.current()).ngettext(singular, plural, num)
    return _filled(pattern, {"num": num, "count": num} | parameters)


def _filled(pattern: str, parameters: Mapping[str, Any]) -> Markup:
    safe = escape(pattern)
    if not parameters:
        return safe
    return safe % {
        name: value if isinstance(value, Markup) else show(value) for name, value in parameters.items()
    }


def finalize(value: Any) -> Any:
    """Translate a sentence when a template prints it."""
    return translate(value) if isinstance(value, Sentence) else value


def _translating(change: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter that makes text anew see the translated text."""
    return lambda value, *args, **kwargs: change(translate(value), *args, **kwargs)


def _join(values: Any, separator: str = "", attribute: str | None = None) -> Markup:
    parts = (getattr(value, attribute) if attribute else value for value in values)
    return escape(separator).join(translate(part) for part in parts)


def speak(environment: Environment) -> None:
    """Give templates the functions that translate, and let them print sentences in the present language."""
    environment.add_extension("jinja2.ext.i18n")
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.finalize = finalize
    for name in ("lower", "capitalize", "trim"):
        environment.filters[name] = _translating(FILTERS[name])
    environment.filters["join"] = _join
    environment.globals |= {
        "_": gettext,
        "gettext": gettext,
        "ngettext": ngettext,
        "languages": LANGUAGES,
        "language": languages.current,
        "direction": languages.direction,
    }
