"""Reading the folder of a demonstration's mail."""

from __future__ import annotations

import datetime as dt
import os

import pytest

from app.accounts.mailbox.queries import PAGE, Letter, get_letter, list_letters
from app.platform.errors import NotFound

TEXT = (
    "From: a@b.example\nTo: ann@city.example\nSubject: {}\n"
    "Date: Fri, 20 Nov 2026 15:00:00 +0000\n\nHello\n\nGo on.\n"
)


def write(folder, key, subject, age):
    file = folder / f"{key}.eml"
    file.write_text(TEXT.format(subject))
    os.utime(file, (1_000_000 - age, 1_000_000 - age))


def test_the_newest_message_comes_first(tmp_path):
    for age, key in enumerate(["new", "old", "older"]):
        write(tmp_path, key, key.title(), age)
    (tmp_path / "notes.txt").write_text("no mail")
    assert [letter.subject for letter in list_letters(tmp_path)] == ["New", "Old", "Older"]


def test_a_message_is_read_whole(tmp_path):
    write(tmp_path, "one", "One", 0)
    assert get_letter(tmp_path, "one") == Letter(
        key="one",
        to="ann@city.example",
        subject="One",
        sent_at=dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC),
        body="Hello\n\nGo on.\n",
        attachments=(),
    )


def test_an_unknown_message_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        get_letter(tmp_path, "none")


def test_no_folder_is_no_mail(tmp_path):
    assert list_letters(tmp_path / "mail") == []


def test_one_page_is_the_most(tmp_path):
    for number in range(PAGE + 1):
        write(tmp_path, f"m{number}", str(number), number)
    assert len(list_letters(tmp_path)) == PAGE
