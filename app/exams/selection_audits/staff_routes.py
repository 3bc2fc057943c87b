"""Audits for the staff: a certificate replayed, what was found, and how it is settled."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.certificates.queries import get_certificate
from app.exams.selection_audits import queries, services
from app.exams.selection_audits.forms import SettleForm
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

bp = Blueprint("selection_audits", __name__)
ONE = "/staff/selection-audits/<id('sau'):audit_id>"


@bp.post("/staff/certificates/<id('crt'):certificate_id>/audit")
@requires("exams.selection_audits.create")
def create(certificate_id: str) -> ResponseReturnValue:
    """Replay a certificate and store what was found."""
    return act(
        lambda session: services.audit_certificate(
            session, certificate_id=certificate_id, actor=current_actor(), at=clock.now()
        ),
        done="The certificate was replayed. What was found stands below.",
        then=url_for(".list_audits", certificate_id=certificate_id),
    )


@bp.get("/staff/certificates/<id('crt'):certificate_id>/audits")
@requires("exams.selection_audits.list_audits")
def list_audits(certificate_id: str) -> ResponseReturnValue:
    """List the audits of a certificate, the newest first."""
    with reading() as session:
        certificate = get_certificate(session, certificate_id, current_actor())
        audits = queries.list_audits(session, certificate_id)
    return render(certificate=certificate, audits=audits)


@bp.get(ONE)
@requires("exams.selection_audits.show")
def show(audit_id: str) -> ResponseReturnValue:
    """Show what an audit found, whom it concerns, and how it was settled."""
    return render(**_sight(audit_id))


@bp.route(f"{ONE}/settle", methods=["GET", "POST"])
@requires("exams.selection_audits.settle")
def settle(audit_id: str) -> ResponseReturnValue:
    """Record how what was found is put right."""
    actor, form = current_actor(), SettleForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.settle_audit(
            session, audit_id=audit_id, settlement=form.settlement.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The findings are settled.", "success")
        return redirect(url_for(".show", audit_id=audit_id), 303)
    return render(form=form, **_sight(audit_id))


def _sight(audit_id: str) -> dict[str, Any]:
    with reading() as session:
        audit = queries.get_audit(session, audit_id, current_actor())
        numbers = [finding["number"] for finding in audit.findings if finding["number"]]
        people = queries.load_applications(session, audit.certificate.merit_list_id, numbers)
    return {"audit": audit, "people": people, "kinds": KINDS}


KINDS = {
    "names": "Names",
    "order": "Order of lists",
    "selection": "Selection",
    "ended": "Too late",
    "lost": "Lost consideration",
    "reserve": "Reserve",
}
