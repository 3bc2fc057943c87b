"""What the page of a trial shows beside the list as it is."""

from __future__ import annotations

from typing import Any

from app.exams.impact.previewing import load_passing
from app.exams.merit_lists.models import MeritList
from app.exams.sandboxes import rules, trials
from app.exams.sandboxes.rules import Wanted
from app.exams.sandboxes.trials import Basis
from app.platform import small_groups
from app.platform.actors import Actor
from app.platform.db import reading
from app.platform.errors import Invalid
from app.recruitment.listing import address

NAMED = 20


def load_preview(merit_list: MeritList, basis: Basis, wanted: Wanted, actor: Actor) -> dict[str, Any]:
    """Give what the page shows of the trial, or why the rules cannot be so."""
    after = wanted.after
    try:
        changes = tuple(wanted.changes.items())
        trial = trials.try_out(basis, changes, wanted.vacancies)
    except Invalid as error:
        return {"refusals": list(error.fields.values())}
    entering, leaving = rules.moved_in_and_out(trial.real, trial.tried, NAMED)
    last = after + rules.PAGE
    return {
        "refusals": [],
        "trial": trial,
        "is_changed": bool(changes),
        "rows": rules.page(trial.real, trial.tried, after),
        "entering": entering,
        "leaving": leaving,
        "reach": _reach(basis, changes, wanted),
        "impact": _impact(merit_list, trial, actor),
        "previous": address(after=str(max(after - rules.PAGE, 0))) if after else "",
        "following": address(after=str(last)) if last < len(trial.tried) else "",
    }


def _reach(
    basis: Basis, changes: tuple[tuple[rules.Path, str | None], ...], wanted: Wanted
) -> dict[str, Any] | None:
    """Say who comes within reach of the vacancies, and who falls out of it, by the trial."""
    now = trials.reach(basis, (), wanted.vacancies, wanted.on)
    then = trials.reach(basis, changes, wanted.vacancies, wanted.on)
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
    least = small_groups.least_shown()
    return [(title, rules.compared(trial.real, trial.tried, found, least)) for title, found in members]
