"""What a visitor may ask of the list of vacancies, by its address alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request

from app.platform.ids import is_id
from app.platform.sentences import Sentence, say
from app.platform.words import cut
from app.recruitment.listing import address
from app.recruitment.postings.facets import Choices
from app.recruitment.postings.search import MOST_WORDS
from app.recruitment.postings.searches import (
    LONGEST_TEXT,
    MOST_PAY_MINOR,
    OFFERED_SORTS,
    OpenTo,
    Search,
    from_parameters,
    usual_sort,
)
from app.recruitment.postings.states import Audience, EmploymentType
from app.recruitment.postings.wording import pay_least_words
from app.web.forms import CheckboxField, FilterForm, MoneyField, SelectField, TextField, as_choices

LONGEST_SHOWN = 60
IN_SIGHT = ("text", "place", "sort")


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that narrows the list, and the address of the list without it."""

    parameter: str
    text: str
    href: str


class SearchForm(FilterForm):
    """The search; a value that cannot be read or is not offered is left out and told in `notes()`."""

    text = TextField(say("Words"), max_length=LONGEST_TEXT, required=False)
    place = TextField(say("Place"), max_length=100, required=False)
    agency = SelectField(say("Agency"), required=False, prompt=say("All agencies"))
    category = SelectField(say("Category"), required=False, prompt=say("All categories"))
    title = TextField(say("Class title or code"), max_length=100, required=False)
    grade = TextField(say("Grade"), max_length=40, required=False)
    pay = MoneyField(say("Lowest pay a year"), required=False, maximum_minor=MOST_PAY_MINOR)
    employment = SelectField(
        say("Kind of employment"),
        required=False,
        prompt=say("Any kind"),
        choices=[(kind.value, kind.title) for kind in EmploymentType],
    )
    audience = SelectField(
        say("Who may apply"),
        required=False,
        prompt=say("Anyone"),
        choices=[(audience.value, audience.title) for audience in Audience],
    )
    status = SelectField(
        say("Status"),
        required=False,
        prompt=say("Open vacancies"),
        choices=[("closed", say("Closed or cancelled"))],
    )
    sort = SelectField(say("Sort by"), required=False)
    soon = CheckboxField(say("Closing within 7 days"))
    mine = CheckboxField(say("Open to me"))

    def __init__(self, choices: Choices) -> None:
        super().__init__(choices={"agency": choices.agencies, "category": as_choices(choices.categories)})

    @staticmethod
    def asks_for_closed() -> bool:
        """Tell whether the address asks for closed vacancies, whose values then are the ones on offer."""
        return request.args.get("status") == "closed"

    def validate(self, extra_validators: object = None) -> bool:
        """Offer the orders that the words asked for leave, before what came is held against them."""
        usual = usual_sort(self.text.data or "")
        self.sort.prompt = usual.title
        self.sort.choices = [(sort.value, sort.title) for sort in OFFERED_SORTS if sort is not usual]
        for field, standing in ((self.sort, usual.value), (self.status, "open")):
            if field.data == standing:  # written out by hand, the standing choice is a choice as well
                field.data = ""
        return bool(super().validate(extra_validators))

    def wanted(self, open_to: OpenTo | None = None) -> Search:
        """Give the search, without what could not be read."""
        given = {field.name: str(field.data or "") for field in self if field.name != "pay"}
        return replace(
            from_parameters(given),
            pay_minor=self.pay.data,
            open_to=open_to if self.mine.data else None,
            after=_posting_id("after"),
            before=_posting_id("before"),
        )

    def notes(self) -> list[Sentence]:
        """Say what was left out of the search, and why."""
        said = []
        for field in self:
            if not field.errors:
                continue
            given = " ".join(request.args.get(field.name, "").split())
            typed = "".join(character for character in given if character.isprintable())
            shown = typed[:LONGEST_SHOWN] + ("…" if len(typed) > LONGEST_SHOWN else "")
            if isinstance(field, SelectField):
                said.append(
                    say(
                        "%(field)s “%(value)s” is not in this list, so it was left out.",
                        field=field.subject,
                        value=shown,
                    )
                )
                field.errors = ()  # the list shows another choice already: nothing to correct in it
            else:
                said.append(
                    say("%(problem)s. “%(value)s” was left out.", problem=field.errors[0], value=shown)
                )
        said += self._notes_on_words()
        said += [
            say("That page of the list is not known, so this is the first one.")
            for name in ("after", "before")
            if request.args.get(name) and not _posting_id(name)
        ]
        return said

    def _notes_on_words(self) -> list[Sentence]:
        text = self.text.data or ""
        count = len(cut(text))
        if text and not count:
            shown = text[:LONGEST_SHOWN]
            return [say("“%(text)s” holds no word to look for, so it was left out.", text=shown)]
        if count > MOST_WORDS:
            return [say("Only the first %(count)s words were looked for.", count=MOST_WORDS)]
        return []

    def needs_more(self) -> bool:
        """Tell whether one of the filters that are folded away needs correcting."""
        return any(field.errors for field in self if field.name not in IN_SIGHT)

    def chips(self) -> list[Chip]:
        """List what narrows the list, in the order of the form."""
        shown = []
        for field in self:
            if field.name == "sort" or not field.data:
                continue
            shown_as: str | None = {
                "text": say("“%(text)s”", text=field.data),
                "pay": pay_least_words(self.pay.data) if self.pay.data else "",
                "soon": field.label.text,
                "mine": field.label.text,
            }.get(field.name)
            if shown_as is None:
                value = field.data
                if isinstance(field, SelectField):
                    value = dict(choice[:2] for choice in field.choices)[field.data]
                shown_as = say("%(filter)s: %(value)s", filter=field.label.text, value=value)
            shown.append(Chip(field.name, shown_as, address(**{field.name: None})))
        return shown


def _posting_id(name: str) -> str:
    given = request.args.get(name, "")
    return given if is_id(given, "pst") else ""
