"""What the page of an application says at its top: what happens next, who does it, by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.platform import clock
from app.platform.audit import AuditEvent
from app.platform.locales import ZonedMoment
from app.platform.sentences import Sentence, say
from app.recruitment.applications import standing
from app.recruitment.applications.models import Application
from app.recruitment.following import stages
from app.recruitment.following.facts import Fact, FactKind
from app.recruitment.following.stages import Owner, Stage


@dataclass(frozen=True, slots=True)
class Following:
    """Everything that the page tells of where an application stands."""

    status: standing.Status
    owner: Owner
    by: Sentence
    tasks: list[Fact]
    days: list[Fact]
    past: list[Fact]
    stages: list[Stage]


def follow(
    application: Application, events: Sequence[AuditEvent], facts: Sequence[Fact], at: dt.datetime
) -> Following:
    """Put together what is told; a task of the applicant's own comes before what the office does."""
    tasks = [fact for fact in facts if fact.kind is FactKind.TASK]
    days = [fact for fact in facts if fact.kind is FactKind.DAY and _is_ahead(fact, application, at)]
    fixed = {fact.stage: fact.on for fact in days if fact.stage and fact.on is not None}
    way = stages.stages(application, events, fixed)
    now = stages.current(way)
    owner = Owner.APPLICANT if tasks else now.owner if now else Owner.NOBODY
    return Following(
        status=standing.applicant_status(application, at),
        owner=owner,
        by=_by(application, tasks, now, at),
        tasks=tasks,
        days=days,
        past=[fact for fact in facts if fact.kind is FactKind.EVENT],
        stages=way,
    )


def _by(application: Application, tasks: Sequence[Fact], now: Stage | None, at: dt.datetime) -> Sentence:
    """Say by when the next step is due: the first task's deadline, else what is known of the office's."""
    if not tasks:
        return stages.expectation(application, now, at)
    if tasks[0].at is None:
        return say("As soon as you can. No deadline is set.")
    return say("%(moment)s", moment=ZonedMoment(tasks[0].at, application.posting.time_zone))


def _is_ahead(fact: Fact, application: Application, at: dt.datetime) -> bool:
    """Tell whether a day is still to come; what is over stands in the history."""
    if fact.at is not None:
        return fact.at > at
    return fact.on is None or fact.on >= clock.local_date(at, application.posting.time_zone)


def who(owner: Owner, agency: str) -> str:
    """Say who has the next step in hand."""
    if owner is Owner.OFFICE:
        return agency
    return say("You") if owner is Owner.APPLICANT else say("Nobody: this application has come to its end")
