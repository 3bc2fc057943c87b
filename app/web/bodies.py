"""How much a request may send: most pages little, a few named ones a large file."""

from __future__ import annotations

from flask import Flask, Request

_LARGE: dict[str, int] = {}


def allow(endpoint: str, most_bytes: int) -> None:
    """Let the page of an endpoint take bodies of up to so many bytes."""
    _LARGE[endpoint] = most_bytes


class MeasuredRequest(Request):
    """A request whose longest body depends on the page that it asks for."""

    @property
    def max_content_length(self) -> int | None:
        """Give the most bytes that this request's body may have."""
        return _LARGE.get(self.endpoint or "", super().max_content_length or 0) or None

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        Request.max_content_length.fset(self, value)  # type: ignore[attr-defined]


def install(app: Flask) -> None:
    """Have the application measure requests so."""
    app.request_class = MeasuredRequest
