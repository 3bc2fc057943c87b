"""Letters over HTTP: one's own, the office's, and the page that says whether one is genuine."""

from __future__ import annotations

import hashlib
import re

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.limited import limited
from app.notices import compose, queries, services
from app.notices.forms import CheckForm, CompareForm
from app.notices.models import Notice
from app.notices.numbers import verify_number
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.sentences import say
from app.web import navigation
from app.web.access import current_actor, public, requires, signed_in
from app.web.pages import download, render

bp = Blueprint("notices", __name__)
navigation.add(say("Letters"), "notices.list_own", area="mine", order=30)
navigation.add("Letters", "notices.list_staff", area="staff", order=80)
navigation.add(say("Check a letter"), "notices.check", area="public", order=40)
CODE = re.compile(r"[0-9a-hjkmnp-tv-z]{26}")


@bp.get("/my/letters")
@signed_in
def list_own() -> ResponseReturnValue:
    """List a person's own letters."""
    with reading() as session:
        notices = queries.list_own_notices(session, current_actor())
    return render(notices=notices)


@bp.get("/staff/letters")
@requires("notices.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the letters of the officer's agencies."""
    text, before = request.args.get("text", "")[:80].replace("\0", ""), request.args.get("before", "")[:40]
    with reading() as session:
        notices = queries.list_notices(session, current_actor(), text=text, before=before.replace("\0", ""))
    page, has_more = notices[: queries.PAGE], len(notices) > queries.PAGE
    following = url_for(".list_staff", text=text or None, before=page[-1].id) if has_more else ""
    return render(notices=page, text=text, following=following)


@bp.get("/notices/<id('ntc'):notice_id>")
@signed_in
def show(notice_id: str) -> ResponseReturnValue:
    """Download a letter as PDF."""
    notice = _open(notice_id, "pdf")
    if notice.pdf_digest is None:
        raise Conflict(say("This letter has no PDF. Read it as a web page and print it from there."))
    content = storage.current().get(notice.pdf_digest)
    return download(content, filename=f"{notice.number}.pdf", media_type="application/pdf", inline=True)


@bp.get("/notices/<id('ntc'):notice_id>/read")
@signed_in
def read(notice_id: str) -> ResponseReturnValue:
    """Read the accessible original of a letter."""
    notice = _open(notice_id, "html")
    response = download(
        storage.current().get(notice.html_digest or ""),
        filename=f"{notice.number}.html",
        media_type="text/html",
        inline=True,
    )
    response.headers["Content-Security-Policy"] = f"default-src 'none'; style-src {compose.style_source()}"
    return response


@bp.route("/check", methods=["GET", "POST"])
@public
@limited("check")
def check() -> ResponseReturnValue:
    """Ask for a letter's number and code, and go to what the register says of it."""
    form = CheckForm()
    if form.validate_on_submit():
        try:
            number = verify_number(form.number.data)
            return redirect(url_for(".verify", code=_find(number, form.code.data).code), 303)
        except Invalid as error:
            form.add_errors(error)
    return render(form=form)


@bp.route("/check/<code>", methods=["GET", "POST"])
@public
@limited("check")
def verify(code: str) -> ResponseReturnValue:
    """Say whether a letter is genuine, and compare a file with what was issued."""
    form, is_same = CompareForm(), None
    with reading() as session:
        try:
            notice = queries.get_notice_by_code(session, code if CODE.fullmatch(code) else "")
        except NotFound:
            return render(template="notices/unknown.html")[0], 404
    if form.validate_on_submit():
        is_same = hashlib.sha256(form.file.data.read()).hexdigest() == notice.pdf_digest
    initials = " ".join(f"{word[0]}." for word in notice.recipient_name.split())
    return render(form=form, notice=notice, initials=initials, is_same=is_same)


def _open(notice_id: str, form: str) -> Notice:
    actor = current_actor()
    with reading() as session:
        notice = queries.get_notice(session, notice_id, actor)
    if notice.html_digest is None:
        raise Conflict(say("This letter is being prepared. Reload the page in a minute."))
    if notice.account_id != actor.id:
        with transaction() as session:
            services.record_view(session, notice=notice, form=form, actor=actor, at=clock.now())
    return notice


def _find(number: str, code: str) -> Notice:
    plain = re.sub(r"[\s-]", "", code).lower()
    sentence = say("No letter has this number and code. Check both against the letter.")
    if not CODE.fullmatch(plain):
        raise Invalid(code=sentence)
    with reading() as session:
        try:
            notice = queries.get_notice_by_code(session, plain)
        except NotFound as error:
            raise Invalid(code=sentence) from error
    if notice.number != number:
        raise Invalid(code=sentence)
    return notice
