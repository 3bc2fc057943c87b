"""What a person may send of each section, in the profile and in the steps of an application alike."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from wtforms.validators import ValidationError

from app.platform.locales import month_names
from app.platform.sentences import say
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
LEVELS = [
    ("secondary", say("High school or secondary school")),
    ("vocational", say("Trade or vocational certificate")),
    ("associate", say("Associate degree")),
    ("bachelor", say("Bachelor's degree")),
    ("master", say("Master's degree")),
    ("doctorate", say("Doctorate")),
    ("other", say("Other")),
]
# Council of Europe, Common European Framework of Reference, its six levels in plain words.
FLUENCY = [
    ("a1", say("A few words and phrases (A1)")),
    ("a2", say("Simple, everyday matters (A2)")),
    ("b1", say("Familiar matters at work (B1)")),
    ("b2", say("Most matters, with little effort (B2)")),
    ("c1", say("Nearly everything, with ease (C1)")),
    ("c2", say("As well as the best speakers (C2)")),
]
PROGRESS = [
    ("awarded", say("I have it")),
    ("studying", say("I am still studying")),
    ("left", say("I left without it")),
]
_DIGITS = re.compile(r"\d")
_TELEPHONE = re.compile(r"[\d\s()+./x#-]+", re.IGNORECASE)


class StepForm(MeritumForm):
    """A step of an application: it may be saved half done, to be gone on with later."""

    proceed = SubmitField(say("Save and continue"))
    later = SubmitField(say("Save and come back later"), kind="secondary")

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
        say("Full name"),
        max_length=200,
        autocomplete="name",
        hint=say("As it stands on your identity papers, in any script."),
    )
    other_names = TextField(
        say("Other names on your papers"),
        max_length=200,
        required=False,
        hint=say("For example, a name before marriage, or your name in another script."),
    )
    born_on = KeptDateField(
        say("Date of birth"),
        required=False,
        is_birthday=True,
        hint=say("Needed only where a law sets a limit of age. For example, 27 3 1990."),
    )

    def is_consistent(self) -> bool:
        """Refuse a day of birth to come."""
        return _not_after(self.born_on, self.today, say("Date of birth must be in the past"))


class ContactForm(StepForm):
    """Who applies, and how to reach them."""

    full_name = TextField(
        say("Full name"),
        max_length=200,
        autocomplete="name",
        hint=say("As it stands on your identity papers."),
    )
    email = EmailField(say("Email address"), hint=say("Letters about this application are announced here."))
    telephone = TextField(say("Telephone number"), max_length=40, width="20", autocomplete="tel")
    address_line_1 = TextField(say("Address line 1"), max_length=200, autocomplete="address-line1")
    address_line_2 = TextField(
        say("Address line 2"), max_length=200, required=False, autocomplete="address-line2"
    )
    town = TextField(say("Town or city"), max_length=100, width="20", autocomplete="address-level2")
    region = TextField(
        say("State or region"), max_length=100, width="20", required=False, autocomplete="address-level1"
    )
    postcode = TextField(
        say("ZIP or postal code"), max_length=20, width="10", required=False, autocomplete="postal-code"
    )
    country = TextField(say("Country"), max_length=100, width="20", autocomplete="country-name")

    def validate_telephone(self, field: TextField) -> None:
        """Refuse what no one could dial."""
        if not _TELEPHONE.fullmatch(field.data) or not 6 <= len(_DIGITS.findall(field.data)) <= 20:
            raise ValidationError(say("Telephone number must be a number, such as +1 212 555 0100"))


class EducationForm(DatedForm):
    """One school, college or course."""

    level = SelectField(say("Level"), choices=LEVELS)
    institution = TextField(say("School or college"), max_length=200)
    qualification = TextField(
        say("Qualification"), max_length=200, hint=say("For example, Bachelor of Science in Accounting.")
    )
    progress = RadiosField(say("Do you have this qualification?"), choices=PROGRESS)
    year = IntegerField(
        say("Year"),
        minimum=OLDEST_YEAR,
        maximum=2100,
        width=4,
        required=False,
        hint=say("When you got it, expect it, or left."),
    )

    def is_consistent(self) -> bool:
        """Refuse a qualification that is held since a year to come."""
        if self.progress.data == "awarded" and (self.year.data or 0) > self.today.year:
            self.year.errors = [say("Year must not be in the future for a qualification that you have")]
            return False
        return True


class ExperienceForm(DatedForm):
    """One post that the person held."""

    employer = TextField(say("Employer"), max_length=200)
    job_title = TextField(say("Job title"), max_length=200)
    start_month = SelectField(say("Month you started"), choices=[])
    start_year = IntegerField(say("Year you started"), minimum=OLDEST_YEAR, maximum=2100, width=4)
    is_current = CheckboxField(say("I still work there"))
    end_month = SelectField(say("Month you left"), choices=[], required=False)
    end_year = IntegerField(say("Year you left"), minimum=OLDEST_YEAR, maximum=2100, width=4, required=False)
    hours = IntegerField(
        say("Hours a week"),
        minimum=1,
        maximum=100,
        width=3,
        hint=say("On average. Part-time work counts in part."),
    )
    duties = CharacterCountField(say("What you did"), max_length=4000, rows=8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in (self.start_month, self.end_month):
            field.choices = [(str(number), name) for number, name in enumerate(month_names(), start=1)]

    @property
    def is_complete(self) -> bool:
        """Tell whether everything is there, the end too unless the person still works there."""
        has_end = bool(self.is_current.data or (self.end_month.data and self.end_year.data))
        return super().is_complete and has_end

    def is_consistent(self) -> bool:
        """Ask for the end of a post that was left, and refuse dates in the wrong order."""
        if not self.is_current.data and not self.later.data:
            _need(self.end_month, say("Select the month you left, or say that you still work there"))
            _need(self.end_year, say("Enter the year you left, or say that you still work there"))
        if any(field.errors for field in self):
            return False
        start, end = _month(self.start_year, self.start_month), _month(self.end_year, self.end_month)
        if start and start > (self.today.year, self.today.month):
            self.start_year.errors = [say("The month you started must not be in the future")]
        elif start and end and not self.is_current.data and end < start:
            self.end_year.errors = [say("The month you left must not be before the month you started")]
        return not (self.start_year.errors or self.end_year.errors)

    def values(self) -> dict[str, Any]:
        """Give what was entered, without an end where the person still works there."""
        entered = super().values()
        return entered | {"end_month": "", "end_year": None} if self.is_current.data else entered


class LicenceForm(DatedForm):
    """One licence, registration or certificate."""

    title = TextField(
        say("Licence or certificate"), max_length=200, hint=say("For example, Professional Engineer.")
    )
    issuer = TextField(say("Issued by"), max_length=200, missing=say("Enter who issued it"))
    number = TextField(say("Number"), max_length=80, width="20", required=False, spellcheck=False)
    issued_on = KeptDateField(say("Date it was issued"), missing=say("Enter the date on which it was issued"))
    expires_on = KeptDateField(
        say("Date it expires"), required=False, hint=say("Leave empty if it does not expire.")
    )

    def is_consistent(self) -> bool:
        """Refuse what is issued in time to come, or expires before it is issued."""
        if not _not_after(self.issued_on, self.today, say("Date it was issued must not be in the future")):
            return False
        if self.issued_on.data and self.expires_on.data and self.expires_on.data < self.issued_on.data:
            self.expires_on.errors = [say("Date it expires must not be before the date it was issued")]
            return False
        return True


class LanguageForm(DatedForm):
    """One language, and how well the person speaks and writes it."""

    language = TextField(say("Language"), max_length=80, width="20", missing=say("Enter the language"))
    spoken = SelectField(
        say("How well you speak it"), choices=FLUENCY, missing=say("Select how well you speak it")
    )
    written = SelectField(
        say("How well you write it"),
        choices=FLUENCY,
        required=False,
        hint=say("Leave empty if you do not write it, as with a signed language."),
    )
    certificate = TextField(
        say("Certificate"), max_length=200, required=False, hint=say("For example, DELE B2, 2024.")
    )


class RemoveForm(MeritumForm):
    """Confirms that an entry is taken out."""

    submit = SubmitField(say("Remove it"), kind="warning")


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
