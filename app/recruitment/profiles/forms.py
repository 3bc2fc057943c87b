"""What a person may send of each section, in the profile and in the steps of an application alike."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from wtforms.validators import ValidationError

from app.web.dates import MONTHS
from app.web.fields import HiddenTextField as _Hidden
from app.web.fields import MeritumField
from app.web.forms import (
    CharacterCountField,
    CheckboxField,
    DateField,
    EmailField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextField,
)

OLDEST_YEAR = 1940
MONTH_CHOICES = [(str(number), name) for number, name in enumerate(MONTHS, start=1)]
LEVELS = [
    ("secondary", "High school or secondary school"),
    ("vocational", "Trade or vocational certificate"),
    ("associate", "Associate degree"),
    ("bachelor", "Bachelor's degree"),
    ("master", "Master's degree"),
    ("doctorate", "Doctorate"),
    ("other", "Other"),
]
# Council of Europe, Common European Framework of Reference, its six levels in plain words.
FLUENCY = [
    ("a1", "A few words and phrases (A1)"),
    ("a2", "Simple, everyday matters (A2)"),
    ("b1", "Familiar matters at work (B1)"),
    ("b2", "Most matters, with little effort (B2)"),
    ("c1", "Nearly everything, with ease (C1)"),
    ("c2", "As well as the best speakers (C2)"),
]
PROGRESS = [("awarded", "I have it"), ("studying", "I am still studying"), ("left", "I left without it")]
_DIGITS = re.compile(r"\d")
_TELEPHONE = re.compile(r"[\d\s()+./x#-]+", re.IGNORECASE)


class StepForm(MeritumForm):
    """A step of an application: it may be saved half done, to be gone on with later."""

    proceed = SubmitField("Save and continue")
    later = SubmitField("Save and come back later", kind="secondary")

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; when the step is left for later, what is missing is no fault."""
        asked = [field for field in self.answers() if field.required] if self.later.data else []
        for field in asked:
            field.required = False
        try:
            is_valid = super().validate(extra_validators)
            return self.is_consistent() and bool(is_valid)
        finally:
            for field in asked:
                field.required = True

    def is_consistent(self) -> bool:
        """Check what concerns several fields; a fault is put at a field."""
        return True

    @property
    def is_complete(self) -> bool:
        """Tell whether everything that is asked for is there."""
        return not any(field.required and field.is_blank() for field in self.answers())

    def answers(self) -> list[MeritumField]:
        """Give the fields that a person fills in."""
        return [field for field in self if isinstance(field, MeritumField) and not isinstance(field, _Hidden)]

    def values(self) -> dict[str, Any]:
        """Give what was entered, as plain JSON values; a day is written in ISO form."""
        return {
            str(field.name): field.data.isoformat() if isinstance(field.data, dt.date) else field.data
            for field in self.answers()
        }


class DatedForm(StepForm):
    """A step whose dates are judged as of `today`."""

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today


class KeptDateField(DateField):
    """A day that is kept in JSON, in ISO form."""

    def process_data(self, value: Any) -> None:
        super().process_data(dt.date.fromisoformat(value) if isinstance(value, str) and value else None)


class PersonForm(DatedForm):
    """Who the person is; the day of birth is asked for because some laws set limits of age."""

    full_name = TextField(
        "Full name",
        max_length=200,
        autocomplete="name",
        hint="As it stands on your identity papers, in any script.",
    )
    other_names = TextField(
        "Other names on your papers",
        max_length=200,
        required=False,
        hint="For example, a name before marriage, or your name in another script.",
    )
    born_on = KeptDateField(
        "Date of birth",
        required=False,
        is_birthday=True,
        hint="Needed only where a law sets a limit of age. For example, 27 3 1990.",
    )

    def is_consistent(self) -> bool:
        """Refuse a day of birth to come."""
        return _not_after(self.born_on, self.today, "Date of birth must be in the past")


class ContactForm(StepForm):
    """Who applies, and how to reach them."""

    full_name = TextField(
        "Full name", max_length=200, autocomplete="name", hint="As it stands on your identity papers."
    )
    email = EmailField("Email address", hint="Letters about this application are announced here.")
    telephone = TextField("Telephone number", max_length=40, width="20", autocomplete="tel")
    address_line_1 = TextField("Address line 1", max_length=200, autocomplete="address-line1")
    address_line_2 = TextField("Address line 2", max_length=200, required=False, autocomplete="address-line2")
    town = TextField("Town or city", max_length=100, width="20", autocomplete="address-level2")
    region = TextField(
        "State or region", max_length=100, width="20", required=False, autocomplete="address-level1"
    )
    postcode = TextField(
        "ZIP or postal code", max_length=20, width="10", required=False, autocomplete="postal-code"
    )
    country = TextField("Country", max_length=100, width="20", autocomplete="country-name")

    def validate_telephone(self, field: TextField) -> None:
        """Refuse what no one could dial."""
        if not _TELEPHONE.fullmatch(field.data) or not 6 <= len(_DIGITS.findall(field.data)) <= 20:
            raise ValidationError("Telephone number must be a number, such as +1 212 555 0100")


class EducationForm(DatedForm):
    """One school, college or course."""

    level = SelectField("Level", choices=LEVELS)
    institution = TextField("School or college", max_length=200)
    qualification = TextField(
        "Qualification", max_length=200, hint="For example, Bachelor of Science in Accounting."
    )
    progress = RadiosField("Do you have this qualification?", choices=PROGRESS)
    year = IntegerField(
        "Year",
        minimum=OLDEST_YEAR,
        maximum=2100,
        width=4,
        required=False,
        hint="When you got it, expect it, or left.",
    )

    def is_consistent(self) -> bool:
        """Refuse a qualification that is held since a year to come."""
        if self.progress.data == "awarded" and (self.year.data or 0) > self.today.year:
            self.year.errors = ["Year must not be in the future for a qualification that you have"]
            return False
        return True


class ExperienceForm(DatedForm):
    """One post that the person held."""

    employer = TextField("Employer", max_length=200)
    job_title = TextField("Job title", max_length=200)
    start_month = SelectField("Month you started", choices=MONTH_CHOICES)
    start_year = IntegerField("Year you started", minimum=OLDEST_YEAR, maximum=2100, width=4)
    is_current = CheckboxField("I still work there")
    end_month = SelectField("Month you left", choices=MONTH_CHOICES, required=False)
    end_year = IntegerField("Year you left", minimum=OLDEST_YEAR, maximum=2100, width=4, required=False)
    hours = IntegerField(
        "Hours a week", minimum=1, maximum=100, width=3, hint="On average. Part-time work counts in part."
    )
    duties = CharacterCountField("What you did", max_length=4000, rows=8)

    @property
    def is_complete(self) -> bool:
        """Tell whether everything is there, the end too unless the person still works there."""
        has_end = bool(self.is_current.data or (self.end_month.data and self.end_year.data))
        return super().is_complete and has_end

    def is_consistent(self) -> bool:
        """Ask for the end of a post that was left, and refuse dates in the wrong order."""
        if not self.is_current.data and not self.later.data:
            _need(self.end_month, "Select the month you left, or say that you still work there")
            _need(self.end_year, "Enter the year you left, or say that you still work there")
        if any(field.errors for field in self):
            return False
        start, end = _month(self.start_year, self.start_month), _month(self.end_year, self.end_month)
        if start and start > (self.today.year, self.today.month):
            self.start_year.errors = ["The month you started must not be in the future"]
        elif start and end and not self.is_current.data and end < start:
            self.end_year.errors = ["The month you left must not be before the month you started"]
        return not (self.start_year.errors or self.end_year.errors)

    def values(self) -> dict[str, Any]:
        """Give what was entered, without an end where the person still works there."""
        entered = super().values()
        return entered | {"end_month": "", "end_year": None} if self.is_current.data else entered


class LicenceForm(DatedForm):
    """One licence, registration or certificate."""

    title = TextField("Licence or certificate", max_length=200, hint="For example, Professional Engineer.")
    issuer = TextField("Issued by", max_length=200, missing="Enter who issued it")
    number = TextField("Number", max_length=80, width="20", required=False, spellcheck=False)
    issued_on = KeptDateField("Date it was issued", missing="Enter the date on which it was issued")
    expires_on = KeptDateField("Date it expires", required=False, hint="Leave empty if it does not expire.")

    def is_consistent(self) -> bool:
        """Refuse what is issued in time to come, or expires before it is issued."""
        if not _not_after(self.issued_on, self.today, "Date it was issued must not be in the future"):
            return False
        if self.issued_on.data and self.expires_on.data and self.expires_on.data < self.issued_on.data:
            self.expires_on.errors = ["Date it expires must not be before the date it was issued"]
            return False
        return True


class LanguageForm(DatedForm):
    """One language, and how well the person speaks and writes it."""

    language = TextField("Language", max_length=80, width="20", missing="Enter the language")
    spoken = SelectField("How well you speak it", choices=FLUENCY, missing="Select how well you speak it")
    written = SelectField(
        "How well you write it",
        choices=FLUENCY,
        required=False,
        hint="Leave empty if you do not write it, as with a signed language.",
    )
    certificate = TextField("Certificate", max_length=200, required=False, hint="For example, DELE B2, 2024.")


class RemoveForm(MeritumForm):
    """Confirms that an entry is taken out."""

    submit = SubmitField("Remove it", kind="warning")


ENTRY_FORMS: dict[str, Any] = {
    "education": EducationForm,
    "experience": ExperienceForm,
    "licences": LicenceForm,
    "languages": LanguageForm,
}


def _not_after(field: DateField, today: dt.date, sentence: str) -> bool:
    if field.data is None or field.data <= today:
        return True
    field.errors = [sentence]
    return False


def _need(field: MeritumField, sentence: str) -> None:
    if not field.data and not field.errors:
        field.errors = [sentence]


def _month(year: IntegerField, month: SelectField) -> tuple[int, int] | None:
    return (year.data, int(month.data)) if year.data and month.data else None
