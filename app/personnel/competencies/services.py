"""Keeping the catalogue of competencies, what classes ask, and what is found about people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.competencies import queries, rules
from app.personnel.competencies.models import (
    ClassCompetency,
    Competency,
    CompetencyAssessment,
    CompetencyLevel,
)
from app.personnel.employees.models import Employee
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def create_competency(
    session: Session,
    *,
    agency_id: str,
    name: str,
    definition: str,
    anchors: Mapping[int, str],
    actor: Actor,
    at: dt.datetime,
) -> Competency:
    """Add a competency to an agency's catalogue, with what somebody does at each of its levels."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.competencies.create", agency.id)
    levels = rules.check_anchors(anchors)
    made = Competency(id=new_id("cmp"), agency_id=agency.id, name=name.strip(), definition=definition.strip())
    session.add(made)
    session.flush()
    _write(session, made, levels)
    _record(session, "create", made.id, agency.id, actor, at, levels=len(levels))
    return made


def edit_competency(
    session: Session,
    *,
    competency_id: str,
    name: str,
    definition: str,
    anchors: Mapping[int, str],
    actor: Actor,
    at: dt.datetime,
) -> Competency:
    """Say more clearly what a competency and its levels mean; what was found about people stays."""
    found = queries.get_competency(session, competency_id, actor, "personnel.competencies.edit")
    levels = rules.check_anchors(anchors)
    if len(levels) < len(found.levels):
        raise Invalid(anchor_1="Levels that people may have been found at cannot go.")
    found.name, found.definition = name.strip(), definition.strip()
    for level in found.levels:
        level.anchor = levels.pop(level.level)
    _write(session, found, levels)
    _record(session, "edit", found.id, found.agency_id, actor, at)
    return found


def retire_competency(session: Session, *, competency_id: str, actor: Actor, at: dt.datetime) -> None:
    """Ask for a competency no more; what was found stays on record."""
    found = queries.get_competency(session, competency_id, actor, "personnel.competencies.retire")
    if found.retired_on is not None:
        raise Conflict("This competency was retired already.")
    zone = get_agency(session, found.agency_id).time_zone
    found.retired_on = clock.local_date(at, zone)
    session.flush()
    _record(session, "retire", found.id, found.agency_id, actor, at)


def require_level(
    session: Session,
    *,
    agency_id: str,
    class_code: str,
    competency_id: str,
    level: int,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Say which level of a competency a class of positions asks; 0 asks for it no more."""
    actor.demand("personnel.competencies.require", agency_id)
    found = queries.get_competency_of(session, competency_id, agency_id)
    if class_code not in dict(queries.list_classes(session, agency_id)):
        raise Invalid(class_code="Select a class of the agency's positions.")
    row = session.get(ClassCompetency, (agency_id, class_code, competency_id))
    if level == rules.NONE:
        if row is None:
            raise Invalid(level="The class does not ask for this competency.")
        session.delete(row)
    elif level not in {one.level for one in found.levels} or found.retired_on is not None:
        raise Invalid(level="Select a level that the competency has.")
    else:
        row = row or ClassCompetency(
            agency_id=agency_id, class_code=class_code, competency_id=competency_id, level=level
        )
        row.level = level
        session.add(row)
    session.flush()
    _record(session, "require", competency_id, agency_id, actor, at, class_code=class_code, level=level)


def assess(
    session: Session,
    *,
    employee: Employee,
    competency_id: str,
    level: int,
    evidence: str,
    is_own: bool,
    actor: Actor,
    at: dt.datetime,
) -> CompetencyAssessment:
    """Write down at which level somebody is; the caller has made sure that the actor may say so of them."""
    found = queries.get_competency_of(session, competency_id, employee.agency_id)
    if found.retired_on is not None:
        raise Conflict("This competency is asked of nobody any more.")
    if level not in {rules.NONE, *(one.level for one in found.levels)}:
        raise Invalid(level="Select one of the levels.")
    if not evidence.strip():
        raise Invalid(evidence="Say what shows it.")
    if not is_own:
        rules.demand_other(actor.id, employee.account_id)
    serial = queries.last_serial(session, employee.id, competency_id, is_own=is_own) + 1
    made = CompetencyAssessment(
        id=new_id("cas"),
        employee_id=employee.id,
        competency_id=competency_id,
        agency_id=employee.agency_id,
        serial=serial,
        is_own=is_own,
        level=level,
        evidence=evidence.strip(),
        assessed_by=str(actor.id),
        assessed_at=at,
    )
    session.add(made)
    session.flush()
    act = "assess_own" if is_own else "assess"
    _record(session, act, competency_id, employee.agency_id, actor, at, employee=employee.id)
    return made


def _write(session: Session, competency: Competency, levels: Mapping[int, str]) -> None:
    session.add_all(
        CompetencyLevel(competency_id=competency.id, level=level, anchor=anchor)
        for level, anchor in levels.items()
    )
    session.flush()


def _record(
    session: Session,
    act: str,
    subject: str,
    agency_id: str,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    audit.record(
        session,
        f"personnel.competencies.{act}",
        actor=actor,
        at=at,
        subject=subject,
        agency_id=agency_id,
        **details,
    )
