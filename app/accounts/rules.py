"""Which passwords are refused: short ones, and those that everyone would guess first."""

from __future__ import annotations

import re
import unicodedata

from app.platform.sentences import say

# Length and a blocklist, no rules of composition: NIST SP 800-63B-4 draft, section 5.1.1.2, read 2026-11-22.
SHORTEST = 12
# A password with fewer different characters than this is a pattern, not a secret.
FEWEST_DIFFERENT = 5
TOO_SHORT = say("Password must be %(count)s characters or more", count=SHORTEST)
TOO_COMMON = say(
    "This password is easy to guess. Choose another, such as three or four words that do not belong together"
)
TOO_PERSONAL = say("Password must not be made from your name or email address")
# What remains of common passwords once digits and signs are taken off and look-alikes are read as letters.
_WORDS = (
    "admin administrator access baseball batman changeme charlie computer default demo donald dragon "
    "examination football freedom government hello hunter iloveyou internet jordan killer letmein "
    "liverpool login loveme manager master meritum michael monkey mustang nothing office pass passphrase "
    "passw password princess qwerty recruitment root secret security shadow soccer starwars sunshine "
    "superman system temp temporary test testing trustno user welcome whatever work "
    "spring summer autumn winter january february march april may june july august september october "
    "november december monday tuesday wednesday thursday friday saturday sunday "
    "i love you my new this is the please me now today in ever forever"
)
_STEMS = frozenset(_WORDS.split())
_ROWS = (
    "abcdefghijklmnopqrstuvwxyzabc",
    "01234567890123456789",
    "1234567890qwertyuiopasdfghjklzxcvbnm",
    "qwertyuiopasdfghjklzxcvbnmqwertyuiop",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "zaq12wsxcde34rfvbgt56yhn",
    "qazwsxedcrfvtgbyhnujmikolp",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertzuiopasdfghjklyxcvbnm",
)
_LONGEST_PIECE = max(map(len, _ROWS))
_LOOK_ALIKES = str.maketrans("4@3$0!17", "aaesoiit")


def password_fault(password: str, *, email: str = "", name: str = "") -> str:
    """Say why a password is refused; empty when it is not."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    folded = unicodedata.normalize("NFKC", password).casefold()
    if len(set(folded)) < FEWEST_DIFFERENT or _is_row(folded) or _is_common(folded):
        return TOO_COMMON
    return TOO_PERSONAL if _is_personal(folded, email.casefold(), name.casefold()) else ""


def _is_row(folded: str) -> bool:
    """Tell whether all of it runs along the keyboard or the alphabet, forward or backward, or repeats."""
    for size in range(1, min(len(folded) // 2 + 1, SHORTEST)):
        repeated = folded[:size] * (len(folded) // size + 1)
        if repeated.startswith(folded):
            return True
    return any(folded in row or folded in row[::-1] for row in _ROWS)


def _is_common(folded: str) -> bool:
    """Tell whether nothing is left but common words, with digits and signs around them."""
    readings = (
        folded,
        folded.translate(_LOOK_ALIKES),
        folded.rstrip("0123456789!?.").translate(_LOOK_ALIKES),
    )
    return any(_is_made_of_stems(re.sub(r"[\W\d_]+", "", reading)) for reading in readings)


def _is_made_of_stems(letters: str) -> bool:
    """Tell whether the letters are nothing but stems, or runs along the keyboard, one after the other."""
    reached = {0}
    for end in range(1, len(letters) + 1):
        starts = range(max(0, end - _LONGEST_PIECE), end)
        if any(start in reached and _is_piece(letters[start:end]) for start in starts):
            reached.add(end)
    return len(letters) in reached


def _is_piece(piece: str) -> bool:
    return piece in _STEMS or (len(piece) >= 3 and any(piece in row for row in _ROWS))


def _is_personal(folded: str, email: str, name: str) -> bool:
    """Tell whether what is left without the person's names and signs is too short to be a secret."""
    rest = folded
    for part in sorted([*re.split(r"[\W\d_]+", f"{email} {name}")], key=len, reverse=True):
        if len(part) >= 3:
            rest = rest.replace(part, "")
    letters = re.sub(r"[\W\d_]+", "", rest)
    return rest != folded and len(letters) < FEWEST_DIFFERENT
