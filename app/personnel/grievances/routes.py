"""A person's own grievances: file one, follow it, accept or go on, agree, withdraw."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import desk
from app.personnel.grievances import agreeing, forms, queries, services, sight
from app.personnel.grievances.states import AgreementKind, Matter
from app.personnel.policies.queries import list_enforced
from app.personnel.policies.states import Topic
from app.personnel.serving import get_own
from app.platform import clock, storage
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import act, download, render, save

bp = Blueprint("grievances", __name__)
ONE = "/my/grievances/<id('grv'):grievance_id>"
desk.add_own("Grievances", "personnel.grievances.list_own", order=80, told=sight.told)


@bp.get("/my/grievances")
@signed_in
def list_own() -> ResponseReturnValue:
    """List one's own grievances, and say how one is filed."""
    actor = current_actor()
    with reading() as session:
        employee = get_own(session, actor.id)
        rows = queries.list_own(session, employee.id)
        procedure = queries.procedure_of(session, employee.agency_id)
        today = clock.local_date(clock.now(), employee.agency.time_zone)
        behind = list_enforced(session, Topic.GRIEVANCES, employee.agency_id, today)
    lines = sight.map_lines(rows, clock.now())
    return render(rows=rows, procedure=procedure, lines=lines, behind=behind)


@bp.route("/my/grievances/new", methods=["GET", "POST"])
@signed_in
def create() -> ResponseReturnValue:
    """File a grievance."""
    actor, form = current_actor(), forms.FileGrievanceForm()
    with reading() as session:
        employee = get_own(session, actor.id)
        procedure = queries.procedure_of(session, employee.agency_id)
    if form.validate_on_submit():
        file = form.keep()
        if save(
            form,
            lambda session: (
                services.file_grievance(
                    session, filing=_filing(form), file=file, actor=actor, at=clock.now()
                ).id
            ),
        ):
            flash("Your grievance is filed. A letter confirms it.", "success")
            return redirect(url_for(".show_own", grievance_id=form.saved), 303)
    return render(form=form, procedure=procedure)


def _filing(form: forms.FileGrievanceForm) -> services.Filing:
    names = (
        "statement",
        "remedy_sought",
        "provisions",
        "happened_on",
        "late_reason",
        "about",
        "about_email",
        "representative_name",
        "representative_contact",
    )
    values = {name: form[name].data for name in names}
    return services.Filing(matter=Matter(form.matter.data), **values)


@bp.get(ONE)
@signed_in
def show_own(grievance_id: str) -> ResponseReturnValue:
    """Show one's own grievance: its clock, the answers, what may be done, who read it."""
    return render(**_sight(grievance_id))


@bp.post(f"{ONE}/accept")
@signed_in
def accept(grievance_id: str) -> ResponseReturnValue:
    """Accept the answer."""
    return act(
        lambda session: services.accept(
            session, grievance_id=grievance_id, actor=current_actor(), at=clock.now()
        ),
        done="You accepted the answer.",
        then=url_for(".show_own", grievance_id=grievance_id),
    )


@bp.route(f"{ONE}/go-on", methods=["GET", "POST"])
@signed_in
def go_on(grievance_id: str) -> ResponseReturnValue:
    """Take a grievance to the next step, or outside."""
    form, shown = forms.GoOnForm(), _sight(grievance_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.go_on(
            session,
            grievance_id=grievance_id,
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Your grievance goes on.", "success")
        return redirect(url_for(".show_own", grievance_id=grievance_id), 303)
    return render(form=form, **shown)


@bp.route(f"{ONE}/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw(grievance_id: str) -> ResponseReturnValue:
    """Withdraw a grievance, for good."""
    form, shown = forms.WithdrawForm(), _sight(grievance_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.withdraw(
            session,
            grievance_id=grievance_id,
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Your grievance is withdrawn.", "success")
        return redirect(url_for(".show_own", grievance_id=grievance_id), 303)
    return render(form=form, **shown)


@bp.route(f"{ONE}/representative", methods=["GET", "POST"])
@signed_in
def represent(grievance_id: str) -> ResponseReturnValue:
    """Name who speaks for oneself."""
    shown = _sight(grievance_id)
    grievance = shown["grievance"]
    given = {"name": grievance.representative_name, "contact": grievance.representative_contact}
    form = forms.RepresentativeForm(data=given)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.set_representative(
            session,
            grievance_id=grievance_id,
            name=form.name.data,
            contact=form.contact.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Saved.", "success")
        return redirect(url_for(".show_own", grievance_id=grievance_id), 303)
    return render(form=form, **shown)


@bp.route(f"{ONE}/propose", methods=["GET", "POST"])
@signed_in
def propose(grievance_id: str) -> ResponseReturnValue:
    """Propose more time or a settlement to the office."""
    form, shown = forms.ProposeForm(), _sight(grievance_id)
    if form.validate_on_submit() and save(form, lambda session: proposed(form, grievance_id, session)):
        flash("Proposed. The other side is told by mail.", "success")
        return redirect(url_for(".show_own", grievance_id=grievance_id), 303)
    return render(form=form, **shown)


def proposed(form: forms.ProposeForm, grievance_id: str, session: Any) -> str:
    """Propose what stands on a form, for the side that the person is on."""
    return agreeing.propose(
        session,
        grievance_id=grievance_id,
        kind=AgreementKind(form.kind.data),
        terms=form.terms.data,
        until_on=form.until_on.data,
        actor=current_actor(),
        at=clock.now(),
    )


@bp.post(f"{ONE}/proposals/<id('gra'):agreement_id>/<any(agree, refuse):said>")
@signed_in
def answer_proposal(grievance_id: str, agreement_id: str, said: str) -> ResponseReturnValue:
    """Agree to what the other side proposed, or refuse it; for both sides."""
    actor = current_actor()
    with reading() as session:
        is_own = queries.is_own(session, grievance_id, actor)
    return act(
        lambda session: agreeing.answer_proposal(
            session,
            grievance_id=grievance_id,
            agreement_id=agreement_id,
            is_agreed=said == "agree",
            actor=actor,
            at=clock.now(),
        ),
        done="Agreed." if said == "agree" else "Refused.",
        then=url_for(".show_own" if is_own else ".show", grievance_id=grievance_id),
    )


@bp.route(f"{ONE}/papers/new", methods=["GET", "POST"])
@signed_in
def add_file(grievance_id: str) -> ResponseReturnValue:
    """Add a paper to one's own grievance."""
    form, shown, actor = forms.PaperForm(), _sight(grievance_id), current_actor()
    if form.validate_on_submit():
        file = form.keep()
        if save(
            form,
            lambda session: services.add_file(
                session, grievance_id=grievance_id, file=file, actor=actor, at=clock.now()
            ),
        ):
            flash("Paper added.", "success")
            return redirect(url_for(".show_own", grievance_id=grievance_id), 303)
    return render(form=form, **shown)


@bp.get(f"{ONE}/papers/<id('grf'):file_id>")
@signed_in
def download_file(grievance_id: str, file_id: str) -> ResponseReturnValue:
    """Send a paper of a grievance to either side."""
    actor = current_actor()
    with reading() as session:
        is_own = queries.is_own(session, grievance_id, actor)
        read = queries.get_own if is_own else queries.get_grievance
        file = queries.find_file(read(session, grievance_id, actor), file_id)
    content = storage.current().get(file.digest)
    return download(content, filename=file.filename, media_type=file.media_type)


def _sight(grievance_id: str) -> dict[str, Any]:
    with reading() as session:
        grievance = queries.get_own(session, grievance_id, current_actor())
        shown = sight.of(session, grievance, clock.now())
        readers = queries.list_readers(session, grievance_id)
    return shown | {"readers": readers}
