"""A certificate's reserve for the staff: who stands in it, until when, and the call of the next."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.certificates.queries import get_certificate, list_gone
from app.exams.certificates.services import book_of
from app.exams.reserves import queries, services
from app.exams.reserves.forms import CallForm
from app.exams.reserves.routes import bp
from app.exams.reserves.rules import CAUSES
from app.exams.selections.staff_routes import keep_paper
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.platform.errors import Conflict
from app.web import pages
from app.web.access import current_actor, requires
from app.web.pages import render, save

RESERVE = "/staff/certificates/<id('crt'):certificate_id>/reserve"


@bp.get(RESERVE)
@requires("exams.reserves.show")
def show(certificate_id: str) -> ResponseReturnValue:
    """Show who stands in reserve behind a certificate, who was called to which place, and who is next."""
    return render(**_sight(certificate_id))


@bp.route(f"{RESERVE}/call", methods=["GET", "POST"])
@requires("exams.reserves.call")
def call(certificate_id: str) -> ResponseReturnValue:
    """Call the next person to a place that fell free."""
    sight, form = _sight(certificate_id), CallForm()
    form.offer(sight["places"])
    if form.validate_on_submit():
        values: dict[str, Any] = {
            "certificate_id": certificate_id,
            "place_id": form.place_id.data,
            "reserve_entry_id": form.reserve_entry_id.data,
            "reason": form.reason.data,
            **keep_paper(form),
        }
        actor, at = current_actor(), clock.now()
        if save(form, lambda session: services.call_next(session, **values, actor=actor, at=at)):
            flash("Called. The person stands on the certificate, and the letter is promised.", "success")
            return redirect(url_for("exams.certificates.show", certificate_id=certificate_id), 303)
    form.reserve_entry_id.data = sight["next"].id if sight["next"] else ""
    return render(form=form, **sight)


@bp.get(f"{RESERVE}/calls/<id('rsc'):call_id>/paper")
@requires("exams.reserves.download")
def download(certificate_id: str, call_id: str) -> ResponseReturnValue:
    """Send an officer the paper of a call, and record it."""
    with transaction() as session:
        found = services.record_download(
            session, certificate_id=certificate_id, call_id=call_id, actor=current_actor(), at=clock.now()
        )
    media_type = found.evidence_type or "application/octet-stream"
    content = storage.current().get(str(found.evidence_digest))
    return pages.download(content, filename=found.evidence_name or "paper", media_type=media_type)


def _sight(certificate_id: str) -> dict[str, Any]:
    """Give the reserve of a certificate, the free places, who is next, and what stands against a call."""
    with reading() as session:
        certificate = get_certificate(session, certificate_id, current_actor())
        reserve = queries.get_reserve(session, certificate_id)
        places = queries.list_free_places(session, reserve, certificate.agency.time_zone)
        due = services.find_next(session, certificate, reserve)
        gone = frozenset(list_gone(session, certificate.merit_list_id, certificate_id))
    certification = book_of(certificate.merit_list).certification
    return {
        "certificate": certificate,
        "reserve": reserve,
        "rule": certification.reserve if certification else None,
        "places": places,
        "next": due,
        "gone": gone,
        "causes": CAUSES,
        "closed": _say_why_closed(certificate, reserve),
    }


def _say_why_closed(certificate: Any, reserve: Any) -> str:
    """Say why nobody can be called now; nothing when somebody can."""
    try:
        services.demand_callable(certificate, reserve, clock.now())
    except Conflict as error:
        return str(error)
    return ""
