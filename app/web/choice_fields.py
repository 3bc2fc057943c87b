"""Form fields for choosing: a list, radio buttons, checkboxes, one declaration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from markupsafe import Markup
from wtforms.validators import StopValidation

from app.platform.sentences import say
from app.web.fields import MeritumField

# (value sent, text shown) or (value sent, text shown, hint shown below it)
Choice = tuple[str, str] | tuple[str, str, str]
_CONTROLS = re.compile(r' data-aria-controls="[^"]*"| govuk-radios__conditional--hidden')
NOT_OFFERED = say("Select one of the choices on the page")
CHOOSE = say("Choose")
LONGEST_VALUE = 200


class Named(Protocol):
    """Anything stored that people know by its name."""

    @property
    def id(self) -> Any: ...

    @property
    def name(self) -> Any: ...


def named(rows: Iterable[Named]) -> list[tuple[str, str]]:
    """Offer rows by their names, in their order."""
    return [(row.id, row.name) for row in rows]


def as_choices(words: Iterable[str]) -> list[tuple[str, str]]:
    """Offer words that are sent as they are shown."""
    return [(word, word) for word in words]


class _ChoiceField(MeritumField):
    """One of `choices`, which may be set on the bound field before it is validated or drawn."""

    def __init__(self, label: str, *, choices: Sequence[Choice] = (), **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.choices: Sequence[Choice] = choices
        self.data: Any

    def missing_message(self) -> str:
        return self.missing or say("Select %(field)s", field=self.subject.lowered())

    def process_data(self, value: Any) -> None:
        self.data = "" if value is None else str(getattr(value, "value", value))

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = str(valuelist[0])[:LONGEST_VALUE] if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        chosen = self.data if isinstance(self.data, list) else [self.data]
        if not set(chosen) <= {choice[0] for choice in self.choices}:
            raise StopValidation(NOT_OFFERED)

    def items(self, conditional: Mapping[str, Markup] | None = None) -> list[dict[str, Any]]:
        """Give the choices as the component's items; `conditional` is revealed below a chosen one."""
        chosen = self.data if isinstance(self.data, list) else [self.data]
        items = []
        for value, text, *hint in self.choices:
            item: dict[str, Any] = {"value": value, "text": str(text), "checked": value in chosen}
            if hint:
                item["hint"] = {"text": str(hint[0])}
            if conditional and value in conditional:
                item["conditional"] = {"html": conditional[value]}
            items.append(item)
        return items

    def grouped(self) -> dict[str, Any]:
        """Give the parameters of a group of controls, named by a legend."""
        given = super().parameters()
        text = given.pop("label")["text"]
        legend = {"text": text, "classes": "govuk-fieldset__legend--s"}
        return given | {"idPrefix": given.pop("id"), "fieldset": {"legend": legend}}


class SelectField(_ChoiceField):
    """One of many choices in a closed list; the list begins with an empty entry unless there is a value."""

    component = "select"

    def __init__(self, label: str, *, prompt: str = CHOOSE, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.prompt = prompt

    def parameters(self) -> dict[str, Any]:
        empty = {"value": "", "text": self.prompt, "selected": not self.data}
        items = [item | {"selected": item["checked"]} for item in self.items()]
        return super().parameters() | {"items": [empty, *items]}


class RadiosField(_ChoiceField):
    """One of a few choices, all in sight."""

    component = "radios"

    def __init__(self, label: str, *, inline: bool = False, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.inline = inline

    def __call__(self, *, conditional: Mapping[str, Markup] | None = None, **overrides: Any) -> Markup:
        """Draw the group; `conditional` maps a value to the fields that choosing it reveals."""
        if not conditional:
            return super().__call__(**overrides)
        drawn = super().__call__(items=self.items(conditional), **overrides)
        # The component's script would put aria-expanded on the radio, which ARIA 1.2 does not allow there;
        # without this attribute the style sheet alone reveals what belongs to the chosen one.
        return Markup(_CONTROLS.sub("", drawn))  # noqa: S704 - what goes out was drawn safely

    def parameters(self) -> dict[str, Any]:
        classes = {"classes": "govuk-radios--inline"} if self.inline else {}
        return self.grouped() | {"items": self.items()} | classes


class CheckboxesField(_ChoiceField):
    """Any number of choices; its data is the list of those ticked, in the order of the choices."""

    component = "checkboxes"

    def process_data(self, value: Any) -> None:
        self.data = [str(getattr(one, "value", one)) for one in value or ()]

    def process_formdata(self, valuelist: list[str]) -> None:
        ticked = {str(value)[:LONGEST_VALUE] for value in valuelist}
        order = {choice[0]: place for place, choice in enumerate(self.choices)}
        self.data = sorted(ticked, key=lambda value: (order.get(value, len(order)), value))

    def parameters(self) -> dict[str, Any]:
        return self.grouped() | {"items": self.items()}


class CheckboxField(MeritumField):
    """One box to tick; its data is True or False. When required it must be ticked."""

    component = "checkboxes"

    def __init__(self, label: str, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, required=required, **kwargs)

    def process_data(self, value: Any) -> None:
        self.data = bool(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = bool(valuelist) and valuelist[0] not in ("", "false", "0")

    def is_blank(self) -> bool:
        return not self.data

    def missing_message(self) -> str:
        return self.missing or say("Tick the box: %(field)s", field=self.subject)

    def parameters(self) -> dict[str, Any]:
        given = super().parameters()
        del given["label"]
        item: dict[str, Any] = {"value": "y", "text": str(self.label.text), "checked": bool(self.data)}
        if "hint" in given:
            item["hint"] = given.pop("hint")
        return given | {"idPrefix": given.pop("id"), "items": [item]}
