"""The end of the time that a person has to answer, to object or to appeal."""

from __future__ import annotations

import datetime as dt

from app.platform import clock

ENDS = dt.time(17, 0)


def ends_at(at: dt.datetime, days: int, zone: str) -> dt.datetime:
    """Give the first moment that is too late: 17:00 after so many days, on the zone's clock.

    The day itself is not counted.
    """
    return clock.zoned_moment(clock.local_date(at, zone) + dt.timedelta(days=days), ENDS, zone)
