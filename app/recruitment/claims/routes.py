"""The claims of an application: the applicant's own pages."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.platform import clock
from app.recruitment.applications import standing
from app.recruitment.applications.kinds import CLAIMS, in_order
from app.recruitment.claims import forms, services
from app.recruitment.documents.forms import UploadForm
from app.recruitment.documents.services import store_file
from app.recruitment.drafts import steps
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("claims", __name__)
PLACE = "/my/applications/<id('app'):application_id>/claims"
KIND = f"<any({', '.join(CLAIMS)}):kind>"


@bp.route(PLACE, methods=["GET", "POST"])
@signed_in
def edit(application_id: str) -> ResponseReturnValue:
    """Ask which preference the person claims."""
    application = steps.get_draft(application_id)
    form = forms.ClaimsForm(data=standing.saved_data(application, "claims"))
    if form.validate_on_submit():
        if not form.kinds.data:  # left for later with nothing ticked: there is nothing to save
            return steps.onwards(application, "claims", form)
        if save(
            form,
            lambda session: services.save_claims(
                session,
                application_id=application_id,
                kinds=form.kinds.data,
                actor=current_actor(),
                at=clock.now(),
            ),
        ):
            if form.later.data or form.kinds.data == ["none"]:
                return steps.onwards(application, "claims", form)
            return redirect(url_for(".evidence", application_id=application_id, **steps.keep_origin()), 303)
    return render(form=form, application=application, step=steps.place(application, "claims"))


@bp.get(f"{PLACE}/evidence")
@signed_in
def evidence(application_id: str) -> ResponseReturnValue:
    """List the claims with the evidence that each has or still needs."""
    application = steps.get_draft(application_id)
    claims = {claim.kind: claim for claim in application.claims}
    step, origin = steps.place(application, "claims"), steps.keep_origin()
    return render(
        application=application,
        claims=[claims[kind] for kind in in_order(claims)],
        onwards=steps.onwards(application, "claims").location,
        step=step,
        origin=origin,
    )


@bp.route(f"{PLACE}/{KIND}", methods=["GET", "POST"])
@signed_in
def attach(application_id: str, kind: str) -> ResponseReturnValue:
    """Upload the evidence of one claim."""
    application, form = steps.get_draft(application_id), UploadForm()
    claim = services.get_claim(application, kind)
    if form.validate_on_submit():
        digest = store_file(form.checked)
        if save(
            form,
            lambda session: services.attach_evidence(
                session,
                application_id=application_id,
                kind=kind,
                checked=form.checked,
                digest=digest,
                actor=current_actor(),
                at=clock.now(),
            ),
        ):
            flash(f"Evidence added: {form.checked.filename}.", "success")
            return redirect(url_for(".evidence", application_id=application_id, **steps.keep_origin()), 303)
    return render(
        form=form, application=application, claim=claim, kind=CLAIMS[kind], origin=steps.keep_origin()
    )
