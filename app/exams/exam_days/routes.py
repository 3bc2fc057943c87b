"""Calendars over HTTP: the announced days for everyone, and each person's own by a link."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.accounts.models import Account
from app.exams.exam_days import calendars, queries, services
from app.platform import clock, languages, links
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.ids import is_id
from app.platform.sentences import say, translate
from app.web import navigation
from app.web.access import current_actor, public, signed_in
from app.web.pages import act, render

bp = Blueprint("exam_days", __name__)
navigation.add(say("Exam days"), "exams.exam_days.list_public", area="public", order=20)
navigation.add(say("My exam days"), "exams.exam_days.list_own", area="mine", order=46)
KEPT_SECONDS = 900


@bp.get("/exam-days")
@public
def list_public() -> ResponseReturnValue:
    """List announced examinations and closings."""
    at = clock.now()
    with reading() as session:
        days = queries.list_announced(session, at, agency_id=_agency_id())
    address = links.absolute(url_for(".calendar", agency=_agency_id() or None))
    return render(days=days, at=at, address=address)


@bp.get("/exam-days.ics")
@public
def calendar() -> ResponseReturnValue:
    """Give announced examinations and closings as a calendar."""
    with reading() as session:
        days = queries.list_announced(session, clock.now(), agency_id=_agency_id())
    return _answer(calendars.written(days, translate(say("Exam days and closings"))), is_own=False)


@bp.get("/my/exam-days")
@signed_in
def list_own() -> ResponseReturnValue:
    """List a person's own days, with the link of their calendar."""
    at, account_id = clock.now(), current_actor().id or ""
    with reading() as session:
        days = queries.list_own(session, account_id, at)
        link = queries.find_link(session, account_id)
    address = links.absolute(calendars.link_path(link.id)) if link else ""
    return render(days=days, at=at, link=link, address=address)


@bp.post("/my/exam-days/renew")
@signed_in
def renew() -> ResponseReturnValue:
    """Make a link, in the place of the one before."""
    actor = current_actor()
    return act(
        lambda session: services.renew_link(session, actor=actor, at=clock.now()),
        done=say("Your calendar has a new link. An older one does not work any more."),
        then=url_for(".list_own"),
    )


@bp.get("/calendars/<id('cal'):link_id>/<signature>.ics")
@public
def own_calendar(link_id: str, signature: str) -> ResponseReturnValue:
    """Give a person's own days to whoever holds the link: a calendar program cannot sign in."""
    if not calendars.is_signed(link_id, signature):
        raise NotFound()
    with reading() as session:
        link = queries.find_link_by_id(session, link_id)
        if link is None:
            raise NotFound()
        days = queries.list_own(session, link.account_id, clock.now())
        account = session.get_one(Account, link.account_id)
    with languages.speaking(account.language or "en"):
        content = calendars.written(days, translate(say("My exam days and deadlines")))
    return _answer(content, is_own=True)


def _agency_id() -> str:
    given = request.args.get("agency", "")
    return given if is_id(given, "agy") else ""


def _answer(content: bytes, *, is_own: bool) -> Response:
    response = Response(content, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'inline; filename="exam-days.ics"'
    response.headers["Cache-Control"] = "private, no-store" if is_own else f"public, max-age={KEPT_SECONDS}"
    return response
