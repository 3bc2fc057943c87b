"""Making an offer from a certificate, and taking it back."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.certificates import queries as certificates
from app.exams.offers import queries, services
from app.exams.offers.forms import OfferForm, WithdrawForm
from app.exams.offers.routes import bp
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.web.access import current_actor, requires
from app.web.pages import render, save

PLACE = "/staff/certificates/<id('crt'):certificate_id>"


@bp.route(f"{PLACE}/names/<id('cen'):entry_id>/offer", methods=["GET", "POST"])
@requires("exams.offers.create")
def create(certificate_id: str, entry_id: str) -> ResponseReturnValue:
    """Offer a position to a certified name."""
    actor, form = current_actor(), OfferForm()
    with reading() as session:
        certificate = certificates.get_certificate(session, certificate_id, actor)
    entry = next((row for row in certificate.entries if row.id == entry_id), None)
    if entry is None:
        raise NotFound("This name is not on the certificate.")
    form.offer(certificates.vacant_positions(certificate.requisition))
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.make_offer(
                session,
                certificate_id=certificate_id,
                entry_id=entry_id,
                **form.values(),
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("The offer is made. The person is told by mail and answers in Meritum.", "success")
        return redirect(url_for("exams.certificates.show", certificate_id=certificate_id), 303)
    return render(form=form, certificate=certificate, entry=entry)


@bp.route(f"{PLACE}/offers/<id('ofr'):offer_id>/withdraw", methods=["GET", "POST"])
@requires("exams.offers.withdraw")
def withdraw(certificate_id: str, offer_id: str) -> ResponseReturnValue:
    """Take an offer back."""
    actor, form = current_actor(), WithdrawForm()
    with reading() as session:
        certificate = certificates.get_certificate(session, certificate_id, actor)
        offer = queries.get_offer(session, offer_id, certificate_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.withdraw_offer(
            session,
            certificate_id=certificate_id,
            offer_id=offer_id,
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The offer is taken back. The person is told by mail.", "success")
        return redirect(url_for("exams.certificates.show", certificate_id=certificate_id), 303)
    return render(form=form, certificate=certificate, offer=offer)
