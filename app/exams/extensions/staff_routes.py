"""Extensions for the staff: proposing a later last day, deciding on it."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.certificates.queries import get_certificate
from app.exams.extensions import queries, services
from app.exams.extensions.forms import DecideForm, ProposeForm
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("extensions", __name__)


@bp.route("/staff/certificates/<id('crt'):certificate_id>/extend", methods=["GET", "POST"])
@requires("exams.extensions.propose")
def propose(certificate_id: str) -> ResponseReturnValue:
    """Propose a later last day for a certificate."""
    actor, form = current_actor(), ProposeForm()
    with reading() as session:
        certificate = get_certificate(session, certificate_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.propose_extension(
            session,
            certificate_id=certificate_id,
            ends_on=cast(dt.date, form.ends_on.data),
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Proposed. A second HR officer has to decide.", "success")
        return redirect(url_for("exams.certificates.show", certificate_id=certificate_id), 303)
    return render(form=form, certificate=certificate)


@bp.route("/staff/extensions/<id('cxt'):extension_id>/decide", methods=["GET", "POST"])
@requires("exams.extensions.decide")
def decide(extension_id: str) -> ResponseReturnValue:
    """Grant or refuse a later last day."""
    actor, form = current_actor(), DecideForm()
    with reading() as session:
        extension = queries.get_extension(session, extension_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_extension(
            session,
            extension_id=extension_id,
            is_granted=form.decision.data == "grant",
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Decision recorded.", "success")
        return redirect(url_for("exams.certificates.show", certificate_id=extension.certificate_id), 303)
    return render(form=form, extension=extension, certificate=extension.certificate)
