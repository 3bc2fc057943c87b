"""Which answers bar a person, and what a "no" is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.platform.errors import Invalid
from app.recruitment.eligibility.states import About

MOST_QUESTIONS = 12
MOST_ANSWERS = 8
MOST_MATCHES = 12
LONGEST_ANSWER = 120


def folded(names: Iterable[str]) -> frozenset[str]:
    """Give names as they are compared: without case and spare blanks."""
    return frozenset(filter(None, (" ".join(name.split()).casefold() for name in names)))


def matches_text(names: Iterable[str]) -> str:
    """Write names so that each can be found as a whole line of its own."""
    return "".join(f"\n{name}\n" for name in sorted(folded(names)))


def check_matches(about: About | None, names: Sequence[str]) -> None:
    """Raise Invalid unless names are given where, and only where, the profile answers."""
    if about is None and names:
        raise Invalid(about="Say what in the profile the names stand for, or leave them out.")
    if about is not None and not names:
        raise Invalid(matches="Enter at least one name.")
    if len(names) > MOST_MATCHES or max(map(len, names), default=0) > LONGEST_ANSWER:
        raise Invalid(
            matches=f"Enter {MOST_MATCHES} names at most, of {LONGEST_ANSWER} characters at most each."
        )


def refused(questions: Sequence[Any], answers: Mapping[str, Any]) -> list[Any]:
    """Give the questions that were answered in a way the law does not admit, advisory ones too, in order."""
    return [question for question in questions if answers.get(question.id) in question.unlawful]


def bars(questions: Sequence[Any], answers: Mapping[str, Any]) -> list[Any]:
    """Give the questions whose answers keep the person from applying, in order."""
    return [question for question in refused(questions, answers) if not question.is_advisory]


def is_answered(questions: Sequence[Any], answers: Mapping[str, Any]) -> bool:
    """Tell whether each question has one of its answers."""
    return all(answers.get(question.id) in (*question.lawful, *question.unlawful) for question in questions)


def check_answers(lawful: Sequence[str], unlawful: Sequence[str]) -> None:
    """Raise Invalid unless there are both kinds of answers, each short and said once."""
    if not lawful:
        raise Invalid(lawful="Enter at least one answer with which a person may apply.")
    if not unlawful:
        raise Invalid(unlawful="Enter at least one answer that is explained.")
    both = [answer.casefold() for answer in (*lawful, *unlawful)]
    if len(set(both)) != len(both):
        raise Invalid(unlawful="Each answer may be listed once only.")
    if len(both) > MOST_ANSWERS or max(map(len, both)) > LONGEST_ANSWER:
        raise Invalid(
            unlawful=f"Enter {MOST_ANSWERS} answers at most, of {LONGEST_ANSWER} characters at most each."
        )
