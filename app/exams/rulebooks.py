"""The rulebooks that examinations are held under: offered, frozen at announcement, read again later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from app.exams import merit
from app.exams.merit.preference import Preference
from app.platform.errors import Conflict
from app.platform.sentences import Sentence, in_turn, say
from app.recruitment.rulebooks import Described

# What is known of each candidate besides marks and claims: the day the application came in.
ATTRIBUTES = frozenset({"applied_on"})


@dataclass(frozen=True, slots=True)
class Frozen:
    """A version of a rulebook as an examination keeps it; `text` gives `digest` again when it is read."""

    name: str
    version: int
    digest: str
    text: str


def freeze(name: str, on: dt.date) -> Frozen:
    """Freeze the version in force on the day of the announcement; Conflict where there is none."""
    try:
        book = merit.rulebook.in_force(name, on)
    except merit.MeritError as error:
        raise Conflict(f"The announcement's rulebook cannot be used. {error}") from error
    if not is_offered(book):
        raise Conflict(f"An examination of items cannot be held by the rulebook “{book.title}”.")
    return Frozen(book.name, book.version, book.digest, _sources()[book.digest])


@lru_cache(maxsize=64)
def read(text: str, digest: str) -> merit.Rulebook:
    """Read a frozen rulebook; Conflict when its content is no longer what was frozen."""
    changed = Conflict("The rulebook of this examination was changed after it was frozen. Call the auditor.")
    try:
        book = merit.rulebook.load(text, "frozen rulebook")
    except merit.MeritError as error:
        raise changed from error
    if book.digest != digest:
        raise changed
    return book


def describe(on: dt.date) -> Sequence[Described]:
    """Describe in plain words the rulebooks in force on a day that an examination of items can be held by."""
    names = sorted({book.name for book in merit.rulebook.shipped()})
    books = [_find(name, on) for name in names]
    return [
        Described(book.name, book.title, tuple(sentences(book)), book.citation, tuple(claim_kinds(book)))
        for book in books
        if book and is_offered(book)
    ]


def is_offered(book: merit.Rulebook) -> bool:
    """Tell whether an examination of items can be held by the rulebook, up to the certificate.

    It ranks by one set of answer sheets, breaks ties by nothing that an application does not hold, and
    says how names are certified.
    """
    asked = {key.by.partition(".")[2] for key in book.order.keys if key.by.startswith("attribute.")}
    is_of_items = [part.kind for part in book.components] == ["items"]
    return is_of_items and asked <= ATTRIBUTES and book.certification is not None


def pass_mark(book: merit.Rulebook) -> Fraction | None:
    """Give the least total that passes, as the rulebook writes it; None where there is none."""
    minimum = book.data.get("total", {}).get("minimum")
    return None if minimum is None else merit.fraction(str(minimum))


def scale(book: merit.Rulebook) -> Fraction:
    """Give the highest total before preference."""
    return merit.fraction(str(book.data.get("total", {}).get("scale", "100")))


def claim_kinds(book: merit.Rulebook) -> dict[str, str]:
    """Map each kind under which applicants may claim to the rulebook's own name of it.

    A claim may give preference, a seat, a guarantee, a lower minimum or a place among equals.
    Applications write `disabled_veteran` where a rulebook may write `disabled-veteran`.
    """
    return {kind: claim for claim in _named_claims(book.data) for kind in (claim, claim.replace("-", "_"))}


def _named_claims(node: Any) -> Iterator[str]:
    """Give the claims that a rulebook's text names, at any depth, in the order of the text."""
    if isinstance(node, Mapping):
        own = node.get("claim")
        if isinstance(own, str) and own.strip():
            yield own.strip()
        key = node.get("by")
        if isinstance(key, str) and key.startswith("claim."):
            yield key.removeprefix("claim.")
        for part in node.values():
            yield from _named_claims(part)
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for part in node:
            yield from _named_claims(part)


def sentences(book: merit.Rulebook) -> list[str]:
    """Say what a rulebook means: what is examined, what passes, preference, ties, reach."""
    parts = ", ".join(part.title.lower() for part in book.components)
    said: list[str] = [say("Ranked by: %(parts)s.", parts=parts)]
    if (needed := pass_mark(book)) is not None:
        said.append(
            say("A total of %(least)s of %(highest)s is needed to pass.", least=needed, highest=scale(book))
        )
    for rule in book.preferences.rules:
        said.append(_preference(rule))
    ties = [key.title for key in book.order.keys[1:]]
    if ties:
        said.append(say("People with equal scores are put in order by: %(keys)s.", keys=in_turn(ties)))
    if book.certification is not None:
        certificate_words = merit.certify(book, (), issued_on=book.effective_from).sentence
        rule_words = f"{certificate_words[:1].lower()}{certificate_words[1:]}"
        said.append(say("For one vacancy: %(rule)s", rule=rule_words))
    return said


def _preference(rule: Preference) -> Sentence:
    given = {"title": rule.title, "points": rule.points}
    if not rule.points:
        return say("%(title)s: preference.", **given)
    if rule.only_after_passing:
        return say("%(title)s: %(points)s points, added after passing.", **given)
    return say("%(title)s: %(points)s points.", **given)


def _find(name: str, on: dt.date) -> merit.Rulebook | None:
    holding = [book for book in merit.rulebook.shipped() if book.name == name and book.holds_on(on)]
    return max(holding, key=lambda book: book.version, default=None)


@cache
def _sources() -> dict[str, str]:
    """Map the digest of each rulebook that comes with the program to its text."""
    folder = files("app.exams.merit") / "rulebooks"
    texts = [file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".toml")]
    return {merit.rulebook.load(text).digest: text for text in texts}
