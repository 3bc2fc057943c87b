"""Time as the demonstration tells it: stories that wait for moments, run in the order of those moments.

Everything happens once, in order, as it would have in the office, so that numbers, lists and the audit trail
read like a year of work.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.platform import clock

# A story yields the moment it waits for and is sent the session and the moment at which it goes on.
Scene = tuple[Session, dt.datetime]
Story = Generator[dt.datetime, Scene, None]
BEGINNING = dt.datetime.min.replace(tzinfo=dt.UTC)
_SATURDAY = 5


@dataclass(slots=True)
class Timeline:
    """Stories that have begun, by the moment each waits for; `now` is where all of them end."""

    now: dt.datetime
    at: dt.datetime = BEGINNING
    steps: int = 0
    _waiting: list[tuple[dt.datetime, int, Story]] = field(default_factory=list)
    _begun: int = 0

    def begin(self, story: Story) -> None:
        """Let a story run until it first waits."""
        self._wait(next(story, None), story)

    def run(self, session: Session, tell: Callable[[dt.datetime], None]) -> int:
        """Let time pass until now and give how many steps were taken; what would come later never comes."""
        while self._waiting and self._waiting[0][0] <= self.now:
            moment, _, story = heapq.heappop(self._waiting)
            self.at = max(self.at, moment)
            self.steps += 1
            tell(self.at)
            try:
                self._wait(story.send((session, self.at)), story)
            except StopIteration:
                continue
        return self.steps

    def before(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> dt.datetime:
        """Give the moment that lies so long before now."""
        return self.now - dt.timedelta(days=days, hours=hours, minutes=minutes)

    def office(self, days: int, zone: str, hour: int = 10, minute: int = 0) -> dt.datetime:
        """Give a moment in office hours some days before today, on the Friday before if that is a weekend."""
        day = clock.local_date(self.now, zone) - dt.timedelta(days=days)
        day -= dt.timedelta(days=max(day.weekday() - _SATURDAY + 1, 0))
        return clock.zoned_moment(day, dt.time(hour, minute), zone)

    def day(self, days: int, zone: str) -> dt.date:
        """Give the date in a zone some days before today, or (negative) after it."""
        return clock.local_date(self.now, zone) - dt.timedelta(days=days)

    def deadline(self, days: int, zone: str) -> dt.datetime:
        """Give five in the afternoon of a day so many days before today, or (negative) after it."""
        return clock.zoned_moment(self.day(days, zone), dt.time(17), zone)

    def _wait(self, moment: dt.datetime | None, story: Story) -> None:
        if moment is None:
            return
        self._begun += 1  # of two that wait for the same moment, the one that asked first goes first
        heapq.heappush(self._waiting, (moment, self._begun, story))


def at_home(moment: dt.datetime, zone: str) -> dt.datetime:
    """Move a moment in the night, when nobody writes, to the same day's evening."""
    local = moment.astimezone(ZoneInfo(zone))
    return moment if local.hour >= 6 else moment + dt.timedelta(hours=14)
