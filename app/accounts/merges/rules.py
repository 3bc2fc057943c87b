"""When two accounts look like one person's, and why; who may join them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.platform.errors import Conflict, Forbidden, Invalid

# Providers that deliver every spelling of a name with dots, or with a word after a plus, to one mailbox.
_DOTS_DO_NOT_COUNT = frozenset({"gmail.com", "googlemail.com"})
# A shorter number is an extension or a slip, and many people share it.
FEWEST_DIGITS = 8
# Numbers are compared by their last digits: the country's code is written or left out.
COMPARED_DIGITS = 9
# How long a mailbox is waited for.
WAIT = dt.timedelta(days=14)
# What more accounts than this share (a shelter's telephone, an agent's address) tells nothing of any of them.
MOST_SHARING = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person; all may be empty."""

    name: str = ""
    email: str = ""
    birth_on: dt.date | None = None
    telephones: frozenset[str] = field(default_factory=frozenset)
    identity_numbers: frozenset[str] = field(default_factory=frozenset)
    address: str = ""

    def joined(self, other: Facts) -> Facts:
        """Give what both tell of one person; what is here already is kept."""
        return Facts(
            name=self.name or other.name,
            email=self.email or other.email,
            birth_on=self.birth_on or other.birth_on,
            telephones=self.telephones | other.telephones,
            identity_numbers=self.identity_numbers | other.identity_numbers,
            address=self.address or other.address,
        )


SENTENCES: Mapping[str, str] = {
    "identity": "Same identity number",
    "name_birth": "Same name and date of birth",
    "telephone": "Same telephone number",
    "mailbox": "Email addresses that lead to one mailbox",
    "name_address": "Same name and postal address",
}


def match_keys(facts: Facts) -> frozenset[tuple[str, str]]:
    """Give what the person can be recognised by, as pairs of a kind (of SENTENCES) and a value.

    Two accounts with an equal pair may be one person's. The name alone is no reason: many people share one.
    """
    name = name_form(facts.name)
    found = {("identity", _letters(number)) for number in facts.identity_numbers}
    found |= {("telephone", telephone_form(number)) for number in facts.telephones}
    found.add(("mailbox", mailbox_form(facts.email)))
    if name and facts.birth_on:
        found.add(("name_birth", f"{name}|{facts.birth_on.isoformat()}"))
    if name and (address := _letters(facts.address)):
        found.add(("name_address", f"{name}|{address}"))
    return frozenset(pair for pair in found if pair[1])


def reasons(one: Facts, other: Facts) -> list[str]:
    """Say, strongest reason first, why two accounts may be one person's; empty when nothing says so."""
    shared = {kind for kind, _ in match_keys(one) & match_keys(other)}
    return [kind for kind in SENTENCES if kind in shared]


def name_form(name: str) -> str:
    """Give a name as it is compared: without case and accents; the words in any order.

    Accents are those of the Latin, Greek and Cyrillic scripts; a vowel sign of Hindi, say, is no accent.
    """
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", name.casefold())
        if not "\u0300" <= character <= "\u036f"
    )
    return " ".join(sorted("".join(c if _is_letter(c) else " " for c in plain).split()))


def telephone_form(number: str) -> str:
    """Give the last digits of a telephone number; empty when there are too few to tell people apart."""
    digits = re.sub(r"\D", "", number.split("ext")[0])
    return digits[-COMPARED_DIGITS:] if len(digits) >= FEWEST_DIGITS else ""


def mailbox_form(email: str) -> str:
    """Give the mailbox that an address leads to: no `+word`, and no dots where they are ignored."""
    local, at, domain = email.strip().casefold().rpartition("@")
    if not at:
        return ""
    local = local.partition("+")[0]
    if domain in _DOTS_DO_NOT_COUNT:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def check_two_people(*, actor_id: str | None, proposed_by: str, accounts: tuple[str, str]) -> None:
    """Refuse who proposed the merge, and whose accounts they are."""
    if actor_id == proposed_by:
        raise Forbidden("You proposed this, so another officer decides on it.")
    if actor_id in accounts:
        raise Forbidden("Nobody decides on accounts of their own.")


def demand_consent(
    answers: Sequence[bool | None], asked_at: dt.datetime, reason: str, at: dt.datetime
) -> None:
    """Refuse a merge to which not both mailboxes agree.

    A mailbox that nobody reads any more gives no answer: after WAIT the officer may join by a written reason.
    """
    if len(answers) == 2 and all(answers):
        return
    if False in answers:
        raise Conflict("The owner of one of the mailboxes says that the other account is not theirs.")
    if at < asked_at + WAIT:
        raise Conflict(
            "Both mailboxes have to agree first. One that does not answer may be passed over with a reason "
            f"{WAIT.days} days after it was asked."
        )
    if not reason:
        raise Invalid(reason="A mailbox has not answered. Enter how the person showed that both are theirs")


def check_choices(conflicts: Mapping[str, object], choices: Mapping[str, str]) -> None:
    """Refuse a merge whose conflicts are not all decided, each for one of the two accounts."""
    open_ones = [name for name in conflicts if choices.get(name) not in ("kept", "absorbed")]
    if open_ones:
        raise Invalid("Choose, for each conflict, which of the two goes on")


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if _is_letter(c))


def _is_letter(character: str) -> bool:
    """Tell whether a character is a letter, a digit, or a mark that belongs to one."""
    return unicodedata.category(character)[0] in "LMN"
