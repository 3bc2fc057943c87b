"""Items in and out by files: checked first, brought in after a confirmation, taken out on record."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.exams.item_bank import queries, rules, services
from app.exams.item_bank.csv_items import read_csv, write_csv
from app.exams.item_bank.files import Reading
from app.exams.item_bank.forms import ConfirmForm, ImportForm, offer_agencies
from app.exams.item_bank.qti import read_qti, write_package
from app.exams.item_bank.staff_routes import bp
from app.exams.item_bank.states import Difficulty
from app.platform import clock, storage, uploads
from app.platform.db import reading, transaction
from app.platform.errors import Invalid, NotFound
from app.web.access import current_actor, requires
from app.web.pages import download, render, save

CONFIRM = "exams/item_bank/confirm_import.html"


@bp.route("/staff/items/import", methods=["GET", "POST"])
@requires("exams.item_bank.import_file")
def import_file() -> ResponseReturnValue:
    """Check a file of items and show what it would do; nothing is stored."""
    actor, form = current_actor(), ImportForm()
    with reading() as session:
        offer_agencies(form, list_agencies_for(session, actor, "exams.item_bank.import_file"))
    if not form.validate_on_submit():
        return render(form=form, found=None)
    content = form.file.data.read()
    given = [form.agency_id.data, form.subject.data, form.difficulty.data, form.language.data]
    found = _read(content, given)
    if found.faults:
        return render(form=form, found=found)[0], 422
    with reading() as session:
        told = _trial(session, given[0], found)
    ticket = _seal().dumps([*given, uploads.keep(content)])
    return render(form=ConfirmForm(formdata=None, ticket=ticket), template=CONFIRM, told=told)


@bp.post("/staff/items/import/confirm")
@requires("exams.item_bank.confirm_import")
def confirm_import() -> ResponseReturnValue:
    """Bring in the items of the file that was checked."""
    actor, form = current_actor(), ConfirmForm()
    *given, digest = _open_ticket(form.ticket.data)
    found = _read(storage.current().get(digest), given)

    def change(session: Session) -> str:
        services.bring_items(session, agency_id=given[0], rows=found.rows, actor=actor, at=clock.now())
        return given[0]

    if form.validate_on_submit() and save(form, change):
        flash("Items brought in. Each needs a review by a second person.", "success")
        return redirect(url_for(".list_staff"), 303)
    with reading() as session:
        return render(form=form, told=_trial(session, given[0], found))


@bp.get("/staff/items/export")
@requires("exams.item_bank.export_file")
def export_file() -> ResponseReturnValue:
    """Take out the items of an agency with their keys, as CSV or as a QTI package; it is recorded."""
    actor = current_actor()
    kind = "qti" if request.args.get("kind") == "qti" else "csv"
    agency_id = request.args.get("agency", "")
    with transaction() as session:
        if agency_id not in {agency.id for agency in queries.list_holding(session, actor)}:
            raise NotFound("No agency of yours with this bank.")
        latest = queries.load_latest(session, agency_id).values()
        contents = [rules.content_of(item, version) for item, version in latest]
        services.record_export(
            session, agency_id=agency_id, kind=kind, items=len(contents), actor=actor, at=clock.now()
        )
    if kind == "qti":
        return download(write_package(contents), filename="items.zip", media_type="application/zip")
    return download(write_csv(contents), filename="items.csv", media_type="text/csv")


def _read(content: bytes, given: list[str]) -> Reading:
    """Read a file by what it begins with; `given` are agency, subject, difficulty and language."""
    _, subject, difficulty, language = given
    if content.startswith(b"PK") or content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return read_qti(content.lstrip(b"\xef\xbb\xbf \r\n\t"), subject, Difficulty(difficulty), language)
    return read_csv(content)


def _trial(session: Session, agency_id: str, found: Reading) -> list[Any]:
    return services.bring_items(
        session, agency_id=agency_id, rows=found.rows, actor=current_actor(), at=clock.now(), is_trial=True
    )


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="checked file of items")


def _open_ticket(ticket: str) -> list[str]:
    try:
        return [str(part) for part in _seal().loads(ticket)]
    except (BadSignature, ValueError) as error:
        raise Invalid("Check the file once more: this page was not complete.") from error
