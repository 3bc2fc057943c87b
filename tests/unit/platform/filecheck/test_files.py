"""Hostile files are refused with a sentence; what is kept holds nothing but the document."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from app.platform.errors import Invalid
from app.platform.filecheck import files, pictures, word_files
from app.platform.filecheck.files import check_file


def pdf(change=lambda made: None, **saving) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    change(made)
    written = io.BytesIO()
    made.save(written, **saving)
    return written.getvalue()


def picture(kind="PNG", size=(40, 30), mode="RGB", **saving) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, 90).save(written, kind, **saving)
    return written.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb_png(width: int, height: int) -> bytes:
    """A few kilobytes that unpack to width times height points."""
    packer = zlib.compressobj(9)
    rows = packer.compress(b"\0" * ((width + 1) * min(height, 2000))) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def script(text="app.alert('hello');"):
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(text))


def open_by_script(made):
    made.Root.OpenAction = made.make_indirect(script())


def open_by_launch(made):
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))


def name_script(made):
    made.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("run"), made.make_indirect(script())])
    )


def act_on_page(made):
    made.pages[0].obj.AA = pikepdf.Dictionary(O=script())


def act_on_link(made):
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=script()
    )
    made.pages[0].obj.Annots = pikepdf.Array([link])


def hide_in_chain(made):
    made.pages[0].obj.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=[0, 0, 9, 9],
                A=pikepdf.Dictionary(
                    S=pikepdf.Name.GoTo, Next=pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.Launch)])
                ),
            )
        ]
    )


def embed_file(made):
    made.attachments["invoice.exe"] = b"MZ"


def use_forms(made):
    made.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Stream(made, b"<xdp/>"), Fields=[])


def refusal(content: bytes, filename="resume.pdf") -> str:
    with pytest.raises(Invalid) as refused:
        check_file(content, filename)
    assert set(refused.value.fields) == {"file"}
    return refused.value.fields["file"]


def test_a_plain_pdf_is_kept_byte_for_byte():
    content = pdf()
    checked = check_file(content, "My résumé (final).pdf")
    assert (checked.content, checked.media_type) == (content, "application/pdf")
    assert checked.filename == "My résumé (final).pdf"


@pytest.mark.parametrize(
    "change",
    [open_by_script, open_by_launch, name_script, act_on_page, act_on_link, hide_in_chain, use_forms],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_pdf_that_acts_is_refused_packed_or_not(change, packed):
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    assert refusal(pdf(change, object_stream_mode=mode)) == files.ACTIVE


def test_a_name_written_in_hexadecimal_hides_nothing():
    content = pdf(open_by_script, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert (
        refusal(content.replace(b"/JavaScript", b"/#4aavaScript").replace(b"/JS", b"/J#53")) == files.ACTIVE
    )


def test_a_pdf_that_carries_files_is_refused():
    assert refusal(pdf(embed_file)) == files.CARRIES_FILES


def test_a_place_to_begin_reading_is_harmless():
    def begin(made):
        made.Root.OpenAction = pikepdf.Array([made.pages[0].obj, pikepdf.Name.Fit])

    def go(made):
        made.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.GoTo, D=[made.pages[0].obj, pikepdf.Name.Fit]
        )

    for change in (begin, go):
        assert check_file(pdf(change), "thesis.pdf").media_type == "application/pdf"


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_pdf_is_refused(password):
    locked = pdf(encryption=pikepdf.Encryption(owner="owner", user=password))
    assert refusal(locked) == files.ENCRYPTED


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"MZ\x90\0 this is a program", files.NOT_A_KIND),
        (b"PK\x03\x04 a document with macros", word_files.DAMAGED),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", files.NOT_A_KIND),
        (b"GIF89a" + b"\0" * 40, files.NOT_A_KIND),
        (b"\n%PDF-1.7 begins late %%EOF", files.NOT_A_KIND),
        (b"%PDF-1.7\nnot much of one", files.DAMAGED_PDF),
        (b"%PDF-1.7\nnot much of one\n%%EOF\n", files.DAMAGED_PDF),
        (b"%PDF-1.7\n" + b"\0" * 2000 + b"%%EOF", files.DAMAGED_PDF),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, pictures.DAMAGED),
        (b"\xff\xd8\xff\xe0" + b"\0" * 60, pictures.DAMAGED),
        (picture()[:60], pictures.DAMAGED),
        (b"%PDF-" + b"0" * files.MAX_BYTES, "The file is larger than 5 MB. Make it smaller and try again."),
    ],
)
def test_what_is_no_document_is_refused_with_a_sentence(content, sentence):
    assert refusal(content) == sentence


def test_a_polyglot_is_refused_or_robbed_of_its_second_nature():
    archive = b"PK\x03\x04" + b"payload" * 20 + b"PK\x05\x06" + b"\0" * 18
    assert refusal(pdf() + archive) == files.TRAILING
    for kind, name in (("PNG", "a.png"), ("JPEG", "a.jpg")):
        kept = check_file(picture(kind) + archive, name)
        assert b"payload" not in kept.content
        assert Image.open(io.BytesIO(kept.content)).size == (40, 30)


@pytest.mark.parametrize(
    ("kind", "given", "kept", "media_type"),
    [
        ("PNG", "scan.pdf", "scan.png", "image/png"),
        ("JPEG", "photo.png", "photo.jpg", "image/jpeg"),
        ("JPEG", "photo.jpeg", "photo.jpg", "image/jpeg"),
        ("PNG", "..\\..\\evil.exe.png", "evil.exe.png", "image/png"),
        ("PNG", "../../etc/passwd", "passwd.png", "image/png"),
        ("PNG", ".png", "png.png", "image/png"),
        ("PNG", "a\0b\u202egnp.png", "abgnp.png", "image/png"),
        ("PNG", "n" * 300 + ".png", "n" * 120 + ".png", "image/png"),
    ],
)
def test_the_type_is_told_by_content_and_the_name_made_to_fit(kind, given, kept, media_type):
    checked = check_file(picture(kind), given)
    assert (checked.filename, checked.media_type) == (kept, media_type)


def test_what_a_camera_notes_is_gone_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    exif[0x010F] = "SecretCamera"
    checked = check_file(picture("JPEG", exif=exif), "photo.jpg")
    assert b"SecretCamera" not in checked.content
    kept = Image.open(io.BytesIO(checked.content))
    assert (kept.size, dict(kept.getexif())) == ((30, 40), {})


def test_texts_hidden_in_a_png_are_gone():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "SecretComment")
    assert b"SecretComment" not in check_file(picture(pnginfo=notes), "a.png").content


def test_a_comment_in_a_jpeg_and_a_colour_profile_are_gone():
    assert b"SecretComment" not in check_file(picture("JPEG", comment=b"SecretComment"), "a.jpg").content
    profile = picture("PNG", icc_profile=b"SecretProfile" * 20)
    assert zlib.compress(b"SecretProfile" * 20) in profile
    assert b"iCCP" not in check_file(profile, "a.png").content


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_each_sort_of_png_is_kept(mode):
    assert check_file(picture(mode=mode), "a.png").media_type == "image/png"


@pytest.mark.parametrize("size", [(30_000, 30_000), (20_000, 5_000), (9_000, 9_000), (39_000, 10)])
def test_a_picture_that_unpacks_too_large_is_refused_before_it_is_unpacked(size):
    content = bomb_png(*size)
    assert len(content) < 100_000
    assert refusal(content, "a.png") == pictures.TOO_LARGE


def test_a_png_whose_texts_unpack_without_end_is_refused():
    body = b"Comment\0\0" + zlib.compress(b" " * 80_000_000, 9)
    plain = picture()
    content = plain[:33] + chunk(b"zTXt", body) + plain[33:]
    assert refusal(content, "a.png") == pictures.DAMAGED


def packed_pdf(padding: int) -> bytes:
    """A PDF of one page whose objects lie compressed in one stream, behind so many spaces."""
    bodies = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    }
    offsets, joined = [], b""
    for number, body in bodies.items():
        offsets.append(b"%d %d" % (number, len(joined)))
        joined += body + b" "
    first = b" ".join(offsets) + b" "
    packed = zlib.compress(first + joined + b" " * padding, 9)
    head = b"%PDF-1.5\n"
    stream = b"4 0 obj<</Type/ObjStm/N 3/First %d/Filter/FlateDecode/Length %d>>stream\n" % (
        len(first),
        len(packed),
    )
    stream += packed + b"\nendstream endobj\n"
    table = len(head) + len(stream)
    rows = [(0, 0, 255), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, len(head), 0), (1, table, 0)]
    entries = b"".join(struct.pack(">BIB", *row) for row in rows)
    index = b"5 0 obj<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(entries)
    return head + stream + index + entries + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF" % table


def test_a_pdf_whose_objects_unpack_without_end_is_refused():
    assert check_file(packed_pdf(1000), "a.pdf").media_type == "application/pdf"
    bomb = packed_pdf(300_000_000)
    assert len(bomb) < 500_000
    assert refusal(bomb) == files.DAMAGED_PDF


def test_a_pdf_nested_beyond_reason_is_refused():
    deep = b"[" * 5000 + b"]" * 5000
    assert refusal(pdf().replace(b"/MediaBox", b"/Deep " + deep + b" /MediaBox")) == files.DAMAGED_PDF
