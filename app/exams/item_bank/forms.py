"""What a browser may send about items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.accounts.models import Agency
from app.exams.item_bank import rules
from app.exams.item_bank.files import MOST_BYTES
from app.exams.item_bank.rules import OPTION_KEYS, Content
from app.exams.item_bank.states import Difficulty, ItemState
from app.platform.languages import ENGLISH, LANGUAGES
from app.web.forms import (
    FilterForm,
    HiddenTextField,
    IdempotencyKeyField,
    MeritumForm,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
    UploadField,
    named,
)

DIFFICULTIES = [(each.value, each.value.capitalize()) for each in Difficulty]
SPOKEN = list(LANGUAGES.items())


class ItemForm(MeritumForm):
    """The wording of an item with its options and key."""

    idempotency_key = IdempotencyKeyField()
    subject = TextField("Subject", max_length=rules.LONGEST_SUBJECT)
    difficulty = SelectField("Intended difficulty", choices=DIFFICULTIES)
    language = SelectField("Language", choices=SPOKEN)
    stem = TextAreaField("Question", max_length=rules.LONGEST_STEM, rows=4)
    option_a = TextField("Option A", max_length=rules.LONGEST_OPTION)
    option_b = TextField("Option B", max_length=rules.LONGEST_OPTION)
    option_c = TextField("Option C", max_length=rules.LONGEST_OPTION, required=False)
    option_d = TextField("Option D", max_length=rules.LONGEST_OPTION, required=False)
    option_e = TextField("Option E", max_length=rules.LONGEST_OPTION, required=False)
    option_f = TextField("Option F", max_length=rules.LONGEST_OPTION, required=False)
    accepted = SelectField("Right option", choices=[(key, key) for key in OPTION_KEYS])
    submit = SubmitField("Save the item")

    def content(self, code: str) -> Content:
        """Give what was sent as the item of a code, after it was validated."""
        texts = {key: self[f"option_{key.lower()}"].data for key in OPTION_KEYS}
        return Content(
            code,
            self.subject.data,
            Difficulty(self.difficulty.data),
            self.language.data,
            self.stem.data,
            {key: text for key, text in texts.items() if text},
            (self.accepted.data,),
        )


class CreateForm(ItemForm):
    """A new item of an agency."""

    agency_id = SelectField("Agency", prompt="Choose an agency")
    code = TextField("Code", max_length=40, width="10", hint="It stays the same in all versions.")


def item_data(content: Content) -> dict[str, Any]:
    """Give a wording as the form shows it."""
    return {
        "subject": content.subject,
        "difficulty": content.difficulty,
        "language": content.language,
        "stem": content.stem,
        "accepted": content.accepted[0],
        **{f"option_{key.lower()}": text for key, text in content.options.items()},
    }


class RetireForm(MeritumForm):
    """Why an item is taken out of use."""

    reason = TextAreaField("Why the item is retired", max_length=2000, rows=4)
    submit = SubmitField("Retire the item", kind="warning")


class ImportForm(MeritumForm):
    """A file of items to check; nothing of it counts yet."""

    agency_id = SelectField("Agency", prompt="Choose an agency")
    file = UploadField(
        "File of items",
        allowed=["csv", "xml", "zip"],
        max_bytes=MOST_BYTES,
        hint="CSV, or QTI 3.0 as XML or ZIP.",
    )
    subject = TextField(
        "Subject of items whose file does not say it",
        max_length=rules.LONGEST_SUBJECT,
        required=False,
        hint="For QTI only: the items themselves have no place for it.",
    )
    difficulty = SelectField("Difficulty of items whose file does not say it", choices=DIFFICULTIES)
    language = SelectField("Language of items whose file does not say it", choices=SPOKEN, default=ENGLISH)
    submit = SubmitField("Check the file")


class ConfirmForm(MeritumForm):
    """The checked file, named by a sealed ticket."""

    idempotency_key = IdempotencyKeyField()
    ticket = HiddenTextField(max_length=2000)
    submit = SubmitField("Bring in the items")


class ItemFilterForm(FilterForm):
    """What the bank is narrowed to."""

    text = TextField("Words of the item or its code", max_length=80, required=False)
    subject = SelectField("Subject", required=False, prompt="Any subject")

    difficulty = SelectField("Difficulty", required=False, prompt="Any", choices=DIFFICULTIES)
    state = SelectField(
        "State",
        required=False,
        prompt="Any state",
        choices=[(state.value, state.value.replace("_", " ").capitalize()) for state in ItemState],
    )


def offer_agencies(form: CreateForm | ImportForm, agencies: Sequence[Agency]) -> None:
    """Offer the agencies in which the act is allowed."""
    form.agency_id.choices = named(agencies)
