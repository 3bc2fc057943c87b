"""The address of a list, with some of what it asks for changed."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request


def address(**changes: str | None) -> str:
    """Give the address of this list with parameters changed or (None) left out, at its first page.

    `after` and `before` say which page; they are kept only when they are given here.
    """
    given = {**request.args.to_dict(), "after": None, "before": None} | changes
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{request.path}?{query}" if query else request.path
