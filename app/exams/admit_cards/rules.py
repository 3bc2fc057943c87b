"""What the arrangements of an examination must be."""

from __future__ import annotations

import datetime as dt

from app.platform import clock
from app.platform.errors import Invalid

LEAST_MINUTES, MOST_MINUTES = 10, 600


def check_times(
    held_on: dt.date,
    zone: str,
    *,
    doors_open_at: dt.datetime,
    doors_close_at: dt.datetime,
    starts_at: dt.datetime,
) -> None:
    """Refuse times that are not in order, or not on the day of the examination by the agency's clock."""
    faults = {}
    if clock.local_date(starts_at, zone) != held_on:
        faults["starts_at"] = f"The examination is on {held_on:%d %B %Y}. Enter a time on that day."
    if not doors_open_at < doors_close_at:
        faults["doors_close_at"] = "The doors must close after they open."
    if doors_close_at > starts_at:
        faults["starts_at"] = "The examination must start after the doors close, or as they do."
    if faults:
        raise Invalid(**faults)
