"""Form fields for text: cleaned, bounded, and drawn as accessible components."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from typing import Any, ClassVar

import email_validator
from markupsafe import Markup
from wtforms import Field
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput

from app.platform.sentences import FieldName, Sentence, say, say_count
from app.web.components import component

# Marks that reorder the text around them; copied in unseen, they make one name look like another.
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
_EDGES = "\u200b\u200c\u200d\u2060"
_LINE_BREAKS = re.compile(r"\r\n?")
INCOMPLETE = say("This page was incomplete. Reload it and try again")
LONGEST_EMAIL = 254  # RFC 5321 leaves no room for more in an envelope
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


def clean_text(text: str, *, multiline: bool = False) -> str:
    """Strip, normalise to NFC and drop unseen reordering marks; raises ValueError for control characters."""
    text = _LINE_BREAKS.sub("\n", text) if multiline else " ".join(text.splitlines())
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text).replace("\t", " "))
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and character != "\n":
            raise ValueError("control character")
    return text.strip().strip(_EDGES).strip()


def unsavable(subject: FieldName) -> Sentence:
    """Say that a field's text holds what no text may hold."""
    return say("%(field)s contains characters that cannot be saved. Type it again", field=subject)


class MeritumField(Field):  # type: ignore[misc]
    """A field that is asked for unless `required` is False, and draws itself as a component."""

    component: ClassVar[str] = "input"

    def __init__(
        self,
        label: str,
        *,
        required: bool = True,
        hint: str = "",
        missing: str = "",
        validators: Sequence[Any] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(label, list(validators), description=hint, **kwargs)
        is_filter = kwargs["_form"].is_filter
        self.required = required and not is_filter
        self.has_note = not required and not is_filter
        self.missing = missing

    @property
    def subject(self) -> FieldName:
        """The label as the beginning of a sentence about it."""
        return FieldName(self.label.text)

    def missing_message(self) -> str:
        """Give the sentence that asks for the value."""
        return self.missing or say("Enter %(field)s", field=self.subject.lowered())

    def is_blank(self) -> bool:
        """Tell whether nothing was given."""
        return self.data is None or self.data == "" or self.data == []

    def pre_validate(self, form: Any) -> None:
        """Stop at what could not be read and at a missing value, before the other checks see it."""
        if self.errors:
            raise StopValidation()
        if self.is_blank():
            raise StopValidation(self.missing_message() if self.required else "")

    @property
    def focus_id(self) -> str:
        """The id of the control that an error of this field leads to."""
        return str(self.id)

    def parameters(self) -> dict[str, Any]:
        """Give the component's parameters that every field has."""
        text = say("%(label)s (optional)", label=self.label.text) if self.has_note else self.label.text
        given: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "label": {"text": text, "classes": "govuk-label--s"},
        }
        if self.description:
            given["hint"] = {"text": str(self.description)}
        if self.errors:
            given["errorMessage"] = {"text": str(self.errors[0]), "visuallyHiddenText": say("Error")}
        return given

    def __call__(self, *, page_heading: bool = False, **overrides: Any) -> Markup:
        """Draw the whole field; `page_heading` makes its label or legend the page's h1."""
        given = self.parameters()
        if page_heading:
            heading = {"isPageHeading": True}
            if "fieldset" in given:
                legend = given["fieldset"]["legend"]
                given["fieldset"]["legend"] = legend | heading | {"classes": "govuk-fieldset__legend--l"}
            else:
                given["label"] = given["label"] | heading | {"classes": "govuk-label--l"}
        return component(self.component, **(given | overrides))


class TextField(MeritumField):
    """One line of text, at most `max_length` characters; its data is never None."""

    multiline: ClassVar[bool] = False

    def __init__(
        self,
        label: str,
        *,
        max_length: int,
        min_length: int = 0,
        width: str = "",
        autocomplete: str = "",
        spellcheck: bool | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.max_length = max_length
        self.min_length = min_length
        self.width = width
        self.autocomplete = autocomplete
        self.spellcheck = spellcheck

    def typed(self) -> str:
        """Give what stands in the control: what was typed, else the value."""
        return self.raw_data[0] if self.raw_data else str(self.data or "")

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = str(valuelist[0]) if valuelist else ""
        self.raw_data = [_showable(text)]
        self.data = ""
        try:
            self.data = clean_text(text, multiline=self.multiline)
        except ValueError:
            raise ValueError(unsavable(self.subject)) from None

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if len(self.data) > self.max_length:
            raise StopValidation(too_long(self.subject, self.max_length))
        if len(self.data) < self.min_length:
            raise StopValidation(
                say_count(
                    "%(field)s must be %(count)s character or more",
                    "%(field)s must be %(count)s characters or more",
                    self.min_length,
                    field=self.subject,
                )
            )

    def parameters(self) -> dict[str, Any]:
        given = super().parameters() | {"value": self.typed()}
        if self.width:
            given["classes"] = f"govuk-input--width-{self.width}" if self.width.isdigit() else self.width
        if self.autocomplete:
            given["autocomplete"] = self.autocomplete
        if self.spellcheck is not None:
            given["spellcheck"] = self.spellcheck
        return given


def too_long(subject: FieldName, longest: int) -> Sentence:
    """Say that a text is longer than it may be."""
    return say_count(
        "%(field)s must be %(count)s character or fewer",
        "%(field)s must be %(count)s characters or fewer",
        longest,
        field=subject,
    )


def _showable(text: str) -> str:
    """Give typed text without what no page may hold, so that the rest can be shown again."""
    return "".join(c for c in text if c in "\n\r\t" or unicodedata.category(c) not in ("Cc", "Cs"))


class EmailField(TextField):
    """An email address; its data has the domain in lower case."""

    def __init__(self, label: str, *, max_length: int = LONGEST_EMAIL, **kwargs: Any) -> None:
        super().__init__(label, max_length=max_length, autocomplete="email", spellcheck=False, **kwargs)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        try:
            checked = email_validator.validate_email(self.data, check_deliverability=False)
        except email_validator.EmailNotValidError:
            raise StopValidation(
                say("%(field)s must be an email address, such as name@example.org", field=self.subject)
            ) from None
        self.data = checked.normalized

    def parameters(self) -> dict[str, Any]:
        return super().parameters() | {"type": "email", "attributes": {"dir": "ltr"}}


class PasswordField(TextField):
    """A password: kept exactly as typed but for normalisation, and never shown again."""

    component = "password-input"

    def __init__(self, label: str, *, max_length: int = 256, **kwargs: Any) -> None:
        kwargs.setdefault("autocomplete", "current-password")
        super().__init__(label, max_length=max_length, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = str(valuelist[0]) if valuelist else ""
        self.raw_data = []
        self.data = ""
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
            raise ValueError(unsavable(self.subject))
        self.data = unicodedata.normalize("NFC", text)

    def typed(self) -> str:
        return ""


class TextAreaField(TextField):
    """Several lines of text, at most `max_length` characters."""

    component = "textarea"
    multiline = True

    def __init__(self, label: str, *, max_length: int, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(label, max_length=max_length, **kwargs)
        self.rows = rows

    def parameters(self) -> dict[str, Any]:
        return super().parameters() | {"rows": self.rows}


class CharacterCountField(TextAreaField):
    """Several lines of text that say, while one types, how many characters are left."""

    component = "character-count"

    def parameters(self) -> dict[str, Any]:
        return super().parameters() | {"maxlength": self.max_length}


class HiddenTextField(TextField):
    """A value that the page carries and the person does not see; its errors go to the summary."""

    widget = HiddenInput()

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__("", max_length=max_length, **kwargs)

    def missing_message(self) -> str:
        return INCOMPLETE

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(INCOMPLETE) from None

    def pre_validate(self, form: Any) -> None:
        if len(self.data) > self.max_length:
            raise StopValidation(INCOMPLETE)
        super().pre_validate(form)

    def __call__(self, **_overrides: Any) -> Markup:
        return Markup('<input type="hidden" name="{}" value="{}">').format(self.name, self.typed())


class IdempotencyKeyField(HiddenTextField):
    """The key by which a form that is sent twice is done once; a missing or odd key becomes a new one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, default=lambda: secrets.token_urlsafe(24), **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        key = str(valuelist[0]) if valuelist else ""
        self.data = key if _KEY.fullmatch(key) else secrets.token_urlsafe(24)
        self.raw_data = [self.data]
