"""Templates compile, stay small, and each is drawn by a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.factory import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_compiles_and_keeps_its_budget(app, path: Path):
    source = path.read_text()
    app.jinja_env.compile(source)
    assert source.count("\n") <= 120


def test_each_page_template_is_named_like_an_endpoint_or_named_in_code(app):
    endpoints = {rule.endpoint.replace(".", "/") for rule in app.url_map.iter_rules()}
    code = "".join(path.read_text() for path in (ROOT / "app").rglob("*.py"))
    templates = "".join(path.read_text() for path in TEMPLATES)
    orphans = []
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        known = name.removesuffix(".html") in endpoints or name in code or name in templates
        if not known and not (name.startswith("notices/") and f'"{path.stem}"' in code):
            orphans.append(name)
    assert orphans == []


def test_templates_hold_no_style_script_or_handler_of_their_own():
    found = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        for mark in ("style=", "onclick=", "javascript:")
        if mark in path.read_text()
    ]
    assert found == []
