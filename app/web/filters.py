"""What templates may call: filters and globals, and the addresses of built assets."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for

from app.platform import clock
from app.web import amounts, dates, languages, plots
from app.web.components import component
from app.web.forms import error_summary

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"
# Words of a code that keep their capitals when it is shown as a sentence.
_CAPITALS = {"hr": "HR", "id": "ID", "pdf": "PDF", "csv": "CSV"}


def words(code: object) -> str:
    """Turn a code or an enumeration's member into words: `hr_officer` becomes `HR officer`."""
    text = str(getattr(code, "value", code)).replace("_", " ").replace("-", " ")
    joined = " ".join(_CAPITALS.get(word, word) for word in text.split())
    return joined[:1].upper() + joined[1:]


def asset_url(name: str) -> str:
    """Give the address of a built asset, `asset_url("meritum.css")`; its file's name holds its digest.

    Without a build the plain name is given: pages then come without styles, and still work.
    """
    manifest = DIST / "manifest.json"
    if not manifest.exists():
        return url_for("static_file", filename=name)
    names = _manifest(manifest, manifest.stat().st_mtime_ns)
    if name not in names:
        raise LookupError(f"The built assets hold no {name!r}.")
    return url_for("static_file", filename=names[name])


@lru_cache(maxsize=4)
def _manifest(path: Path, _changed_ns: int) -> dict[str, str]:
    names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return names


def url_if_routed(endpoint: str, **values: Any) -> str:
    """Give an endpoint's address, or nothing where this installation does not serve it."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def install(app: Flask) -> None:
    """Give the application's templates these filters and globals, and the language of each page."""
    languages.install(app)
    app.jinja_env.filters |= {
        "money": amounts.format_money,
        "marks": amounts.format_marks,
        "number": amounts.format_number,
        "file_size": amounts.format_size,
        "date": dates.format_date,
        "moment": dates.format_moment,
        "words": words,
    }
    app.jinja_env.globals |= {
        "asset_url": asset_url,
        "component": component,
        "error_summary": error_summary,
        "moment_tag": dates.moment_tag,
        "now": clock.now,
        "plots": plots,
        "plural": amounts.plural,
        "relative": dates.relative,
        "url_if_routed": url_if_routed,
    }
