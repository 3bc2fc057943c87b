"""Word files that act are refused; photos become small, upright and silent about their place."""

from __future__ import annotations

import io
import struct
import zipfile

import pikepdf
import pytest
from PIL import Image

from app.platform.errors import Invalid
from app.platform.filecheck import files, pictures, word_files, word_parts
from app.platform.filecheck.files import WORD, check_file, check_files
from tests.factories.files import (
    MACROS,
    MAIN,
    OFFICE,
    RELATIONS,
    make_docx,
    make_pdf,
    make_photo,
    make_relation,
)


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
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, files.OLD_WORD),
        (b"PK\x03\x04" + b"\0" * 600, word_files.DAMAGED),
    ],
)
def test_a_word_file_that_acts_reaches_out_or_hides_something_is_refused(content, sentence):
    assert refusal(content) == sentence


OUTSIDE = make_relation("attachedTemplate", "http://evil.example/t.dotm").decode()
LINK_TYPE = "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink'"


@pytest.mark.parametrize(
    "relations",
    [
        OUTSIDE.replace("External", "Extern&#97;l"),
        OUTSIDE.replace("<Relationship ", "<r:Relationship xmlns:r='urn:r' "),
        OUTSIDE.replace('Id="r1"', 'Id="a>"'),
        OUTSIDE.replace('Id="r1"', f'Id="r1" Note="{LINK_TYPE}"'),
        OUTSIDE.replace('Id="r1"', f'Id="r1" xmlns:n="urn:n" n:{LINK_TYPE}'),
        OUTSIDE.replace(f"{OFFICE}/attachedTemplate", "http://evil.example/relationships/hyperlink"),
    ],
    ids=["entity", "prefix", "bracket", "other attribute", "other namespace", "invented type"],
)
def test_a_part_from_elsewhere_is_found_however_it_is_written(relations):
    assert refusal(make_docx(parts={RELATIONS: relations.encode()})) == word_files.REACHES_OUT
    assert refusal(make_docx(parts={RELATIONS: relations.encode("utf-16")})) == word_files.REACHES_OUT


def test_a_list_of_relations_is_known_by_its_name_in_capitals_too():
    content = make_docx(parts={"word/_rels/settings.xml.RELS": OUTSIDE.encode()})
    assert refusal(content) == word_files.REACHES_OUT


def test_macros_are_found_however_the_types_are_written():
    types = f"<Types><Override ContentType='{MAIN}'/><Override ContentType='{MACROS}'/></Types>"
    hidden = types.replace("macroEnabled", "macro&#69;nabled")
    assert refusal(make_docx(parts={word_files.TYPES: hidden.encode()})) == word_files.ACTIVE
    assert refusal(make_docx(parts={word_files.TYPES: types.encode("utf-16")})) == word_files.ACTIVE
    relation = make_relation("vbaProject", "harmless.bin").replace(b' TargetMode="External"', b"")
    assert refusal(make_docx(parts={RELATIONS: relation})) == word_files.ACTIVE


@pytest.mark.parametrize(
    "relations",
    [
        b'<!DOCTYPE r [<!ENTITY e "External">]><Relationships/>',
        b'<?xml version="1.0" encoding="utf-7"?><Relationships/>',
        b'<?xml version="1.0" encoding="iso-8859-1"?><Relationships/>',
        b"<Relationships>",
        b"",
        b"<Relationships>" + b"<a/>" * word_parts.MOST_ELEMENTS + b"</Relationships>",
    ],
    ids=["entities", "utf-7", "latin", "open", "empty", "endless"],
)
def test_relations_that_no_word_processor_writes_are_refused(relations):
    assert refusal(make_docx(parts={RELATIONS: relations})) == word_files.DAMAGED


def test_a_part_in_pieces_or_twice_under_one_name_is_refused():
    pieces = {f"{RELATIONS}/[0].piece": b"<Relation", f"{RELATIONS}/[1].last.piece": b"ships/>"}
    assert refusal(make_docx(parts=pieces)) == word_files.DAMAGED
    twice = {"[content_types].xml": b"<Types/>"}
    assert refusal(make_docx(parts=twice)) == word_files.NOT_WORD


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_part_packed_in_a_way_that_no_word_processor_uses_is_refused(packing):
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(make_docx())) as plain, zipfile.ZipFile(written, "w", packing) as other:
        for name in plain.namelist():
            other.writestr(name, plain.read(name))
    assert refusal(written.getvalue()) == word_files.DAMAGED
    assert refusal(written.getvalue().replace(b"\x5d\0\0", b"\xff\xff\xff")) == word_files.DAMAGED


class Strange(Exception):
    """What a library raises that nobody foresaw."""


@pytest.mark.parametrize(
    ("place", "name", "content", "sentence"),
    [
        (zipfile.ZipFile, "infolist", make_docx(), word_files.DAMAGED),
        (pikepdf, "open", make_pdf(), files.DAMAGED_PDF),
        (Image, "open", make_photo(), pictures.DAMAGED),
    ],
)
def test_whatever_a_library_raises_the_person_reads_a_sentence(monkeypatch, place, name, content, sentence):
    def fail(*_given, **_named):
        raise Strange

    monkeypatch.setattr(place, name, fail)
    assert refusal(content, "paper.pdf") == sentence


def test_a_part_that_lies_about_its_size_is_no_bomb():
    assert refusal(lying_zip()) == word_files.DAMAGED


def test_a_link_that_a_person_follows_is_no_danger():
    content = make_docx(parts={RELATIONS: make_relation("hyperlink", "https://example.org")})
    assert check_file(content, "letter.docx").content == content


def test_a_document_as_word_processors_write_it_is_kept():
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    package = "http://schemas.openxmlformats.org/package/2006"
    types = (
        f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
    )
    relations = (
        f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/hyperlink" Target="mailto:a@b.test" TargetMode="External"/>'
        "</Relationships>"
    )
    content = make_docx(parts={word_files.TYPES: types.encode(), RELATIONS: relations.encode()})
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
    files.check_pdf(kept.content)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([(make_pdf(), "a.pdf"), (make_photo(), "b.jpg")], files.MIXED),
        ([(make_pdf(), "a.pdf"), (make_pdf(), "b.pdf")], files.MIXED),
        ([(make_photo(), "a.jpg")] * 11, files.TOO_MANY_PAGES),
        ([(make_photo(), "a.jpg"), (b"\xff\xd8\xff broken", "b.jpg")], pictures.DAMAGED),
        ([(b"\xff\xd8\xff" + b"0" * 20_000_000, "a.jpg")], files.TOO_LARGE_PHOTO),
        ([(b"", "a.jpg")], files.EMPTY),
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
