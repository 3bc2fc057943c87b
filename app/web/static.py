"""Built assets, served under content-hashed names that never change what they hold."""

from __future__ import annotations

from flask import Flask, send_from_directory
from werkzeug.wrappers import Response

from app.web.access import public

YEAR = 31_536_000


def install(app: Flask, folder: str) -> None:
    """Serve the folder of built assets at /static/."""

    @public
    def static_file(filename: str) -> Response:
        response = send_from_directory(folder, filename, max_age=YEAR)
        response.cache_control.immutable = True
        response.cache_control.public = True
        response.cache_control.no_cache = None
        return response

    app.add_url_rule("/static/<path:filename>", "static_file", static_file)
