"""The same pages without our work: Flask and the same web server answer with bytes kept from one visit."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import waitress
from flask import Flask, Response, request


def main(folder: str, port: str, threads: str) -> None:
    """Serve `pages.json` of the folder: a path's page, and a redirection for whatever is sent."""
    pages = json.loads((Path(folder) / "pages.json").read_text())
    app = Flask("bare")

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
    @app.route("/<path:path>", methods=["GET", "POST"])
    def page(path: str) -> Response:
        if request.method == "POST":
            return Response("", 303, {"Location": "/"})
        return Response(pages.get(request.full_path.rstrip("?"), pages["/"]), mimetype="text/html")

    waitress.serve(app, host="127.0.0.1", port=int(port), threads=int(threads), connection_limit=1000)


if __name__ == "__main__":
    main(*sys.argv[1:4])
