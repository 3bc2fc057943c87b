"""A rulebook's titles, its reach and the steps of a working in the reader's language.

The merit core writes plain English, which is stored and sealed. Here each text is found again as a sentence,
so that pages and letters show it in the language of whoever reads. What is not known stays as it was written.
"""

from __future__ import annotations

import re

from app.exams.merit import Rulebook, plain
from app.exams.merit.certification import Certification
from app.platform.sentences import FieldName, Sentence, say

NUMBER = r"-?[\d.,/]+"
_WORDS = {
    text.casefold(): text
    for text in (
        say("As it stands"),
        say("Absent"),
        say("Must be passed and adds nothing"),
        say("Needed"),
        say("Met"),
        say("Not met"),
        say("Total"),
        say("Total that decides"),
        say("Rank"),
        say("None"),
        say("Yes"),
        say("No"),
        say("Category"),
        say("Limit on points"),
        say("Scaled to the declared maximum"),
        say("A place at the top"),
        say("A place before others with the same mark"),
        say("Neutralised items"),
        say("Items credited to all"),
        say("Blank answers"),
        say("Items credited to who answered"),
        say("Answers with a mark of their own"),
        say("Right answers"),
        say("Wrong answers"),
    )
}
_ROUNDING = {
    "half-up": say("half-up"),
    "half-even": say("half-even"),
    "half-down": say("half-down"),
    "floor": say("floor"),
    "ceiling": say("ceiling"),
    "up": say("up"),
    "down": say("down"),
}
_FIRST = {
    "highest": say("Highest first"),
    "lowest": say("Lowest first"),
    "yes": say("Yes first"),
    "earliest": say("Earliest first"),
    "latest": say("Latest first"),
    "no": say("No first"),
    "a-z": say("In alphabetical order"),
    "z-a": say("In reverse alphabetical order"),
}
_NUMBERING = {
    "equal scores share a rank": say("equal scores share a rank"),
    "equal scores share a rank and no rank is left out": say(
        "equal scores share a rank and no rank is left out"
    ),
    "unique numbering": say("nobody shares a rank"),
}


def title(text: str) -> Sentence:
    """Say a title of a rulebook, in the words in which the catalogues have it."""
    return Sentence(text, {})


def within(text: str) -> FieldName:
    """Say a title in the middle of a sentence, in English with a small letter."""
    return FieldName(title(text)).lowered()


def within_sentence(said: Sentence) -> FieldName:
    """Put a whole sentence after a colon, in English with a small letter."""
    return FieldName(said).lowered()


def listed(texts: list[str]) -> str:
    """Name titles one beside another, for the middle of a sentence."""
    said: str = within(texts[0])
    for text in texts[1:]:
        said = say("%(before)s, %(after)s", before=said, after=within(text))
    return said


def together(labels: list[str]) -> str:
    """Name labels of a working together."""
    said: str = step(labels[0]) if labels else ""
    for label in labels[1:]:
        said = say("%(before)s and %(after)s", before=said, after=step(label))
    return said


def one_by_one(workings: list[str]) -> str:
    """Write workings one after another."""
    said: str = step(workings[0]) if workings else ""
    for working in workings[1:]:
        said = say("%(before)s; %(after)s", before=said, after=step(working))
    return said


def reach(book: Rulebook, vacancies: int = 1) -> Sentence | None:
    """Say who may be considered, as the core says it; None where the rulebook does not certify."""
    return None if book.certification is None else certification(book.certification, vacancies)


def certification(rule: Certification, vacancies: int) -> Sentence:
    """Say the reach of a certificate."""
    count = plain(rule.per_vacancy * vacancies + rule.plus)
    if rule.reach == "people" and rule.ties == "include":
        return say(
            "The highest %(count)s people may be considered; everybody tied with the last is included.",
            count=count,
        )
    if rule.reach == "percent":
        share = plain(rule.percent)
        if rule.ties == "include":
            return say(
                "The highest %(share)s %% of the list may be considered; everybody tied with the last is "
                "included.",
                share=share,
            )
        return say("The highest %(share)s %% of the list may be considered.", share=share)
    if rule.reach == "categories" and rule.merge_below:
        return say(
            "The highest category may be considered, joined with the next when fewer than %(least)s are left "
            "in it.",
            least=str(rule.merge_below),
        )
    return {
        "people": say("The highest %(count)s people may be considered.", count=count),
        "ranks": say("Everybody in the highest %(count)s ranks may be considered.", count=count),
        "scores": say("Everybody with one of the highest %(count)s scores may be considered.", count=count),
        "cut-score": say("Everybody with %(cut)s or more may be considered.", cut=plain(rule.cut)),
        "within": say(
            "Everybody within %(distance)s of the best mark may be considered.", distance=plain(rule.within)
        ),
        "categories": say("The highest category may be considered."),
        "whole-list": say("The whole list may be considered."),
    }[rule.reach]


def step(text: str) -> str:
    """Say a label, a value or an arithmetic of a working again, so that it can be translated."""
    if text.casefold() in _WORDS:
        return _WORDS[text.casefold()]
    for pattern, make in _PATTERNS:
        if found := pattern.fullmatch(text):
            said = make(*found.groups())
            if said is not None:
                return said
    return title(text) if re.search(r"[^\W\d]{2}", text) else text


def _rounded(before: str, places: str, mode: str, after: str) -> Sentence | None:
    if mode not in _ROUNDING:
        return None
    return say(
        "%(before)s rounded to %(places)s decimals, %(mode)s = %(after)s",
        before=before, places=places, mode=_ROUNDING[mode], after=after,
    )  # fmt: skip


def _placed(shared: str, others: str | None, numbering: str, passed: str) -> Sentence | None:
    if numbering not in _NUMBERING:
        return None
    how = _NUMBERING[numbering]
    if others is None:
        return say("Held alone, %(how)s, %(passed)s people passed", how=how, passed=passed)
    return say("Shared with %(others)s others, %(how)s, %(passed)s people passed",
               others=others, how=how, passed=passed)  # fmt: skip


def _first(what: str, among: str | None) -> Sentence | None:
    if what.casefold() not in _FIRST:
        return None
    first = _FIRST[what.casefold()]
    if not among:
        return first
    return say("%(first)s, only among people of the same rank", first=first)


def _given(points: str, sum_: str | None) -> Sentence:
    if sum_ is None:
        return say("%(points)s points", points=points)
    return say("%(points)s points: %(sum)s", points=points, sum=sum_)


_SUM = rf"{NUMBER} \+ {NUMBER} = {NUMBER}"
_PATTERNS = [
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (rf"({NUMBER}) rounded to (\d+) decimals, ([a-z-]+) = ({NUMBER})", _rounded),
        (r"(held alone|shared with (\d+) others), (.+), (\d+) people passed", _placed),
        (r"([\w-]+) first(, only among people of the same rank)?", _first),
        (rf"({NUMBER}) points(?:: ({_SUM}))?", _given),
        (
            rf"({NUMBER}) reached, at least ({NUMBER}) needed",
            lambda got, least: say("%(got)s reached, at least %(least)s needed", got=got, least=least),
        ),
        (
            rf"({NUMBER}) is ({NUMBER}) in the table of the rulebook",
            lambda before, after: say(
                "%(before)s is %(after)s in the table of the rulebook", before=before, after=after
            ),
        ),
        (
            rf"({NUMBER}) is limited to ({NUMBER})",
            lambda before, after: say("%(before)s is limited to %(after)s", before=before, after=after),
        ),
        (rf"({NUMBER}) or more", lambda least: say("%(least)s or more", least=least)),
        (r"not met: (.+)", lambda names: say("Not met: %(minimum)s.", minimum=title(names))),
        (r"minimum: (.+)", lambda name: say("Minimum: %(name)s", name=title(name))),
        (r"in order by (.+)", lambda name: say("In order by %(name)s", name=title(name))),
    )
]
