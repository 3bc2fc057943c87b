"""The papers that applicants hand in: one-page PDF files that say that they are invented."""

from __future__ import annotations

import io

import pikepdf

from app.demonstration.office import Office
from app.platform import storage
from app.platform.filecheck.kept import KeptFile
from app.recruitment.documents.rules import CheckedFile, check_file

_TEXTS = {
    "veteran": (
        "discharge-paper.pdf",
        ("Certificate of discharge from active duty", "Character of service: honorable"),
    ),
    "disabled_veteran": (
        "discharge-and-disability.pdf",
        ("Certificate of discharge from active duty", "Certified disability from service: 30 percent"),
    ),
    "diploma": ("diploma.pdf", ("Diploma", "Awarded with the degree stated in the application")),
    "residency": ("lease.pdf", ("Lease of a dwelling", "Signed by the landlord and the tenant")),
    "birth": ("birth-certificate.pdf", ("Certificate of live birth", "Names the parents and the child")),
    "marriage": ("marriage-certificate.pdf", ("Certificate of marriage", "Names both spouses")),
    "oath": ("oath-of-office.pdf", ("Oath of office", "Taken before the clerk of the city")),
    "licence": ("licence.pdf", ("Journeyman plumber's licence", "Issued by the state board of plumbing")),
    "statement": ("statement.pdf", ("Statement of a witness", "What was seen, where and when")),
    "request": ("request.pdf", ("Request for a lower grade", "Made of one's own accord, and signed")),
    "resume": ("resume.pdf", ("Resume", "Work, education and skills as stated in the application")),
}
SPECIMEN = "Specimen. Invented for a demonstration; it belongs to nobody."


def find(office: Office, kind: str) -> tuple[CheckedFile, str]:
    """Give the paper of a kind and its digest; it is made, looked into and stored once."""
    if kind not in office.papers:
        filename, lines = _TEXTS[kind]
        checked = check_file(_write(lines), filename)
        office.papers[kind] = checked, storage.current().put(checked.content)
    return office.papers[kind]


def keep(office: Office, kind: str) -> KeptFile:
    """Give the paper of a kind as services of personnel take it."""
    checked, digest = find(office, kind)
    return KeptFile(checked.filename, checked.media_type, len(checked.content), digest)


def _write(lines: tuple[str, ...]) -> bytes:
    """Write a page of plain text, the same bytes each time."""
    shown = [f"BT /F1 {size} Tf 72 {height} Td ({line}) Tj ET" for line, size, height in _set(lines)]
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page = pdf.add_blank_page(page_size=(612, 792))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream("\n".join(shown).encode("ascii"))
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def _set(lines: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """Give each line its size and its height on the page: a heading, then the rest."""
    return [
        (line, 20 if number == 0 else 12, 700 - 36 * number) for number, line in enumerate((*lines, SPECIMEN))
    ]
