"""Times of interviews for the exam office."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.interviews import queries, services
from app.exams.interviews.forms import ChangeTimeForm, TermsForm, TimesForm
from app.exams.interviews.letters import things
from app.exams.interviews.models import InterviewTerms
from app.exams.interviews.routes import bp
from app.exams.panels.queries import get_panel
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

PANEL = "/staff/panels/<id('pnl'):panel_id>/interviews"
ONE = "/staff/interviews/<id('isl'):slot_id>"


@bp.get(PANEL)
@requires("exams.interviews.list_staff")
def list_staff(panel_id: str) -> ResponseReturnValue:
    """List the times of a panel, and who comes."""
    with reading() as session:
        panel = get_panel(session, panel_id, current_actor(), permission="exams.interviews.list_staff")
        slots = queries.list_slots(session, panel_id)
        waiting = len(queries.list_without_time(session, panel_id))
        clashing = queries.list_clashing(session, slots)
        terms = session.get(InterviewTerms, panel_id)
    return render(
        panel=panel,
        clashing=clashing,
        terms=terms,
        things=things(terms),
        examination=panel.examination,
        slots=slots,
        waiting=waiting,
        untold=sum(
            slot.script_id is not None and slot.invited_at is None and slot.starts_at > clock.now()
            for slot in slots
        ),
        now_at=clock.now(),
    )


@bp.route(f"{PANEL}/new", methods=["GET", "POST"])
@requires("exams.interviews.add_times")
def add_times(panel_id: str) -> ResponseReturnValue:
    """Add times."""
    actor = current_actor()
    with reading() as session:
        panel = get_panel(session, panel_id, actor, permission="exams.interviews.add_times")
    form = TimesForm(zone=panel.examination.agency.time_zone)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.add_times(
            session, panel_id=panel_id, values=form.values(), actor=actor, at=clock.now()
        ),
    ):
        flash("The times are added.", "success")
        return redirect(url_for(".list_staff", panel_id=panel_id), 303)
    return render(form=form, panel=panel, examination=panel.examination)


@bp.route(f"{PANEL}/terms", methods=["GET", "POST"])
@requires("exams.interviews.edit_terms")
def edit_terms(panel_id: str) -> ResponseReturnValue:
    """Set what invitations say besides time and place."""
    actor = current_actor()
    with reading() as session:
        panel = get_panel(session, panel_id, actor, permission="exams.interviews.edit_terms")
        form = TermsForm(obj=session.get(InterviewTerms, panel_id))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.set_terms(
            session,
            panel_id=panel_id,
            bring=form.bring.data,
            shows_subjects=form.shows_subjects.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Saved. Invitations sent from now on say so.", "success")
        return redirect(url_for(".list_staff", panel_id=panel_id), 303)
    return render(form=form, panel=panel, examination=panel.examination)


@bp.post(f"{PANEL}/allot")
@requires("exams.interviews.allot_times")
def allot_times(panel_id: str) -> ResponseReturnValue:
    """Give the free times to candidates by lot."""
    actor = current_actor()
    return act(
        lambda session: services.allot_times(session, panel_id=panel_id, actor=actor, at=clock.now()),
        done="The free times are given by lot. Nobody is told yet.",
        then=url_for(".list_staff", panel_id=panel_id),
    )


@bp.post(f"{PANEL}/invite")
@requires("exams.interviews.invite")
def invite(panel_id: str) -> ResponseReturnValue:
    """Invite everybody who has a time and does not know."""
    actor = current_actor()
    return act(
        lambda session: services.invite(session, panel_id=panel_id, actor=actor, at=clock.now()),
        done="The letters are on their way.",
        then=url_for(".list_staff", panel_id=panel_id),
    )


@bp.route(f"{ONE}/change", methods=["GET", "POST"])
@requires("exams.interviews.change_time")
def change_time(slot_id: str) -> ResponseReturnValue:
    """Give a candidate another time."""
    actor, permission = current_actor(), "exams.interviews.change_time"
    with reading() as session:
        slot = queries.get_slot(session, slot_id, actor, permission=permission)
        was_invited = slot.invited_at is not None
        panel = get_panel(session, slot.panel_id, actor, permission=permission)
        free = [own for own in queries.list_slots(session, panel.id) if own.script_id is None]
    form = ChangeTimeForm()
    form.offer([own for own in free if own.starts_at > clock.now()], panel.examination.agency.time_zone)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.change_time(
            session, slot_id=slot_id, to_id=form.to.data, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        told = " A new letter tells the candidate." if was_invited else ""
        flash(f"The time is changed.{told}", "success")
        return redirect(url_for(".list_staff", panel_id=panel.id), 303)
    return render(form=form, slot=slot, panel=panel, examination=panel.examination)


@bp.post(f"{ONE}/remove")
@requires("exams.interviews.remove_time")
def remove_time(slot_id: str) -> ResponseReturnValue:
    """Take a free time out."""
    actor = current_actor()
    with reading() as session:
        permission = "exams.interviews.remove_time"
        panel_id = queries.get_slot(session, slot_id, actor, permission=permission).panel_id
    return act(
        lambda session: services.remove_time(session, slot_id=slot_id, actor=actor, at=clock.now()),
        done="The time is taken out.",
        then=url_for(".list_staff", panel_id=panel_id),
    )
