"""How long a session holds, how many wrong tries are borne, and what a browser calls itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
from dataclasses import dataclass

from app.platform.sentences import Sentence, say_count

# Away for this long, and one signs in again; work in steps is on the server and loses nothing.
IDLE = dt.timedelta(hours=8)
LONGEST = dt.timedelta(days=14)
# Last-seen times are written at most this often: a write for each page would wait for the disk.
SEEN_EVERY = dt.timedelta(minutes=1)
# Between the right password and the right code.
CODE_WAIT = dt.timedelta(minutes=10)

# For so long one need not show again that it is oneself, before changing how the account is opened.
PROOF_HOLDS = dt.timedelta(minutes=15)
# A browser that was not seen for so long counts as new, and its cookie is forgotten.
DEVICE_KNOWN = dt.timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tries are borne within `window`: for one person (or thing tried), and from one network."""

    person: int
    network: int
    window: dt.timedelta


_QUARTER, _HOUR = dt.timedelta(minutes=15), dt.timedelta(hours=1)
# An office, a library or a whole agency reaches us from one network address.
USUAL = Limit(5, 20, _QUARTER)
LIMITS = {
    "sign_in": USUAL,
    "code": USUAL,
    "password": USUAL,
    "forgot": USUAL,
    # right and wrong ones alike count below: on deadline night a whole town may come from one mobile network
    "register": Limit(5, 600, _HOUR),
    "confirm": Limit(5, 60, _QUARTER),
    "resend": Limit(3, 300, _QUARTER),
    "address": Limit(5, 20, _HOUR),
    "identity": USUAL,
    # a passkey names its account only when its answer comes, and cannot be guessed: the network alone counts
    "passkey": Limit(600, 600, _QUARTER),
    "sign_in_service": Limit(600, 600, _QUARTER),
    # public pages on which a number is checked
    "check": Limit(300, 300, _QUARTER),
    # forms kept over a lost session: each takes room for half a day
    "typed": Limit(40, 400, _HOUR),
}
LONGEST_WINDOW = max(limit.window for limit in LIMITS.values())
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
    limit, limits = LIMITS.get(purpose, USUAL), {}
    if who:
        digest = hashlib.sha256(who.strip().casefold().encode()).hexdigest()
        limits[f"{purpose}:{digest}"] = limit.person
    if address:
        limits[f"{purpose}:from:{network_of(address)}"] = limit.network
    return limits


def window_of(key: str) -> dt.timedelta:
    """Give how long a try under this key counts."""
    return LIMITS.get(key.partition(":")[0], USUAL).window


def too_many(wait: dt.datetime, at: dt.datetime) -> Sentence:
    """Say that there were too many tries, and from when on one may try again."""
    minutes = max(1, -(-int((wait - at).total_seconds()) // 60))
    return say_count(
        "There were too many tries. Try again in %(count)s minute, at %(moment)s.",
        "There were too many tries. Try again in %(count)s minutes, at %(moment)s.",
        minutes,
        moment=wait,
    )


def network_of(address: str) -> str:
    """Give an address as it is counted: IPv6 by its /64, which is what one household holds."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def place_of(address: str) -> str:
    """Give the network of an address as a person may recognise it; no more of it is ever kept.

    The last number of an IPv4 address, and all but the first three groups of an IPv6 one, are left out.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv4Address):
        return f"{str(found).rpartition('.')[0]}.x"
    return f"{ipaddress.ip_network((found, 48), strict=False).network_address}/48"


def browser_name(user_agent: str) -> str:
    """Say which browser a User-Agent header names, as a person would: `Firefox on Windows`."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Unknown browser"
