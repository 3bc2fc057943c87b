"""One-time codes by RFC 6238: which code is right, and why none is right twice."""

from __future__ import annotations

import datetime as dt
import hmac

import pyotp

STEP = 30
# A phone's clock may be half a minute off either way (RFC 6238, section 5.2).
DRIFT = 1
ISSUER = "Meritum"


def new_secret() -> str:
    """Make a secret of 160 bits in Base32, as RFC 4226 asks for."""
    return pyotp.random_base32()


def matching_step(secret: str, code: str, *, at: dt.datetime, last_step: int | None) -> int | None:
    """Give the time step whose code this is, or None.

    Steps up to `last_step`, the last one that was used, are not tried: a code that was seen over a
    shoulder is of no use (RFC 6238, section 5.2).
    """
    typed = "".join(code.split())
    present = int(at.timestamp()) // STEP
    for step in range(present - DRIFT, present + DRIFT + 1):
        if last_step is not None and step <= last_step:
            continue
        expected = str(pyotp.TOTP(secret).at(step * STEP))
        if hmac.compare_digest(expected.encode(), typed.encode()):
            return step
    return None


def enrolment_uri(secret: str, email: str) -> str:
    """Give the address that an authenticator app reads from the QR code."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER))


def grouped(secret: str) -> str:
    """Write a secret in fours, so that it can be typed without losing one's place."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
