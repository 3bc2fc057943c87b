"""Words for searching: text folded and cut in one way here, so that both databases find the same.

Neither engine's own folding is used: they differ in accents, plurals and scripts. What is indexed and what
is asked for are both cut by `cut()`, and an engine only ever compares whole words or their beginnings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Marks that only colour a letter, and so are left out: Latin, Greek and Cyrillic accents, Hebrew points,
# Arabic vowel signs. In Indian scripts the signs are the vowels themselves and stay.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
)
# Letters that no accent can be taken from, and Arabic endings that are written both ways.
_ALIKE = str.maketrans(
    {
        "\u00f8": "o",
        "\u0142": "l",
        "\u0111": "d",
        "\u0131": "i",
        "\u00e6": "ae",
        "\u0153": "oe",
        "\u00fe": "th",
        "\u00f0": "d",
        "\u0649": "\u064a",
        "\u0629": "\u0647",
    }
)
# They stand in nearly every text, so they tell nothing and would make each search walk the whole index.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by for from in is of on or that the this to we with you your "
        "con de del el en la las los para por un una y",
    )
)
MARKS = "=#@"  # what stands before a word of a title, a class, a place
LONGEST_WORD = 40
SHORTEST_BEGINNING = 4  # shorter words are compared whole: "art" is no article


def fold(text: str) -> str:
    """Fold letter case, accents and compatible forms away: `Straße Ärztin` becomes `strasse arztin`."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()).casefold())
    return unicodedata.normalize("NFC", plain.translate(_ALIKE))


def cut(text: str) -> list[str]:
    """Cut text into the words that are indexed and compared, in order, each once.

    A word is a run of letters, digits and the marks that belong to them; English plurals become singular.
    """
    spaced = "".join(letter if unicodedata.category(letter)[0] in "LNM" else " " for letter in fold(text))
    found = dict.fromkeys(_singular(word[:LONGEST_WORD]) for word in spaced.split() if word not in STOP_WORDS)
    return list(found)


def _singular(word: str) -> str:
    """Take an English plural's ending off; words of other scripts and short ones stay as they are."""
    if len(word) < 4 or not word.isascii() or not word.isalpha() or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return f"{word[:-3]}y"
    return word if word.endswith(("us", "ss", "is")) else word[:-1]


def marked(mark: str, text: str) -> list[str]:
    """Give the words of a part of a text under its mark, so that they can be asked for in that part alone."""
    return [f"{mark}{word}" for word in cut(text)]


@dataclass(frozen=True, slots=True)
class Every:
    """What a text must hold: of each of `groups` one word, and not all that any of `but_not` asks for.

    A word of SHORTEST_BEGINNING letters or more also stands for the words that begin with it.
    """

    groups: tuple[tuple[str, ...], ...]
    but_not: tuple[Every, ...] = ()

    def fts5(self) -> str:
        """Write it for SQLite's FTS5; words hold letters and digits alone, so nothing is to be escaped."""
        whole, *others = (_join(one.groups, " AND ", " OR ", '"{}"', "*") for one in (self, *self.but_not))
        return " NOT ".join([whole, *others])

    def tsquery(self) -> str:
        """Write it for PostgreSQL's tsquery."""
        whole, *others = (_join(one.groups, " & ", " | ", "'{}'", ":*") for one in (self, *self.but_not))
        return " & ".join([whole, *(f"!{part}" for part in others)])

    def holds(self, words: Iterable[str]) -> bool:
        """Tell whether words that were cut from a text hold it: what both engines must agree with."""
        own = frozenset(words)
        has_all = all(any(_stands_in(word, own) for word in group) for group in self.groups)
        return has_all and not any(other.holds(own) for other in self.but_not)


def _is_beginning(word: str) -> bool:
    return len(word.lstrip(MARKS)) >= SHORTEST_BEGINNING


def _stands_in(word: str, words: frozenset[str]) -> bool:
    return word in words or (_is_beginning(word) and any(own.startswith(word) for own in words))


def _join(groups: Iterable[Iterable[str]], every: str, either: str, whole: str, beginning: str) -> str:
    written = (
        either.join(whole.format(word) + (beginning if _is_beginning(word) else "") for word in group)
        for group in groups
    )
    return "(" + every.join(f"({group})" for group in written) + ")"
