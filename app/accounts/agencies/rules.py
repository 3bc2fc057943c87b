"""What an agency's particulars must be."""

from __future__ import annotations

import re
from functools import lru_cache
from zoneinfo import available_timezones

from app.platform.errors import Invalid

# A code stands in numbers and file names, so that it is plain.
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """Give the names of all time zones that have a place: `America/New_York`, not `EST5EDT`."""
    places = {
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix"))
    }
    return frozenset(places | {"UTC"})


def check_agency(*, code: str, time_zone: str) -> None:
    """Refuse a code that could not stand in a number, and a time zone that nobody knows."""
    faults = {}
    if not _CODE.fullmatch(code):
        faults["code"] = "Code must be 2 to 12 capital letters and digits, beginning with a letter"
    if time_zone not in time_zones():
        faults["time_zone"] = "Time zone must be a name such as America/New_York"
    if faults:
        raise Invalid(**faults)
