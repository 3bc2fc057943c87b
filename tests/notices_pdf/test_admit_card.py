"""Admit cards, with a photograph and without, the sheet to sign and the door list: PDF/A-3a and PDF/UA-1."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from app.exams.admit_cards import documents
from app.exams.admit_cards.queries import Card, Meeting
from app.exams.photographs.rules import crop
from app.platform import languages, storage
from tests.notices_pdf import verapdf

pytestmark = pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing() or "veraPDF is here")
AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
AGENCY = SimpleNamespace(name="Department of Bridges", time_zone="America/New_York")
EXAM = SimpleNamespace(number="EX-2026-0001", title="Civil Engineer, written examination", agency=AGENCY)
NAMES = {"en": "Ada Example", "ar": "محمد بن عبد الرحمن الأنصاري", "hi": "सुश्री लक्ष्मी नारायण"}


def card(name: str, photograph: str) -> Card:
    meeting = Meeting(
        venue="Technical School (NORTH)",
        address="18 Foundry Lane\nLarkhaven",
        doors_open_at=AT,
        doors_close_at=AT,
        starts_at=AT,
        minutes=150,
        bring="A black pen\nNo telephone",
        released_at=AT,
        room="A1",
        directions="Ground floor",
        seat="C7",
        shift="First shift",
        extra_minutes=30,
    )
    application = SimpleNamespace(applicant_name=name)
    candidate = SimpleNamespace(id="cnd_x", number="C000123", application=application)
    return Card(candidate, EXAM, meeting, photograph)  # type: ignore[arg-type]


def test_cards_and_lists_conform_to_both(app, tmp_path: Path):
    written = io.BytesIO()
    Image.radial_gradient("L").resize((600, 800)).save(written, "PNG")
    digest = storage.current().put(crop(written.getvalue(), "image/png"))
    folder = tmp_path / "pdf"
    folder.mkdir()
    room = SimpleNamespace(code="A1", centre=SimpleNamespace(code="NORTH", name="Technical School"))
    shift = SimpleNamespace(name="First shift", starts_at=AT, doors_close_at=AT)
    row = SimpleNamespace(id="shs_x", room=room, shift=shift, examination=EXAM)
    for language, name in NAMES.items():
        with app.test_request_context(), languages.speaking(language):
            for photograph in ("", digest):
                content = documents.render_card(card(name, photograph))
                (folder / f"{language}-{bool(photograph)}.pdf").write_bytes(content)
    cards = [card(name, digest) for name in NAMES.values()]
    with app.test_request_context():
        for draw in (documents.render_cards, documents.render_sheet, documents.render_door_list):
            (folder / f"{draw.__name__}.pdf").write_bytes(draw(row, cards))  # type: ignore[arg-type]
    results = verapdf.check(verapdf.compile_checker(tmp_path), "ua1,3a", sorted(folder.iterdir()))
    assert {key: result for key, result in results.items() if result[0] != "pass"} == {}
    assert len(results) == 2 * 9
