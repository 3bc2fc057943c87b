"""The plain marks in which a policy is written: headings, paragraphs, lists; anything else is text.

`# ` and `## ` begin headings, `- ` and `1. ` items of lists, an empty line ends a paragraph. There is no mark
for links, pictures or HTML: what looks like them is shown as it was typed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

ITEM = re.compile(r"- +(\S.*)")
NUMBERED = re.compile(r"\d{1,3}[.)] +(\S.*)")
HEADING = re.compile(r"(#{1,2}) +(\S.*)")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading ("h2", "h3"), a paragraph ("p") with its lines joined, or a list ("ul", "ol") of items."""

    kind: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a comparison: "same", "added" or "removed"."""

    kind: str
    text: str


def parse(text: str) -> list[Block]:
    """Cut a text into its blocks."""
    blocks: list[Block] = []
    kind = ""
    texts: list[str] = []
    for line in [*text.splitlines(), ""]:
        own, said = _read(line.strip())
        if own != kind or own in ("h2", "h3", ""):
            if texts:
                blocks.append(_close(kind, texts))
            kind, texts = own, []
        if said:
            texts.append(said)
    return blocks


def _read(line: str) -> tuple[str, str]:
    if match := HEADING.fullmatch(line):
        return f"h{len(match[1]) + 1}", match[2]
    if match := ITEM.fullmatch(line):
        return "ul", match[1]
    if match := NUMBERED.fullmatch(line):
        return "ol", match[1]
    return ("p", line) if line else ("", "")


def _close(kind: str, texts: list[str]) -> Block:
    return Block(kind, (" ".join(texts),) if kind == "p" else tuple(texts))


def compare(before: str, after: str) -> list[Change]:
    """Give what was taken out and what was put in, line by line, unchanged lines between."""
    return list(_changes(before, after))


def _changes(before: str, after: str) -> Iterator[Change]:
    old, new = _lines(before), _lines(after)
    for act, start, end, begin, stop in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if act == "equal":
            yield from (Change("same", line) for line in old[start:end])
            continue
        yield from (Change("removed", line) for line in old[start:end])
        yield from (Change("added", line) for line in new[begin:stop])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
