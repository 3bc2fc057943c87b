"""Trying other rules on a list, for the staff: a preview that touches nothing, and trials that were kept."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.impact import settings
from app.exams.impact.previewing import load_passing
from app.exams.listing import asked_place
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.queries import get_list
from app.exams.sandboxes import queries, rules, services, trials
from app.exams.sandboxes.forms import KeepForm, trial_form
from app.exams.sandboxes.trials import Basis
from app.platform import clock
from app.platform.actors import Actor
from app.platform.db import reading
from app.platform.errors import Invalid
from app.recruitment.listing import address
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("sandboxes", __name__)
NAMED = 20


@bp.route("/staff/merit-lists/<id('lst'):list_id>/sandbox", methods=["GET", "POST"])
@requires("exams.sandboxes.try_out")
def try_out(list_id: str) -> ResponseReturnValue:
    """Try other weights, minimums and vacancies on a list; what is tried stands in the address."""
    actor, keep = current_actor(), KeepForm()
    with reading() as session:
        merit_list = get_list(session, list_id, actor)
        basis, kept = queries.load_basis(session, merit_list), queries.list_kept(session, list_id)
    examination = merit_list.examination
    dials = rules.dials(rulebooks.read(examination.rulebook_text, examination.rulebook_digest))
    form = trial_form(dials, examination.posting.openings)
    typed = _typed(dials, form)
    vacancies = form.vacancies.data or 0

    def change(session: Session) -> str:
        changes, plain = rules.changes(dials, typed), rules.plain(dials, typed, vacancies)
        return services.keep_trial(
            session, list_id=list_id, changes=changes, typed=plain, purpose=keep.purpose.data,
            actor=actor, at=clock.now(),
        ).id  # fmt: skip

    if keep.validate_on_submit() and save(keep, change):
        flash("Trial kept. The list itself is as it was.", "success")
        return redirect(url_for(".show", sandbox_id=keep.saved), 303)
    preview = _preview(merit_list, basis, dials, typed, vacancies, actor) if not form.errors else {}
    sight: dict[str, Any] = {"merit_list": merit_list, "examination": examination, "kept": kept}
    return render(form=keep, filters=form, **sight, **preview)


def _typed(dials: list[rules.Dial], form: Any) -> dict[str, Decimal | None]:
    """Give the numbers that are tried: those of the rulebook until a form was sent."""
    if form.is_used:
        return {dial.name: form[dial.name].data for dial in dials}
    return {dial.name: Decimal(dial.now) if dial.now else None for dial in dials}


def _preview(
    merit_list: MeritList,
    basis: Basis,
    dials: list[rules.Dial],
    typed: dict[str, Decimal | None],
    vacancies: int,
    actor: Actor,
) -> dict[str, Any]:
    """Give what the page shows of the trial, or why the rules cannot be so."""
    after = asked_place("after")
    try:
        changes = tuple(rules.changes(dials, typed).items())
        trial = trials.try_out(basis, changes, vacancies)
    except Invalid as error:
        return {"refusals": list(error.fields.values())}
    today = clock.local_date(clock.now(), merit_list.examination.agency.time_zone)
    entering, leaving = rules.moved_in_and_out(trial.real, trial.tried, NAMED)
    last = after + rules.PAGE
    return {
        "refusals": [],
        "trial": trial,
        "is_changed": bool(changes),
        "rows": rules.page(trial.real, trial.tried, after),
        "entering": entering,
        "leaving": leaving,
        "reach": _reach(trial, vacancies, today),
        "impact": _impact(merit_list, trial, actor),
        "previous": address(after=str(max(after - rules.PAGE, 0))) if after else "",
        "following": address(after=str(last)) if last < len(trial.tried) else "",
    }


def _reach(trial: trials.Trial, vacancies: int, today: dt.date) -> dict[str, Any] | None:
    """Say who comes within reach of the vacancies, and who falls out of it, by the trial."""
    now, then = trials.reach(trial.real, vacancies, today), trials.reach(trial.tried, vacancies, today)
    if now is None or then is None:
        return None
    held, reached = set(now.names), set(then.names)
    return {
        "now": len(held),
        "then": len(reached),
        "gained": [name for name in then.names if name not in held],
        "lost": [name for name in now.names if name not in reached],
        "rule": then.sentence,
    }


def _impact(merit_list: MeritList, trial: trials.Trial, actor: Actor) -> list[Any]:
    """Give the shares of each group that pass before and after, for who may see groups at all."""
    if not actor.may("exams.impact.show", merit_list.agency_id):
        return []
    with reading() as session:
        members = load_passing(session, merit_list.examination)
    least = settings.smallest_group()
    return [(title, rules.compared(trial.real, trial.tried, found, least)) for title, found in members]


@bp.get("/staff/sandboxes/<id('sbx'):sandbox_id>")
@requires("exams.sandboxes.show")
def show(sandbox_id: str) -> ResponseReturnValue:
    """Show a trial that was kept: what was tried, by whom and why, and what came out."""
    with reading() as session:
        sandbox = queries.get_sandbox(session, sandbox_id, current_actor())
    examination = sandbox.merit_list.examination
    dials = rules.dials(rulebooks.read(examination.rulebook_text, examination.rulebook_digest))
    again = sandbox.changes["dials"] | {"vacancies": sandbox.changes["vacancies"] or ""}
    return render(
        sandbox=sandbox, merit_list=sandbox.merit_list, examination=examination, dials=dials, again=again
    )
