"""Five policies, one in a second version that waits to be read, and a letter in the office's own words."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.demonstration import places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.notices.wordings import services as wordings
from app.personnel.policies import services
from app.personnel.policies.models import PolicyAcknowledgement, PolicyVersion
from app.personnel.policies.queries import load_standings
from app.personnel.policies.services import PolicyValues, VersionValues
from app.personnel.policies.states import PolicyKind, Topic

ZONE = places.ZONES[MAIN]
READ_BY_NOW = 0.7
ASKED = PolicyVersion.acknowledge_days.is_not(None)
CONDUCT = """# What we expect
Whoever serves the city serves everybody in it.

- Treat people as you would be treated.
- Take no gift from anybody who wants something from the city.
- Say so when you, or somebody close to you, gain from a decision.

# Whom to ask
Ask your supervisor or the human resources office before you act, not after.
"""
GIFTS = CONDUCT.replace(
    "- Take no gift from anybody who wants something from the city.",
    "- Take no gift worth more than 25 dollars in a year from anybody, and none from who wants something.",
)
TEXTS: tuple[tuple[str, str, PolicyKind, tuple[Topic, ...], str], ...] = (
    ("P-001", "Code of conduct", PolicyKind.POLICY, (Topic.CONDUCT, Topic.DISCIPLINE), CONDUCT),
    (
        "P-002",
        "Grievances",
        PolicyKind.REGULATION,
        (Topic.GRIEVANCES,),
        "# Three steps\n1. Your supervisor answers within ten business days.\n2. The next in line answers "
        "within ten.\n3. Somebody outside the line answers within fifteen.\n\n# Silence\nWhat is not "
        "answered in time goes to the next step by itself.",
    ),
    (
        "P-003",
        "Leave",
        PolicyKind.REGULATION,
        (Topic.LEAVE,),
        "# Asking\nAsk for leave as early as you can. Your supervisor answers within five days.\n\n"
        "# Illness\nTell your supervisor on the first morning.",
    ),
    (
        "P-004",
        "Telework",
        PolicyKind.POLICY,
        (Topic.FLEXIBLE_WORK,),
        "# Who may\nWhoever passed probation and whose work does not need the place.\n\n# How\n"
        "- Agree on the days in writing.\n- Be reachable in core hours.\n- Keep papers in the office.",
    ),
    (
        "P-005",
        "Safety in the yards",
        PolicyKind.GUIDE,
        (Topic.TRAINING,),
        "# Before work\n- Lock the circuit out.\n- Wear the vest.\n- Walk round the vehicle.",
    ),
)
RECEIVED = {
    "opening": "Thank you for wanting to work for the people of Larkhaven. Please keep this letter.",
    "ending": "Have you any questions? Write to us and give the number {application_number}.",
}


def tell(office: Office) -> Story:
    """Write and approve the policies, let people read, and change one that they have to read again."""
    made: dict[str, tuple[str, PolicyValues]] = {}
    session, at = yield office.timeline.office(200, ZONE, 10)
    for number, title, kind, topics, text in TEXTS:
        values = PolicyValues(number, title, kind, (office.agencies[MAIN],), topics)
        policy = services.create_policy(
            session,
            agency_id=office.agencies[MAIN],
            values=values,
            version=VersionValues(text, "", office.timeline.day(200, ZONE), None),
            actor=office.member(session, "hr.officer"),
            at=at,
        )
        made[number] = (policy.id, values)
        _approve(session, office, policy.id, at)
    yield from _reword(office)
    own, values = made["P-001"]
    session, at = yield office.timeline.office(10, ZONE, 10)
    services.edit_policy(
        session,
        policy_id=own,
        values=values,
        version=VersionValues(GIFTS, "Small gifts, up to 25 dollars", office.timeline.day(10, ZONE), 30),
        actor=office.member(session, "hr.officer"),
        at=at,
    )
    _approve(session, office, own, at)
    session, at = yield office.timeline.office(8, ZONE, 14)
    version = session.scalars(select(PolicyVersion).where(PolicyVersion.told_at.is_(None), ASKED)).one()
    version.told_at = version.published_at
    _let_read(session, office, version, at)


def _approve(session: Session, office: Office, policy_id: str, at: dt.datetime) -> None:
    services.submit_version(session, policy_id=policy_id, actor=office.member(session, "hr.officer"), at=at)
    services.decide_version(
        session,
        policy_id=policy_id,
        is_approved=True,
        reason="",
        actor=office.member(session, "second.hr.officer"),
        at=at,
    )


def _let_read(session: Session, office: Office, version: PolicyVersion, at: dt.datetime) -> None:
    """Let most people in service have read a version, but not those of the cast who are to try it."""
    dice, kept = office.dice("reading"), {office.accounts["employee"], office.accounts["second.employee"]}
    people = [row for row in load_standings(session, version) if row.account_id not in kept]
    rows = [
        {
            "version_id": version.id,
            "employee_id": person.employee_id,
            "acknowledged_at": at - dt.timedelta(minutes=dice.randrange(2000)),
        }
        for person in people
        if dice.random() < READ_BY_NOW
    ]
    session.execute(insert(PolicyAcknowledgement), rows)


def _reword(office: Office) -> Story:
    session, at = yield office.timeline.office(60, ZONE, 15)
    row = wordings.write_wording(
        session,
        template="application_received",
        language="en",
        scope=office.agencies[MAIN],
        texts=RECEIVED,
        change_note="Warmer, and says what to write when one asks",
        actor=office.member(session, "hr.officer"),
        at=at,
    )
    wordings.submit_wording(session, wording_id=row.id, actor=office.member(session, "hr.officer"), at=at)
    session, at = yield office.timeline.office(59, ZONE, 10)
    wordings.decide_wording(
        session,
        wording_id=row.id,
        is_approved=True,
        reason="",
        actor=office.member(session, "second.hr.officer"),
        at=at,
    )
