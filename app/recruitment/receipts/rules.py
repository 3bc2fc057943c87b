"""What a receipt says, what of it is signed, and what is found when one is checked.

A receipt is a pure function of what was received and of the ledger: the same application, version and signing
key give the same bytes, so that a lost one is made again. It says nothing about the person.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from app.platform.audit import canonical
from app.platform.errors import Invalid
from app.platform.sentences import say

FORMAT = "meritum-receipt-1"
# 16 hexadecimal digits are 64 bits: few enough to be typed, too many to be met by chance.
SHORTEST = 16


class Finding(enum.Enum):
    """What is said of a receipt that somebody shows."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    MISTYPED = "mistyped"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is signed for: `digest` is the SHA-256 of the content, `ledger_index` its place in the ledger."""

    number: str
    version: int
    posting: str
    digest: str
    received_at: dt.datetime
    zone: str
    ledger_index: int

    def body(self) -> dict[str, Any]:
        """Give the receipt as plain values, the key's name and the signature still to come."""
        return {
            "format": FORMAT,
            "number": self.number,
            "version": self.version,
            "posting": self.posting,
            "digest": self.digest,
            "received_at": self.received_at.astimezone(dt.UTC).isoformat(),
            "received_local": self.received_at.astimezone(ZoneInfo(self.zone)).isoformat(),
            "zone": self.zone,
            "ledger_index": self.ledger_index,
        }


FIELDS: Mapping[str, type] = {
    "format": str,
    "number": str,
    "version": int,
    "posting": str,
    "digest": str,
    "received_at": str,
    "received_local": str,
    "zone": str,
    "ledger_index": int,
    "key": str,
    "signature": str,
}


def signed_part(receipt: Mapping[str, Any]) -> bytes:
    """Give the bytes that are signed: canonical JSON of everything but the signature."""
    return canonical({name: value for name, value in receipt.items() if name != "signature"}).encode()


def write(receipt: Mapping[str, Any]) -> bytes:
    """Write a signed receipt as its file; the same receipt gives the same bytes."""
    return canonical(dict(receipt)).encode() + b"\n"


def check_shape(value: Any) -> dict[str, Any]:
    """Give a receipt that was read from a file, or raise Invalid(file=...) when it is none."""
    is_receipt = (
        isinstance(value, dict)
        and value.keys() == FIELDS.keys()
        and all(type(value[name]) is kind for name, kind in FIELDS.items())
        and value["format"] == FORMAT
        and all(len(part) <= 500 for part in value.values() if isinstance(part, str))
    )
    if not is_receipt:
        raise Invalid(
            file=say(
                "This is not a receipt file of ours. Its name ends in -receipt.json, and it is not changed."
            )
        )
    return dict(value)


def plain_digest(text: str) -> str:
    """Give a fingerprint as it is stored, from one typed with spaces, dashes or capitals; "" when it is none.

    Its first 16 characters are enough.
    """
    plain = re.sub(r"[\s\-‐-―]", "", text).lower()
    is_digest = SHORTEST <= len(plain) <= 64 and not set(plain) - set("0123456789abcdef")
    return plain if is_digest else ""


def short(digest: str) -> str:
    """Write the beginning of a fingerprint as people type it: four groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, SHORTEST, 4))
