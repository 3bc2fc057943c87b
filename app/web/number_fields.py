"""Form fields for whole numbers, decimal numbers and money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms.validators import StopValidation

from app.platform.locales import Money
from app.platform.sentences import say, say_count
from app.web.amounts import SYMBOLS, minor_digits, parse_number
from app.web.fields import MeritumField, clean_text, unsavable

LARGEST_INTEGER = 2_147_483_647  # what an INTEGER column holds on both databases


class _NumberField(MeritumField):
    """What the number fields share: the typed text is kept, the data is None until it was read."""

    width = 10

    def typed(self) -> str:
        """Give what stands in the control: what was typed, else the value."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)

    def write(self, value: Any) -> str:
        """Write a value as a person would type it."""
        return str(value)

    def read(self, text: str) -> Any:
        """Read a value; raises ValueError with the sentence that says what is wrong."""
        raise NotImplementedError

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        try:
            text = clean_text(str(valuelist[0])) if valuelist else ""
        except ValueError:
            self.raw_data = []
            raise ValueError(unsavable(self.subject)) from None
        self.raw_data = [text[:80]]
        if text:
            self.data = self.read(text)

    def parameters(self) -> dict[str, Any]:
        return super().parameters() | {
            "value": self.typed(),
            "classes": f"govuk-input--width-{self.width}",
            "spellcheck": False,
        }


class IntegerField(_NumberField):
    """A whole number from `minimum` to `maximum`."""

    def __init__(
        self,
        label: str,
        *,
        minimum: int = 0,
        maximum: int = LARGEST_INTEGER,
        suffix: str = "",
        width: int = 5,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.minimum, self.maximum, self.suffix, self.width = minimum, maximum, suffix, width

    def read(self, text: str) -> int:
        number = parse_number(text)
        if number is None or number != int(number):
            example = str(max(self.minimum, 12))
            raise ValueError(
                say(
                    "%(field)s must be a whole number, such as %(example)s",
                    field=self.subject,
                    example=example,
                )
            )
        return int(number)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        _check_range(self, self.data, self.minimum, self.maximum, int)

    def parameters(self) -> dict[str, Any]:
        given = super().parameters() | {"inputmode": "numeric"}
        return given | ({"suffix": {"text": self.suffix}} if self.suffix else {})


class DecimalField(_NumberField):
    """An exact decimal number with at most `places` digits after the point; its data is a Decimal."""

    def __init__(
        self,
        label: str,
        *,
        places: int,
        minimum: Decimal | int = 0,
        maximum: Decimal | int = LARGEST_INTEGER,
        suffix: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.places, self.suffix = places, suffix
        self.minimum, self.maximum = Decimal(minimum), Decimal(maximum)

    def read(self, text: str) -> Decimal:
        number = parse_number(text)
        if number is None:
            raise ValueError(say("%(field)s must be a number, such as 72.5", field=self.subject))
        if number != round(number, self.places):
            raise ValueError(
                say_count(
                    "%(field)s must have %(count)s digit after the point or fewer",
                    "%(field)s must have %(count)s digits after the point or fewer",
                    self.places,
                    field=self.subject,
                )
            )
        return number

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        _check_range(self, self.data, self.minimum, self.maximum, str)

    def parameters(self) -> dict[str, Any]:
        given = super().parameters() | {"inputmode": "decimal"}
        return given | ({"suffix": {"text": self.suffix}} if self.suffix else {})


class MoneyField(_NumberField):
    """An amount of money; its data is an integer of minor units of `currency`."""

    def __init__(
        self,
        label: str,
        *,
        currency: str = "USD",
        minimum_minor: int = 0,
        maximum_minor: int = LARGEST_INTEGER,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.currency = currency
        self.minimum_minor, self.maximum_minor = minimum_minor, maximum_minor

    def write(self, value: int) -> str:
        digits = minor_digits(self.currency)
        return f"{Decimal(value).scaleb(-digits):,.{digits}f}"

    def read(self, text: str) -> int:
        symbol = SYMBOLS.get(self.currency, self.currency)
        number = parse_number(text.removeprefix(self.currency).removeprefix(symbol))
        if number is None:
            example = self.write(5_420_000)
            raise ValueError(
                say(
                    "%(field)s must be an amount of money, such as %(example)s",
                    field=self.subject,
                    example=example,
                )
            )
        minor = number.scaleb(minor_digits(self.currency))
        if minor != int(minor):
            raise ValueError(
                say(
                    "%(field)s is finer than the smallest coin of %(currency)s",
                    field=self.subject,
                    currency=self.currency,
                )
            )
        return int(minor)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)

        def write(minor: int) -> Money:
            return Money(minor, self.currency)

        _check_range(self, self.data, self.minimum_minor, self.maximum_minor, write)

    def parameters(self) -> dict[str, Any]:
        return super().parameters() | {
            "prefix": {"text": SYMBOLS.get(self.currency, self.currency)},
            "inputmode": "decimal",
        }


def _check_range(field: MeritumField, value: Any, least: Any, most: Any, write: Any) -> None:
    if value < least and most == LARGEST_INTEGER:
        raise StopValidation(
            say("%(field)s must be %(least)s or more", field=field.subject, least=write(least))
        )
    if not least <= value <= most:
        raise StopValidation(
            say(
                "%(field)s must be between %(least)s and %(most)s",
                field=field.subject,
                least=write(least),
                most=write(most),
            )
        )
