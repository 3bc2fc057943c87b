"""What an applicant may send at each step of a draft."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from app.platform.errors import Invalid
from app.platform.sentences import say
from app.recruitment.drafts.services import Page
from app.recruitment.postings.models import Criterion
from app.recruitment.profiles import forms as profile_forms
from app.recruitment.profiles.forms import StepForm
from app.web.fields import MeritumField
from app.web.forms import (
    CharacterCountField,
    CheckboxField,
    HiddenTextField,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SubmitField,
    TextField,
)

# What may stand half done in a field: twice what will be taken, so that a text that is too long is kept too.
STANDING = 2


class StartForm(MeritumForm):
    """Begins an application, from the profile or from an earlier application."""

    copy_from = RadiosField(say("What do you want to begin with?"), choices=[], required=False)
    submit = SubmitField(say("Start your application"))


class OpenedWithField(HiddenTextField):
    """When what a page shows had been saved; `is_sent` tells whether the page said so at all."""

    is_sent = False

    def process_formdata(self, valuelist: list[str]) -> None:
        self.is_sent = bool(valuelist)
        super().process_formdata(valuelist)


class DraftForm(StepForm):
    """A step of a draft, which knows the page it was opened as.

    `page_key` names the opened page, `opened_with` when what it shows was saved: by these the page knows its
    own savings from those of another device. `theirs` is what was saved elsewhere meanwhile.
    """

    page_key = IdempotencyKeyField()
    opened_with = OpenedWithField(max_length=40, required=False)
    theirs: dict[str, Any] | None = None
    theirs_at: dt.datetime | None = None

    @property
    def keeps_in_profile(self) -> bool:
        """Tell whether the person wants the step kept in the profile as well."""
        return False

    @property
    def page(self) -> Page:
        """Give the page that sends the form."""
        return Page(str(self.page_key.data), self.opened_with.data if self.opened_with.is_sent else None)

    def what_stands(self) -> tuple[dict[str, Any], bool]:
        """Give what stands in the step as it is being written, and whether it is complete.

        What is wrong so far is kept as typed where it is text, and left out where it is a choice or a number.
        Invalid when a text is far too long.
        """
        is_whole = self.validate() and self.is_complete
        for field in self.answers():
            if isinstance(field, TextField):
                if len(field.data) > STANDING * field.max_length:
                    raise Invalid(say("This text is too long to be saved."))
            elif field.errors:
                field.data = "" if isinstance(field.data, str) else None
        return self.values(), is_whole


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
