"""What the form of a decision does: it works out what the decision would move, and keeps or proposes it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.exams.challenges import rules, services
from app.exams.challenges.forms import ProposeForm
from app.exams.examinations.queries import get_examination
from app.exams.keys import queries as key_queries
from app.exams.keys.rules import describe, entry_for
from app.exams.what_ifs.queries import try_changes
from app.exams.what_ifs.services import keep_what_if
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import Conflict, Invalid, NotFound
from app.web.access import current_actor


def works_out(form: ProposeForm, sight: dict[str, Any], series: str) -> bool:
    """Work out what the decision would move, before anything is written; errors go to the form."""
    examination, item, key = sight["examination"], sight["item"], sight["key"]
    before = entry_for(key.answers[item], series)
    try:
        after = rules.entry_of(**form.asked, before=before, options=examination.options)
        if rules.check_change(before, after, form.asked["decision"]):
            changes = rules.changed_answers(key.answers, item, series, after)
            with reading() as session:
                form.tried = try_changes(session, examination, changes)
        if form.try_out.data and form.tried is None:
            raise Conflict("This moves nobody: the key stays, or no answers are stored yet.")
    except Invalid as error:
        form.add_errors(error)
    except Conflict as error:
        form.add_errors(Invalid(error.message))
    return not form.errors


def try_or_propose(form: ProposeForm, sight: dict[str, Any], series: str, session: Session) -> str:
    """Keep what was worked out, propose the decision unless it is only tried, and give the id of either."""
    examination, actor, at = sight["examination"], current_actor(), clock.now()
    if form.tried is not None:
        kept = keep_what_if(session, examination=examination, tried=form.tried, actor=actor, at=at)
        if form.try_out.data:
            return kept.id
    return services.propose_decision(
        session,
        examination_id=examination.id,
        item=sight["item"],
        series=series,
        **form.asked,
        reason=form.reason.data,
        origin=form.origin.data,
        actor=actor,
        at=at,
    ).id


def sight_of(session: Session, examination_id: str, item: str, permission: str) -> dict[str, Any]:
    """Give what the pages of an item show of it; NotFound for an item that the key does not have."""
    examination = get_examination(session, examination_id, current_actor(), permission=permission)
    key = key_queries.find_in_force(session, examination_id)
    if key is None or item not in key.answers:
        raise NotFound("There is no such question.")
    return {"examination": examination, "item": item, "key": key, "says": describe(key.answers[item])}
