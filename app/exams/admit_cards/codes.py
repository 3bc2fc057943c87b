"""The code on an admit card: it names the candidate and is signed, so that nobody else makes cards."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass

from app.platform import links, sealing

PATH = "/staff/check-in/"
SIGNATURE = 16  # hexadecimal digits of the keyed digest: 64 bits, tried at a door and nowhere else
_CODE = re.compile(r"([A-Z0-9\-]{1,40})\.([A-Z0-9\-]{1,40})\.([0-9A-F]{16})")


@dataclass(frozen=True, slots=True)
class ReadCode:
    """What a scanned or typed text says; without a signature only a number was typed."""

    examination: str
    candidate: str
    is_signed: bool


def write(examination: str, candidate: str) -> str:
    """Give the code of a candidate, by the examination's and the candidate's number."""
    return f"{examination}.{candidate}.{_signatures(examination, candidate)[0]}"


def link(examination: str, candidate: str) -> str:
    """Give the address that the QR code holds: a telephone opens it, a scanner types it."""
    return links.absolute(PATH + write(examination, candidate))


def read(text: str) -> ReadCode | None:
    """Read a code, its address, or a plain candidate number; None when a signature is not ours."""
    plain = text.strip().rpartition("/")[2].upper()
    match = _CODE.fullmatch(plain)
    if match is None:
        return ReadCode("", plain, is_signed=False) if plain and "." not in plain else None
    examination, candidate, given = match.groups()
    is_ours = any(hmac.compare_digest(own, given) for own in _signatures(examination, candidate))
    return ReadCode(examination, candidate, is_signed=True) if is_ours else None


def _signatures(examination: str, candidate: str) -> list[str]:
    named = f"admit card:{examination}:{candidate}"
    return [digest[:SIGNATURE].upper() for digest in sealing.digests(named)]
