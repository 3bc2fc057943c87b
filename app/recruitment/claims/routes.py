"""The claims of an application: the applicant's own pages."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import reading
from app.platform.sentences import say
from app.recruitment.applications import queries as application_queries
from app.recruitment.applications.kinds import CLAIMS, in_order
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.applications.standing import saved_data
from app.recruitment.applications.states import Submission
from app.recruitment.claims import appeals, autosaving, forms, services, standing
from app.recruitment.claims.evidence import load_evidence
from app.recruitment.documents.forms import PickForm
from app.recruitment.documents.services import store_file
from app.recruitment.drafts import steps
from app.recruitment.papers.queries import list_papers
from app.recruitment.person_claims import queries as person_queries
from app.web.access import current_actor, signed_in
from app.web.pages import render, save
from app.web.typed import keeps_typing

bp = Blueprint("claims", __name__)
PLACE = "/my/applications/<id('app'):application_id>/claims"
KIND = f"<any({', '.join(CLAIMS)}):kind>"


@bp.route(PLACE, methods=["GET", "POST"])
@signed_in
@keeps_typing
def edit(application_id: str) -> ResponseReturnValue:
    """Ask what the person claims of what the vacancy honours; the profile's claims stand ticked."""
    application = steps.get_draft(application_id)
    honoured = _honoured(application)
    saved = saved_data(application, "claims") or _own_kinds(honoured)
    form = steps.fill(forms.ClaimsForm, saved, steps.saved_at(application, "claims"))
    form.offer(honoured)
    if form.validate_on_submit():
        if not form.kinds.data:  # left for later with nothing ticked: there is nothing to save
            return steps.onwards(application, "claims", form)
        if steps.keep(
            form,
            lambda session: services.save_claims(
                session,
                application_id=application_id,
                kinds=form.kinds.data,
                actor=current_actor(),
                at=clock.now(),
                page=form.page,
            ),
        ):
            if form.later.data or form.kinds.data == ["none"]:
                return steps.onwards(application, "claims", form)
            return redirect(url_for(".evidence", application_id=application_id, **steps.keep_origin()), 303)
    return render(form=form, application=application, step=steps.place(application, "claims"))


@bp.post("/my/applications/<id('app'):application_id>/autosave/claims")
@signed_in
def autosave(application_id: str) -> ResponseReturnValue:
    """Save what is ticked, for the script that sends each field when it is left."""
    application, form = steps.get_draft(application_id), forms.ClaimsForm()
    form.offer(_honoured(application))
    return steps.save_standing(
        form, application, autosaving.autosave, application_id=application_id, actor=current_actor()
    )


def _honoured(application: Application) -> list[str]:
    with reading() as session:
        return standing.honoured(session, application.posting, clock.now())


def _own_kinds(honoured: list[str]) -> dict[str, list[str]]:
    with reading() as session:
        claims = person_queries.list_claims(session, str(current_actor().id))
    return {"kinds": [claim.kind for claim in claims if claim.kind in honoured]}


@bp.get(f"{PLACE}/evidence")
@signed_in
def evidence(application_id: str) -> ResponseReturnValue:
    """List the claims with the evidence that each has or still needs."""
    application = steps.get_draft(application_id)
    claims = {claim.kind: claim for claim in application.claims}
    with reading() as session:
        papers = load_evidence(session, [claim.id for claim in application.claims])
    return render(
        application=application,
        claims=[claims[kind] for kind in in_order(claims)],
        papers=papers,
        onwards=steps.onwards(application, "claims").location,
        step=steps.place(application, "claims"),
        origin=steps.keep_origin(),
        today=clock.now().date(),
    )


@bp.route(f"{PLACE}/{KIND}", methods=["GET", "POST"])
@signed_in
def attach(application_id: str, kind: str) -> ResponseReturnValue:
    """Upload evidence of one claim, while it is taken."""
    application, claim = _get_open(application_id, kind)
    form, origin = forms.EvidenceForm(), steps.keep_origin()
    if form.validate_on_submit():
        digest = store_file(form.kept)
        if save(
            form,
            lambda session: services.attach_evidence(
                session,
                application_id=application_id,
                kind=kind,
                checked=form.kept,
                digest=digest,
                expires_on=form.expires_on.data,
                actor=current_actor(),
                at=clock.now(),
            ),
        ):
            flash(say("Evidence added: %(name)s.", name=form.kept.filename), "success")
            return redirect(_after(application), 303)
    return render(form=form, application=application, claim=claim, back=_after(application), origin=origin)


@bp.route(f"{PLACE}/{KIND}/pick", methods=["GET", "POST"])
@signed_in
def pick(application_id: str, kind: str) -> ResponseReturnValue:
    """Use one of the person's own documents as evidence."""
    application, claim = _get_open(application_id, kind)
    with reading() as session:
        papers = list_papers(session, str(current_actor().id))
    form = PickForm.of(papers)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.attach_paper(
            session,
            application_id=application_id,
            kind=kind,
            paper_id=form.paper.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash(say("Evidence added."), "success")
        return redirect(_after(application), 303)
    return render(form=form, application=application, claim=claim, back=_after(application))


@bp.route(f"{PLACE}/{KIND}/appeal", methods=["GET", "POST"])
@signed_in
def appeal(application_id: str, kind: str) -> ResponseReturnValue:
    """Appeal against the refusal of a claim."""
    with reading() as session:
        application = application_queries.get_own_application(session, application_id, current_actor())
    claim, form = standing.get_claim(application, kind), forms.AppealForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: appeals.appeal(
            session,
            application_id=application_id,
            kind=kind,
            text=form.text.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash(say("Your appeal is sent. Another officer will decide."), "success")
        return redirect(_after(application), 303)
    return render(form=form, application=application, claim=claim, back=_after(application))


def _get_open(application_id: str, kind: str) -> tuple[Application, ApplicationClaim]:
    """Give an own application and its claim, for which evidence is still taken."""
    with reading() as session:
        application = application_queries.get_own_application(session, application_id, current_actor())
        claim = standing.get_claim(application, kind)
        standing.demand_open(session, application, claim, clock.now())
    return application, claim


def _after(application: Application) -> str:
    """Give the page that leads to and from the evidence: the draft's step, or the person's claims."""
    if application.submission is Submission.DRAFT:
        return url_for(".evidence", application_id=application.id, **steps.keep_origin())
    return url_for("recruitment.person_claims.list_own")
