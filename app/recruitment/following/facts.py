"""What other nouns know of an application: things its owner has to do, days to keep, things that happened.

The examination, the list and the offer stand further along the line of packages, so they hand their facts in:
each registers one function, which is asked when the page of an application is drawn.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.recruitment.applications.models import Application


class FactKind(enum.Enum):
    """A task is for the applicant to do, a day is to be kept, an event has happened."""

    TASK = "task"
    DAY = "day"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in words for the applicant.

    `at` is a moment (a task's deadline, an event's time); `on` is a date without an hour. `path` leads to the
    page where it is done or read; `stage` names the stage of the way that `on` is the day of.
    """

    kind: FactKind
    title: str
    text: str = ""
    at: dt.datetime | None = None
    on: dt.date | None = None
    path: str = ""
    stage: str = ""


Provider = Callable[[Session, Application], list[Fact]]
_providers: list[Provider] = []


def add(provider: Provider) -> None:
    """Let a function tell facts about applications; the same one added twice is one."""
    if provider not in _providers:
        _providers.append(provider)


def collect(session: Session, application: Application) -> list[Fact]:
    """Collect every fact about an application; tasks with a deadline come first, the nearest first."""
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    found = [fact for provider in _providers for fact in provider(session, application)]
    return sorted(found, key=lambda fact: (fact.kind is not FactKind.TASK, fact.at or far, fact.title))
