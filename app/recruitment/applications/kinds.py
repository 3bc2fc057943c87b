"""What a person may claim and what papers may come with an application, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.platform.sentences import say


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """A kind of claim in plain words: who may make it, and the papers that prove it.

    What is `private` tells of health or of descent: its evidence is opened by few, and each time is recorded.
    """

    title: str
    meaning: str
    evidence: str
    is_private: bool = False


CATEGORY = say("The certificate of your category, from the authority that the notice names.")

FEDERAL = say("Your discharge paper, and the letter of Veterans Affairs, with Standard Form 15.")

# N.Y. Civil Service Law 85 and 85-a; 5 U.S.C. 2108(3)(D) to (G), read 2026-11-22. The definitions differ from
# place to place; the officer who verifies a claim applies the one that the posting's rulebook cites. The
# codes in capitals are those of the federal rulebooks and of India's.
CLAIMS = {
    "veteran": ClaimKind(
        say("Veteran"),
        say("You served in the armed forces and were discharged under honorable conditions."),
        say("Your discharge paper, for example DD Form 214."),
    ),
    "disabled_veteran": ClaimKind(
        say("Disabled veteran"),
        say("You are a veteran with a disability from your service that is certified by Veterans Affairs."),
        say("Your discharge paper and the certificate of your disability."),
        is_private=True,
    ),
    "veteran_family": ClaimKind(
        say("Widow, widower, spouse or mother of a veteran"),
        say("The veteran died, or cannot work because of a disability from the service."),
        say("Papers that show the service, the disability or death, and how you are related."),
    ),
    "widow_of_veteran": ClaimKind(
        say("Widow or widower of a veteran"),
        say("You were married to a veteran who has died, and have not married again."),
        say("Papers that show the service, the marriage and the death."),
    ),
    "spouse_of_disabled_veteran": ClaimKind(
        say("Spouse of a disabled veteran"),
        say("You are married to a veteran who cannot work because of a disability from the service."),
        say("Papers that show the service, the disability and the marriage."),
        is_private=True,
    ),
    "CPS": ClaimKind(
        say("Veteran with a disability of 30 percent or more (CPS)"),
        say("Your disability from the service is rated at 30 percent or more."),
        FEDERAL,
        is_private=True,
    ),
    "CP": ClaimKind(
        say("Veteran with a disability of 10 to 30 percent (CP)"),
        say("Your disability from the service is rated at 10 percent or more, but below 30 percent."),
        FEDERAL,
        is_private=True,
    ),
    "XP": ClaimKind(
        say("Other 10-point preference (XP)"),
        say("You have a Purple Heart, another disability from the service, or a relative’s right."),
        FEDERAL,
        is_private=True,
    ),
    "TP": ClaimKind(
        say("5-point preference (TP)"),
        say("You served in a war, a campaign or a period that the law names, and were discharged honorably."),
        say("Your discharge paper, for example DD Form 214."),
    ),
    "SSP": ClaimKind(
        say("Sole survivorship preference (SSP)"),
        say("You were released as the only child left in a family in which others died in the service."),
        say("Your discharge paper, which names the sole survivorship discharge."),
    ),
    "line_of_duty": ClaimKind(
        say("Child, brother or sister of someone killed in the line of duty"),
        say("Your relative served as a firefighter, police officer, medical technician or paramedic."),
        say("Papers that show the service, the death in the line of duty, and how you are related."),
    ),
    "disability": ClaimKind(
        say("Person with a disability"),
        say("You have a lasting disability that is certified as the law of the place asks."),
        say("The certificate of your disability."),
        is_private=True,
    ),
    "SC": ClaimKind(
        say("Scheduled Caste"), say("You belong to a Scheduled Caste."), CATEGORY, is_private=True
    ),
    "ST": ClaimKind(
        say("Scheduled Tribe"), say("You belong to a Scheduled Tribe."), CATEGORY, is_private=True
    ),
    "OBC": ClaimKind(
        say("Other Backward Class"),
        say("You belong to an Other Backward Class and not to its creamy layer."),
        CATEGORY,
        is_private=True,
    ),
    "EWS": ClaimKind(
        say("Economically weaker section"),
        say("Your family's income and property are below the limits of the law."),
        say("The certificate of income and assets for this year."),
        is_private=True,
    ),
    "W": ClaimKind(
        say("Woman"),
        say("You are a woman, and the rules keep a share of the places for women."),
        say("An identity paper that shows it."),
    ),
    "residency": ClaimKind(
        say("Resident"),
        say("You live where the law gives residents a preference."),
        say("A paper with your name and address, for example a lease or a bill."),
    ),
    "seniority": ClaimKind(
        say("Years of government service"),
        say("You have served in a government post for the years that the law counts."),
        say("A letter of your employer or your record of service."),
    ),
}

DOCUMENTS = {
    "resume": say("Résumé"),
    "diploma": say("Diploma or transcript"),
    "licence": say("Licence or certificate"),
    "evidence": say("Evidence for a claim"),
    "other": say("Something else"),
}


def is_private(kind: str) -> bool:
    """Tell whether a kind of claim tells of health or descent; an unknown one is taken to."""
    return kind not in CLAIMS or CLAIMS[kind].is_private


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
