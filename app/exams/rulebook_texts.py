"""Gathers the titles in rulebooks, so that they can be translated as all texts for applicants are.

A rulebook's citations and its names of laws stay as they are; only titles are shown in the reader's language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import IO, Any

KEY = "title"


def extract(
    fileobj: IO[bytes], _keywords: Any, _comment_tags: Any, options: Mapping[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Give the titles of a rulebook as Babel asks for them: line, function, text, comments."""
    content = fileobj.read().decode(options.get("encoding", "utf-8"))
    data, lines = tomllib.loads(content), content.splitlines()
    # one that examines nobody speaks to the office alone
    for title in dict.fromkeys(titles(data)) if "component" in data else ():
        place = next((number for number, line in enumerate(lines, start=1) if title in line), 1)
        yield place, "say", title, []


def titles(node: Any) -> Iterator[str]:
    """Give the titles in a rulebook's data, at any depth, in the order of the text."""
    if isinstance(node, dict):
        own = node.get(KEY)
        if isinstance(own, str) and own.strip():
            yield own
        for part in node.values():
            yield from titles(part)
    elif isinstance(node, list):
        for part in node:
            yield from titles(part)
