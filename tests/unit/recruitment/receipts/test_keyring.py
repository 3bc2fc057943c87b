"""The same receipt gives the same bytes, any change breaks the signature, keys may follow each other."""

from __future__ import annotations

import base64
import datetime as dt
import json
import stat

import pytest

from app.recruitment.receipts import rules, verifier
from app.recruitment.receipts.keyring import BEGINNING, KeyFileRefused, KeyRing, is_signed
from app.recruitment.receipts.rules import Receipt
from app.recruitment.receipts.verifier import verify_receipt

AT = dt.datetime(2026, 11, 20, 15, 0, 0, 214000, tzinfo=dt.UTC)
RECEIPT = Receipt("A-2026-000123-0", 1, "2026-0148", "ab" * 32, AT, "America/New_York", 4711)


@pytest.fixture
def ring(tmp_path):
    return KeyRing(tmp_path / "keys" / "receipts.json")


def test_the_first_key_is_made_once_and_nobody_else_may_read_it(ring):
    first = ring.public()
    assert stat.S_IMODE(ring.path.stat().st_mode) == 0o600
    assert KeyRing(ring.path).public() == ring.public() == first
    assert [key.since for key in first] == [BEGINNING]


def test_the_same_receipt_gives_the_same_bytes(ring):
    signed = ring.in_force(AT).sign(RECEIPT)
    again = KeyRing(ring.path).in_force(AT).sign(RECEIPT)
    assert rules.write(signed) == rules.write(again)
    assert signed["received_local"] == "2026-11-20T10:00:00.214000-05:00"
    assert rules.check_shape(json.loads(rules.write(signed))) == signed
    assert is_signed(signed, ring.public())


@pytest.mark.parametrize("field", [name for name in rules.FIELDS if name != "key"])
def test_a_change_of_any_field_breaks_the_signature(ring, field):
    signed = ring.in_force(AT).sign(RECEIPT)
    value = signed[field]
    changed = (
        value + 1 if isinstance(value, int) else value[:-2] + ("A" if value[-2] != "A" else "B") + value[-1]
    )
    table = {key.name: key.text for key in ring.public()}
    assert not is_signed(signed | {field: changed}, ring.public())
    assert verify_receipt.check(signed | {field: changed}, table)[0] != verify_receipt.GENUINE


def test_a_key_of_somebody_else_does_not_count(ring, tmp_path):
    other = KeyRing(tmp_path / "other.json")
    signed = other.in_force(AT).sign(RECEIPT)
    assert not is_signed(signed, ring.public())
    assert not is_signed(signed | {"key": ring.public()[0].name}, ring.public())


def test_a_new_key_signs_what_comes_after_it_and_the_old_one_stays(ring):
    before = ring.in_force(AT).sign(RECEIPT)
    made = ring.rotate(AT + dt.timedelta(days=1))
    assert [key.name for key in ring.public()] == [before["key"], made.name]
    assert ring.in_force(AT).sign(RECEIPT) == before
    assert ring.in_force(AT + dt.timedelta(days=1)).public == made
    assert is_signed(before, ring.public())
    assert stat.S_IMODE(ring.path.stat().st_mode) == 0o600
    with pytest.raises(KeyFileRefused, match="later moment"):
        ring.rotate(AT)


def test_a_file_that_others_may_read_is_refused_with_the_command_that_mends_it(ring):
    ring.keys()
    ring.path.chmod(0o644)
    with pytest.raises(KeyFileRefused, match="chmod 600"):
        ring.keys()


def test_once_applications_were_received_a_missing_file_is_refused_and_none_is_made(tmp_path):
    ring = KeyRing(tmp_path / "keys.json", lambda: True)
    for ask in (ring.public, lambda: ring.in_force(AT), lambda: ring.rotate(AT)):
        with pytest.raises(KeyFileRefused, match="back from your backup"):
            ask()
    assert not ring.path.exists()
    ring.begin()
    first = ring.public()
    ring.begin()
    assert ring.public() == first


@pytest.mark.parametrize("text", ["", "{}", '{"keys": []}', '{"keys": [{"since": "soon"}]}', "[1]"])
def test_a_file_that_holds_no_keys_is_refused(ring, text):
    ring.keys()
    ring.path.write_text(text)
    with pytest.raises(KeyFileRefused):
        ring.keys()


def test_the_script_that_people_keep_verifies_by_itself(ring, tmp_path):
    signed = ring.in_force(AT).sign(RECEIPT)
    table = {key.name: key.text for key in ring.public()}
    assert verify_receipt.check(signed, table) == (0, "GENUINE: the office signed exactly this receipt.")
    assert verify_receipt.check(signed, table, b"something else")[0] == verify_receipt.ALTERED
    assert verify_receipt.check(signed, {})[0] == verify_receipt.CANNOT_TELL
    assert verify_receipt.check(["no receipt"], table)[0] == verify_receipt.CANNOT_TELL
    other = base64.b64encode(b"\1" * 32).decode()
    assert verify_receipt.check(signed, {signed["key"]: other})[0] == verify_receipt.CANNOT_TELL


# RFC 8032, section 7.1, tests 1 to 3, read 2026-11-22: public key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032)
def test_the_script_agrees_with_the_standard(key, message, signature):
    parts = [bytes.fromhex(part) for part in (key, message, signature)]
    assert verify_receipt.is_signed(*parts)
    assert not verify_receipt.is_signed(parts[0], parts[1] + b"!", parts[2])
    assert not verify_receipt.is_signed(parts[0], parts[1], parts[2][:-1] + b"\xff")


def test_the_keys_are_written_into_the_verifiers(ring):
    for name in (verifier.SCRIPT, verifier.PAGE):
        text = verifier.with_keys(name, ring.public()).decode()
        assert ring.public()[0].text in text
    compile(verifier.with_keys(verifier.SCRIPT, ring.public()), "verify_receipt.py", "exec")


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("AB" * 32, "ab" * 32),
        ("abab abab abab abab", "ab" * 8),
        ("ab-ab" * 8, "ab" * 16),
        ("ab" * 7, ""),
        ("ab" * 33, ""),
        ("xy" * 16, ""),
        ("", ""),
    ],
)
def test_a_fingerprint_is_understood_as_it_is_typed(typed, plain):
    assert rules.plain_digest(typed) == plain
