"""Check a receipt of an application without the office and without a network.

    python verify_receipt.py A-2026-000123-0-receipt.json
    python verify_receipt.py A-2026-000123-0-receipt.json --content A-2026-000123-0.json

Needs Python 3.9 or newer and nothing else. The signature is Ed25519 (RFC 8032) over the receipt's canonical
JSON: keys sorted, no spaces, UTF-8, without the field "signature". The public keys below are those of the
office from which this file was downloaded; compare their names with the ones printed on your receipt. Ends
with 0 when the receipt is genuine, 1 when it was altered, 2 when that cannot be told.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

KEYS: dict[str, str] = {}

FORMAT = "meritum-receipt-1"
GENUINE, ALTERED, CANNOT_TELL = 0, 1, 2

# The curve of RFC 8032, section 5.1: a prime field, the base point's order, the constant d, a root of -1.
FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CONSTANT = -121665 * pow(121666, FIELD - 2, FIELD) % FIELD
ROOT = pow(2, (FIELD - 1) // 4, FIELD)
NEUTRAL = (0, 1)
Point = tuple[int, int]


def add(first: Point, second: Point) -> Point:
    """Add two points of the twisted Edwards curve, in plain coordinates."""
    (x1, y1), (x2, y2) = first, second
    product = CONSTANT * x1 * x2 * y1 * y2 % FIELD
    x = (x1 * y2 + x2 * y1) * pow(1 + product, FIELD - 2, FIELD) % FIELD
    y = (y1 * y2 + x1 * x2) * pow(1 - product, FIELD - 2, FIELD) % FIELD
    return x, y


def times(number: int, point: Point) -> Point:
    """Add a point to itself so many times."""
    total = NEUTRAL
    while number:
        if number & 1:
            total = add(total, point)
        point = add(point, point)
        number >>= 1
    return total


def decode(data: bytes) -> Point | None:
    """Read a point from its 32 bytes; None when they are none."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= FIELD:
        return None
    square = (y * y - 1) * pow(CONSTANT * y * y + 1, FIELD - 2, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * ROOT % FIELD
    if (x * x - square) % FIELD or (x == 0 and sign):
        return None
    return (FIELD - x if x & 1 != sign else x), y


BASE = decode((4 * pow(5, FIELD - 2, FIELD) % FIELD).to_bytes(32, "little")) or NEUTRAL


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Verify an Ed25519 signature."""
    if len(key) != 32 or len(signature) != 64:
        return False
    owner, commitment = decode(key), decode(signature[:32])
    response = int.from_bytes(signature[32:], "little")
    if owner is None or commitment is None or response >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    return times(response, BASE) == add(commitment, times(challenge, owner))


def canonical(receipt: dict[str, object]) -> bytes:
    """Write what is signed."""
    part = {name: value for name, value in receipt.items() if name != "signature"}
    return json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def check(receipt: object, keys: dict[str, str], content: bytes | None = None) -> tuple[int, str]:
    """Give what to end with, and a sentence that says why."""
    if not isinstance(receipt, dict) or receipt.get("format") != FORMAT:
        return CANNOT_TELL, "This is not a receipt file that this program knows."
    name = receipt.get("key")
    if name not in keys:
        return CANNOT_TELL, f"The receipt names the key {name}, which is not among the keys given."
    key = base64.b64decode(keys[name])
    if hashlib.sha256(key).hexdigest()[:16] != name:
        return CANNOT_TELL, f"The key given for {name} is another key."
    try:
        signature = base64.b64decode(str(receipt.get("signature")), validate=True)
    except ValueError:
        signature = b""
    if not is_signed(key, canonical(receipt), signature):
        return ALTERED, "ALTERED: the signature does not belong to this receipt."
    if content is not None and hashlib.sha256(content).hexdigest() != receipt["digest"]:
        return ALTERED, "ALTERED: the receipt is genuine, but it was not given for this content."
    return GENUINE, "GENUINE: the office signed exactly this receipt."


def main() -> int:
    """Check the files named on the command line."""
    parser = argparse.ArgumentParser(description="Check a receipt of an application.")
    parser.add_argument("receipt", type=Path)
    parser.add_argument("--content", type=Path, help="the file of what was received")
    parser.add_argument("--keys", type=Path, help="a file of public keys, as the office publishes it")
    given = parser.parse_args()
    keys = dict(KEYS)
    try:
        if given.keys:
            keys |= {key["name"]: key["key"] for key in json.loads(given.keys.read_text("utf-8"))["keys"]}
        receipt = json.loads(given.receipt.read_text("utf-8"))
        content = given.content.read_bytes() if given.content else None
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"A file cannot be read: {error}\n")
        return CANNOT_TELL
    status, sentence = check(receipt, keys, content)
    sys.stdout.write(f"{sentence}\n")
    if status == GENUINE:
        for field in ("number", "version", "posting", "received_local", "ledger_index", "digest", "key"):
            sys.stdout.write(f"  {field}: {receipt[field]}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
