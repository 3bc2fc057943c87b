"""Bringing postings in from a file: looked at first, stored only when that is asked for."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.platform import clock, storage
from app.platform.actors import Actor
from app.platform.errors import Forbidden, Invalid
from app.recruitment.postings import importing
from app.recruitment.postings.forms import ConfirmImportForm, ImportForm
from app.recruitment.postings.import_services import ACT, Summary, import_postings
from app.recruitment.postings.importing import ReadFile
from app.recruitment.postings.routes import bp
from app.web.access import current_actor, requires
from app.web.pages import download, render, save

MOST_SHOWN = 100


@bp.route("/staff/postings/import", methods=["GET", "POST"])
@requires("recruitment.postings.import_file")
def import_file() -> ResponseReturnValue:
    """Take a file and say what is in it; nothing is stored but the file itself."""
    _demand_all_agencies(current_actor())
    form = ImportForm()
    if form.validate_on_submit():
        content = form.file.data.read()
        try:
            importing.read_file(content)
        except Invalid as error:
            form.add_errors(error)
        else:
            return redirect(url_for(".import_checked", digest=storage.current().put(content)), 303)
    return render(form=form)


@bp.route("/staff/postings/import/<digest>", methods=["GET", "POST"])
@requires("recruitment.postings.import_checked")
def import_checked(digest: str) -> ResponseReturnValue:
    """Show what a file would bring, each bad row with its reasons, and store it when that is asked for."""
    actor, form = current_actor(), ConfirmImportForm()
    _demand_all_agencies(actor)
    read = _read(digest)

    def change(session: Session) -> Summary:
        if read.errors and not form.accept_valid.data:
            raise Invalid(accept_valid="Some rows are not good. Tick this box to store the others.")
        return import_postings(session, rows=read.rows, digest=read.digest, actor=actor, at=clock.now())

    if form.validate_on_submit() and save(form, change):
        done = form.saved
        flash(f"{done.inserted} inserted, {done.updated} updated, {done.unchanged} unchanged.", "success")
        return redirect(url_for(".list_staff"), 303)
    return render(form=form, read=read, shown=read.errors[:MOST_SHOWN])


@bp.get("/staff/postings/import/<digest>/rejects.csv")
@requires("recruitment.postings.import_rejects")
def import_rejects(digest: str) -> ResponseReturnValue:
    """Download the rows that are not good, each with its reasons."""
    _demand_all_agencies(current_actor())
    content = importing.write_rejects(_read(digest)).encode("utf-8-sig")
    return download(content, filename="rows-not-imported.csv", media_type="text/csv")


def _read(digest: str) -> ReadFile:
    return importing.read_file(storage.current().get(digest))


def _demand_all_agencies(actor: Actor) -> None:
    if actor.agencies(ACT) is not None:
        raise Forbidden("Only an officer of all agencies may import postings: a file names many.")
