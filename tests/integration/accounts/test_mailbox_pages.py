"""The mailbox of a demonstration: open there, absent elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.platform import mail
from tests.factories.accounts import make_account


@pytest.fixture
def demonstration(app, monkeypatch, tmp_path):
    """A demonstration whose mail goes to a folder of its own."""
    config = replace(app.extensions["meritum"], is_demonstration=True, data_dir=tmp_path)
    monkeypatch.setitem(app.extensions, "meritum", config)
    before = mail.bound()
    mail.bind(mail.FolderMailer(tmp_path / "mail"), "Commission <no-reply@meritum.example>")
    yield config
    mail.bind(*before)


def test_outside_a_demonstration_there_is_no_mailbox(client):
    assert client.get("/demonstration/mail").status_code == 404
    assert client.get("/demonstration/mail/job_" + "0" * 26).status_code == 404


def test_an_empty_mailbox_says_so(client, demonstration):
    assert "Nothing has been written yet." in client.get("/demonstration/mail").text


def test_a_newcomer_follows_the_link_of_a_mail(client, session, demonstration, run_jobs):
    make_account(session, email="ann@city.example", name="Ann <b>Ames</b>")
    client.post("/forgot-password", data={"email": "ann@city.example"})
    run_jobs()
    mailbox = client.get("/demonstration/mail").text
    path = re.search(r'href="(/demonstration/mail/job_\w+)"', mailbox)[1]
    assert "ann@city.example" in mailbox
    message = client.get(path).text
    assert "Hello Ann &lt;b&gt;Ames&lt;/b&gt;" in message
    link = re.search(r'href="http://localhost:8000(/reset-password\?token=[\w-]+)"', message)[1]
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("key", ["job_" + "0" * 26, "x", "..%2f..%2fsecret", "%00"])
def test_an_unknown_message_is_not_found(client, demonstration, key):
    assert client.get(f"/demonstration/mail/{key}").status_code == 404
