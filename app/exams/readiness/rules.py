"""What is done, what can be done now, and what blocks the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands of an examination so far; versions and counts are 0 where there is nothing.

    `has_sheets` tells whether the rulebook asks for answer sheets and a key at all.
    """

    unscreened: int = 0
    eligible: int = 0
    candidates: int = 0
    items: int = 0
    key_approved: int = 0
    key_proposed: int = 0
    sheets: int = 0
    absent: int = 0
    undecided_claims: int = 0
    list_state: str = ""
    list_version: int = 0
    has_sheets: bool = True

    @property
    def unregistered(self) -> int:
        """Count the eligible applications that have no candidate number yet."""
        return max(self.eligible - self.candidates, 0)

    @property
    def blocks(self) -> list[str]:
        """Say what stands in the way of a list, nothing when it can be drafted."""
        sentences = {
            "Register every eligible applicant first.": self.unregistered > 0,
            "The key has to be approved first.": self.has_sheets and not self.key_approved,
            "A key version waits for its decision. Have it decided first.": self.key_proposed > 0,
            "The answers have to be imported first.": self.has_sheets and not self.sheets,
            "Every claim to preference has to be decided first.": self.undecided_claims > 0,
        }
        return [sentence for sentence, is_so in sentences.items() if is_so]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the panel: `status` is done, ready or blocked, `text` says what is so or what to do."""

    name: str
    title: str
    status: str
    text: str


def steps(figures: Figures, held_back: Sequence[str] = ()) -> list[Step]:
    """Tell step by step what is done, what can be done now and what blocks the rest.

    `held_back` are the sentences of what other nouns hold against the list.
    """
    of_sheets = [_key_step(figures), _answers_step(figures)] if figures.has_sheets else []
    return [
        _candidates_step(figures),
        *of_sheets,
        _claims_step(figures),
        _list_step(figures, held_back),
    ]


def _candidates_step(figures: Figures) -> Step:
    if figures.unscreened:
        return Step(
            "candidates", "Candidates", "blocked", f"{figures.unscreened} applications are not screened yet."
        )
    if figures.unregistered:
        return Step(
            "candidates",
            "Candidates",
            "ready",
            f"{figures.unregistered} eligible applications have no candidate number yet.",
        )
    if not figures.candidates:
        return Step("candidates", "Candidates", "blocked", "No application was found eligible.")
    return Step("candidates", "Candidates", "done", f"{figures.candidates} candidates are registered.")


def _key_step(figures: Figures) -> Step:
    if figures.key_proposed:
        text = f"Version {figures.key_proposed} waits for a key custodian's decision."
        return Step("key", "Key", "ready", text)
    if not figures.key_approved:
        return Step("key", "Key", "ready", f"Propose the key of {figures.items} items.")
    return Step("key", "Key", "done", f"Version {figures.key_approved} is in force.")


def _answers_step(figures: Figures) -> Step:
    if figures.sheets:
        text = f"{figures.sheets} answer sheets, {figures.absent} candidates absent."
        return Step("answers", "Answers", "done", text)
    if not figures.candidates:
        return Step("answers", "Answers", "blocked", "Register the candidates first.")
    return Step("answers", "Answers", "ready", "Import the file of answers.")


def _claims_step(figures: Figures) -> Step:
    if figures.undecided_claims:
        text = f"{figures.undecided_claims} claims to preference have no decision yet."
        return Step("claims", "Claims to preference", "blocked", text)
    return Step("claims", "Claims to preference", "done", "Every claim that counts is decided.")


def _list_step(figures: Figures, held_back: Sequence[str]) -> Step:
    if figures.list_state == "published":
        return Step("list", "Merit list", "done", f"Version {figures.list_version} is published.")
    if figures.list_state in ("draft", "approved"):
        text = (
            f"Version {figures.list_version} is {'a draft' if figures.list_state == 'draft' else 'approved'}."
        )
        return Step("list", "Merit list", "ready", text)
    blocks = [*figures.blocks, *held_back]
    if blocks:
        return Step("list", "Merit list", "blocked", blocks[0])
    return Step("list", "Merit list", "ready", "Everything is there: the list can be drafted.")
