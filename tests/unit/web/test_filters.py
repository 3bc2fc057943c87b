from __future__ import annotations

import enum
import json
from pathlib import Path

import pytest
from flask import Flask

from app.web import filters


class State(enum.Enum):
    ON_HOLD = "on_hold"


def test_codes_read_as_words() -> None:
    assert [
        filters.words("hr_officer"),
        filters.words(State.ON_HOLD),
        filters.words("pdf"),
        filters.words(""),
    ] == [
        "HR officer",
        "On hold",
        "PDF",
        "",
    ]


def test_assets_are_asked_for_under_the_name_with_their_digest(
    site: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "DIST", tmp_path)
    with site.test_request_context("/"):
        assert filters.asset_url("meritum.css") == "/static/meritum.css"
        (tmp_path / "manifest.json").write_text(json.dumps({"meritum.css": "meritum.abc.css"}))
        assert filters.asset_url("meritum.css") == "/static/meritum.abc.css"
        with pytest.raises(LookupError, match=r"no 'other\.css'"):
            filters.asset_url("other.css")


def test_links_to_pages_that_are_not_served_are_left_out(site: Flask) -> None:
    with site.test_request_context("/"):
        assert filters.url_if_routed("static_file", filename="x") == "/static/x"
        assert filters.url_if_routed("nowhere.at_all") == ""
