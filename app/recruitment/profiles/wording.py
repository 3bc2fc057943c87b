"""The words of a profile's entries, in the reader's language when they are shown."""

from __future__ import annotations

import datetime as dt

from app.platform.locales import month_names
from app.platform.sentences import Sentence, say
from app.recruitment.profiles.forms import FLUENCY, LEVELS

HEADINGS = {
    "education": say("Education"),
    "experience": say("Work experience"),
    "licences": say("Licences and certificates"),
    "languages": say("Languages"),
}
ADD = {
    "education": say("Add a school or course"),
    "experience": say("Add a post"),
    "licences": say("Add a licence or certificate"),
    "languages": say("Add a language"),
}
CHANGE = {
    "education": say("Change this school or course"),
    "experience": say("Change this post"),
    "licences": say("Change this licence or certificate"),
    "languages": say("Change this language"),
}
REMOVE = {
    "education": say("Remove this school or course?"),
    "experience": say("Remove this post?"),
    "licences": say("Remove this licence or certificate?"),
    "languages": say("Remove this language?"),
}
NOTHING = {
    "education": say("You have not added a school or course yet."),
    "experience": say("You have not added a post yet, paid or not."),
    "licences": say("You have not added a licence or certificate yet."),
    "languages": say("You have not added a language yet."),
}
PROGRESS = {"studying": say("Still studying"), "left": say("Left without it")}
LEVEL, SKILL = dict(LEVELS), dict(FLUENCY)


def heading(section: str) -> Sentence:
    """Give the heading of a list."""
    return HEADINGS[section]


def level(code: str) -> str:
    """Give the words for a level of education; empty for none."""
    return LEVEL.get(code, "")


def progress(code: str) -> str:
    """Say how far a qualification came, unless it is held."""
    return PROGRESS.get(code, "")


def skill(code: str) -> str:
    """Give the words for how well a language is spoken or written; empty for none."""
    return SKILL.get(code, "")


def month(number: str, year: int | None) -> str:
    """Write a month of a year, or what there is of it."""
    name = month_names()[int(number) - 1] if number else ""
    return " ".join(part for part in (name, str(year or "")) if part)


def kept_day(text: str) -> dt.date:
    """Read a day that was kept in ISO form."""
    return dt.date.fromisoformat(text)
