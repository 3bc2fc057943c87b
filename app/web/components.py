"""The accessible page components, drawn by name from a dictionary of parameters."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from app.web.speech import finalize

# The macros ask for parameters that nobody gave, which the application's strict environment refuses;
# so they have an environment of their own, and nothing of ours is rendered in it.
_ENVIRONMENT = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=ChainableUndefined,
    finalize=finalize,
    auto_reload=False,
    cache_size=200,
)


@lru_cache(maxsize=64)
def _macro(name: str) -> Any:
    module = _ENVIRONMENT.get_template(f"govuk_frontend_jinja/components/{name}/macro.html").module
    return getattr(module, "govuk" + "".join(word.capitalize() for word in name.split("-")))


def component(name: str, /, **params: Any) -> Markup:
    """Draw a component, `component("date-input", ...)`; text is escaped, `html` parameters are not."""
    return Markup(_macro(name)(params).strip())  # noqa: S704 - the macro escapes what it is given as text
