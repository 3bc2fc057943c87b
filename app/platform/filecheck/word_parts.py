"""The elements of a part of a Word file, read as the program that opens the file will read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, NoReturn
from xml.parsers import expat

# The two that the rules for Office files allow; another might be read one way here and another way there.
_ENCODINGS: Final = frozenset({"utf-8", "utf-16"})
MOST_ELEMENTS: Final = 50_000


class Unreadable(ValueError):
    """The part is no XML, or XML that no word processor writes."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element without its namespace, and those of its attributes that have none."""

    name: str
    attributes: dict[str, str]


def read_elements(content: bytes) -> list[Element]:
    """List the elements of a part in the order in which they begin.

    Raises Unreadable for a part that declares entities, has too many elements or is broken.
    """
    elements: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(elements) == MOST_ELEMENTS:
            raise Unreadable("The part has too many elements.")
        plain = {key: value for key, value in attributes.items() if " " not in key}
        elements.append(Element(name.rpartition(" ")[2], plain))

    # a namespace is put before the name, with a space, which no name can hold
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _check_declaration
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unreadable("The part is no XML.") from error
    return elements


def _refuse_doctype(*_declared: Any) -> NoReturn:
    raise Unreadable("The part declares a document type.")


def _check_declaration(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.casefold() not in _ENCODINGS:
        raise Unreadable("The part is written in an encoding that is not allowed.")
