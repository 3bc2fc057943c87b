"""The rulebooks that examinations are held under: offered, frozen at announcement, read again later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from app.exams import merit, wording
from app.exams.merit.preference import Preference
from app.exams.plans.rules import KINDS, Component, components_of
from app.platform.errors import Conflict
from app.platform.sentences import Sentence, in_turn, say
from app.recruitment.rulebooks import Described, Part

# What is known of each candidate besides marks and claims: the day the application came in, and the shift.
SHIFT = "shift"
ATTRIBUTES = frozenset({"applied_on", SHIFT})


@dataclass(frozen=True, slots=True)
class Frozen:
    """A version of a rulebook as an examination keeps it; `text` gives `digest` again when it is read."""

    name: str
    version: int
    digest: str
    text: str


# Text and digest of a rulebook that an agency brought itself and a second person approved.
Own = tuple[str, str]


def freeze(name: str, on: dt.date, own: Sequence[Own] = ()) -> Frozen:
    """Freeze the version in force on the day of the announcement; Conflict where there is none.

    `own` are the agency's own rulebooks, beside those that come with the program.
    """
    brought = {digest: text for text, digest in own}
    known = (*merit.rulebook.shipped(), *(read(text, digest) for text, digest in own))
    try:
        book = merit.rulebook.in_force(name, on, known)
    except merit.MeritError as error:
        raise Conflict(f"The announcement's rulebook cannot be used. {error}") from error
    if not is_offered(book):
        raise Conflict(f"No examination can be held by the rulebook “{book.title}”.")
    text = brought.get(book.digest) or _sources()[book.digest]
    return Frozen(book.name, book.version, book.digest, text)


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


def describe(on: dt.date, own: Sequence[Own] = ()) -> Sequence[Described]:
    """Describe in plain words the rulebooks in force on a day that an examination can be held by.

    `own` are the agency's own rulebooks, beside those that come with the program.
    """
    brought = [read(text, digest) for text, digest in own]
    return [*_describe_shipped(on), *(describe_book(book) for book in _in_force(brought, on))]


@lru_cache(maxsize=32)
def _describe_shipped(on: dt.date) -> tuple[Described, ...]:
    """Describe what comes with the program: it stays the same as long as the program runs."""
    return tuple(describe_book(book) for book in _in_force(merit.rulebook.shipped(), on))


def _in_force(books: Sequence[merit.Rulebook], on: dt.date) -> list[merit.Rulebook]:
    """Give the highest version of each name in force on a day that an examination can be held by."""
    latest: dict[str, merit.Rulebook] = {}
    for book in sorted(books, key=lambda book: (book.name, book.version)):
        if book.holds_on(on) and is_offered(book):
            latest[book.name] = book
    return list(latest.values())


def describe_book(book: merit.Rulebook, notes: Mapping[str, str] | None = None, seal: str = "") -> Described:
    """Describe a rulebook in plain words; `notes` by component say what applicants should know of it."""
    return Described(
        book.name,
        wording.title(book.title),
        tuple(sentences(book)),
        book.citation,
        tuple(claim_kinds(book)),
        tuple(_describe_part(part, (notes or {}).get(part.code, "")) for part in components_of(book)),
        seal,
    )


def _describe_part(part: Component, note: str) -> Part:
    def written(number: Fraction | None) -> str:
        return "" if number is None else merit.plain(number)

    return Part(
        wording.title(part.title),
        KINDS[part.kind],
        written(part.share),
        written(part.gate),
        written(part.maximum),
        note,
    )


def is_offered(book: merit.Rulebook) -> bool:
    """Tell whether an examination can be held by the rulebook, up to the certificate.

    It has components, at most one set of answer sheets, asks nothing of people that neither an
    application nor a seat holds, and says how names of one list are certified.
    """
    return not list_hindrances(book)


def list_hindrances(book: merit.Rulebook) -> list[str]:
    """Say what keeps an examination from being held by a rulebook; nothing when it can be."""
    unknown = sorted(_attributes_asked(book) - ATTRIBUTES)
    asked = f"It asks for {', '.join(unknown)} of each person, which neither an application nor a seat holds."
    sentences = {
        "It has no component, so there is nothing to examine.": not book.components,
        "It has more than one set of answer sheets. An examination captures one.": [
            part.kind for part in book.components
        ].count("items")
        > 1,
        asked: bool(unknown),
        "It does not say how names are certified.": book.certification is None,
        "It certifies from several lists at once, which an examination does not make.": (
            book.certification is not None and book.certification.sources is not None
        ),
    }
    return [sentence for sentence, is_so in sentences.items() if is_so]


def _attributes_asked(book: merit.Rulebook) -> set[str]:
    """Name what the rulebook asks of each person besides marks and claims."""
    asked = {key.by.partition(".")[2] for key in book.order.keys if key.by.startswith("attribute.")}
    asked |= {rule.by for rule in book.preferences.rules if rule.by}
    asked |= {part.normalise.by for part in book.components if part.normalise and part.normalise.by}
    if book.bands is not None and book.bands.by.startswith("attribute."):
        asked.add(book.bands.by.partition(".")[2])
    return asked


def asks_shift(book: merit.Rulebook) -> bool:
    """Tell whether the rulebook asks in which shift somebody sat, to bring shifts onto one scale."""
    return SHIFT in _attributes_asked(book)


def facts_asked(book: merit.Rulebook) -> set[str]:
    """Name the facts of the announcement that the rulebook asks for."""
    asked = {condition.fact for rule in book.preferences.rules for condition in rule.unless}
    for part in book.components:
        if part.keep is not None:
            asked |= {best.fact for best in (part.keep.best, *part.keep.groups) if best.per_vacancy}
    if book.preferences.cap is not None:
        asked.add("vacancies")
    if book.bands is not None and book.bands.by == "sed":
        wanted = {"deviation": book.bands.deviation, "reliability": book.bands.reliability}
        asked |= {name for name, value in wanted.items() if value is None}
    return asked


def posting_facts(grade: str, openings: int) -> dict[str, object]:
    """Give the facts that a posting itself states."""
    stated: dict[str, object] = {"vacancies": openings}
    return stated | ({"grade": int(grade)} if grade.isdecimal() else {})


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
    parts = [part.title for part in book.components]
    said: list[str] = [say("Ranked by: %(parts)s.", parts=wording.listed(parts))]
    if (needed := pass_mark(book)) is not None:
        said.append(
            say("A total of %(least)s of %(highest)s is needed to pass.", least=needed, highest=scale(book))
        )
    for part in book.components:
        if part.normalise is not None and part.normalise.by == SHIFT:
            title = wording.title(part.title)
            said.append(say("%(part)s: marks of different shifts are brought onto one scale.", part=title))
    for rule in book.preferences.rules:
        said.append(_preference(rule))
    ties = [wording.title(key.title) for key in book.order.keys[1:]]
    if ties:
        said.append(say("People with equal scores are put in order by: %(keys)s.", keys=in_turn(ties)))
    if (rule_words := wording.reach(book)) is not None:
        said.append(say("For one vacancy: %(rule)s", rule=wording.within_sentence(rule_words)))
    return said


def _preference(rule: Preference) -> Sentence:
    given = {"title": wording.title(rule.title), "points": rule.points}
    if not rule.points:
        return say("%(title)s: preference.", **given)
    if rule.only_after_passing:
        return say("%(title)s: %(points)s points, added after passing.", **given)
    return say("%(title)s: %(points)s points.", **given)


@cache
def _sources() -> dict[str, str]:
    """Map the digest of each rulebook that comes with the program to its text."""
    folder = files("app.exams.merit") / "rulebooks"
    texts = [file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".toml")]
    return {merit.rulebook.load(text).digest: text for text in texts}
