"""Booklets for the printer, for those who may see the items."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.booklets import print_services, queries, rules
from app.exams.booklets.print_forms import PrintForm
from app.exams.booklets.staff_routes import bp
from app.platform import clock, progress, storage
from app.platform.db import reading, transaction
from app.web.access import current_actor, requires
from app.web.pages import download as send
from app.web.pages import render, save

PAPER = "/staff/papers/<id('ppr'):paper_id>/prints"


@bp.get(PAPER)
@requires("exams.booklets.list_prints")
def list_prints(paper_id: str) -> ResponseReturnValue:
    """List the booklets that were drawn of a paper, and those being drawn."""
    with reading() as session:
        paper = queries.get_paper(session, paper_id, current_actor())
        prints = queries.list_prints(session, paper_id)
        waiting = [row for row in prints if row.digest is None]
        now = {row.id: progress.find(session, print_services.job_key(row.id)) for row in waiting}
    return render(paper=paper, prints=prints, now=now, refusal=rules.find_refusal(paper))


@bp.route(f"{PAPER}/new", methods=["GET", "POST"])
@requires("exams.booklets.order")
def order(paper_id: str) -> ResponseReturnValue:
    """Have booklets drawn."""
    actor, form = current_actor(), PrintForm()
    with reading() as session:
        paper = queries.get_paper(session, paper_id, actor)
    form.offer(paper)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            print_services.order_prints(
                session, paper_id=paper_id, **form.values(), actor=actor, at=clock.now()
            )[0].id
        ),
    ):
        flash("The booklets are being drawn.", "success")
        return redirect(url_for(".list_prints", paper_id=paper_id), 303)
    return render(form=form, paper=paper, refusal=rules.find_refusal(paper))


@bp.get("/staff/booklets/<id('bkp'):print_id>.pdf")
@requires("exams.booklets.download")
def download(print_id: str) -> ResponseReturnValue:
    """Give a booklet as PDF; who took it is recorded."""
    with transaction() as session:
        own = print_services.take_print(session, print_id=print_id, actor=current_actor(), at=clock.now())
    name = "-".join(part for part in ("booklet", own.series, "large" if own.is_large else "") if part)
    return send(storage.current().get(own.digest or ""), filename=f"{name}.pdf", media_type="application/pdf")
