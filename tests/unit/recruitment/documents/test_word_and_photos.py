"""Word files that act are refused; photos become small, upright and silent about their place."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from PIL import Image

from app.platform.errors import Invalid
from app.recruitment.documents import pictures, rules, word_files
from app.recruitment.documents.rules import WORD, check_file, check_files
from tests.factories.files import MACROS, RELATIONS, make_docx, make_pdf, make_photo, make_relation


def refusal(content: bytes, name: str = "letter.docx") -> str:
    with pytest.raises(Invalid) as raised:
        check_file(content, name)
    return raised.value.fields["file"]


def lying_zip() -> bytes:
    """Say of a part that it unpacks to ten bytes, when it unpacks to a hundred million."""
    honest = make_docx(parts={"word/bomb.xml.rels": b"\0" * 100_000_000})
    at = honest.rfind(b"PK\x01\x02", 0, honest.rfind(b"word/bomb"))
    return honest[: at + 24] + struct.pack("<I", 10) + honest[at + 28 :]


def test_a_word_document_is_kept_as_it_is():
    content = make_docx()
    kept = check_file(content, "../../Léttre \u202efinal.doc")
    assert (kept.content, kept.media_type) == (content, WORD)
    assert kept.filename == "Léttre final.docx"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (make_docx(content_type=MACROS), word_files.ACTIVE),
        (make_docx(parts={"word/vbaProject.bin": b"macro"}), word_files.ACTIVE),
        (make_docx(parts={"word/embeddings/oleObject1.bin": b"x"}), word_files.ACTIVE),
        (make_docx(parts={"word/activeX/activeX1.xml": b"x"}), word_files.ACTIVE),
        (
            make_docx(parts={RELATIONS: make_relation("attachedTemplate", "http://evil.example/t.dotm")}),
            word_files.REACHES_OUT,
        ),
        (
            make_docx(parts={RELATIONS: make_relation("image", "http://evil.example/pixel.png")}),
            word_files.REACHES_OUT,
        ),
        (make_docx(content_type="application/zip"), word_files.NOT_WORD),
        (make_docx() + b"<script>alert(1)</script>", word_files.DAMAGED),
        (make_docx()[:-30], word_files.DAMAGED),
        (make_docx(parts={f"word/{n}.xml": b"" for n in range(2100)}), word_files.TOO_LARGE),
        (make_docx(parts={"word/big.xml": b"\0" * 70_000_000}), word_files.TOO_LARGE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, rules.OLD_WORD),
        (b"PK\x03\x04" + b"\0" * 600, word_files.DAMAGED),
    ],
)
def test_a_word_file_that_acts_reaches_out_or_hides_something_is_refused(content, sentence):
    assert refusal(content) == sentence


def test_a_part_that_lies_about_its_size_is_no_bomb():
    assert refusal(lying_zip()) == word_files.DAMAGED


def test_a_link_that_a_person_follows_is_no_danger():
    content = make_docx(parts={RELATIONS: make_relation("hyperlink", "https://example.org")})
    assert check_file(content, "letter.docx").content == content


def test_an_archive_that_is_no_document_is_refused():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("run.exe", b"MZ")
    assert refusal(written.getvalue()) == word_files.NOT_WORD


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_tells_nothing_of_where_it_was_taken(kind):
    kept = check_file(make_photo(kind=kind), "photo")
    assert b"Exif" not in kept.content
    assert b"GPS" not in kept.content
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert not dict(picture.getexif())


def test_a_photo_is_turned_upright():
    with Image.open(io.BytesIO(check_file(make_photo(turned=True), "a.jpg").content)) as picture:
        assert picture.size == (40, 60)


def test_a_telephones_photo_becomes_a_page_that_can_be_read():
    noise = Image.effect_noise((1000, 750), 90).resize((4000, 3000))
    written = io.BytesIO()
    noise.convert("RGB").save(written, "JPEG", quality=95)
    kept = check_file(written.getvalue(), "IMG_0001.jpeg")
    assert len(kept.content) <= pictures.MOST_WRITTEN < len(written.getvalue())
    with Image.open(io.BytesIO(kept.content)) as picture:
        assert (picture.size, kept.filename) == ((2400, 1800), "IMG_0001.jpg")


def test_photos_of_several_pages_become_one_file():
    kept = check_files([(make_photo(), "page 1.jpg"), (make_photo((50, 70), kind="PNG"), "page 2.png")])
    assert (kept.media_type, kept.filename) == ("application/pdf", "page 1.pdf")
    rules.check_pdf(kept.content)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([(make_pdf(), "a.pdf"), (make_photo(), "b.jpg")], rules.MIXED),
        ([(make_pdf(), "a.pdf"), (make_pdf(), "b.pdf")], rules.MIXED),
        ([(make_photo(), "a.jpg")] * 11, rules.TOO_MANY_PAGES),
        ([(make_photo(), "a.jpg"), (b"\xff\xd8\xff broken", "b.jpg")], pictures.DAMAGED),
        ([(b"\xff\xd8\xff" + b"0" * 20_000_000, "a.jpg")], rules.TOO_LARGE_PHOTO),
        ([(b"", "a.jpg")], rules.EMPTY),
    ],
)
def test_what_makes_no_file_is_refused(files, sentence):
    with pytest.raises(Invalid) as raised:
        check_files(files)
    assert raised.value.fields["file"] == sentence


def test_a_page_and_a_picture_in_one_is_kept_as_the_picture_alone():
    hidden = make_photo() + b"<html><script>alert(1)</script></html>"
    kept = check_file(hidden, "photo.html.jpg")
    assert (kept.media_type, b"script" in kept.content) == ("image/jpeg", False)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("..\\..\\windows\\cv.pdf", "cv.pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("cv\u202efdp.exe", "cvfdp.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("...", "document.pdf"),
        ("سيرة ذاتية.pdf", "سيرة ذاتية.pdf"),
    ],
)
def test_a_name_is_made_harmless_and_stays_readable(name, kept):
    assert check_file(make_pdf(), name).filename == kept
