"""A small application without a database, in which forms and layouts are tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import StrictUndefined

from app.platform.actors import ANONYMOUS
from app.web import filters, headers
from app.web.forms import MeritumForm

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


@pytest.fixture(scope="session")
def site() -> Flask:
    """The application, with what the layouts expect of the real one."""
    app = Flask("site", template_folder=str(TEMPLATES), static_folder=None)
    app.config.update(SECRET_KEY="known to these tests alone", WTF_CSRF_ENABLED=False)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    app.jinja_env.globals["owner_seal"] = lambda: ""
    app.add_url_rule("/static/<path:filename>", "static_file", lambda filename: filename)
    filters.install(app)
    headers.install(app, is_https=False)
    app.context_processor(
        lambda: {
            "actor": ANONYMOUS,
            "is_demonstration": False,
            "table_address": lambda: "",
            "navigation": lambda area: [{"text": "Vacancies", "href": "/jobs", "is_current": True}],
            "headed_navigation": list,
        }
    )
    return app


@pytest.fixture
def posted(site: Flask) -> Iterator[Callable[..., Any]]:
    """Make a form as a POST request with these values would."""
    contexts = []

    def make(form_class: type[MeritumForm], values: dict[str, Any] | None = None, **options: Any) -> Any:
        context = site.test_request_context("/", method="POST", data=values or {"sent": "y"})
        context.push()
        contexts.append(context)
        return form_class(**options)

    yield make
    for context in reversed(contexts):
        context.pop()
