"""Setting panels up: the scale, the members, and what members declare."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.accounts.queries import actor_of, find_account_by_email
from app.exams import merit
from app.exams.examinations.models import Candidate
from app.exams.examinations.queries import get_examination
from app.exams.panels import queries, rules
from app.exams.panels.models import Panel, PanelCriterion, PanelMember
from app.exams.panels.rules import Scale
from app.exams.panels.states import PanelForm, PanelState
from app.exams.plans import queries as plans
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.ids import new_id
from app.recruitment.applications.models import Application

RATE = "exams.marking.mark"
# Whoever may open this page learns whom a code stands for.
READ_CODES = "exams.scripts.list_staff"


def create_panel(
    session: Session, *, examination_id: str, values: Mapping[str, Any], actor: Actor, at: dt.datetime
) -> Panel:
    """Set up the panel of one component; how many rate each script follows from the rulebook."""
    permission = "exams.panels.create"
    examination = get_examination(session, examination_id, actor, permission=permission, lock=True)
    component = rules.find_component(plans.list_components(session, examination_id), values["component"])
    rule = _rule(plans.load_book(session, examination_id), component.code)
    panel = Panel(
        id=new_id("pnl"),
        examination_id=examination.id,
        component=component.code,
        title=component.title,
        form=PanelForm(values["form"]),
        state=PanelState.DRAFT,
        instructions=values["instructions"],
        denominator=values["denominator"],
        raters=rule.raters if rule else 1,
        is_confirmed_by_second=rule is None,
        seed=values["seed"].strip(),
        created_by=actor.id,
        created_at=at,
    )
    session.add(panel)
    session.flush()
    _record(session, "create", panel, examination.agency_id, actor, at, component=component.code)
    return panel


def edit_panel(session: Session, *, panel_id: str, instructions: str, actor: Actor, at: dt.datetime) -> Panel:
    """Change what raters are told before they begin."""
    panel = _load(session, panel_id, actor, "edit")
    panel.instructions = instructions
    session.flush()
    _record(session, "edit", panel, panel.examination.agency_id, actor, at)
    return panel


def save_criterion(
    session: Session, *, panel_id: str, criterion_id: str, scale: Scale, actor: Actor, at: dt.datetime
) -> PanelCriterion:
    """Add a criterion to the scale ("" as id), or change one; only before rating begins."""
    panel = _load(session, panel_id, actor, "edit_criterion")
    rules.check_setting_up(panel.state)
    if criterion_id:
        criterion = find_criterion(panel, criterion_id)
    else:
        if len(panel.criteria) >= rules.MOST_CRITERIA:
            raise Conflict(f"A scale has at most {rules.MOST_CRITERIA} criteria.")
        last = max((criterion.position for criterion in panel.criteria), default=0)
        criterion = PanelCriterion(id=new_id("pnc"), panel_id=panel.id, position=last + 1)
        panel.criteria.append(criterion)
    criterion.title, criterion.guidance = scale.title, scale.guidance
    criterion.maximum, criterion.anchors = scale.maximum, list(scale.anchors)
    session.flush()
    _record(
        session, "edit_criterion", panel, panel.examination.agency_id, actor, at, position=criterion.position
    )
    return criterion


def remove_criterion(
    session: Session, *, panel_id: str, criterion_id: str, actor: Actor, at: dt.datetime
) -> None:
    """Take a criterion out of the scale before rating begins."""
    panel = _load(session, panel_id, actor, "remove_criterion")
    rules.check_setting_up(panel.state)
    criterion = find_criterion(panel, criterion_id)
    position = criterion.position
    panel.criteria.remove(criterion)
    session.delete(criterion)
    session.flush()
    _record(session, "remove_criterion", panel, panel.examination.agency_id, actor, at, position=position)


def add_member(session: Session, *, panel_id: str, email: str, actor: Actor, at: dt.datetime) -> PanelMember:
    """Make somebody who rates for the agency a member; nobody who may open the list of codes."""
    panel = _load(session, panel_id, actor, "add_member")
    account = find_account_by_email(session, email)
    agency_id = panel.examination.agency_id
    if account is None or not actor_of(account).may(RATE, agency_id):
        raise Invalid(email="Nobody with this address has the role of rater in this agency.")
    if actor_of(account).may(READ_CODES, agency_id):
        raise Invalid(email="This person may open the list of codes, so cannot rate under blind codes.")
    if _is_candidate(session, panel.examination_id, account.id):
        raise Invalid(email="This person is a candidate of this examination.")
    member = PanelMember(
        id=new_id("pmb"),
        panel_id=panel.id,
        account_id=account.id,
        added_by=actor.id,
        added_at=at,
        surnames="",
        address="",
        postcode="",
        employers="",
    )
    panel.members.append(member)
    session.flush()
    _record(session, "add_member", panel, agency_id, actor, at, member=member.id)
    return member


def find_criterion(panel: Panel, criterion_id: str) -> PanelCriterion:
    """Give a criterion of the panel, or raise NotFound."""
    for criterion in panel.criteria:
        if criterion.id == criterion_id:
            return criterion
    raise NotFound("There is no such criterion.")


def _rule(book: merit.Rulebook, code: str) -> Any:
    return next(part.panel for part in book.components if part.name == code)


def _is_candidate(session: Session, examination_id: str, account_id: str) -> bool:
    found = (
        exists()
        .where(Candidate.examination_id == examination_id, Application.account_id == account_id)
        .where(Application.id == Candidate.application_id)
    )
    return bool(session.scalar(select(found)))


def _load(session: Session, panel_id: str, actor: Actor, act: str) -> Panel:
    return queries.get_panel(session, panel_id, actor, permission=f"exams.panels.{act}", lock=True)


def _record(
    session: Session,
    act: str,
    panel: Panel,
    agency_id: str,
    actor: Actor,
    at: dt.datetime,
    **details: Any,
) -> None:
    audit.record(
        session,
        f"exams.panels.{act}",
        actor=actor,
        at=at,
        subject=panel.id,
        agency_id=agency_id,
        examination=panel.examination_id,
        **details,
    )
