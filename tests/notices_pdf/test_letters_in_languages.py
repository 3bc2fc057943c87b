"""Letters in Spanish, Hindi and Arabic conform as the English ones do; names print in any script."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from app.notices import compose, scripts
from app.notices.catalogue import ENGLISH_ONLY
from tests.notices_pdf import verapdf
from tests.unit.notices.samples import CASES, letter

LETTERS = sorted(case for case, (template, _) in CASES.items() if template not in ENGLISH_ONLY)


@pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing() or "veraPDF is here")
def test_letters_conform_in_every_language(tmp_path: Path):
    (tmp_path / "classes").mkdir()
    classes = verapdf.compile_checker(tmp_path / "classes")
    folder = tmp_path / "letters"
    folder.mkdir()
    for language in ("es", "hi", "ar"):
        for case in LETTERS:
            template, context = letter(case)
            context["notice"] |= {"language": language}
            (folder / f"{language}-{case}.pdf").write_bytes(compose.render_pdf(template, context))
    results = verapdf.check(classes, "ua1,3a", sorted(folder.iterdir()))
    assert {key: result for key, result in results.items() if result[0] != "pass"} == {}
    assert len(results) == 2 * 3 * len(LETTERS)
    with pikepdf.open(folder / "ar-offer.pdf") as file:
        assert str(file.Root.Lang) == "ar"


def test_names_print_in_every_script_that_is_promised():
    """A machine that lacks a script says so by `meritum fonts`; where tests run, the fonts are installed."""
    assert scripts.uncovered() == []


def test_a_script_without_a_font_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(scripts.SAMPLES, "Unassigned", "\U000e1234")
    assert scripts.uncovered() == ["Unassigned"]
