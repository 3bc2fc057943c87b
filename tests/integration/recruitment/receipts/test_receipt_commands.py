"""Receipts by command: the keys listed and changed, a lost receipt made again."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from app.platform import audit
from app.platform.audit import canonical
from app.platform.db import transaction
from app.recruitment.applications.services import submit_application
from app.recruitment.receipts import checking, keyring
from app.recruitment.receipts.commands import receipts
from tests.factories.applications import SUBMITTED_AT, make_application, make_whole_draft


@pytest.fixture
def ring(app, tmp_path, monkeypatch):
    made = keyring.KeyRing(tmp_path / "keys.json")
    monkeypatch.setattr(keyring, "_ring", made)
    return made


def run(*words):
    return CliRunner().invoke(receipts, words)


def test_a_new_key_is_put_in_force_and_both_are_listed(ring):
    (first,) = ring.public()
    done = run("rotate")
    assert done.exit_code == 0
    new = ring.public()[-1]
    assert done.output.startswith(f"{new.name} signs from now on.")
    lines = run("keys").output.splitlines()
    assert lines[0] == f"{first.name}  since the beginning"
    assert lines[1].startswith(f"{new.name}  since 20")


def test_a_lost_file_of_keys_is_not_made_anew_unless_somebody_says_so(
    app, session, world, tmp_path, monkeypatch
):
    make_application(session, posting_id=world.posting.id, account_id=world.ada.id)
    ring = keyring.KeyRing(tmp_path / "lost.json", checking.is_used)
    monkeypatch.setattr(keyring, "_ring", ring)
    checking.begin_keys(session)
    assert isinstance(run("keys").exception, keyring.KeyFileRefused)
    assert not ring.path.exists()
    assert run("begin").output.startswith(f"{ring.public()[0].name} signs. Copy {ring.path} ")
    assert (run("begin").exit_code, len(ring.public())) == (1, 1)


def test_the_first_application_brings_the_first_key(session, world, tmp_path, monkeypatch, at):
    draft = make_whole_draft(session, posting=world.posting, account_id=world.ada.id)
    session.flush()
    ring = keyring.KeyRing(tmp_path / "first.json", checking.is_used)
    monkeypatch.setattr(keyring, "_ring", ring)
    with transaction() as opened:
        sent = submit_application(opened, application_id=draft.id, actor=world.actor, at=at)
    assert sent.number
    assert len(ring.public()) == 1


def test_a_lost_receipt_is_made_again(ring, session, world, tmp_path):
    sent = make_application(session, posting_id=world.posting.id, account_id=world.ada.id)
    with transaction() as opened:
        audit.record(
            opened,
            "recruitment.applications.submit",
            actor=world.actor,
            at=SUBMITTED_AT,
            subject=sent.id,
            digest=sent.snapshot_digest,
        )
    file = tmp_path / "received.json"
    file.write_text(canonical(sent.snapshot))
    done = run("make", str(file))
    assert done.exit_code == 0
    made = json.loads(done.stdout)
    assert (made["number"], made["digest"]) == (sent.number, sent.snapshot_digest)
    assert keyring.is_signed(made, ring.public())


@pytest.mark.parametrize("text", ["{}", "no json", '{"number": "A-2026-000001-7"}'])
def test_what_never_came_gets_none(ring, session, tmp_path, text):
    file = tmp_path / "received.json"
    file.write_text(text)
    done = run("make", str(file))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr
