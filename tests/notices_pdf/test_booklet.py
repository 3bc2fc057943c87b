"""Booklets for the printer: tagged, counted, in large print where it was granted, in the paper's language."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from app.exams.booklets import documents, rules
from app.exams.booklets.documents import Booklet
from app.exams.item_bank.models import BankItemVersion
from app.platform import progress
from tests.notices_pdf import verapdf

OPTIONS = [{"key": key, "text": f"Answer {key} to it"} for key in "ABCD"]
QUESTIONS = tuple(
    BankItemVersion(id=f"biv_{place}", stem=f"What is number {place}?", options=OPTIONS)
    for place in range(30)
)
BOOKLET = Booklet(
    agency="Harbor State Civil Service Commission",
    examination="Map and Survey Technician",
    number="E-2026-0042",
    held_on=dt.date(2026, 12, 5),
    series="B",
    is_large=False,
    minutes=90,
    instructions=tuple(rules.usual_instructions("en")),
    questions=QUESTIONS,
    language="en",
    made_on=dt.date(2026, 11, 22),
)


def draw(booklet: Booklet) -> tuple[bytes, int]:
    return documents.draw(booklet, "bkp_1", progress.silent())


def words(content: bytes) -> str:
    """Give the text of the PDF as its structure reads, by the poppler tools where they are."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


@pytest.fixture(scope="module")
def ordinary() -> tuple[bytes, int]:
    return draw(BOOKLET)


def test_the_cover_says_what_is_in_it(ordinary: tuple[bytes, int]):
    content, pages = ordinary
    text = words(content)
    cover, rest = text.partition("Question 1\n")[::2]
    assert "Booklet B" in cover
    assert f"Pages, with this cover\n\n{pages}\n" in cover
    assert "Questions\n\n30\n" in cover
    assert "90 minutes" in cover
    assert "Do not open this booklet before you are told to." in cover
    assert (
        rest.index("What is number 0?") < rest.index("What is number 29?") < rest.index("End of the booklet")
    )
    assert f"{pages}/{pages}" in rest.replace(" ", "")
    with pikepdf.open(io.BytesIO(content)) as read:
        assert (len(read.pages), bool(read.Root.MarkInfo.Marked)) == (pages, True)


def test_the_same_booklet_gives_the_same_bytes(ordinary: tuple[bytes, int]):
    assert draw(BOOKLET) == ordinary


def test_large_print_takes_more_pages_and_eighteen_points(ordinary: tuple[bytes, int]):
    content, pages = draw(replace(BOOKLET, is_large=True))
    assert pages > ordinary[1]
    sizes = set()
    with pikepdf.open(io.BytesIO(content)) as read:
        for page in read.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    sizes.add(float(operands[1]))
    assert min(sizes) == 24  # CSS pixels, three quarters of a point each


@pytest.mark.skipif(bool(verapdf.missing()), reason=verapdf.missing() or "veraPDF is here")
def test_booklets_conform(tmp_path: Path, ordinary: tuple[bytes, int]):
    (tmp_path / "classes").mkdir()
    classes = verapdf.compile_checker(tmp_path / "classes")
    folder = tmp_path / "booklets"
    folder.mkdir()
    (folder / "en.pdf").write_bytes(ordinary[0])
    for language in ("es", "hi", "ar"):
        own = replace(
            BOOKLET, language=language, is_large=True, instructions=tuple(rules.usual_instructions(language))
        )
        (folder / f"{language}.pdf").write_bytes(draw(own)[0])
    results = verapdf.check(classes, "ua1,3a", sorted(folder.iterdir()))
    assert {key: result for key, result in results.items() if result[0] != "pass"} == {}
    assert len(results) == 8
