"""What the auditor does: read the ledger, verify the chain, take the hiring action file away."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.browser.people import Person

# A report of many tables is laid out as tagged PDF while the auditor waits.
PATIENCE_WITH_PAPER = 60_000  # milliseconds


def reads_the_ledger(auditor: Person) -> None:
    auditor.opens("/staff/")
    auditor.follows("Ledger")
    auditor.types("Action begins with", "exams.selections")
    auditor.presses("Apply")
    auditor.reads("exams.selections.appoint", "Grace Kim")
    auditor.follows("Clear")
    auditor.page.get_by_role("row").nth(1).get_by_role("link").first.click()
    auditor.reads("The content of this event agrees with its fingerprint.")


def verifies_the_chain(auditor: Person) -> None:
    auditor.opens("/staff/ledger")
    auditor.presses("Verify the whole chain")
    auditor.reads("The ledger is whole", "Each one follows the one before it and none was changed.")


def takes_the_hiring_action_file(auditor: Person, title: str) -> None:
    auditor.opens("/staff/reports")
    auditor.follows(title)
    auditor.reads("Names certified (4)", "Appointments (2)", "city-civil-service")
    auditor.presses("Download PDF")
    auditor.reads("There is a problem", "Say why you need this")
    auditor.types("Why do you need this?", "Yearly audit of appointments")
    pdf, table, book = (downloads(auditor, kind) for kind in ("PDF", "CSV", "XLSX"))
    assert pdf.startswith(b"%PDF-")
    assert "appointed" in table.decode()
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        assert "xl/workbook.xml" in opened.namelist()


def downloads(auditor: Person, kind: str) -> bytes:
    with auditor.page.expect_download(timeout=PATIENCE_WITH_PAPER) as started:
        auditor.page.get_by_role("button", name=f"Download {kind}").click(timeout=PATIENCE_WITH_PAPER)
    return Path(started.value.path()).read_bytes()
