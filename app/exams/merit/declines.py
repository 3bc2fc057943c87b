"""Stage 11: answers of people who decline, the evidence that each needs, and what it does to their name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.exams.merit.errors import InputError
from app.exams.merit.reading import Node

# The name is passed this time, rests until its holder asks again, or leaves the list.
EFFECTS = ("passed-once", "rests", "removed")


@dataclass(frozen=True, slots=True)
class Decline:
    """A code of an answer; every kind of `evidence` must be on file before it has its effect."""

    code: str
    title: str
    evidence: tuple[str, ...]
    effect: str
    citation: str


@dataclass(frozen=True, slots=True)
class DeclineRuling:
    """What an answer does to a name, "" while evidence is missing."""

    code: str
    effect: str
    missing: tuple[str, ...]
    citation: str


def read_declines(root: Node) -> tuple[Decline, ...]:
    """Read every [[decline]]."""
    declines: list[Decline] = []
    for node in root.children("decline"):
        code = node.text("code")
        if code in [decline.code for decline in declines]:
            node.fault(f"The code {code!r} stands here twice.", "code")
        effect = node.text("effect", choices=EFFECTS)
        evidence, citation = node.texts("evidence", ()), node.text("citation")
        declines.append(Decline(code, node.text("title", code), evidence, effect, citation))
        node.finish()
    return tuple(declines)


def check_decline(declines: Sequence[Decline], code: str, on_file: Collection[str]) -> DeclineRuling:
    """Tell what an answer does to a name, or which evidence is missing for it."""
    for decline in declines:
        if decline.code == code:
            missing = tuple(kind for kind in decline.evidence if kind not in on_file)
            return DeclineRuling(code, "" if missing else decline.effect, missing, decline.citation)
    raise InputError("answers", "the rulebook has no such code.", row=code)
