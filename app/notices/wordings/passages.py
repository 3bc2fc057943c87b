"""The passages of letters that an office may write anew, as they are shipped, and the fields each must keep.

Everything else of a letter stays as its template has it: who it is to, tables, deadlines, reasons, the ways
to appeal, the signature and the proof. A passage is plain text; `{field}` stands for what the letter says.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from app.notices.catalogue import LETTERS
from app.platform.sentences import say

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
FIELD = re.compile(r"\{(\w+)\}")
LONGEST = 2000
# What every letter can say; the rest are the plain fields of the letter itself.
COMMON = ("recipient_name", "agency_name", "notice_number", "issued_on")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage: its text as shipped ("" where there is none), and the fields that must stay in it."""

    name: str
    title: str
    text: str = ""
    required: tuple[str, ...] = ()

    @property
    def own_fields(self) -> tuple[str, ...]:
        """The fields that the letter's template fills in here alone."""
        return tuple(PLACEHOLDER.findall(self.text))


BEGINNING = Passage("beginning", "After the greeting")
ENDING = Passage("ending", "Before the signature")
_OWN: Mapping[str, tuple[Passage, ...]] = MappingProxyType(
    {
        "application_received": (
            Passage(
                "opening", "Opening", say("Thank you for applying. Please keep this letter as your receipt.")
            ),
            Passage(
                "follow",
                "How to follow it",
                say(
                    "You can follow your application at %(address)s. Please give the application number "
                    "whenever you write to us."
                ),
                ("address",),
            ),
        ),
        "appointment": (
            Passage(
                "offer",
                "Opening of an offer",
                say(
                    "We are pleased to offer you the position of %(position)s. The offer becomes an "
                    "appointment when you accept it and meet the conditions in this letter."
                ),
                ("position",),
            ),
            Passage(
                "confirmation",
                "Opening of a confirmation",
                say("We are pleased to appoint you to the position of %(position)s. Welcome."),
                ("position",),
            ),
        ),
        "interview_invitation": (
            Passage("opening", "Opening", say("We invite you to an interview. Please keep this letter.")),
            Passage(
                "terms",
                "How the interview is held",
                say(
                    "Everybody is asked the same questions. Each member of the panel rates each answer "
                    "alone, and notes are kept."
                ),
            ),
        ),
        "objections_answered": (
            Passage(
                "opening",
                "Opening",
                say(
                    "These are the answers to the objections that you sent together. Two people took each "
                    "decision."
                ),
            ),
        ),
        "not_eligible": (Passage("regret", "Regret", say("We are sorry to bring you this news.")),),
        "proposed_action": (
            Passage(
                "opening",
                "Opening",
                "I propose your %(action)s. This is a proposal, not a decision. You have the right to answer "
                "before anything is decided, and this letter explains how. It is given under %(law)s.",
                ("action", "law"),
            ),
        ),
        "grievance_received": (
            Passage(
                "opening",
                "Opening",
                "You filed a grievance on %(filed_on)s. It is received, and this letter says who answers it, "
                "until when, and what you may do.",
                ("filed_on",),
            ),
        ),
        "grievance_decision": (
            Passage(
                "opening",
                "Opening",
                "This is the answer to your grievance %(grievance_number)s, given on %(decided_on)s.",
                ("grievance_number", "decided_on"),
            ),
        ),
    }
)


def passages_of(template: str) -> tuple[Passage, ...]:
    """Give the passages of a letter, in the order in which they stand in it."""
    return (BEGINNING, *_OWN.get(template, ()), ENDING)


def find_passage(template: str, name: str) -> Passage:
    """Give a passage by its name; KeyError where the letter has no such one."""
    return {passage.name: passage for passage in passages_of(template)}[name]


@cache
def letter_fields(template: str) -> tuple[str, ...]:
    """Give the plain fields of a letter, texts and days that it always has, besides COMMON."""
    return tuple(
        name
        for name, info in LETTERS[template].model_fields.items()
        if info.annotation in (str, dt.date) and info.is_required()
    )


def fields_of(template: str, passage: Passage) -> tuple[str, ...]:
    """Give every field that may stand in a passage."""
    return tuple(dict.fromkeys((*passage.own_fields, *letter_fields(template), *COMMON)))


def with_braces(text: str) -> str:
    """Write the fields of a shipped text as an officer writes them."""
    return PLACEHOLDER.sub(r"{\1}", text)
