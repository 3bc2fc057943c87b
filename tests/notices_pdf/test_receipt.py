"""The receipt is PDF/A-3a and PDF/UA-1, whatever the names in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.recruitment.receipts import documents
from app.recruitment.receipts.keyring import KeyRing
from app.recruitment.receipts.queries import Received
from app.recruitment.receipts.rules import Receipt
from tests.notices_pdf import verapdf

pytestmark = pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing() or "veraPDF is here")
AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
NAMES = {
    "plain": "Ada Example",
    "arabic": "محمد بن عبد الرحمن الأنصاري",
    "devanagari": "सुश्री लक्ष्मी नारायण श्रीवास्तव",
    "long": "Wolfeschlegelsteinhausenbergerdorff" * 6,
}


def test_a_receipt_conforms_to_both(app, tmp_path: Path):
    ring = KeyRing(tmp_path / "keys.json")
    receipt = ring.in_force(AT).sign(
        Receipt("A-2026-000123-0", 2, "2026-0148", "ab" * 32, AT, "America/New_York", 4711)
    )
    folder = tmp_path / "pdf"
    folder.mkdir()
    for name, person in NAMES.items():
        snapshot = {"contact": {"full_name": person}, "documents": [{"filename": f"{person[:60]}.pdf"}]}
        agency = SimpleNamespace(name="Department of Bridges")
        posting = SimpleNamespace(
            title="Civil Engineer", number="2026-0148", time_zone="America/New_York", agency=agency
        )
        application = SimpleNamespace(posting=posting)
        with app.test_request_context():
            content = documents.write_pdf(application, Received(2, AT, "ab" * 32, snapshot), receipt)  # type: ignore[arg-type]
        (folder / f"{name}.pdf").write_bytes(content)
    classes = verapdf.compile_checker(tmp_path)
    results = verapdf.check(classes, "ua1,3a", sorted(folder.iterdir()))
    assert {key: result for key, result in results.items() if result[0] != "pass"} == {}
    assert len(results) == 2 * len(NAMES)
