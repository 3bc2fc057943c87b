"""What a person claims, once for all applications, and what officers found of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import reading
from app.platform.sentences import say
from app.recruitment.applications.kinds import CLAIMS
from app.recruitment.claims import queries as claim_queries
from app.recruitment.claims.forms import EvidenceForm
from app.recruitment.documents.forms import PickForm
from app.recruitment.documents.services import store_file
from app.recruitment.papers.queries import list_papers
from app.recruitment.person_claims import forms, queries, services
from app.recruitment.scanning.queries import load_verdicts
from app.web.access import current_actor, signed_in
from app.web.pages import act, render, save

bp = Blueprint("person_claims", __name__)
PLACE = "/my/profile/claims"
KIND = f"{PLACE}/<any({', '.join(CLAIMS)}):kind>"


@bp.get(PLACE)
@signed_in
def list_own() -> ResponseReturnValue:
    """List the person's claims with their papers, and what was decided of them in each application."""
    own, at = str(current_actor().id), clock.now()
    with reading() as session:
        claims = queries.list_claims(session, own)
        decided = claim_queries.list_own(session, own)
        found = {paper.digest for claim in claims for paper in claim.papers}
        verdicts = load_verdicts(session, found)
        closings = claim_queries.load_closings(session, {row.application.posting_id for row in decided})
        appealed = claim_queries.load_appealed(session, [row.id for row in decided])
    return render(
        claims=claims,
        decided=decided,
        verdicts=verdicts,
        closings=closings,
        appealed=appealed,
        at=at,
        today=at.date(),
    )


@bp.route(f"{PLACE}/add", methods=["GET", "POST"])
@signed_in
def make() -> ResponseReturnValue:
    """Claim something more."""
    actor = current_actor()
    with reading() as session:
        held = {claim.kind for claim in queries.list_claims(session, str(actor.id))}
    form = forms.MakeForm.without(held)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.make_claim(session, kind=form.kind.data, actor=actor, at=clock.now()),
    ):
        return redirect(url_for(".prove", kind=form.kind.data), 303)
    return render(form=form, held=held)


@bp.route(f"{KIND}/evidence", methods=["GET", "POST"])
@signed_in
def prove(kind: str) -> ResponseReturnValue:
    """Upload a paper that proves a claim."""
    form = EvidenceForm()
    with reading() as session:
        claim = queries.get_claim(session, str(current_actor().id), kind)
    if form.validate_on_submit():
        digest = store_file(form.kept)
        if save(
            form,
            lambda session: services.prove_by_file(
                session,
                kind=kind,
                checked=form.kept,
                digest=digest,
                expires_on=form.expires_on.data,
                actor=current_actor(),
                at=clock.now(),
            ),
        ):
            flash(say("Evidence added: %(name)s.", name=form.kept.filename), "success")
            return redirect(url_for(".list_own"), 303)
    return render(form=form, claim=claim)


@bp.route(f"{KIND}/pick", methods=["GET", "POST"])
@signed_in
def pick(kind: str) -> ResponseReturnValue:
    """Prove a claim by one of the person's own documents."""
    actor = current_actor()
    with reading() as session:
        claim = queries.get_claim(session, str(actor.id), kind)
        form = PickForm.of(list_papers(session, str(actor.id)))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.prove(
            session, kind=kind, paper_id=form.paper.data, actor=actor, at=clock.now()
        ),
    ):
        flash(say("Evidence added."), "success")
        return redirect(url_for(".list_own"), 303)
    return render(form=form, claim=claim)


@bp.post(f"{KIND}/take-away/<id('ppr'):paper_id>")
@signed_in
def take_away(kind: str, paper_id: str) -> ResponseReturnValue:
    """Take a paper away from a claim; it stays among the person's documents."""
    return act(
        lambda session: services.take_away(
            session, kind=kind, paper_id=paper_id, actor=current_actor(), at=clock.now()
        ),
        done=say("The document no longer proves this claim."),
        then=url_for(".list_own"),
    )


@bp.route(f"{KIND}/end", methods=["GET", "POST"])
@signed_in
def end(kind: str) -> ResponseReturnValue:
    """Confirm that something is claimed no longer."""
    actor, form = current_actor(), forms.EndForm()
    with reading() as session:
        claim = queries.get_claim(session, str(actor.id), kind)
    if form.validate_on_submit() and save(
        form, lambda session: services.end_claim(session, kind=kind, actor=actor, at=clock.now())
    ):
        flash(say("Your profile no longer claims this."), "success")
        return redirect(url_for(".list_own"), 303)
    return render(form=form, claim=claim)
