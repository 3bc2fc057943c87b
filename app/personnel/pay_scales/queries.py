"""Reading pay scales: what a grade and step earns on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from app.personnel.pay_scales.models import PayRate, PayScale, PayScaleVersion
from app.personnel.pay_scales.rules import Rate
from app.personnel.pay_scales.states import VersionState
from app.personnel.positions.states import PayPeriod
from app.platform import keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound

READ = "personnel.pay_scales.show"


@dataclass(frozen=True, slots=True)
class Pay:
    """What a scale pays: minor units of a currency for each period, and by which version."""

    grade: str
    step: int
    pay_minor: int
    currency: str
    period: PayPeriod
    scale_code: str
    version_id: str
    effective_on: dt.date


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on scales of agencies in which the actor may read them."""
    return scope.within(PayScale.agency_id, actor, READ)


def find_pay(session: Session, agency_id: str, grade: str, step: int, on: dt.date) -> Pay | None:
    """Find what a grade and step earns in an agency on a day; None where the scale has no such step."""
    found = _rates(agency_id, on).where(PayRate.grade == grade, PayRate.step == step)
    row = session.execute(found).first()
    return _pay(row) if row else None


def list_steps(session: Session, agency_id: str, grade: str, on: dt.date) -> list[Pay]:
    """List the steps of a grade in force on a day, the first one first; none where no scale names it."""
    found = _rates(agency_id, on).where(PayRate.grade == grade).order_by(PayRate.step)
    return [_pay(row) for row in session.execute(found)]


def load_pay(session: Session, agency_id: str, on: dt.date) -> dict[tuple[str, int], Pay]:
    """Load every grade and step of an agency in force on a day."""
    return {(row.grade, row.step): _pay(row) for row in session.execute(_rates(agency_id, on))}


def _rates(agency_id: str, on: dt.date) -> Any:
    """Select the rates in force: of each scale of the agency those of the latest approved version."""
    latest = (
        select(func.max(PayScaleVersion.effective_on))
        .where(
            PayScaleVersion.scale_id == PayScale.id,
            PayScaleVersion.state == VersionState.APPROVED,
            PayScaleVersion.effective_on <= on,
        )
        .correlate(PayScale)
        .scalar_subquery()
    )
    return (
        select(
            PayRate.grade,
            PayRate.step,
            PayRate.pay_minor,
            PayScale.currency,
            PayScale.period,
            PayScale.code,
            PayScaleVersion.id,
            PayScaleVersion.effective_on,
        )
        .join(PayScaleVersion, PayScaleVersion.id == PayRate.version_id)
        .join(PayScale, PayScale.id == PayScaleVersion.scale_id)
        .where(
            PayScale.agency_id == agency_id,
            PayScaleVersion.state == VersionState.APPROVED,
            PayScaleVersion.effective_on == latest,
        )
    )


def _pay(row: Any) -> Pay:
    return Pay(*row)


def list_scales(
    session: Session, actor: Actor, *, cursor: str = "", size: int = keyset.SIZE
) -> keyset.Page[PayScale]:
    """List the scales that the actor may read, by title, with their agencies."""
    found = select(PayScale).where(visible_to(actor)).options(joinedload(PayScale.agency))
    return keyset.fetch(session, found, (PayScale.title, PayScale.id), cursor=cursor, size=size)


def map_current(session: Session, scale_ids: list[str], on: dt.date) -> dict[str, dt.date]:
    """Map scales to the day from which their figures in force hold."""
    found = (
        select(PayScaleVersion.scale_id, func.max(PayScaleVersion.effective_on))
        .where(
            PayScaleVersion.scale_id.in_(scale_ids),
            PayScaleVersion.state == VersionState.APPROVED,
            PayScaleVersion.effective_on <= on,
        )
        .group_by(PayScaleVersion.scale_id)
    )
    return {row[0]: row[1] for row in session.execute(found)}


def get_scale(session: Session, scale_id: str, actor: Actor, *, lock: bool = False) -> PayScale:
    """Give a scale with its agency, or raise NotFound."""
    query = (
        select(PayScale)
        .where(PayScale.id == scale_id, visible_to(actor))
        .options(joinedload(PayScale.agency))
    )
    if lock:
        query = query.with_for_update(of=PayScale).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such pay scale.")
    return found


def list_versions(session: Session, scale_id: str) -> list[PayScaleVersion]:
    """List the versions of a scale, the newest first, with the people."""
    query = (
        select(PayScaleVersion)
        .where(PayScaleVersion.scale_id == scale_id)
        .options(joinedload(PayScaleVersion.drafter), joinedload(PayScaleVersion.decider))
        .order_by(PayScaleVersion.number.desc())
    )
    return list(session.scalars(query))


def get_version(session: Session, version_id: str, actor: Actor, *, lock: bool = False) -> PayScaleVersion:
    """Give a version with its scale and people, or raise NotFound."""
    query = (
        select(PayScaleVersion)
        .join(PayScale, PayScale.id == PayScaleVersion.scale_id)
        .where(PayScaleVersion.id == version_id, visible_to(actor))
        .options(
            joinedload(PayScaleVersion.scale).joinedload(PayScale.agency),
            joinedload(PayScaleVersion.drafter),
            joinedload(PayScaleVersion.decider),
        )
    )
    if lock:
        query = query.with_for_update(of=PayScaleVersion).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound("There is no such version.")
    return found


def load_rates(session: Session, version_id: str) -> list[Rate]:
    """Load the figures of a version, by grade and step."""
    found = (
        select(PayRate.grade, PayRate.step, PayRate.pay_minor)
        .where(PayRate.version_id == version_id)
        .order_by(PayRate.grade, PayRate.step)
    )
    return [Rate(*row) for row in session.execute(found)]


def find_version_on(session: Session, scale_id: str, on: dt.date) -> PayScaleVersion | None:
    """Find the approved version of a scale that holds on a day."""
    query = (
        select(PayScaleVersion)
        .where(
            PayScaleVersion.scale_id == scale_id,
            PayScaleVersion.state == VersionState.APPROVED,
            PayScaleVersion.effective_on <= on,
        )
        .order_by(PayScaleVersion.effective_on.desc())
        .limit(1)
    )
    return session.scalar(query)


def find_version_before(session: Session, version: PayScaleVersion) -> PayScaleVersion | None:
    """Find the approved version of the same scale that holds until a version's day."""
    return find_version_on(session, version.scale_id, version.effective_on - dt.timedelta(days=1))


def lock_scales(session: Session, agency_id: str) -> None:
    """Lock the scales of an agency: its versions are put in force one after another."""
    query = select(PayScale.id).where(PayScale.agency_id == agency_id).order_by(PayScale.id)
    session.execute(query.with_for_update())


def list_grades_elsewhere(session: Session, scale: PayScale) -> set[str]:
    """List the grades that the agency's other scales name or named."""
    query = (
        select(PayRate.grade)
        .join(PayScaleVersion, PayScaleVersion.id == PayRate.version_id)
        .join(PayScale, PayScale.id == PayScaleVersion.scale_id)
        .where(
            PayScale.agency_id == scale.agency_id,
            PayScale.id != scale.id,
            PayScaleVersion.state == VersionState.APPROVED,
        )
        .distinct()
    )
    return set(session.scalars(query))
