"""What a visitor may ask of the list of vacancies, by its address alone."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from app.platform.ids import is_id
from app.recruitment.listing import address
from app.recruitment.postings.search import Choices, Search, Sort
from app.recruitment.postings.states import Audience, EmploymentType
from app.recruitment.postings.wording import pay_least_words
from app.web.forms import CheckboxField, FilterForm, MoneyField, SelectField, TextField

MOST_PAY_MINOR = 10**11
LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that narrows the list, and the address of the list without it."""

    text: str
    href: str


class SearchForm(FilterForm):
    """The search; a value that cannot be read or is not offered is left out and told in `notes()`."""

    text = TextField("Words", max_length=100, required=False)
    agency = SelectField("Agency", required=False, prompt="All agencies")
    place = SelectField("Place", required=False, prompt="All places")
    category = SelectField("Category", required=False, prompt="All categories")
    title = SelectField("Class", required=False, prompt="All classes")
    grade = SelectField("Grade", required=False, prompt="All grades")
    pay = MoneyField("Lowest pay a year", required=False, maximum_minor=MOST_PAY_MINOR)
    employment = SelectField(
        "Kind of employment",
        required=False,
        prompt="Any kind",
        choices=[(kind.value, kind.title) for kind in EmploymentType],
    )
    audience = SelectField(
        "Who may apply",
        required=False,
        prompt="Anyone",
        choices=[(audience.value, audience.title) for audience in Audience],
    )
    status = SelectField("Status", required=False, prompt="Open", choices=[("closed", "Closed or cancelled")])
    sort = SelectField(
        "Sort by",
        required=False,
        prompt=Sort.NEWEST.title,
        choices=[(sort.value, sort.title) for sort in Sort if sort is not Sort.NEWEST],
    )
    soon = CheckboxField("Closing within 7 days")

    def __init__(self, choices: Choices) -> None:
        self.offered = {
            "agency": choices.agencies,
            "place": [(place, place) for place in choices.locations],
            "category": [(category, category) for category in choices.categories],
            "title": [(title, title) for title in choices.class_titles],
            "grade": [(grade, grade) for grade in choices.grades],
        }
        super().__init__()

    @staticmethod
    def asks_for_closed() -> bool:
        """Tell whether the address asks for closed vacancies, whose values then are the ones on offer."""
        return request.args.get("status") == "closed"

    def validate(self, extra_validators: object = None) -> bool:
        """Offer what the vacancies have before what came is held against it."""
        for name, choices in self.offered.items():
            self[name].choices = choices
        for field, standing in ((self.sort, Sort.NEWEST.value), (self.status, "open")):
            if field.data == standing:  # written out by hand, the standing choice is a choice as well
                field.data = ""
        return bool(super().validate(extra_validators))

    def wanted(self) -> Search:
        """Give the search, without what could not be read."""
        return Search(
            text=self.text.data or "",
            agency_id=self.agency.data or "",
            category=self.category.data or "",
            class_title=self.title.data or "",
            grade=self.grade.data or "",
            location=self.place.data or "",
            pay_minor=self.pay.data,
            employment_type=EmploymentType(self.employment.data) if self.employment.data else None,
            audience=Audience(self.audience.data) if self.audience.data else None,
            is_closing_soon=bool(self.soon.data),
            is_closed=self.status.data == "closed",
            sort=Sort(self.sort.data) if self.sort.data else Sort.NEWEST,
            after=_posting_id("after"),
            before=_posting_id("before"),
        )

    def notes(self) -> list[str]:
        """Say what was left out of the search, and why."""
        said = []
        for field in self:
            if not field.errors:
                continue
            given = " ".join(request.args.get(field.name, "").split())
            typed = "".join(character for character in given if character.isprintable())
            shown = typed[:LONGEST_SHOWN] + ("…" if len(typed) > LONGEST_SHOWN else "")
            if isinstance(field, SelectField):
                said.append(f"{field.subject} “{shown}” is not in this list, so it was left out.")
                field.errors = ()  # the list shows another choice already: nothing to correct in it
            else:
                said.append(f"{field.errors[0]}. “{shown}” was left out.")
        said += [
            "That page of the list is not known, so this is the first one."
            for name in ("after", "before")
            if request.args.get(name) and not _posting_id(name)
        ]
        return said

    def has_more(self) -> bool:
        """Tell whether one of the filters that are folded away at first is in use."""
        return any(field.data for field in self if field.name not in ("text", "agency", "sort"))

    def chips(self) -> list[Chip]:
        """List what narrows the list, in the order of the form."""
        shown = []
        for field in self:
            if field.name == "sort" or not field.data:
                continue
            shown_as = {
                "text": f"“{field.data}”",
                "pay": f"At least {pay_least_words(self.pay.data)}" if self.pay.data else "",
                "soon": str(field.label.text),
            }.get(field.name)
            if shown_as is None:
                shown_as = f"{field.label.text}: {dict(choice[:2] for choice in field.choices)[field.data]}"
            shown.append(Chip(shown_as, address(**{field.name: None})))
        return shown


def _posting_id(name: str) -> str:
    given = request.args.get(name, "")
    return given if is_id(given, "pst") else ""
