"""Each letter is PDF/A-3a and PDF/UA-1, by veraPDF, whatever the names in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from app.notices import compose, pdf
from tests.notices_pdf import verapdf
from tests.unit.notices.samples import CASES, letter

pytestmark = pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing() or "veraPDF is here")

NAMES = {
    "arabic": "محمد بن عبد الرحمن الأنصاري",
    "devanagari": "सुश्री लक्ष्मी नारायण श्रीवास्तव",
    "chinese": "陳大文 (Chan Tai Man)",
    "mixed": "Nguyễn Ελένη Зоя ไทย বাংলা עברית 👩\N{ZERO WIDTH JOINER}🎓",
    "long": "Wolfeschlegelsteinhausenbergerdorff" * 8,
}
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
FALLBACK_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> str:
    return verapdf.compile_checker(tmp_path_factory.mktemp("classes"))


def test_every_letter_and_every_name_conforms_to_both(classes: str, tmp_path: Path):
    files = {case: compose.render_pdf(*letter(case)) for case in CASES}
    for script, name in NAMES.items():
        template, context = letter("examination_passed")
        context["recipient"] = {"name": name, "address": [name, name]}
        context["agency"] |= {"name": name, "paper": "a4"}
        files[script] = compose.render_pdf(template, context)
    for name, content in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    results = verapdf.check(classes, "ua1,3a", sorted(tmp_path.iterdir()))
    assert {key: result for key, result in results.items() if result[0] != "pass"} == {}
    assert {key for key, result in results.items() if int(result[1]) > 1000} == {
        (flavour, f"{name}.pdf") for flavour in ("ua1", "3a") for name in files
    }


def test_the_checker_finds_what_is_wrong(classes: str, tmp_path: Path):
    """A file without tags must fail, or the checks above prove nothing."""
    plain = pdf.load_engine().weasyprint.HTML(string="<p>Untagged</p>").write_pdf()
    (tmp_path / "plain.pdf").write_bytes(plain)
    results = verapdf.check(classes, "ua1,3a", [tmp_path / "plain.pdf"])
    assert {key: result[0] for key, result in results.items()} == {
        ("ua1", "plain.pdf"): "fail",
        ("3a", "plain.pdf"): "fail",
    }


@pytest.mark.skipif(
    not Path("/usr/share/fonts/truetype/dejavu").is_dir(),
    reason="Debian's fonts-dejavu-core is not installed",
)
def test_a_machine_with_dejavu_alone_prints_conforming_letters(classes: str, tmp_path: Path):
    (tmp_path / "fonts.conf").write_text(FALLBACK_FONTS.format(fonts=DEJAVU, cache=tmp_path / "cache"))
    code = (
        "import sys; from app.notices import compose; from tests.unit.notices.samples import letter\n"
        "template, context = letter('offer'); context['recipient']['name'] = 'محمد नमस्ते Ана'\n"
        "open(sys.argv[1], 'wb').write(compose.render_pdf(template, context))"
    )
    environment = os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    target = tmp_path / "dejavu.pdf"
    subprocess.run(
        [sys.executable, "-c", code, str(target)], check=True, env=environment, cwd=pdf.TEMPLATES.parent
    )
    results = verapdf.check(classes, "ua1,3a", [target])
    assert {key: result[0] for key, result in results.items()} == {
        ("ua1", "dejavu.pdf"): "pass",
        ("3a", "dejavu.pdf"): "pass",
    }
    assert b"DejaVu" in _fonts(target)
    assert b"Noto" not in _fonts(target)


def _fonts(path: Path) -> bytes:
    with pikepdf.open(path) as file:
        fonts = [item for item in file.objects if isinstance(item, pikepdf.Dictionary)]
        return b" ".join(str(font.BaseFont).encode() for font in fonts if "/BaseFont" in font)
