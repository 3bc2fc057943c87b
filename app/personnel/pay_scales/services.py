"""Making pay scales, and putting versions of their figures in force by two people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.actions.planning import add_scale
from app.personnel.pay_scales import queries
from app.personnel.pay_scales.models import PayRate, PayScale, PayScaleVersion
from app.personnel.pay_scales.rules import Rate, check_steps
from app.personnel.pay_scales.states import VersionState, move
from app.personnel.positions.states import PayPeriod
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


@dataclass(frozen=True, slots=True)
class NewScale:
    """What a scale is called, and in what it pays."""

    agency_id: str
    code: str
    title: str
    currency: str
    period: PayPeriod


def create_scale(session: Session, *, values: NewScale, actor: Actor, at: dt.datetime) -> PayScale:
    """Make a scale of an agency, without figures yet."""
    agency = get_agency(session, values.agency_id)
    actor.demand("personnel.pay_scales.create", agency.id)
    scale = PayScale(
        id=new_id("psc"), agency_id=agency.id, code=values.code, title=values.title,
        currency=values.currency, period=values.period, created_by=str(actor.id), created_at=at,
    )  # fmt: skip
    session.add(scale)
    session.flush()
    _record(session, "create", scale, actor, at, code=scale.code)
    return scale


def draft_version(
    session: Session,
    *,
    scale_id: str,
    effective_on: dt.date,
    authority: str,
    rates: Sequence[Rate],
    actor: Actor,
    at: dt.datetime,
) -> PayScaleVersion:
    """Draft figures that hold from a day on; another person puts them in force.

    Refused where steps are missing or do not rise, or where another scale of the agency names the grade.
    """
    scale = queries.get_scale(session, scale_id, actor, lock=True)
    actor.demand("personnel.pay_scales.draft", scale.agency_id)
    faults = check_steps(sorted(rates)) if rates else ["The scale needs figures."]
    if faults:
        raise Invalid(file=" ".join(faults[:5]))
    shared = {rate.grade for rate in rates} & queries.list_grades_elsewhere(session, scale)
    if shared:
        raise Invalid(file=f"Another scale of this agency names grade {min(shared)}.")
    earlier = queries.list_versions(session, scale.id)
    version = PayScaleVersion(
        id=new_id("psv"), scale_id=scale.id, number=1 + max((one.number for one in earlier), default=0),
        effective_on=effective_on, authority=authority, state=VersionState.DRAFT,
        drafted_by=str(actor.id), drafted_at=at,
    )  # fmt: skip
    session.add(version)
    session.flush()
    session.execute(
        insert(PayRate),
        [
            {"version_id": version.id, "grade": one.grade, "step": one.step, "pay_minor": one.pay_minor}
            for one in rates
        ],
    )
    _record(session, "draft", scale, actor, at, number=version.number, effective_on=effective_on)
    return version


def approve_version(session: Session, *, version_id: str, actor: Actor, at: dt.datetime) -> PayScaleVersion:
    """Put a draft in force from its day on; never by who drafted it.

    Conflict where another scale of the agency has come to name one of its grades since it was drafted.
    """
    version = queries.get_version(session, version_id, actor, lock=True)
    actor.demand("personnel.pay_scales.approve", version.scale.agency_id)
    if version.drafted_by == actor.id:
        raise Conflict("You drafted this version, so somebody else has to approve it.")
    queries.lock_scales(session, version.scale.agency_id)
    grades = {rate.grade for rate in queries.load_rates(session, version.id)}
    if shared := grades & queries.list_grades_elsewhere(session, version.scale):
        raise Conflict(f"Another scale of this agency names grade {min(shared)}.")
    _decide(session, version, VersionState.APPROVED, actor, at)
    _record(session, "approve", version.scale, actor, at, number=version.number)
    return version


def discard_version(session: Session, *, version_id: str, actor: Actor, at: dt.datetime) -> PayScaleVersion:
    """Discard a draft."""
    version = queries.get_version(session, version_id, actor, lock=True)
    actor.demand("personnel.pay_scales.discard", version.scale.agency_id)
    if version.drafted_by == actor.id:
        raise Conflict("You drafted this version. Somebody else approves or discards it.")
    _decide(session, version, VersionState.DISCARDED, actor, at)
    _record(session, "discard", version.scale, actor, at, number=version.number)
    return version


def _decide(
    session: Session, version: PayScaleVersion, state: VersionState, actor: Actor, at: dt.datetime
) -> None:
    version.state = move(version.state, state)
    version.decided_by, version.decided_at = actor.id, at
    session.flush()


def _record(
    session: Session, act: str, scale: PayScale, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.pay_scales.{act}",
        actor=actor,
        at=at,
        subject=scale.id,
        agency_id=scale.agency_id,
        **details,
    )


add_scale(queries.list_steps)
