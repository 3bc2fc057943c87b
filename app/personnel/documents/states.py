"""The kinds of paper on a personnel file, and which of them stand apart."""

from __future__ import annotations

import enum


class DocumentKind(enum.Enum):
    """What a paper is; medical papers and those of investigations are kept apart from the file."""

    APPOINTMENT = "appointment"
    QUALIFICATION = "qualification"
    OATH = "oath"
    AGREEMENT = "agreement"
    LETTER = "letter"
    OTHER = "other"
    MEDICAL = "medical"
    INVESTIGATION = "investigation"

    @property
    def title(self) -> str:
        return _TITLES[self]


_TITLES = {
    DocumentKind.APPOINTMENT: "Appointment paper",
    DocumentKind.QUALIFICATION: "Certificate or licence",
    DocumentKind.OATH: "Oath of office",
    DocumentKind.AGREEMENT: "Agreement",
    DocumentKind.LETTER: "Letter",
    DocumentKind.OTHER: "Other paper",
    DocumentKind.MEDICAL: "Medical paper",
    DocumentKind.INVESTIGATION: "Paper of an investigation",
}
# Medical papers stand in files of their own under 42 U.S.C. 12112(d)(3)(B) and 29 CFR 1630.14(c)(1); those
# of investigations under 5 CFR 293.103 and the agency's own rules of access (read 2026-11-22).
APART = frozenset({DocumentKind.MEDICAL, DocumentKind.INVESTIGATION})
