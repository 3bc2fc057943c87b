"""What a person may claim and what papers may come with an application, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """A kind of claim in plain words: who may make it, and the papers that prove it."""

    title: str
    meaning: str
    evidence: str


# N.Y. Civil Service Law 85 and 85-a; 5 U.S.C. 2108(3)(D) to (G), read 2026-11-22. The definitions differ from
# place to place; the officer who verifies a claim applies the one that the posting's rulebook cites.
CLAIMS = {
    "veteran": ClaimKind(
        "Veteran",
        "You served in the armed forces and were discharged under honorable conditions.",
        "Your discharge paper, for example DD Form 214.",
    ),
    "disabled_veteran": ClaimKind(
        "Disabled veteran",
        "You are a veteran with a disability from your service that is certified by Veterans Affairs.",
        "Your discharge paper and the certificate of your disability, in one file.",
    ),
    "veteran_family": ClaimKind(
        "Widow, widower, spouse or mother of a veteran",
        "The veteran died, or cannot work because of a disability from the service.",
        "Papers that show the service, the disability or death, and how you are related, in one file.",
    ),
    "line_of_duty": ClaimKind(
        "Child, brother or sister of someone killed in the line of duty",
        "Your relative served as a firefighter, police officer, medical technician or paramedic.",
        "Papers that show the service, the death in the line of duty, and how you are related, in one file.",
    ),
}

DOCUMENTS = {
    "resume": "Résumé",
    "diploma": "Diploma or transcript",
    "licence": "Licence or certificate",
    "evidence": "Evidence for a claim to preference",
    "other": "Something else",
}


def claim_title(kind: str) -> str:
    """Give the name of a kind of claim, or the code itself where it is no longer offered."""
    return CLAIMS[kind].title if kind in CLAIMS else kind


def claim_evidence(kind: str) -> str:
    """Say which papers prove a kind of claim; empty where it is no longer offered."""
    return CLAIMS[kind].evidence if kind in CLAIMS else ""


def document_title(kind: str) -> str:
    """Give the name of a kind of document, or the code itself where it is no longer offered."""
    return DOCUMENTS.get(kind, kind)


def in_order(claims: Iterable[str]) -> list[str]:
    """Sort kinds of claims as they stand on the page; unknown ones last, by code."""
    order = {kind: place for place, kind in enumerate(CLAIMS)}
    return sorted(claims, key=lambda kind: (order.get(kind, len(order)), kind))
