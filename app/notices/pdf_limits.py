"""How big and how deep the HTML of a letter may be, checked before anything slow or recursive sees it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from app.platform.errors import Invalid

# A letter of a hundred pages stays below these. Parsing takes quadratic time in depth, layout recurses, and
# 200 nested elements exhaust Python's stack.
MAX_CHARACTERS = 1_000_000
MAX_TAGS = 20_000
MAX_DEPTH = 60

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)


def refuse_oversize(html: str) -> None:
    """Refuse text that is too long or nested too deep, in linear time, with Invalid(html=...)."""
    if len(html) > MAX_CHARACTERS or html.count("<") > MAX_TAGS:
        raise Invalid(
            html=f"The letter is too long: at most {MAX_CHARACTERS:,} characters and {MAX_TAGS:,} tags."
        )
    scanner = _DepthScanner()
    scanner.feed(html)
    scanner.close()


def refuse_deep_tree(root: Any) -> None:
    """Refuse a parsed tree that is too deep: a parser may nest what a scanner saw flat."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise _too_deep()
        level = [child for element in level for child in element]


class _DepthScanner(HTMLParser):
    """Follow open tags and stop at the first that is too deep."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        self.open.append(tag)
        if len(self.open) > MAX_DEPTH:
            raise _too_deep()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over <path/>; an HTML element written so stays open, which the tree's own check sees."""

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def _too_deep() -> Invalid:
    return Invalid(html=f"The letter's elements are nested too deep: at most {MAX_DEPTH} levels.")
