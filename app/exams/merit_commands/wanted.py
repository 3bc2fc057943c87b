"""Which columns beside answers a rulebook has a use for, and how each is read."""

from __future__ import annotations

from app.exams import merit

CLAIMS, SERIES = "claims", "series"
KINDS = {"earliest": "date", "latest": "date", "highest": "number", "lowest": "number"}


class Wanted:
    """The claims, marks and attributes that a rulebook asks for.

    `attributes` maps each to "date", "number" or "text". `splitting` holds the keys of the order that give
    ranks; `beside` the attributes that only put people of one rank in order, so that no rank waits for them.
    """

    def __init__(self, book: merit.Rulebook, group: str = "") -> None:
        self.group = group
        keys = [(key, *key.by.partition(".")[::2]) for key in book.order.keys]
        self.claims = {rule.claim for rule in book.preferences.rules if rule.claim}
        self.claims |= {name for _key, head, name in keys if head == "claim"}
        self.claims |= {claim for rule in book.preferences.rules for claim in rule.unless_claim}
        self.claims |= _lowering(book) | _listing(book) | _seating(book)
        self.marks = {part.name for part in book.components if part.kind in ("mark", "panel")}
        self.splitting = {key.by for key in book.order.keys if key.splits}
        decisive = {
            part.normalise.by: "text" for part in book.components if part.normalise and part.normalise.by
        }
        if book.bands is not None and book.bands.by.startswith("attribute."):
            decisive[book.bands.by.removeprefix("attribute.")] = "text"
        decisive |= {rule.by: "number" for rule in book.preferences.rules if rule.by}
        ordering = {name: KINDS.get(key.first, "text") for key, head, name in keys if head == "attribute"}
        self.attributes = ordering | decisive
        only_beside = ordering.keys() - decisive.keys()
        self.beside = {name for name in only_beside if f"attribute.{name}" not in self.splitting}

    def columns(self) -> set[str]:
        """List the headings that mean something beside answers."""
        return {CLAIMS, SERIES, *self.marks, *self.attributes} | ({self.group} if self.group else set())


def _lowering(book: merit.Rulebook) -> set[str]:
    """List the claims that lower a minimum."""
    minima = [book.total.minimum, *(part.minimum for part in book.components)]
    minima += [section.minimum for part in book.components for section in part.sections]
    return {rule.claim for minimum in minima if minimum is not None for rule in minimum.lowered}


def _listing(book: merit.Rulebook) -> set[str]:
    """List the claims of groups whose best go on, and of lists of their own."""
    claims = {group.claim for part in book.components if part.keep for group in part.keep.groups}
    lists = book.certification.sources if book.certification else None
    return claims | ({source.claim for source in lists.sources} - {""} if lists else set())


def _seating(book: merit.Rulebook) -> set[str]:
    """List the claims that seats are reserved or guaranteed for, or barred to."""
    if book.seats is None:
        return set()
    claims = {block.claim for block in book.seats.blocks} | {extra.claim for extra in book.seats.extras}
    for block in book.seats.blocks:
        claims |= {guarantee.claim for guarantee in block.guarantees} | block.barred
    claims |= {guarantee.claim for guarantee in book.seats.overall}
    return claims - {""}
