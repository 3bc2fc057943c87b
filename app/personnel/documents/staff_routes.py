"""The papers of a personnel file for the staff: the list, adding one, opening one, taking one out."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import desk
from app.personnel.documents import queries, services
from app.personnel.documents.forms import AddForm, RemoveForm
from app.personnel.documents.routes import bp
from app.personnel.documents.states import DocumentKind
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.web.access import current_actor, requires
from app.web.pages import download as answer_file
from app.web.pages import render, save

__all__ = ["bp"]
OF = "/staff/employees/<id('emp'):employee_id>/papers"
ONE = "/staff/papers/<id('pfd'):document_id>"
desk.add_record("Papers on the file", "personnel.documents.show", order=6)


@bp.get(OF)
@requires("personnel.documents.show")
def show(employee_id: str) -> ResponseReturnValue:
    """List the papers of a personnel file that the reader may see."""
    actor = current_actor()
    with reading() as session:
        employee = queries.get_owner(session, employee_id, actor, "personnel.documents.show")
        papers = queries.list_documents(session, employee.id)
    return render(
        employee=employee, papers=papers, sees_apart=actor.may(queries.SHOW_APART, employee.agency_id)
    )


@bp.get("/staff/employees/<id('emp'):employee_id>/papers/apart")
@requires("personnel.documents.show_apart")
def show_apart(employee_id: str) -> ResponseReturnValue:
    """List the medical papers and those of investigations, which stand apart from the file."""
    actor = current_actor()
    with reading() as session:
        employee = queries.get_owner(session, employee_id, actor, queries.SHOW_APART)
        papers = queries.list_apart(session, employee, actor)
    return render(employee=employee, papers=papers)


@bp.route(f"{OF}/new", methods=["GET", "POST"])
@requires("personnel.documents.add")
def add(employee_id: str) -> ResponseReturnValue:
    """Put a paper on a personnel file."""
    actor = current_actor()
    with reading() as session:
        employee = queries.get_owner(session, employee_id, actor, "personnel.documents.add")
    form = AddForm(with_apart=actor.may(queries.SHOW_APART, employee.agency_id))
    if form.validate_on_submit():
        (paper,) = form.keep(DocumentKind(form.kind.data), form.title.data)
        if save(
            form,
            lambda session: (
                services.add_document(
                    session, employee_id=employee.id, paper=paper, actor=actor, at=clock.now()
                ).id
            ),
        ):
            flash("The paper is on the file.", "success")
            return redirect(url_for(".show", employee_id=employee.id), 303)
    return render(form=form, employee=employee)


@bp.get(f"{ONE}/file")
@requires("personnel.documents.download")
def download(document_id: str) -> ResponseReturnValue:
    """Open a paper; who opened it is noted and shown to the person."""
    with transaction() as session:
        document = services.open_document(
            session, document_id=document_id, actor=current_actor(), at=clock.now()
        )
    content = storage.current().get(document.digest)
    return answer_file(content, filename=document.filename, media_type=document.media_type)


@bp.route(f"{ONE}/remove", methods=["GET", "POST"])
@requires("personnel.documents.remove")
def remove(document_id: str) -> ResponseReturnValue:
    """Take a paper out of a file, with the reason."""
    actor, form = current_actor(), RemoveForm()
    with reading() as session:
        document = queries.get_document(session, document_id, actor, "personnel.documents.remove")
    if form.validate_on_submit() and save(
        form,
        lambda session: services.remove_document(
            session, document_id=document_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The paper was taken out of the file.", "success")
        return redirect(url_for(".show", employee_id=document.employee_id), 303)
    return render(form=form, document=document)
