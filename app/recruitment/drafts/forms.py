"""What an applicant may send at each step of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.platform.sentences import say
from app.recruitment.postings.models import Criterion
from app.recruitment.profiles import forms as profile_forms
from app.recruitment.profiles.written import WrittenForm
from app.web.fields import MeritumField
from app.web.forms import (
    CharacterCountField,
    CheckboxField,
    MeritumForm,
    RadiosField,
    SubmitField,
)


class StartForm(MeritumForm):
    """Begins an application, from the profile or from an earlier application."""

    copy_from = RadiosField(say("What do you want to begin with?"), choices=[], required=False)
    submit = SubmitField(say("Start your application"))


class DraftForm(WrittenForm):
    """A step of a draft."""

    @property
    def keeps_in_profile(self) -> bool:
        """Tell whether the person wants the step kept in the profile as well."""
        return False


class KeepingForm(DraftForm):
    """A step that the person may keep in their profile as well."""

    keep_in_profile = CheckboxField(say("Keep this in my profile too, for other applications"))

    def answers(self) -> list[MeritumField]:
        """Give the fields that belong to the step."""
        return [field for field in super().answers() if field is not self.keep_in_profile]

    @property
    def keeps_in_profile(self) -> bool:
        """Tell whether the person wants it kept."""
        return bool(self.keep_in_profile.data)


class ContactForm(KeepingForm, profile_forms.ContactForm):
    """Who applies, and how to reach them."""


class EducationForm(DraftForm, profile_forms.EducationForm):
    """One school, college or course."""


class ExperienceForm(DraftForm, profile_forms.ExperienceForm):
    """One post that the person held."""


class LicenceForm(DraftForm, profile_forms.LicenceForm):
    """One licence, registration or certificate."""


class LanguageForm(DraftForm, profile_forms.LanguageForm):
    """One language, and how well the person speaks and writes it."""


ENTRY_FORMS: dict[str, Any] = {
    "education": EducationForm,
    "experience": ExperienceForm,
    "licences": LicenceForm,
    "languages": LanguageForm,
}


class AnotherForm(MeritumForm):
    """Whether there is something (more) to add to a list."""

    another = RadiosField(
        say("Do you want to add more?"), choices=[("yes", say("Yes")), ("no", say("No"))], inline=True
    )
    keep_in_profile = CheckboxField(say("Keep this list in my profile too, for other applications"))
    proceed = SubmitField(say("Continue"))


class RemoveForm(profile_forms.RemoveForm):
    """Confirms that an entry is taken out."""


class AnswersForm(DraftForm):
    """How the person meets each criterion; the fields are the posting's own."""

    @classmethod
    def asking(cls, criteria: Sequence[Criterion]) -> type[AnswersForm]:
        """Make the form that asks about these criteria, in their order, each under its id."""
        fields = {
            criterion.id: CharacterCountField(
                criterion.statement,
                max_length=3000,
                rows=6,
                required=criterion.is_essential,
                missing=say("Say how you meet this requirement"),
                hint=ESSENTIAL if criterion.is_essential else HELPFUL,
            )
            for criterion in criteria
        }
        return type("PostingAnswersForm", (cls,), fields)


ESSENTIAL = say("You must meet this. Say what you did, where, when and for how long.")
HELPFUL = say("It helps if you meet this. Say what you did, where, when and for how long.")
