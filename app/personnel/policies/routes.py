"""The policies that bind somebody in service: read, search, compare, acknowledge."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import desk
from app.personnel.employees.models import Employee
from app.personnel.policies import printing, queries, services
from app.personnel.policies.forms import SearchForm
from app.personnel.policies.markup import compare, parse
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.web.access import current_actor, signed_in
from app.web.pages import act, download, render

bp = Blueprint("policies", __name__)
ONE = "/my/policies/<id('pol'):policy_id>"


def told(session: Session, employee: Employee) -> str:
    """Say in one line what somebody has to acknowledge."""
    count = queries.count_waiting(session, employee, _today(employee))
    if not count:
        return "Nothing waits for you."
    return "1 waits for you to read it." if count == 1 else f"{count} wait for you to read them."


desk.add_own("Policies", "personnel.policies.list_own", order=85, told=told)


@bp.get("/my/policies")
@signed_in
def list_own() -> ResponseReturnValue:
    """List the policies in force for oneself; those to be acknowledged first."""
    filters = SearchForm()
    with reading() as session:
        employee = _own(session)
        rows = queries.list_own(session, employee, _today(employee), filters.text.data or "")
    asked = [version for version, given in rows if version.acknowledge_days is not None and given is None]
    due = {version.id: services.due_for(version, employee) for version in asked}
    return render(filters=filters, rows=rows, due=due, today=_today(employee))


@bp.get(ONE)
@signed_in
def show_own(policy_id: str) -> ResponseReturnValue:
    """Show the version in force, with what is new in it and those before it."""
    with reading() as session:
        employee = _own(session)
        today = _today(employee)
        policy = queries.get_own_policy(session, policy_id, employee, today)
        past = queries.published_until(policy, today)
        given = queries.find_acknowledgement(session, past[-1].id, employee.id)
    version, before = past[-1], past[-2] if len(past) > 1 else None
    return render(
        policy=policy,
        version=version,
        blocks=parse(version.text),
        past=past[:-1],
        changes=compare(before.text, version.text) if before else [],
        given=given,
        due=services.due_for(version, employee) if version.acknowledge_days is not None else None,
        zone=employee.agency.time_zone,
    )


@bp.get(f"{ONE}/versions/<id('plv'):version_id>/pdf")
@signed_in
def download_own(policy_id: str, version_id: str) -> ResponseReturnValue:
    """Send a version that is or was in force as PDF."""
    with reading() as session:
        employee = _own(session)
        policy = queries.get_own_policy(session, policy_id, employee, _today(employee))
        past = queries.published_until(policy, _today(employee))
    version = next((row for row in past if row.id == version_id), None)
    if version is None:
        raise NotFound("There is no such version.")
    name = f"{policy.number}-{version.version}.pdf"
    return download(printing.render(policy, version), filename=name, media_type="application/pdf")


@bp.post(f"{ONE}/versions/<id('plv'):version_id>/acknowledge")
@signed_in
def acknowledge(policy_id: str, version_id: str) -> ResponseReturnValue:
    """Say to have read the version in force."""
    return act(
        lambda session: services.acknowledge(
            session, policy_id=policy_id, version_id=version_id, actor=current_actor(), at=clock.now()
        ),
        done="Thank you. It is recorded that you read this version.",
        then=url_for(".show_own", policy_id=policy_id),
    )


def _own(session: Session) -> Employee:
    return get_own(session, current_actor().id)


def _today(employee: Employee) -> dt.date:
    return clock.local_date(clock.now(), employee.agency.time_zone)
