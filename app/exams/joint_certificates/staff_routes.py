"""Names from several lists for the staff: asked for, looked at, issued or given up together."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams import history
from app.exams.certificates.queries import list_requisitions_to_fill
from app.exams.joint_certificates import queries, rules, services
from app.exams.joint_certificates.forms import AskForm, IssueForm
from app.exams.merit_lists.queries import get_list
from app.exams.preferred_lists.queries import list_before
from app.platform import clock
from app.platform.actors import Actor
from app.platform.db import reading
from app.platform.errors import Conflict
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

bp = Blueprint("joint_certificates", __name__)
ONE = "/staff/joint-certificates/<id('jrq'):joint_id>"


@bp.route("/staff/merit-lists/<id('lst'):list_id>/joint-certificates/new", methods=["GET", "POST"])
@requires("exams.joint_certificates.ask")
def ask(list_id: str) -> ResponseReturnValue:
    """Ask for names from every list in force for the class, in the law's order."""
    actor = current_actor()
    sight = _sight(list_id, actor)
    form = AskForm(data={"vacancies": 2})
    form.offer(sight["requisitions"])

    def change(session: Session) -> str:
        return services.ask_jointly(
            session,
            merit_list_id=list_id,
            requisition_id=form.requisition_id.data,
            vacancies=form.vacancies.data or 0,
            actor=actor,
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Names asked for. A second HR officer has to issue the certificates.", "success")
        return redirect(url_for(".show", joint_id=form.saved), 303)
    return render(form=form, kinds=rules.KINDS, **sight)


def _sight(list_id: str, actor: Actor) -> dict[str, Any]:
    """Give the lists in force for a list's class, each with all its people, and what can be filled."""
    with reading() as session:
        merit_list = get_list(session, list_id, actor)
        agency_id, class_code = merit_list.agency_id, merit_list.examination.posting.class_code
        sources = queries.load_sources(session, agency_id, class_code, clock.now())
        requisitions = list_requisitions_to_fill(session, agency_id=agency_id, class_code=class_code)
        lists = queries.load_lists(session, [source.list_id for source in sources])
        preferred, first = list_before(session, merit_list, clock.now())
    order, missing = None, ""
    try:
        order = rules.find_order([source.rulebook for source in sources]) if sources else None
    except Conflict as error:
        missing = str(error)
    return {
        "missing": missing,
        "preferred": preferred,
        "first": first,
        "merit_list": merit_list,
        "requisitions": requisitions,
        "order": order,
        "shares": rules.divide(order, sources, rules.EVERYONE) if order else [],
        "lists": lists,
    }


@bp.get(ONE)
@requires("exams.joint_certificates.show")
def show(joint_id: str) -> ResponseReturnValue:
    """Show a request, the certificates that serve it in order, and whether the order holds."""
    with reading() as session:
        joint = queries.get_joint(session, joint_id, current_actor())
        timeline = history.load_timeline(session, joint_id, joint.agency.time_zone)
    return render(joint=joint, order=rules.get_order(joint.order), kinds=rules.KINDS, timeline=timeline)


@bp.route(f"{ONE}/issue", methods=["GET", "POST"])
@requires("exams.joint_certificates.issue")
def issue(joint_id: str) -> ResponseReturnValue:
    """Issue the certificates of a request that another officer made."""
    actor, form = current_actor(), IssueForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.issue_jointly(session, joint_id=joint_id, actor=actor, at=clock.now()).id,
    ):
        flash("Certificates issued.", "success")
        return redirect(url_for(".show", joint_id=joint_id), 303)
    with reading() as session:
        joint = queries.get_joint(session, joint_id, actor)
    return render(form=form, joint=joint, order=rules.get_order(joint.order), kinds=rules.KINDS)


@bp.post(f"{ONE}/discard")
@requires("exams.joint_certificates.discard")
def discard(joint_id: str) -> ResponseReturnValue:
    """Give up the certificates of a request that were not issued."""
    return act(
        lambda session: services.discard_jointly(
            session, joint_id=joint_id, actor=current_actor(), at=clock.now()
        ),
        done="Certificates discarded.",
        then=url_for(".show", joint_id=joint_id),
    )
