"""The verifiers that people keep: one file each, which need nothing of ours and no network."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from app.recruitment.receipts.keyring import PublicKey

FOLDER = Path(__file__).parent
SCRIPT, PAGE = "verify_receipt.py", "verify-receipt.html"
# The line of each file that gets our keys when it is downloaded.
_PLACES = {SCRIPT: "KEYS: dict[str, str] = {}", PAGE: "const KEYS = {};"}


def with_keys(name: str, keys: Sequence[PublicKey]) -> bytes:
    """Give a verifier with our public keys written into it."""
    place = _PLACES[name]
    table = json.dumps({key.name: key.text for key in keys}, indent=2)
    text = (FOLDER / name).read_text("utf-8")
    return text.replace(place, place.replace("{}", table), 1).encode()
