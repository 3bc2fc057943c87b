"""Personnel actions of the last months: waiting, ahead, refused, called off, corrected."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demonstration import papers, places
from app.demonstration.office import Office
from app.demonstration.places import MAIN
from app.demonstration.timeline import Story
from app.personnel.actions.rules import Asked, Changes
from app.personnel.actions.services import (
    cancel_action,
    decide_action,
    propose_action,
    propose_correction,
)
from app.personnel.actions.states import ActionKind
from app.personnel.documents.services import Paper, add_document
from app.personnel.documents.states import DocumentKind
from app.personnel.positions.models import Position
from app.personnel.reclassifications import services as reclassifications

ZONE = places.ZONES[MAIN]
FIRST, SECOND, AUTHORITY = "hr.officer", "second.hr.officer", "appointing.authority"
NONE = Changes()
FILED = (("oath", DocumentKind.OATH, "Oath of office"), ("licence", DocumentKind.QUALIFICATION, "Licence"))


def tell(office: Office) -> Story:
    """Propose and decide, each by somebody else; the cast's employee is detailed and has papers."""
    session, at = yield office.timeline.office(80, ZONE, 10)
    clerks, crew = office.employees["administrative-clerk"], office.employees["plumber"]
    own = crew[0]
    _file(session, office, own, at)
    detail = _propose(
        session, office, own, ActionKind.DETAIL, office.timeline.day(75, ZONE), at, "USC-3341",
        "The flooded pumping station needs a second plumber.", days=40,
        changes=Changes(position_id=_post(session, crew[1]).id, duty_station="Pumping Station, 2 Dam Road"),
    )  # fmt: skip
    session, at = yield office.timeline.office(78, ZONE, 15)
    _decide(session, office, detail, at)
    session, at = yield office.timeline.office(60, ZONE, 9)
    part_time = _propose(
        session, office, clerks[1], ActionKind.CHANGE_OF_HOURS, office.timeline.day(58, ZONE), at,
        "CFR-340.202", "Agreed part-time work after the birth of a child.",
        changes=Changes(weekly_minutes=1500),
    )  # fmt: skip
    session, at = yield office.timeline.office(54, ZONE, 11)
    _decide(session, office, part_time, at)
    anew = _classify(session, office, clerks[4], office.timeline.day(50, ZONE), at)
    session, at = yield office.timeline.office(50, ZONE, 14)
    wrong = propose_correction(
        session, action_id=part_time, effective_on=office.timeline.day(58, ZONE),
        changes=Changes(weekly_minutes=1800), takes_back=False,
        reason="The agreement says thirty hours.", actor=office.member(session, FIRST), at=at,
    ).id  # fmt: skip
    _decide_class(session, office, anew, at)
    session, at = yield office.timeline.office(49, ZONE, 10)
    _decide(session, office, wrong, at)
    yield from _come_to_nothing(office, clerks)
    session, at = yield office.timeline.office(6, ZONE, 10)
    leave = _propose(
        session, office, crew[1], ActionKind.LEAVE_WITHOUT_PAY, office.timeline.day(-20, ZONE), at,
        "LCS-7.1", "Care of a parent in another state.", days=90,
    )  # fmt: skip
    session, at = yield office.timeline.office(4, ZONE, 16)
    _decide(session, office, leave, at)
    _classify(session, office, clerks[5], office.timeline.day(-30, ZONE), at)
    session, at = yield office.timeline.office(2, ZONE, 9)
    _propose(
        session, office, crew[2], ActionKind.REDUCTION, office.timeline.day(-14, ZONE), at, "CFR-752.401",
        "Asked for a post with less travel after an injury.", changes=Changes(grade="S-07"), paper="request",
    )  # fmt: skip


def _come_to_nothing(office: Office, clerks: list[str]) -> Story:
    session, at = yield office.timeline.office(40, ZONE, 9)
    refused = _propose(
        session, office, clerks[2], ActionKind.REDUCTION, office.timeline.day(30, ZONE), at, "CFR-752.401",
        "Wishes to work without a counter.", changes=Changes(grade="A-04"), paper="request",
    )  # fmt: skip
    session, at = yield office.timeline.office(39, ZONE, 15)
    reason = "A post without a counter is free at the same grade; offer a transfer instead."
    _decide(session, office, refused, at, reason=reason)
    session, at = yield office.timeline.office(25, ZONE, 9)
    called_off = _propose(
        session, office, clerks[3], ActionKind.LEAVE_WITHOUT_PAY, office.timeline.day(10, ZONE), at,
        "LCS-7.1", "A course of study of two terms.", days=200,
    )  # fmt: skip
    session, at = yield office.timeline.office(22, ZONE, 9)
    _decide(session, office, called_off, at)
    session, at = yield office.timeline.office(15, ZONE, 12)
    cancel_action(
        session, action_id=called_off, reason="The course was called off by the college.",
        actor=office.member(session, FIRST), at=at,
    )  # fmt: skip


def _propose(
    session: Session,
    office: Office,
    employee_id: str,
    kind: ActionKind,
    day: dt.date,
    at: dt.datetime,
    code: str,
    reason: str,
    *,
    days: int = 0,
    changes: Changes = NONE,
    paper: str = "",
) -> str:
    asked = Asked(
        kind=kind,
        effective_on=day,
        changes=changes,
        reason=reason,
        ends_on=day + dt.timedelta(days=days) if days else None,
        authority_code=code,
    )
    documents = [_paper(office, paper, DocumentKind.OTHER, "Request of the employee")] if paper else []
    return propose_action(
        session, employee_id=employee_id, asked=asked, documents=documents,
        actor=office.member(session, FIRST), at=at,
    ).id  # fmt: skip


def _classify(session: Session, office: Office, employee_id: str, day: dt.date, at: dt.datetime) -> str:
    """Propose that somebody's post be classified higher, by what was found at the desk."""
    post = _post(session, employee_id)
    higher = replace(
        reclassifications.classified(post), class_code="CL-1310", class_title="Senior clerk", grade="A-08",
        pay_min_minor=56_700_00, pay_max_minor=73_500_00,
    )  # fmt: skip
    return reclassifications.propose(
        session, position_id=post.id, values=higher, effective_on=day, authority_code="LCS-5.3",
        reason="An audit of the desk found that the post leads two others and settles appeals.",
        actor=office.member(session, FIRST), at=at,
    ).id  # fmt: skip


def _post(session: Session, employee_id: str) -> Position:
    return session.scalars(select(Position).where(Position.incumbent_id == employee_id)).one()


def _decide_class(session: Session, office: Office, reclassification_id: str, at: dt.datetime) -> None:
    actor = office.member(session, AUTHORITY)
    reclassifications.decide(
        session, reclassification_id=reclassification_id, approves=True, reason="", actor=actor, at=at
    )


def _decide(session: Session, office: Office, action_id: str, at: dt.datetime, *, reason: str = "") -> None:
    decide_action(
        session,
        action_id=action_id,
        approves=not reason,
        reason=reason,
        actor=office.member(session, AUTHORITY),
        at=at,
    )


def _file(session: Session, office: Office, employee_id: str, at: dt.datetime) -> None:
    for key, kind, title in FILED:
        paper = _paper(office, key, kind, title)
        actor = office.member(session, SECOND)
        add_document(session, employee_id=employee_id, paper=paper, actor=actor, at=at)


def _paper(office: Office, key: str, kind: DocumentKind, title: str) -> Paper:
    checked, digest = papers.find(office, key)
    return Paper(kind, title, checked.filename, checked.media_type, len(checked.content), digest)
