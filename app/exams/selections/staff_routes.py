"""Decisions on certified names over HTTP; what the rule forbids comes back with its citation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, cast

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.certificates import queries, rules
from app.exams.certificates import services as certificate_services
from app.exams.certificates.name_services import list_owed_on, names_of, stand_now
from app.exams.selections import services
from app.exams.selections.forms import (
    AppointForm,
    ConsiderForm,
    DecideForm,
    DeclineForm,
    EvidenceForm,
    PassOverForm,
)
from app.personnel.appointments.states import AppointmentKind
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.platform.errors import NotFound
from app.recruitment.documents.services import StoredFile, store_file
from app.web import pages
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("selections", __name__)
NAME = "/staff/certificates/<id('crt'):certificate_id>/names/<id('cen'):entry_id>"


@bp.route(f"{NAME}/appoint", methods=["GET", "POST"])
@requires("exams.selections.appoint")
def appoint(certificate_id: str, entry_id: str) -> ResponseReturnValue:
    """Appoint a name, if the rule allows it now."""
    form, sight = AppointForm(), _sight(certificate_id, entry_id)
    form.offer(queries.vacant_positions(sight["certificate"].requisition))

    def change(session: Session) -> str:
        return services.appoint_name(
            session,
            certificate_id=certificate_id,
            entry_id=entry_id,
            position_id=form.position_id.data,
            starts_on=cast(dt.date, form.starts_on.data),
            kind=AppointmentKind(form.kind.data),
            actor=current_actor(),
            at=clock.now(),
        ).id

    done = "Appointed. The position is filled, the service record begins, and the letter is promised."
    return _answer(certificate_id, form, change, done, sight)


@bp.route(f"{NAME}/decline", methods=["GET", "POST"])
@requires("exams.selections.decline")
def decline(certificate_id: str, entry_id: str) -> ResponseReturnValue:
    """Record that a person declined."""
    return _reasoned(certificate_id, entry_id, DeclineForm(), services.record_decline, "Decline recorded.")


@bp.route(f"{NAME}/pass-over", methods=["GET", "POST"])
@requires("exams.selections.pass_over")
def pass_over(certificate_id: str, entry_id: str) -> ResponseReturnValue:
    """Record why a name is passed over."""
    return _reasoned(certificate_id, entry_id, PassOverForm(), services.pass_over, "Pass-over recorded.")


@bp.route(f"{NAME}/decide-pass-over", methods=["GET", "POST"])
@requires("exams.selections.decide_pass_over")
def decide_pass_over(certificate_id: str, entry_id: str) -> ResponseReturnValue:
    """Approve or refuse a pass-over that the appointing authority proposed."""
    form = DecideForm()

    def change(session: Session) -> str:
        return services.decide_pass_over(
            session,
            certificate_id=certificate_id,
            entry_id=entry_id,
            is_approved=form.decision.data == "approve",
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ).id

    return _answer(certificate_id, form, change, "Decision recorded.", _sight(certificate_id, entry_id))


@bp.route(
    "/staff/certificates/<id('crt'):certificate_id>/considerations/<id('pcn'):consideration_id>",
    methods=["GET", "POST"],
)
@requires("exams.selections.consider")
def consider(certificate_id: str, consideration_id: str) -> ResponseReturnValue:
    """Record what came of a priority consideration that was given first."""
    form, actor = ConsiderForm(), current_actor()
    with reading() as session:
        certificate = queries.get_certificate(session, certificate_id, actor)
        owed = next((one for one in list_owed_on(session, certificate) if one.id == consideration_id), None)
    if owed is None:
        raise NotFound("Nothing is owed to this person on this certificate.")

    def change(session: Session) -> None:
        services.consider_first(
            session,
            certificate_id=certificate_id,
            consideration_id=consideration_id,
            outcome=form.reason.data,
            actor=actor,
            at=clock.now(),
        )

    sight = {"certificate": certificate, "owed": owed}
    return _answer(certificate_id, form, change, "Consideration recorded.", sight)


@bp.get(f"{NAME}/paper")
@requires("exams.selections.download")
def download(certificate_id: str, entry_id: str) -> ResponseReturnValue:
    """Send an officer the paper of a decision, and record it."""
    with transaction() as session:
        entry = services.record_download(
            session, certificate_id=certificate_id, entry_id=entry_id, actor=current_actor(), at=clock.now()
        )
    content = storage.current().get(str(entry.evidence_digest))
    media_type = entry.evidence_type or "application/octet-stream"
    return pages.download(content, filename=entry.evidence_name or "paper", media_type=media_type)


def _reasoned(
    certificate_id: str, entry_id: str, form: EvidenceForm, service: Any, done: str
) -> ResponseReturnValue:
    """Answer a page that records a code with its evidence, and perhaps a paper."""
    sight = _sight(certificate_id, entry_id)
    if form.validate_on_submit():
        values = {"code": form.code.data, "reason": form.reason.data, **keep_paper(form)}
        own = {"certificate_id": certificate_id, "entry_id": entry_id}
        actor, at = current_actor(), clock.now()
        if save(form, lambda session: service(session, **own, **values, actor=actor, at=at)):
            flash(done, "success")
            return redirect(url_for("exams.certificates.show", certificate_id=certificate_id), 303)
    return render(form=form, **sight)


def keep_paper(form: EvidenceForm) -> dict[str, Any]:
    """Store the paper, if there is one, and give it with what the virus scanner said."""
    checked = form.checked
    if checked is None:
        return {}
    file = StoredFile(checked.filename, checked.media_type, len(checked.content), store_file(checked))
    return {"file": file, "verdict": checked.virus_check}


def _answer(
    certificate_id: str, form: Any, change: Callable[[Session], Any], done: str, sight: dict[str, Any]
) -> ResponseReturnValue:
    if form.validate_on_submit() and save(form, change):
        flash(done, "success")
        return redirect(url_for("exams.certificates.show", certificate_id=certificate_id), 303)
    return render(form=form, **sight)


def _sight(certificate_id: str, entry_id: str) -> dict[str, Any]:
    """Give the certificate, the name, and what the rulebook says of it now."""
    at = clock.now()
    with reading() as session:
        certificate = queries.get_certificate(session, certificate_id, current_actor())
        entry = next((row for row in certificate.entries if row.id == entry_id), None)
        if entry is None:
            raise NotFound("This name is not on the certificate.")
        formed = certificate_services.form_now(session, certificate, at)
        owed = list_owed_on(session, certificate)
    book = certificate_services.book_of(certificate.merit_list)
    today = clock.local_date(at, certificate.agency.time_zone)
    number = entry.entry.candidate.number
    ruling = rules.judge(book, formed, names_of(certificate), number, today)
    return {
        "certificate": certificate,
        "entry": entry,
        "formed": formed,
        "next_sentence": rules.next_sentence(book, formed),
        "standing": stand_now(ruling, owed, entry),
        "waits": rules.needs_approval(book, entry.entry.has_preference),
        "codes": {**rules.DECLINES, **rules.PASS_OVERS},
    }
