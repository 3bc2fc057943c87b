"""The copy of what is held about a person is PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.compliance.personal_data.copying import Section, write_pdf
from tests.notices_pdf import verapdf

pytestmark = pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing() or "veraPDF is here")
AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
ROWS = [
    {
        "name": "محمد بن عبد الرحمن",
        "is_open": True,
        "data": {"town": "सूरत", "empty": None},
        "text": "x" * 5000,
    },
    {"name": "", "is_open": False, "data": [], "text": "first\nsecond"},
]


def test_a_copy_conforms_to_both(tmp_path: Path):
    sections = [
        Section("profiles", "Your profile", ROWS, {"digest": "Sealed."}),
        Section("messages", "Messages", [], {}),
        Section("sessions", "Many rows", [{"number": number} for number in range(100)], {}),
    ]
    (tmp_path / "copy.pdf").write_bytes(write_pdf(sections, "Ada Example", AT))
    results = verapdf.check(verapdf.compile_checker(tmp_path), "ua1,3a", [tmp_path / "copy.pdf"])
    assert {key: result[0] for key, result in results.items()} == {
        ("ua1", "copy.pdf"): "pass",
        ("3a", "copy.pdf"): "pass",
    }
