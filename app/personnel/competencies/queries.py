"""Reading competencies: the catalogue, what classes ask, and how people stand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from app.accounts.models import Agency
from app.personnel.actions.states import Standing
from app.personnel.competencies.models import (
    ClassCompetency,
    Competency,
    CompetencyAssessment,
)
from app.personnel.competencies.rules import Gap, Seat, Skills
from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position
from app.personnel.positions.states import PositionState
from app.personnel.service_records.models import ServiceRecord
from app.platform import scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.competencies.list_staff"
GAPS = "personnel.competencies.list_gaps"
MOST = 500


def visible_to(actor: Actor, permission: str = READ) -> ColumnElement[bool]:
    """Give the condition on competencies of the agencies in which the actor holds the permission."""
    return scope.within(Competency.agency_id, actor, permission)


def get_competency(session: Session, competency_id: str, actor: Actor, permission: str = READ) -> Competency:
    """Give a competency with its levels, or raise NotFound."""
    return _one(session, (Competency.id == competency_id) & visible_to(actor, permission))


def get_competency_of(session: Session, competency_id: str, agency_id: str) -> Competency:
    """Give a competency of an agency with its levels, or raise NotFound."""
    return _one(session, (Competency.id == competency_id) & (Competency.agency_id == agency_id))


def _one(session: Session, condition: ColumnElement[bool]) -> Competency:
    found = session.scalar(select(Competency).where(condition).options(selectinload(Competency.levels)))
    if found is None:
        raise NotFound("There is no such competency.")
    return found


def list_competencies(session: Session, actor: Actor) -> list[Competency]:
    """List the competencies that the actor may read, by name, with their levels."""
    query = (
        select(Competency)
        .where(visible_to(actor))
        .options(selectinload(Competency.levels))
        .order_by(Competency.name, Competency.id)
    )
    return list(session.scalars(query.limit(MOST)))


def list_of_agency(session: Session, agency_id: str) -> list[Competency]:
    """List the competencies of an agency that are not retired, by name."""
    query = select(Competency).where(Competency.agency_id == agency_id, Competency.retired_on.is_(None))
    return list(session.scalars(query.order_by(Competency.name, Competency.id).limit(MOST)))


def list_asked(session: Session, actor: Actor) -> list[ClassCompetency]:
    """List what classes ask in the actor's agencies, by class, with the competencies."""
    query = (
        select(ClassCompetency)
        .join(Competency, Competency.id == ClassCompetency.competency_id)
        .where(scope.within(ClassCompetency.agency_id, actor, READ))
        .options(joinedload(ClassCompetency.competency))
        .order_by(ClassCompetency.agency_id, ClassCompetency.class_code, Competency.name, Competency.id)
    )
    return list(session.scalars(query.limit(MOST)))


def list_classes(session: Session, agency_id: str) -> list[tuple[str, str]]:
    """List the classes of an agency's positions as (code, title), by code."""
    query = (
        select(Position.class_code, func.min(Position.class_title))
        .where(Position.agency_id == agency_id, Position.state == PositionState.ACTIVE)
        .group_by(Position.class_code)
        .order_by(Position.class_code)
    )
    return [(code, title) for code, title in session.execute(query.limit(MOST))]


def list_history(session: Session, employee_id: str) -> list[CompetencyAssessment]:
    """List what was found about a person over time, the newest first, with competencies and assessors."""
    query = (
        select(CompetencyAssessment)
        .where(CompetencyAssessment.employee_id == employee_id)
        .options(joinedload(CompetencyAssessment.competency), joinedload(CompetencyAssessment.assessor))
        .order_by(CompetencyAssessment.assessed_at.desc(), CompetencyAssessment.id.desc())
    )
    return list(session.scalars(query.limit(100)))


def last_serial(session: Session, employee_id: str, competency_id: str, *, is_own: bool) -> int:
    """Give the number of the newest assessment, 0 where there is none."""
    query = select(func.max(CompetencyAssessment.serial)).where(
        CompetencyAssessment.employee_id == employee_id,
        CompetencyAssessment.competency_id == competency_id,
        CompetencyAssessment.is_own == is_own,
    )
    return session.scalar(query) or 0


def load_gaps(session: Session, employee: Employee) -> list[Gap]:
    """Give each competency that the person's position asks or that was found, by name."""
    asked = dict(
        session.execute(
            select(ClassCompetency.competency_id, ClassCompetency.level)
            .join(
                Position,
                and_(
                    Position.class_code == ClassCompetency.class_code,
                    Position.agency_id == ClassCompetency.agency_id,
                ),
            )
            .where(Position.incumbent_id == employee.id)
        ).all()
    )
    found: dict[tuple[str, bool], int] = {}
    query = select(
        CompetencyAssessment.competency_id, CompetencyAssessment.is_own, CompetencyAssessment.level
    ).where(CompetencyAssessment.employee_id == employee.id)
    for competency_id, is_own, level in session.execute(query.order_by(CompetencyAssessment.serial)):
        found[competency_id, is_own] = level
    wanted = set(asked) | {competency_id for competency_id, _ in found}
    names = session.execute(
        select(Competency.id, Competency.name)
        .where(Competency.id.in_(wanted), Competency.retired_on.is_(None))
        .order_by(Competency.name, Competency.id)
    )
    return [
        Gap(own, name, asked.get(own), found.get((own, False)), found.get((own, True))) for own, name in names
    ]


def load_skills(session: Session, actor: Actor, agency_id: str = "") -> Skills:
    """Load what positions ask and what was found about who sits on them, in all agencies or one."""
    asked: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    query = (
        select(Agency.name, ClassCompetency.class_code, Competency.name, ClassCompetency.level)
        .join(Agency, Agency.id == ClassCompetency.agency_id)
        .join(Competency, Competency.id == ClassCompetency.competency_id)
        .where(_within(ClassCompetency.agency_id, actor, agency_id), Competency.retired_on.is_(None))
    )
    for agency, class_code, name, level in session.execute(query):
        asked[agency, class_code].append((name, level))
    seats = (
        select(
            ServiceRecord.employee_id,
            Agency.name,
            Position.class_code,
            ServiceRecord.valid_from,
            ServiceRecord.valid_to,
        )
        .join(Agency, Agency.id == ServiceRecord.agency_id)
        .join(Position, Position.id == ServiceRecord.position_id)
        .where(
            _within(ServiceRecord.agency_id, actor, agency_id),
            ServiceRecord.superseded_at.is_(None),
            ServiceRecord.standing != Standing.SEPARATED,
        )
    )
    found: dict[tuple[str, str], list[tuple[dt.date, int]]] = defaultdict(list)
    assessed = (
        select(
            CompetencyAssessment.employee_id,
            Competency.name,
            CompetencyAssessment.assessed_at,
            CompetencyAssessment.level,
        )
        .join(Competency, Competency.id == CompetencyAssessment.competency_id)
        .where(CompetencyAssessment.is_own.is_(False))
        .order_by(CompetencyAssessment.assessed_at, CompetencyAssessment.serial)
    )
    for employee_id, name, assessed_at, level in session.execute(assessed):
        found[employee_id, name].append((assessed_at.date(), level))
    return Skills([Seat(*row) for row in session.execute(seats)], asked, found)


def _within(column: InstrumentedAttribute[Any], actor: Actor, agency_id: str) -> ColumnElement[bool]:
    inside = scope.within(column, actor, GAPS)
    return inside & (column == agency_id) if agency_id else inside
