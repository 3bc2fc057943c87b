"""Who acknowledged a version: counted by agency, drawn, listed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

from app.personnel.policies import queries
from app.personnel.policies.forms import ComplianceForm
from app.personnel.policies.models import Policy, PolicyVersion
from app.personnel.policies.queries import Standing
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.platform.ids import is_id
from app.web import plots, tables
from app.web.tables import Column, Table

STATES = ("in time", "late", "waits", "overdue")
# As many are listed on the page; the file holds everybody.
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Compliance:
    """Counts by state and by agency, a picture of them, and those listed with their state."""

    counts: Counter[str]
    agencies: dict[str, Counter[str]]
    picture: plots.Plot | None
    rows: list[tuple[Standing, str]]
    total: int


def load_compliance(
    session: Session, policy: Policy, version: PolicyVersion, actor: Actor, at: dt.datetime, state: str
) -> Compliance:
    """Load how people in the actor's agencies stand to a version; `state` narrows whom it lists."""
    rows = _states(session, policy, version, actor, at)
    counts: Counter[str] = Counter(own for _, own in rows)
    agencies: dict[str, Counter[str]] = {}
    for person, own in rows:
        agencies.setdefault(person.agency, Counter())[own] += 1
    listed = [row for row in rows if state in ("", row[1])]
    series = [
        plots.Series(name.capitalize(), [one[name] for one in agencies.values()])
        for name in STATES
        if counts[name]
    ]
    picture = (
        plots.stacked_shares("Acknowledged by agency", list(agencies), series, label_heading="Agency")
        if rows
        else None
    )
    return Compliance(counts, agencies, picture, listed[:MOST_LISTED], len(listed))


def _states(
    session: Session, policy: Policy, version: PolicyVersion, actor: Actor, at: dt.datetime
) -> list[tuple[Standing, str]]:
    allowed = actor.agencies("personnel.policies.compliance")
    today = clock.local_date(at, policy.agency.time_zone)
    found = queries.load_standings(session, version, None if allowed is None else sorted(allowed))
    return [(person, person.state(today)) for person in found]


def _rows(session: Session, actor: Actor) -> Iterable[tuple[Standing, str]]:
    policy_id, version_id = request.args.get("policy_id", ""), request.args.get("version_id", "")
    if not (is_id(policy_id, "pol") and is_id(version_id, "plv")):
        raise NotFound("There is no such policy.")
    policy = queries.get_policy(session, policy_id, actor)
    version = queries.find_version(policy, version_id)
    state = ComplianceForm().state.data or ""
    rows = _states(session, policy, version, actor, clock.now())
    return [row for row in rows if state in ("", row[1])]


tables.add(
    Table(
        "personnel.policies.compliance",
        "Acknowledgements",
        (
            Column("number", "Number", lambda row: row[0].number),
            Column("name", "Name", lambda row: row[0].name),
            Column("agency", "Agency", lambda row: row[0].agency),
            Column("due_on", "Due", lambda row: row[0].due_on),
            Column("acknowledged_at", "Acknowledged", lambda row: row[0].acknowledged_at),
            Column("state", "State", lambda row: row[1]),
        ),
        _rows,
        place="policy_id",
    )
)
