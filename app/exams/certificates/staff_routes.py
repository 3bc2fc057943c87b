"""Certificates for the staff: asked for, issued, worked on and returned."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams import history
from app.exams.certificates import queries, services
from app.exams.certificates.forms import CertificateFilterForm, CloseForm, IssueForm, RequestForm
from app.exams.certificates.sights import load_sight
from app.exams.certificates.states import CertificateState
from app.exams.extensions.queries import find_proposed
from app.exams.merit_lists.queries import get_list
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

bp = Blueprint("certificates", __name__)
navigation.add("Certificates", "exams.certificates.list_staff", area="staff", order=60)


@bp.get("/staff/certificates")
@requires("exams.certificates.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the certificates of the officer's agencies."""
    filters = CertificateFilterForm()
    state = CertificateState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_certificates(session, current_actor(), state=state, cursor=listing.read_cursor())
        counts = queries.count_names(session, [row.id for row in page.rows])
    pages = listing.addresses(page)
    return render(certificates=page.rows, counts=counts, filters=filters, pages=pages)


@bp.get("/staff/certificates/<id('crt'):certificate_id>")
@requires("exams.certificates.show")
def show(certificate_id: str) -> ResponseReturnValue:
    """Show each name, what may lawfully be done with it now, and why or why not."""
    with reading() as session:
        certificate = queries.get_certificate(session, certificate_id, current_actor())
        sight = load_sight(session, certificate, clock.now())
        extension = find_proposed(session, certificate_id)
        timeline = history.load_timeline(session, certificate_id, certificate.agency.time_zone)
    return render(**sight, extension=extension, timeline=timeline)


@bp.route("/staff/merit-lists/<id('lst'):list_id>/certificates/new", methods=["GET", "POST"])
@requires("exams.certificates.request_names")
def request_names(list_id: str) -> ResponseReturnValue:
    """Ask for names from a published list."""
    actor = current_actor()
    with reading() as session:
        merit_list = get_list(session, list_id, actor)
        posting = merit_list.examination.posting
        requisitions = queries.list_requisitions_to_fill(
            session, agency_id=merit_list.agency_id, class_code=posting.class_code
        )
    form = RequestForm(data={"requisition_id": posting.requisition_id, "vacancies": 1})
    form.offer(requisitions)

    def change(session: Session) -> str:
        wanted = {"requisition_id": form.requisition_id.data, "vacancies": form.vacancies.data or 0}
        return services.request_certificate(
            session, merit_list_id=list_id, **wanted, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Names asked for. A second HR officer has to issue the certificate.", "success")
        return redirect(url_for(".show", certificate_id=form.saved), 303)
    return render(form=form, merit_list=merit_list, requisitions=requisitions)


@bp.route("/staff/certificates/<id('crt'):certificate_id>/issue", methods=["GET", "POST"])
@requires("exams.certificates.issue")
def issue(certificate_id: str) -> ResponseReturnValue:
    """Issue a certificate that another officer asked for."""
    return _decide(certificate_id, IssueForm(), services.issue_certificate, "Certificate issued.")


@bp.route("/staff/certificates/<id('crt'):certificate_id>/close", methods=["GET", "POST"])
@requires("exams.certificates.close")
def close(certificate_id: str) -> ResponseReturnValue:
    """Return a certificate before every vacancy is filled."""
    form = CloseForm()
    values = {"reason": form.reason.data}
    return _decide(certificate_id, form, services.close_certificate, "Certificate returned.", **values)


@bp.post("/staff/certificates/<id('crt'):certificate_id>/discard")
@requires("exams.certificates.discard")
def discard(certificate_id: str) -> ResponseReturnValue:
    """Give up a certificate that was not issued."""
    return act(
        lambda session: services.discard_certificate(
            session, certificate_id=certificate_id, actor=current_actor(), at=clock.now()
        ),
        done="Certificate discarded.",
        then=url_for(".show", certificate_id=certificate_id),
    )


def _decide(certificate_id: str, form: Any, service: Any, done: str, **values: Any) -> ResponseReturnValue:
    """Answer a page with one decision on a certificate: the form, or the act and the way back."""
    actor = current_actor()

    def change(session: Session) -> str:
        return str(service(session, certificate_id=certificate_id, actor=actor, at=clock.now(), **values).id)

    if form.validate_on_submit() and save(form, change):
        flash(done, "success")
        return redirect(url_for(".show", certificate_id=certificate_id), 303)
    with reading() as session:
        certificate = queries.get_certificate(session, certificate_id, actor)
        sight = load_sight(session, certificate, clock.now())
    return render(form=form, **sight)
