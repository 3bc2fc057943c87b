"""How long a session holds, how many wrong tries are borne, and what a browser calls itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress

# Away for this long, and one signs in again; work in steps is on the server and loses nothing.
IDLE = dt.timedelta(hours=8)
LONGEST = dt.timedelta(days=14)
# Last-seen times are written at most this often: a write for each page would wait for the disk.
SEEN_EVERY = dt.timedelta(minutes=1)
# Between the right password and the right code.
CODE_WAIT = dt.timedelta(minutes=10)

WINDOW = dt.timedelta(minutes=15)
MOST_FOR_PERSON = 5
# An office, a library or a whole agency reaches us from one network address.
MOST_FOR_ADDRESS = 20
TOO_MANY = (
    "There were too many tries. Wait 15 minutes, then try again. "
    "If you have forgotten your password, you can choose a new one."
)
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def limits_for(purpose: str, who: str, address: str = "") -> dict[str, int]:
    """Give the keys under which a try counts, the person's first, each with the most that is borne.

    `who` is an email address or an account's id; it stands in the key as a digest only, and counts the
    same whether or not there is such an account.
    """
    digest = hashlib.sha256(who.strip().casefold().encode()).hexdigest()
    limits = {f"{purpose}:{digest}": MOST_FOR_PERSON}
    if address:
        limits[f"{purpose}:from:{network_of(address)}"] = MOST_FOR_ADDRESS
    return limits


def network_of(address: str) -> str:
    """Give an address as it is counted: IPv6 by its /64, which is what one household holds."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def browser_name(user_agent: str) -> str:
    """Say which browser a User-Agent header names, as a person would: `Firefox on Windows`."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Unknown browser"
