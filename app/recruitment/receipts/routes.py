"""Receipts over HTTP: one's own, and what anyone may ask without signing in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.limited import limited
from app.notices import qr
from app.platform.db import reading
from app.platform.errors import Invalid, NotFound
from app.platform.sentences import say, translate
from app.recruitment.applications import letters, snapshots
from app.recruitment.applications.differences import difference
from app.recruitment.applications.models import Application
from app.recruitment.applications.queries import get_own_application
from app.recruitment.receipts import checking, documents, forms, keyring, queries, rules, verifier
from app.web.access import current_actor, public, signed_in
from app.web.pages import download, render

bp = Blueprint("receipts", __name__)
bp.add_app_template_global(rules.short, "short_digest")
bp.add_app_template_global(letters.precise, "precise")
PLACE = "/my/applications/<id('app'):application_id>"
JSON = "application/json"
GONE = say(
    "What we received was deleted when the time for which it is kept was over. Its number and fingerprint "
    "can still be checked."
)


@bp.get(f"{PLACE}/receipt")
@signed_in
def show(application_id: str) -> ResponseReturnValue:
    """Show a receipt: number, moment, place in the ledger and fingerprint of exactly what was received."""
    with reading() as session:
        application = get_own_application(session, application_id, current_actor())
        received = _get(session, application, _version())
        versions = queries.list_received(session, application)
        receipt = checking.signed(session, application, received)
    check_url = documents.check_url(receipt["number"], receipt["digest"])
    return render(
        application=application,
        received=received,
        receipt=receipt,
        versions=versions,
        check_url=check_url,
        qr=qr.svg(check_url, title=translate(say("QR code that opens %(address)s", address=check_url))),
        next_steps=letters.NEXT_STEPS,
    )


@bp.get(f"{PLACE}/receipt.json")
@signed_in
def download_file(application_id: str) -> ResponseReturnValue:
    """Send the signed receipt as a file for the verifier."""
    _, _, receipt = _own(application_id)
    return download(rules.write(receipt), filename=_name(receipt, "-receipt.json"), media_type=JSON)


@bp.get(f"{PLACE}/receipt.pdf")
@signed_in
def download_pdf(application_id: str) -> ResponseReturnValue:
    """Send the receipt as PDF, its signed file inside."""
    application, received, receipt = _own(application_id)
    content = documents.write_pdf(application, received, receipt)
    return download(content, filename=_name(receipt, "-receipt.pdf"), media_type="application/pdf")


@bp.get(f"{PLACE}/received.json")
@signed_in
def download_content(application_id: str) -> ResponseReturnValue:
    """Send the file that the fingerprint on the receipt is taken of."""
    _, received, receipt = _own(application_id)
    content = snapshots.write(received.snapshot)
    return download(content, filename=_name(receipt, ".json"), media_type=JSON)


@bp.get(f"{PLACE}/versions")
@signed_in
def list_versions(application_id: str) -> ResponseReturnValue:
    """List the versions that were received, with how much each changed."""
    with reading() as session:
        application = get_own_application(session, application_id, current_actor())
        versions = queries.list_received(session, application)
    if not versions:
        raise NotFound(say("Nothing was received yet."))
    older = [*versions[1:], None]
    counts = {
        one.version: len(difference(before.snapshot, one.snapshot))
        for one, before in zip(versions, older, strict=True)
        if before is not None
    }
    return render(application=application, versions=versions, counts=counts)


@bp.get(f"{PLACE}/versions/<int(max=99999):version>")
@signed_in
def read_version(application_id: str, version: int) -> ResponseReturnValue:
    """Show one version exactly as it was received, and what it changed."""
    with reading() as session:
        application = get_own_application(session, application_id, current_actor())
        received = _get(session, application, version)
        versions = queries.list_received(session, application)
    before = next((one for one in versions if one.version < version), None)
    return render(
        application=application,
        received=received,
        latest=versions[0].version,
        before=before,
        changes=difference(before.snapshot, received.snapshot) if before else [],
    )


@bp.get("/receipts")
@public
def about() -> ResponseReturnValue:
    """Explain how receipts are checked, with the verifiers and the names of the keys."""
    return render(keys=keyring.current().public()[::-1])


@bp.route("/receipts/check", methods=["GET", "POST"])
@public
@limited("check")
def check() -> ResponseReturnValue:
    """Tell whoever holds a receipt whether it is genuine, and nothing about the person."""
    typed, form, answer = forms.TypedForm(), forms.FileForm(), None
    number, digest = typed.number.data or "", typed.digest.data or ""
    with reading() as session:
        if form.validate_on_submit():
            try:
                answer = checking.check_file(session, form.file.data.read())
            except Invalid as error:
                form.add_errors(error)
        elif request.method == "GET" and number and digest:
            answer = checking.check_typed(session, number, digest)
    is_short = bool(number or digest) and answer is None and request.method == "GET"
    return render(form=form, typed=typed, answer=answer, is_short=is_short)


@bp.route("/receipts/make-again", methods=["GET", "POST"])
@public
def make_again() -> ResponseReturnValue:
    """Make a lost receipt again for whoever holds the file of what was received."""
    form = forms.ContentForm()
    if form.validate_on_submit():
        try:
            with reading() as session:
                receipt = checking.make_again(session, form.file.data.read())
            return download(rules.write(receipt), filename=_name(receipt, "-receipt.json"), media_type=JSON)
        except Invalid as error:
            form.add_errors(error)
        except NotFound as error:
            form.add_errors(Invalid(file=error.message))
    return render(form=form)


@bp.get("/.well-known/meritum-receipt-keys.json")
@public
def keys() -> ResponseReturnValue:
    """Publish the public keys of receipts, oldest first."""
    published = keyring.current().public()
    entries = [
        {"name": key.name, "algorithm": "Ed25519", "key": key.text, "since": key.since.isoformat()}
        for key in published
    ]
    return jsonify({"format": "meritum-receipt-keys-1", "keys": entries})


@bp.get("/receipts/verify-receipt.html")
@public
def verifier_page() -> ResponseReturnValue:
    """Send the verifier as a page to keep."""
    content = verifier.with_keys(verifier.PAGE, keyring.current().public())
    return download(content, filename=verifier.PAGE, media_type="text/html")


@bp.get("/receipts/verify_receipt.py")
@public
def verifier_script() -> ResponseReturnValue:
    """Send the verifier as a Python script to keep."""
    content = verifier.with_keys(verifier.SCRIPT, keyring.current().public())
    return download(content, filename=verifier.SCRIPT, media_type="text/x-python")


def _own(application_id: str) -> tuple[Any, queries.Received, dict[str, Any]]:
    with reading() as session:
        application = get_own_application(session, application_id, current_actor())
        received = _get(session, application, _version())
        return application, received, checking.signed(session, application, received)


def _get(session: Session, application: Application, version: int | None) -> queries.Received:
    """Give a version, or the latest; NotFound once its content is deleted."""
    received = queries.get_received(session, application, version)
    if snapshots.is_purged(received.snapshot):
        raise NotFound(GONE)
    return received


def _version() -> int | None:
    text = request.args.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _name(receipt: dict[str, Any], ending: str) -> str:
    version = f"-v{receipt['version']}" if receipt["version"] > 1 else ""
    return f"{receipt['number']}{version}{ending}"
