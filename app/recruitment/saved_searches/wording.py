"""A saved search in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.platform.sentences import Sentence, say
from app.recruitment.postings.searches import from_parameters, usual_sort
from app.recruitment.postings.wording import pay_least_words

LONGEST_NAME = 100


def describe(session: Session, query: Mapping[str, str]) -> list[Sentence]:
    """Say what a search looks for, one sentence a filter; for one without filters, that it takes all."""
    wanted = from_parameters(query)
    said = [say("“%(text)s”", text=wanted.text)] if wanted.text else []
    said += [say("Place: %(place)s", place=place) for place in wanted.places]
    names = session.scalars(select(Agency.name).where(Agency.id.in_(wanted.agency_ids)))
    said += [say("Agency: %(agency)s", agency=name) for name in names]
    said += [say("Category: %(category)s", category=category) for category in wanted.categories]
    if wanted.class_text:
        said.append(say("Class: %(class)s", **{"class": wanted.class_text}))
    said += [say("Grade: %(grade)s", grade=grade) for grade in wanted.grades]
    if wanted.pay_minor:
        said.append(pay_least_words(wanted.pay_minor))
    said += [say("Kind: %(kind)s", kind=kind.title) for kind in wanted.employment_types]
    if wanted.audience:
        said.append(say("Who may apply: %(audience)s", audience=wanted.audience.title))
    if wanted.is_closing_soon:
        said.append(say("Closing within 7 days"))
    if query.get("mine"):
        said.append(say("Open to me"))
    if wanted.sort is not usual_sort(wanted.text):
        said.append(say("Sorted: %(order)s", order=wanted.sort.title))
    return said or [say("All open vacancies")]


def suggest_name(described: Sequence[Sentence]) -> str:
    """Suggest a name from what a search looks for."""
    name = ", ".join(str(sentence).strip("“”") for sentence in described)
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
