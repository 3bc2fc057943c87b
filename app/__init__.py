"""Meritum: civil-service recruitment, merit examinations and personnel."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.platform.config import Config


def create_app(config: Config | None = None) -> Flask:
    """Build the web application; imported late so that the pure packages never load Flask."""
    from app.factory import build

    return build(config)
