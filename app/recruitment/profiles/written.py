"""Forms that save as one writes, and outlive a lost session: in the profile and in drafts alike."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from flask import flash
from sqlalchemy.orm import Session

from app.platform.errors import Invalid
from app.platform.sentences import say
from app.recruitment.profiles import forms
from app.recruitment.profiles.forms import StepForm
from app.recruitment.profiles.rules import Page, SavedElsewhere
from app.web import pages, typed
from app.web.forms import HiddenTextField, IdempotencyKeyField, TextField

# What may stand half done in a field: twice what will be taken, so that a text that is too long is kept too.
STANDING = 2
_TURN = re.compile(r"[0-9]{1,13}")
FOUND = say(
    "Your session had ended. What you had typed is in the form again. It is not saved yet: check it and save."
)


class OpenedWithField(HiddenTextField):
    """When what a page shows had been saved; `is_sent` tells whether the page said so at all."""

    is_sent = False

    def process_formdata(self, valuelist: list[str]) -> None:
        self.is_sent = bool(valuelist)
        super().process_formdata(valuelist)


class WrittenForm(StepForm):
    """A step that knows the page it was opened as.

    `page_key` names the opened page, `opened_with` when what it shows was saved: by these the page knows its
    own savings from those of another device; `page_turn` grows with each sending, so that one which was
    overtaken on its way changes nothing. `theirs` is what was saved elsewhere meanwhile.
    """

    page_key = IdempotencyKeyField()
    opened_with = OpenedWithField(max_length=40, required=False)
    page_turn = HiddenTextField(max_length=15, required=False)
    theirs: dict[str, Any] | None = None
    theirs_at: dt.datetime | None = None

    @property
    def page(self) -> Page:
        """Give the page that sends the form."""
        turn = str(self.page_turn.data)
        return Page(
            str(self.page_key.data),
            self.opened_with.data if self.opened_with.is_sent else None,
            int(turn) if _TURN.fullmatch(turn) else 0,
        )

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
                field.data = type(field.data)() if isinstance(field.data, str | list) else None
        return self.values(), is_whole


class PersonForm(WrittenForm, forms.PersonForm):
    """Who the person is."""


class ContactForm(WrittenForm, forms.ContactForm):
    """How to reach the person."""


class EducationForm(WrittenForm, forms.EducationForm):
    """One school, college or course."""


class ExperienceForm(WrittenForm, forms.ExperienceForm):
    """One post that the person held."""


class LicenceForm(WrittenForm, forms.LicenceForm):
    """One licence, registration or certificate."""


class LanguageForm(WrittenForm, forms.LanguageForm):
    """One language, and how well the person speaks and writes it."""


ENTRY_FORMS: dict[str, Any] = {
    "education": EducationForm,
    "experience": ExperienceForm,
    "licences": LicenceForm,
    "languages": LanguageForm,
}


def fill(form_class: Callable[..., Any], data: dict[str, Any], saved_at: str, **more: Any) -> Any:
    """Make a step's form: with what was typed when the session ended, else with what is saved."""
    found = typed.find()
    form = form_class(formdata=found, **more) if found else form_class(data=data, **more)
    if found:
        flash(FOUND, "important")
    if not form.is_submitted() and not found:
        form.opened_with.data = saved_at
    return form


def keep(form: WrittenForm, act: Callable[[Session], Any]) -> bool:
    """Save a step; what was saved elsewhere meanwhile is put beside it, for the person to choose."""

    def change(session: Session) -> Any:
        typed.forget(session)
        try:
            return act(session)
        except SavedElsewhere as found:
            form.theirs, form.theirs_at = found.saved, found.saved_at
            raise

    if pages.save(form, change):
        return True
    if form.theirs_at is not None:
        stamp = form.theirs_at.isoformat()
        form.opened_with.data, form.opened_with.raw_data = stamp, [stamp]
    return False
