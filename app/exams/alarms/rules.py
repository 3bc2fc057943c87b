"""All signs of mix-ups in an examination, and who may clear them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from app.exams.alarms.detectors.duplicates import find_duplicates
from app.exams.alarms.detectors.exchanged import find_exchanged
from app.exams.alarms.detectors.missing import find_missing
from app.exams.alarms.detectors.out_of_line import find_out_of_line
from app.exams.alarms.detectors.placeholders import find_placeholders
from app.exams.alarms.detectors.ranks import find_ranks
from app.exams.alarms.detectors.slipped import find_slipped
from app.exams.alarms.detectors.wrong_series import find_wrong_series
from app.exams.alarms.material import Finding, Material
from app.exams.alarms.states import Kind
from app.platform.audit import canonical
from app.platform.errors import Conflict, Invalid

DETECTORS: dict[Kind, Callable[[Material], list[Finding]]] = {
    Kind.RANKS: find_ranks,
    Kind.SLIPPED: find_slipped,
    Kind.EXCHANGED: find_exchanged,
    Kind.WRONG_SERIES: find_wrong_series,
    Kind.PLACEHOLDER: find_placeholders,
    Kind.OUT_OF_LINE: find_out_of_line,
    Kind.DUPLICATES: find_duplicates,
    Kind.MISSING: find_missing,
}
TITLES = {
    Kind.RANKS: "Ranks as marks",
    Kind.SLIPPED: "Slipped rows",
    Kind.EXCHANGED: "Exchanged bundles",
    Kind.WRONG_SERIES: "Another series' key",
    Kind.PLACEHOLDER: "Temporary values in the key",
    Kind.OUT_OF_LINE: "Out of line",
    Kind.DUPLICATES: "Sheets alike",
    Kind.MISSING: "Sheets and attendance",
}
LEAST_REASON = 10


def find_all(material: Material) -> list[Finding]:
    """Run every detector, in the order of the kinds."""
    return [finding for detector in DETECTORS.values() for finding in detector(material)]


def fingerprint(finding: Finding) -> str:
    """Give the digest by which the same sign, found again, is known as the same."""
    body = [finding.kind.value, finding.subject, finding.sentence, finding.evidence]
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def check_clearing(actor_id: str | None, imported_by: str | None, reason: str, *, is_open: bool) -> None:
    """Raise unless a named officer other than who imported the answers clears an open alarm with a reason."""
    if not is_open:
        raise Conflict("This alarm is not open any more.")
    if actor_id is None or actor_id == imported_by:
        raise Conflict("You imported these answers, so somebody else has to clear the alarm.")
    if len(reason.strip()) < LEAST_REASON:
        raise Invalid(reason="Enter what you found, so that others can follow it later.")
