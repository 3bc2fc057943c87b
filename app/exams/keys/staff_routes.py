"""Keys for the staff: one proposes, another decides with the effect in sight."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.booklets.queries import find_key_answers
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.exams.keys import queries, rules, services
from app.exams.keys.forms import DecideForm, ProposeForm
from app.exams.keys.models import KeyVersion
from app.exams.scoring.queries import load_effect
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import Invalid
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("keys", __name__)


@bp.route("/staff/examinations/<id('exm'):examination_id>/keys/new", methods=["GET", "POST"])
@requires("exams.keys.propose")
def propose(examination_id: str) -> ResponseReturnValue:
    """Propose a version of the key, as text or as a file."""
    actor = current_actor()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.keys.propose")
        in_force = queries.find_in_force(session, examination_id)
        known = in_force.answers if in_force else find_key_answers(session, examination_id)
    codes = [item.code for item in examination.items]
    form = ProposeForm(data={"key": rules.write_key(known, codes)})

    def change(session: Session) -> str:
        read = rules.read_key(_text(form), codes, examination.options)
        return services.propose_key(
            session,
            examination_id=examination_id,
            answers=rules.keep_series(read, in_force.answers if in_force else {}),
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Key proposed. A key custodian has to decide on it.", "success")
        return redirect(url_for(".show", key_id=form.saved), 303)
    return render(form=form, examination=examination, in_force=in_force)


@bp.get("/staff/keys/<id('key'):key_id>")
@requires("exams.keys.show")
def show(key_id: str) -> ResponseReturnValue:
    """Show a key version, what it changes and what became of it."""
    with reading() as session:
        key = queries.get_key(session, key_id, current_actor())
        return render(key=key, **_sight(session, key))


@bp.route("/staff/keys/<id('key'):key_id>/decide", methods=["GET", "POST"])
@requires("exams.keys.decide")
def decide(key_id: str) -> ResponseReturnValue:
    """Approve or refuse a key that somebody else proposed."""
    actor, form = current_actor(), DecideForm()
    is_approved = form.decision.data == "approve"

    def change(session: Session) -> str:
        return services.decide_key(
            session,
            key_id=key_id,
            is_approved=is_approved,
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Key approved." if is_approved else "Key refused.", "success")
        return redirect(url_for(".show", key_id=key_id), 303)
    with reading() as session:
        key = queries.get_key(session, key_id, actor)
        sight = _sight(session, key)
    return render(form=form, key=key, **sight)


def _sight(session: Session, key: KeyVersion) -> dict[str, Any]:
    """Give what a page shows of a key: its items in words, its changes, and whom it moves."""
    before = queries.find_before(session, key)
    examination: Examination = key.examination
    changes = rules.list_changes(before.answers, key.answers) if before else []
    items = [(code, rules.describe(entry)) for code, entry in key.answers.items()]
    effect = load_effect(session, examination, before, key) if before and changes else None
    return {
        "examination": examination,
        "before": before,
        "changes": changes,
        "items": items,
        "effect": effect,
    }


def _text(form: ProposeForm) -> str:
    """Give the key that was sent; a file goes before the text, Invalid when it is not UTF-8."""
    if not form.file.data:
        return str(form.key.data)
    try:
        return str(form.file.data.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Invalid(file="The file is not written in UTF-8. Save it as CSV in UTF-8.") from None
