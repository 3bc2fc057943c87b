"""One true-to-life context for each letter, and the second face of those that have two."""

from __future__ import annotations

import copy
from typing import Any

from app.notices.catalogue import SAMPLES
from app.notices.samples import (
    AGENCY,
    APPLICATION_RECEIVED,
    CONFIRMATION,
    EXAMINATION_FAILED,
    EXAMINATION_PASSED,
    NOT_ELIGIBLE,
    NOTICE,
    OFFER,
    PROPOSED_ACTION,
    RECIPIENT,
    closing,
)

__all__ = ["CASES", "EXAMINATION_FAILED", "NOTICE", "closing", "letter"]

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "application_received": ("application_received", APPLICATION_RECEIVED),
    "examination_passed": ("examination_result", EXAMINATION_PASSED),
    "examination_failed": ("examination_result", EXAMINATION_FAILED),
    "not_eligible": ("not_eligible", NOT_ELIGIBLE),
    "offer": ("appointment", OFFER),
    "confirmation": ("appointment", CONFIRMATION),
    "proposed_action": ("proposed_action", PROPOSED_ACTION),
}
_KNOWN = {template for template, _ in CASES.values()}
CASES |= {name: (name, fields) for name, fields in SAMPLES.items() if name not in _KNOWN}


def letter(case: str, **fields: Any) -> tuple[str, dict[str, Any]]:
    """Give (template, context) of a case, a copy that a test may change; `fields` replace the letter's."""
    template, sample = CASES[case]
    return template, copy.deepcopy(
        {"notice": NOTICE, "agency": AGENCY, "recipient": RECIPIENT, "letter": sample | fields}
    )
