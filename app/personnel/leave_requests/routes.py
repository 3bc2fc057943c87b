"""Asking for one's own leave."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel.accruals.queries import find_kept
from app.personnel.employees.models import Employee
from app.personnel.leave.amounts import hours
from app.personnel.leave.calendars import read_month
from app.personnel.leave.states import LeaveKind
from app.personnel.leave_requests import queries, services, sights
from app.personnel.leave_requests.forms import MINUTES, CertificateForm, WishForm
from app.personnel.leave_requests.models import LeaveRequest
from app.personnel.serving import get_own
from app.platform import clock, storage
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import act, download, render, save

bp = Blueprint("leave_requests", __name__)
OWN = "/my/leave/requests/<id('lvr'):request_id>"


@bp.route("/my/leave/ask", methods=["GET", "POST"])
@signed_in
def ask() -> ResponseReturnValue:
    """Ask for leave, with a calendar of what one will have."""
    with reading() as session:
        employee = _own(session)
        around = _around(session, employee)
    form = WishForm(kinds=around["kinds"], data={"kind": around["kind"]})
    if form.validate_on_submit() and save(
        form,
        lambda session: services.ask(session, wish=form.wish(), actor=current_actor(), at=clock.now()).id,
    ):
        flash("You have asked for leave. Your supervisor decides.", "success")
        return redirect(url_for(".own", request_id=form.saved), 303)
    return render(form=form, employee=employee, **around)


@bp.get(OWN)
@signed_in
def own(request_id: str) -> ResponseReturnValue:
    """Show one's own request."""
    with reading() as session:
        found = queries.get_own(session, request_id, current_actor().id)
    today = clock.local_date(clock.now(), found.agency.time_zone)
    return render(leave=found, hours=hours, has_begun=found.starts_on <= today)


@bp.route(f"{OWN}/change", methods=["GET", "POST"])
@signed_in
def amend(request_id: str) -> ResponseReturnValue:
    """Change what one has asked for."""
    with reading() as session:
        found = queries.get_own(session, request_id, current_actor().id)
        around = _around(session, found.employee, found.kind)
    form = WishForm(kinds=around["kinds"], data=_values(found))
    form.submit.label.text = "Change the request"
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.amend(
                session, request_id=request_id, wish=form.wish(), actor=current_actor(), at=clock.now()
            ).id
        ),
    ):
        flash("Changed. Your supervisor decides.", "success")
        return redirect(url_for(".own", request_id=form.saved), 303)
    return render(form=form, leave=found, **around)


@bp.post(f"{OWN}/withdraw")
@signed_in
def withdraw(request_id: str) -> ResponseReturnValue:
    """Withdraw what nobody has decided on yet."""
    return act(
        lambda session: services.withdraw(
            session, request_id=request_id, actor=current_actor(), at=clock.now()
        ),
        done="Withdrawn.",
        then=url_for(".own", request_id=request_id),
    )


@bp.post(f"{OWN}/cancel")
@signed_in
def cancel(request_id: str) -> ResponseReturnValue:
    """Take back approved leave that has not begun."""
    return act(
        lambda session: services.cancel(
            session, request_id=request_id, actor=current_actor(), at=clock.now()
        ),
        done="Taken back. The days are in your ledger again.",
        then=url_for(".own", request_id=request_id),
    )


@bp.route(f"{OWN}/certificate", methods=["GET", "POST"])
@signed_in
def add_certificate(request_id: str) -> ResponseReturnValue:
    """Hand in a medical certificate."""
    with reading() as session:
        found = queries.get_own(session, request_id, current_actor().id)
    form = CertificateForm()
    if (
        form.validate_on_submit()
        and (file := form.keep())
        and save(
            form,
            lambda session: services.add_certificate(
                session, request_id=request_id, file=file, actor=current_actor(), at=clock.now()
            ),
        )
    ):
        flash("The certificate is handed in.", "success")
        return redirect(url_for(".own", request_id=request_id), 303)
    return render(form=form, leave=found)


@bp.get(f"{OWN}/certificates/<id('lvc'):certificate_id>")
@signed_in
def download_own(request_id: str, certificate_id: str) -> ResponseReturnValue:
    """Download a certificate that one has handed in oneself."""
    with reading() as session:
        found = queries.get_own(session, request_id, current_actor().id)
        certificate = queries.get_certificate(found, certificate_id)
    content = storage.current().get(certificate.digest)
    return download(content, filename=certificate.filename, media_type=certificate.media_type)


def _around(session: Session, employee: Employee, kind: LeaveKind | None = None) -> dict[str, Any]:
    """Give the kinds of the agency's rule, and the month that the address asks for with its balances."""
    kept = find_kept(session, employee.agency_id)
    kinds = list(kept.regime.kinds) if kept else []
    asked = request.args.get("kind", "")
    shown = next((one for one in kinds if one.value == asked), kind or LeaveKind.ANNUAL)
    today = clock.local_date(clock.now(), employee.agency.time_zone)
    first = read_month(request.args.get("month", ""), today)
    month = sights.own_month(session, employee, shown, first, clock.now()) if shown.has_balance else None
    return {"kinds": kinds, "kind": shown, "month": month}


def _values(found: LeaveRequest) -> dict[str, Any]:
    part = found.minutes_a_day
    return {
        "kind": found.kind,
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "hours_a_day": None if part is None else part / MINUTES,
        "note": found.note,
    }


def _own(session: Session) -> Employee:
    return get_own(session, current_actor().id)
