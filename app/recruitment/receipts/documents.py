"""A receipt as PDF: one page with a QR picture, its signed file inside."""

from __future__ import annotations

from typing import Any

from flask import render_template

from app.notices import pdf, qr
from app.platform import languages, links
from app.platform.sentences import say, translate
from app.recruitment.applications.models import Application
from app.recruitment.receipts import rules
from app.recruitment.receipts.queries import Received


def check_url(number: str, digest: str) -> str:
    """Give the public address that tells whether a receipt is genuine; short, for a coarse QR picture."""
    return links.absolute(f"/receipts/check?number={number}&digest={digest[:32]}")


def attachment(receipt: dict[str, Any], received: Received) -> pdf.Attachment:
    """Give the signed receipt as a file inside a PDF."""
    return pdf.Attachment(
        name=f"{receipt['number']}-receipt.json",
        content=rules.write(receipt),
        description="The signed receipt, for the verifier",
        modified_at=received.received_at,
    )


def write_pdf(application: Application, received: Received, receipt: dict[str, Any]) -> bytes:
    """Write the receipt in the reader's language, tagged PDF/A-3a and PDF/UA-1, the same bytes each time."""
    url = check_url(receipt["number"], receipt["digest"])
    html = render_template(
        "recruitment/receipts/document.html",
        application=application,
        received=received,
        receipt=receipt,
        short=rules.short(receipt["digest"]),
        url=url,
        qr=qr.svg(url, title=translate(say("QR code that opens %(address)s", address=url))),
        keys_url=links.absolute("/receipts"),
    )
    return pdf.render(
        html,
        title=translate(say("Receipt %(number)s", number=receipt["number"])),
        language=languages.current(),
        identifier=f"receipt:{receipt['number']}:{receipt['version']}",
        attachments=[attachment(receipt, received)],
    )
