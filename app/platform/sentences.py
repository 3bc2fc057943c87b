"""Sentences for people, written once in English and shown in the reader's language.

`say("Enter your name")` is the English text, a string like any other, that also remembers what it was made
of; pages, forms and letters show it in the language of whoever reads. Joining it to another string, an
f-string, `.lower()` and the like give plain English text: say whole sentences. Stored or sent as JSON it is
plain English text as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from app.platform import languages, locales
from app.platform.languages import ENGLISH
from app.platform.locales import ExactTime, Money, ZonedMoment


class FieldName(str):
    """A field's label as it stands inside a sentence: in English it may go on in small letters."""

    __slots__ = ("label",)

    label: str

    def __new__(cls, label: str) -> FieldName:
        """Take a label, without the mark it ends with."""
        made = super().__new__(cls, label.rstrip(_ENDS))
        made.label = label
        return made

    def lowered(self) -> FieldName:
        """Give the name for the middle of an English sentence; abbreviations keep their capitals."""
        first = self.split(" ", 1)[0]
        if first.isupper() and len(first) > 1:
            return self
        made = super().__new__(type(self), self[:1].lower() + self[1:])
        made.label = self.label
        return made


_ENDS = "?:؟"


class Sentence(str):
    """English text that can be shown in another language; made by `say` and `say_count`."""

    __slots__ = ("msgid", "number", "parameters", "plural")

    msgid: str
    plural: str
    number: int
    parameters: Mapping[str, Any]

    def __new__(
        cls, msgid: str, parameters: Mapping[str, Any], plural: str = "", number: int = 0
    ) -> Sentence:
        """Make the English text; `plural` and `number` belong to a sentence that counts."""
        pattern = plural if plural and number != 1 else msgid
        made = super().__new__(cls, _fill(pattern, parameters, ENGLISH))
        made.msgid, made.plural, made.number, made.parameters = msgid, plural, number, parameters
        return made

    def __str__(self) -> str:
        """Stay a sentence where a plain string is only made sure of."""
        return self

    def __copy__(self) -> Sentence:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Sentence:
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return (str, (str.__str__(self),))


def say(msgid: str, /, **parameters: Any) -> Sentence:
    """Say a sentence; `%(name)s` in it stands for a parameter.

    Parameters may be text, dates, numbers, ZonedMoment, Money or other sentences: each is written in the
    reader's way. A number whose digits must not be grouped, like a year, is given as text. Without parameters
    a percent sign stands for itself.
    """
    return Sentence(msgid, parameters)


def say_count(singular: str, plural: str, count: int, /, **parameters: Any) -> Sentence:
    """Say a sentence about a number, which is `%(count)s` in it."""
    return Sentence(singular, {"count": count, "num": count} | parameters, plural, count)


def in_turn(parts: Sequence[str]) -> str:
    """Name things one after another: `first, then second, then third`."""
    joined = parts[0]
    for part in parts[1:]:
        joined = say("%(before)s, then %(after)s", before=joined, after=part)
    return joined


def translate(value: Any, language: str = "") -> Any:
    """Give a sentence as plain text in a language, by default the one spoken now; anything else as it is."""
    if not isinstance(value, Sentence):
        return value
    language = language or languages.current()
    catalogue = languages.catalogue(language)
    if value.plural:
        pattern = catalogue.ngettext(value.msgid, value.plural, value.number)
    else:
        pattern = catalogue.gettext(value.msgid)
    return _fill(pattern, value.parameters, language)


def paragraphs(parts: Iterable[str], language: str = "") -> str:
    """Write texts as the paragraphs of a mail, each in a language, by default the one spoken now."""
    return "\n\n".join(str(translate(part, language)) for part in parts) + "\n"


def translate_deeply(value: Any, language: str = "") -> Any:
    """Translate the sentences in lists, tuples and mappings too; other values stay as they are."""
    if isinstance(value, Mapping):
        return {key: translate_deeply(part, language) for key, part in value.items()}
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return type(value)(translate_deeply(part, language) for part in value)
    return translate(value, language)


def show(value: Any, language: str = "") -> str:
    """Write a parameter of a sentence as it is written in a language."""
    language = language or languages.current()
    match value:
        case Sentence():
            return str(translate(value, language))
        case FieldName():
            return str.__str__(value) if language == ENGLISH else show(value.label, language).rstrip(_ENDS)
        case ZonedMoment():
            return locales.write_moment(value.at, value.zone, language)
        case ExactTime():
            return locales.write_exact_time(value, language)
        case Money():
            return locales.write_money(value.minor, value.currency, language)
        case bool():
            return str(value)
        case int() | Decimal():
            return locales.write_number(value, language)
        case dt.datetime():
            return locales.write_moment(value, "UTC", language)
        case dt.date():
            return locales.write_date(value, language)
        case dt.time():
            return locales.write_time(value, language)
    return str(value)


def _fill(pattern: str, parameters: Mapping[str, Any], language: str) -> str:
    if not parameters:
        return str.__str__(pattern)
    return str.__str__(pattern) % {name: show(value, language) for name, value in parameters.items()}
