"""The form that every page's form derives from, and the fields it may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import SubmitField as _SubmitField

from app.platform.errors import Invalid
from app.platform.sentences import say
from app.web.choice_fields import (
    CheckboxesField,
    CheckboxField,
    Choice,
    RadiosField,
    SelectField,
    as_choices,
    named,
)
from app.web.components import component
from app.web.date_fields import DateField, DateTimeField
from app.web.fields import (
    CharacterCountField,
    EmailField,
    HiddenTextField,
    IdempotencyKeyField,
    PasswordField,
    TextAreaField,
    TextField,
)
from app.web.file_fields import UploadField
from app.web.number_fields import DecimalField, IntegerField, MoneyField

__all__ = [
    "CharacterCountField",
    "CheckboxField",
    "CheckboxesField",
    "DateField",
    "DateTimeField",
    "DecimalField",
    "EmailField",
    "FilterForm",
    "HiddenTextField",
    "IdempotencyKeyField",
    "IntegerField",
    "MeritumForm",
    "MoneyField",
    "PasswordField",
    "RadiosField",
    "SelectField",
    "SubmitField",
    "TextAreaField",
    "TextField",
    "UploadField",
    "as_choices",
    "error_summary",
    "named",
]


class SubmitField(_SubmitField):  # type: ignore[misc]
    """The button that sends the form; `kind` is secondary or warning."""

    def __init__(self, label: str, *, kind: str = "", **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.kind = kind

    def __call__(self, **overrides: Any) -> Markup:
        """Draw the button, which ignores a second click that follows at once."""
        classes = f"govuk-button--{self.kind}" if self.kind else ""
        given = {
            "text": str(self.label.text),
            "name": self.name,
            "value": "y",
            "type": "submit",
            "classes": classes,
            "preventDoubleClick": True,
        }
        return component("button", **(given | overrides))


class MeritumForm(FlaskForm):  # type: ignore[misc]
    """A form that changes something: sent by POST, with a token, its errors told at their fields.

    `zone` is the zone of its date-time fields, given as `PostingForm(zone=agency.zone)`.
    `saved` holds what saving it made.
    """

    zone = "UTC"
    is_filter = False
    saved: Any = None

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Read forms alone: a JSON body is nobody's form here."""
            return None if request.is_json else super().wrap_formdata(form, formdata)

    def __init__(self, *args: Any, zone: str = "", **kwargs: Any) -> None:
        if zone:
            self.zone = zone
        super().__init__(*args, **kwargs)

    @property
    def has_upload(self) -> bool:
        """Tell whether the form must be sent in parts, for its files."""
        return any(isinstance(field, UploadField) for field in self)

    def add_errors(self, error: Invalid) -> None:
        """Tell a service's refusal at the fields it names; the rest stands in the summary."""
        for name, sentence in error.fields.items():
            field = self._fields.get(name)
            if field is None or isinstance(field, HiddenTextField):
                self.form_errors.append(sentence)
            else:
                field.errors = [*field.errors, sentence]


class FilterForm(MeritumForm):
    """A form that only chooses what a page shows: sent by GET, no token; empty until it is used.

    `choices` gives what fields offer by their names, where that is known only when the page is asked for:
    what came is held against it at once. No field is required. `is_used` tells whether anything was asked
    for; a wrong value has an error, and its field holds no data.
    """

    is_filter = True

    class Meta(MeritumForm.Meta):
        csrf = False

    def __init__(self, *, choices: Mapping[str, Sequence[Choice]] | None = None, **kwargs: Any) -> None:
        super().__init__(formdata=request.args, **kwargs)
        for name, offered in (choices or {}).items():
            self[name].choices = offered
        self.is_used = any(field.name in request.args for field in self)
        self.validate()
        for field in self:
            if field.errors:
                field.data = None


def error_summary(form: Any) -> Markup:
    """Draw the list of what needs correcting, each entry leading to its control; nothing when all is well."""
    listed: list[dict[str, str]] = [{"text": str(error)} for error in form.form_errors]
    for field in form:
        for error in field.errors[:1]:
            entry = {"text": str(error)}
            if hasattr(field, "focus_id") and not isinstance(field, HiddenTextField):
                entry["href"] = f"#{field.focus_id}"
            listed.append(entry)
    if not listed:
        return Markup("")
    return component("error-summary", titleText=say("There is a problem"), errorList=listed)
