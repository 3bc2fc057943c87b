"""The public start page and the staff's first page."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.web import navigation
from app.web.access import public, requires
from app.web.pages import render

bp = Blueprint("home", __name__)
navigation.add("Work queue", "home.staff", area="staff", order=0)


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    """Show what this service is and the vacancies that close soon."""
    return render()


@bp.get("/staff/")
@requires("home.staff")
def staff() -> ResponseReturnValue:
    """Show an officer what waits for them."""
    return render()
