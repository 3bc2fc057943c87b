"""What is inside a letter's file: title, language, tags, attachment, dates; and the same bytes each time."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest

from app.notices import compose, pdf
from tests.unit.notices.samples import CASES, NOTICE, letter

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="Debian's poppler-utils is not installed"
)
XMP_UA = "{http://www.aiim.org/pdfua/ns/id/}part"
PAGE = (
    '<!DOCTYPE html><html lang="en"><meta name="dcterms.created" content="2026-11-22"><body>{}</body></html>'
)


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> str:
    return request.param


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def elements(node: Any) -> Iterator[pikepdf.Dictionary]:
    """Walk the structure tree, parents first."""
    for kid in node.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def attached_data(file: pikepdf.Pdf) -> dict[str, Any]:
    """Read the JSON inside; the caller holds the file, which the library needs to stay alive."""
    data: dict[str, Any] = json.loads(file.attachments[f"{NOTICE['number']}.json"].get_file().read_bytes())
    return data


def text(content: bytes) -> str:
    output = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    )
    return " ".join(output.stdout.decode().split())


def simple(body: str, **options: Any) -> bytes:
    return pdf.render(PAGE.format(body), **({"title": "T", "language": "en", "identifier": "N-1"} | options))


def test_the_catalog_says_what_the_file_is(case: str):
    template, context = letter(case)
    file = opened(compose.render_pdf(template, context))
    title = f"{compose.subject(template, context)} ({NOTICE['number']})"
    assert str(file.Root.Lang) == "en"
    assert bool(file.Root.MarkInfo.Marked) is True
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle) is True
    assert str(file.docinfo.Title) == title
    assert str(file.docinfo.CreationDate) == "D:20261122"
    with file.open_metadata() as metadata:
        assert (metadata["dc:title"], metadata[XMP_UA]) == (title, "1")
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")


def test_the_data_are_attached(case: str):
    template, context = letter(case)
    file = opened(compose.render_pdf(template, context))
    assert list(file.attachments) == [f"{NOTICE['number']}.json"]
    assert attached_data(file) == {"template": template, **compose.freeze(template, context)}
    [listed] = file.Root.AF
    stream = listed.EF.F
    assert (str(listed.AFRelationship), str(stream.Subtype)) == ("/Data", "/application/json")
    assert str(stream.Params.ModDate) == "D:20261122000000Z"


def test_the_tags_follow_the_page(case: str):
    file = opened(compose.render_pdf(*letter(case)))
    tree = list(elements(file.Root.StructTreeRoot))
    tags = [str(element.S) for element in tree]
    assert tags[0] == "/Document"
    assert tags.count("/H1") == 1
    assert {"/P", "/H2", "/Table", "/Caption", "/TH", "/TD", "/Link", "/Figure"} <= set(tags)
    [figure] = [element for element in tree if element.S == "/Figure"]
    assert str(figure.Alt) == f"QR code that opens {NOTICE['verify_url']}"
    left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
    width, height = (float(edge) for edge in file.pages[0].MediaBox[2:])
    assert 0 < left < right < width
    assert 0 < bottom < top < height
    assert round(right - left) == round(top - bottom) == 65  # 23 mm in points


def test_every_mark_on_a_page_is_in_the_tree_or_an_artifact(case: str):
    file = opened(compose.render_pdf(*letter(case)))
    tree = list(elements(file.Root.StructTreeRoot))
    for page in file.pages:
        tagged, footers = [], 0
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and "/MCID" in operands[1]:
                tagged.append(int(operands[1].MCID))
            elif str(operator) == "BDC":
                assert (str(operands[0]), str(operands[1].Type)) == ("/Artifact", "/Pagination")
                footers += 1
        in_tree = [
            int(kid)
            for element in tree
            if element.get("/Pg") == page.obj
            for kid in element.K
            if isinstance(kid, int)
        ]
        assert sorted(in_tree) == sorted(tagged)
        assert footers == 2  # agency and number, page of pages


@needs_poppler
def test_the_text_is_in_reading_order_with_page_numbers():
    words = text(compose.render_pdf(*letter("proposed_action")))
    count = len(opened(compose.render_pdf(*letter("proposed_action"))).pages)
    landmarks = ["Dear María", "Charges", "Your right to answer", "Sincerely", "How to check this notice"]
    places = [words.index(landmark) for landmark in landmarks]
    assert places == sorted(places)
    assert [f" {page}/{count}" in words for page in range(1, count + 1)] == [True] * count


def test_the_same_letter_gives_the_same_bytes_in_any_process():
    code = (
        "import hashlib; from app.notices import compose\n"
        "from tests.unit.notices.samples import letter\n"
        "for case in ('offer', 'not_eligible'):\n"
        "    print(case, hashlib.sha256(compose.render_pdf(*letter(case))).hexdigest())\n"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code * 2],  # the first letters of a process, and later ones
            capture_output=True,
            text=True,
            check=True,
            cwd=pdf.TEMPLATES.parent,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout.splitlines()
        for seed in ("1", "2")
    ]
    assert [len(run) for run in runs] == [4, 4]
    assert len({line for run in runs for line in run}) == 2


def test_another_letter_gives_other_bytes_and_another_identifier():
    one, two = simple("<p>1</p>"), simple("<p>1</p>", identifier="N-2")
    assert one != two
    assert opened(one).trailer.ID[0] != opened(two).trailer.ID[0]


def test_title_and_language_come_from_the_caller():
    file = opened(simple("<p>نص</p>", title="قرار & <b>", language="ar"))
    assert (str(file.Root.Lang), str(file.docinfo.Title)) == ("ar", "قرار & <b>")
    with file.open_metadata() as metadata:
        assert metadata["dc:title"] == "قرار & <b>"


def test_attachments_keep_bytes_names_and_moments():
    at = dt.datetime(2026, 11, 22, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    attachments = [
        pdf.Attachment("a.json", b'{"a": 1}', "First", at),
        pdf.Attachment("b.csv", "ü\n".encode(), "Second", at),
    ]
    file = opened(simple("<p>x</p>", attachments=attachments))
    contents = {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()}
    assert contents == {"a.json": b'{"a": 1}', "b.csv": "ü\n".encode()}
    assert [str(spec.Desc) for spec in file.Root.AF] == ["First", "Second"]
    assert {str(spec.EF.F.Params.ModDate) for spec in file.Root.AF} == {"D:20261123043000Z"}


@needs_poppler
def test_a_character_without_a_font_becomes_a_square_and_the_log_names_no_one(
    caplog: pytest.LogCaptureFixture,
):
    template, context = letter("offer")
    context["recipient"]["name"] = "\U0001f9ff\ue123 Chan"  # an emoji and a private character
    with caplog.at_level(logging.WARNING):
        content = compose.render_pdf(template, context)
    assert f"Dear {pdf.SUBSTITUTE * 2} Chan," in text(content)
    assert [record.message for record in caplog.records] == [
        "No installed font has 2 characters of a letter: NAZAR, UNNAMED."
    ]
    assert attached_data(opened(content))["recipient"]["name"] == "\U0001f9ff\ue123 Chan"


@needs_poppler
def test_names_in_many_scripts_can_be_read_back():
    template, context = letter("application_received")
    context["recipient"]["name"] = "Ελένη Зоя Nguyễn"
    assert "Dear Ελένη Зоя Nguyễn," in text(compose.render_pdf(template, context))


def test_paper_is_the_agency_s():
    sizes = {}
    for paper in ("letter", "a4"):
        template, context = letter("offer")
        context["agency"]["paper"] = paper
        file = opened(compose.render_pdf(template, context))
        sizes[paper] = tuple(round(float(edge)) for edge in file.pages[0].MediaBox[2:])
    assert sizes == {"letter": (612, 792), "a4": (595, 842)}


@needs_poppler
def test_nothing_runs_past_the_edge_of_the_paper():
    template, context = letter("examination_passed", examination_title="W" * 300)
    context["recipient"] = {"name": "W" * 300, "address": ["W" * 300] * 3}
    context["agency"] |= {"name": "W" * 300, "address": ["W" * 300]}
    content = compose.render_pdf(template, context)
    output = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    words = ElementTree.fromstring(output.stdout).iter("{http://www.w3.org/1999/xhtml}word")  # noqa: S314
    edges = [(float(word.attrib["xMin"]), float(word.attrib["xMax"])) for word in words]
    assert min(left for left, _ in edges) >= 62  # 22 mm
    assert max(right for _, right in edges) <= 612 - 56  # 20 mm, and a point for rounding
