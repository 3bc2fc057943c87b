"""Built assets, served under content-hashed names that never change what they hold."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import Flask, request, send_from_directory
from werkzeug.wrappers import Response

from app.web.access import public

YEAR = 31_536_000
# Made by the build beside each style sheet and script, the smaller first.
ENCODINGS = {"br": ".br", "gzip": ".gz"}


def install(app: Flask, folder: str) -> None:
    """Serve the folder of built assets at /static/, compressed where the browser can read that."""

    @public
    def static_file(filename: str) -> Response:
        encoding = _encoding(Path(folder), filename)
        response = send_from_directory(folder, filename + ENCODINGS.get(encoding, ""), max_age=YEAR)
        if encoding:
            response.mimetype = mimetypes.guess_type(filename)[0] or "application/octet-stream"
            response.headers["Content-Encoding"] = encoding
        response.vary.add("Accept-Encoding")
        response.cache_control.immutable = True
        response.cache_control.public = True
        response.cache_control.no_cache = None
        return response

    app.add_url_rule("/static/<path:filename>", "static_file", static_file)


def _encoding(folder: Path, filename: str) -> str:
    """Choose the best compressed copy that stands beside a file; "" for the file as it is."""
    if Path(filename).suffix not in (".css", ".js", ".svg") or ".." in Path(filename).parts:
        return ""
    accepted = request.accept_encodings
    return next(
        (
            name
            for name, ending in ENCODINGS.items()
            if accepted[name] > 0 and _stands(folder, filename + ending)
        ),
        "",
    )


def _stands(folder: Path, filename: str) -> bool:
    try:
        return (folder / filename).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False
