"""Form fields for dates and for moments in a named zone; a date is typed into three boxes."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from app.platform import clock
from app.platform.languages import ENGLISH
from app.platform.locales import MONTHS, month_names, write_time
from app.platform.sentences import Sentence, say, translate
from app.web.components import component
from app.web.fields import MeritumField, clean_text, unsavable

_PARTS = {"day": say("Day"), "month": say("Month"), "year": say("Year")}
EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2199, 12, 31)
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](.*))?")


class DateField(MeritumField):
    """A date, typed as day, month and year; one value in ISO form is read as well. Its data is a date."""

    component = "date-input"
    parts: tuple[str, ...] = ("day", "month", "year")

    def __init__(
        self,
        label: str,
        *,
        earliest: dt.date = EARLIEST,
        latest: dt.date = LATEST,
        is_birthday: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.earliest, self.latest, self.is_birthday = earliest, latest, is_birthday
        self.texts = dict.fromkeys(self.parts, "")
        self.wrong_part = "day"

    @property
    def focus_id(self) -> str:
        return str(self.id) if self.wrong_part == "day" else f"{self.id}-{self.wrong_part}"

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Gather the parts, which come under names of their own, before the field reads them."""
        super().process(None, data, extra_filters)
        if formdata is None:
            return
        try:
            self.texts = self._gather(formdata)
            self.raw_data = list(self.texts.values())
            self.data = self.read() if any(self.raw_data) else None
        except ValueError as error:
            self.data = None
            self.process_errors = [error.args[0]]

    def _gather(self, formdata: Any) -> dict[str, str]:
        whole = self._clean(formdata.get(self.name, ""))[:40]
        if iso := _ISO.fullmatch(whole):
            year, month, day, time = iso.groups()
            return dict(zip(self.parts, (day, month, year, time or ""), strict=False))
        return {part: self._clean(formdata.get(f"{self.name}-{part}", ""))[:20] for part in self.parts}

    def _clean(self, typed: Any) -> str:
        try:
            return clean_text(str(typed))
        except ValueError:
            raise ValueError(unsavable(self.subject)) from None

    def read(self) -> Any:
        """Give the value of the parts; raises ValueError, and remembers which part is wrong."""
        return self.read_date()

    def read_date(self) -> dt.date:
        """Give the date; a month may be typed as its name."""
        for part in ("day", "month", "year"):
            if not self.texts[part]:
                raise self._wrong(part, self._lacks(part))
        numbers = {part: _number(self.texts[part]) for part in ("day", "year")}
        month = _month(self.texts["month"])
        if month is None:
            raise self._wrong("month", say("%(field)s must have a month from 1 to 12", field=self.subject))
        if numbers["year"] is None or len(self.texts["year"]) != 4:
            raise self._wrong("year", say("%(field)s must have a year of 4 digits", field=self.subject))
        try:
            return dt.date(numbers["year"], month, numbers["day"] or 0)
        except ValueError:
            raise self._wrong("day", say("%(field)s must be a real date", field=self.subject)) from None

    def _lacks(self, part: str) -> Sentence:
        if part == "day":
            return say("%(field)s must include a day", field=self.subject)
        if part == "month":
            return say("%(field)s must include a month", field=self.subject)
        return say("%(field)s must include a year", field=self.subject)

    def _wrong(self, part: str, sentence: Sentence) -> ValueError:
        self.wrong_part = part
        return ValueError(sentence)

    def process_data(self, value: Any) -> None:
        self.data = value
        if value is not None:
            self.texts = dict(zip(self.parts, self.write(value), strict=True))

    def write(self, value: Any) -> tuple[str, ...]:
        """Write a value as its parts."""
        return (str(value.day), str(value.month), str(value.year))

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        self.check_range(self.data)

    def check_range(self, day: Any) -> None:
        """Refuse a date before `earliest` or after `latest`."""
        if day < self.earliest:
            raise StopValidation(
                say("%(field)s must be %(day)s or later", field=self.subject, day=self.earliest)
            )
        if day > self.latest:
            raise StopValidation(
                say("%(field)s must be %(day)s or earlier", field=self.subject, day=self.latest)
            )

    def parameters(self) -> dict[str, Any]:
        given = super().parameters()
        legend = {"text": given.pop("label")["text"], "classes": "govuk-fieldset__legend--s"}
        items = [
            {
                "id": self.id if part == "day" else f"{self.id}-{part}",
                "name": f"{self.name}-{part}",
                "label": _PARTS[part],
                "value": self.texts[part],
                "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
                + (" govuk-input--error" if self.errors else ""),
            }
            | ({"autocomplete": f"bday-{part}"} if self.is_birthday else {})
            for part in ("day", "month", "year")
        ]
        return given | {"id": f"{self.id}-group", "fieldset": {"legend": legend}, "items": items}


class DateTimeField(DateField):
    """A moment: a date and a time on the clock of a zone, which is named beside it. Its data is in UTC.

    The zone is the field's, else the form's (`PostingForm(zone=agency.zone)`).
    """

    parts = ("day", "month", "year", "time")

    def __init__(self, label: str, *, zone: str = "", **kwargs: Any) -> None:
        form = kwargs["_form"]
        self.zone = zone or form.zone
        super().__init__(label, **kwargs)

    def read(self) -> dt.datetime:
        day = self.read_date()
        time = parse_time(self.texts["time"])
        if time is None:
            raise self._wrong("time", say("%(field)s must have a time, such as 5:00 pm", field=self.subject))
        try:
            return clock.zoned_moment(day, time, self.zone)
        except ValueError:
            raise self._wrong(
                "time",
                say(
                    "%(field)s is not a time on %(day)s: the clocks go forward then. Choose another time",
                    field=self.subject,
                    day=day,
                ),
            ) from None

    def write(self, value: dt.datetime) -> tuple[str, ...]:
        local = value.astimezone(ZoneInfo(self.zone))
        return (*super().write(local), write_time(local, ENGLISH))

    def check_range(self, day: Any) -> None:
        super().check_range(clock.local_date(day, self.zone))

    def parameters(self) -> dict[str, Any]:
        given = super().parameters()
        time = component(
            "input",
            id=f"{self.id}-time",
            name=f"{self.name}-time",
            label={"text": say("Time"), "classes": "govuk-date-input__label"},
            value=self.texts["time"],
            classes="govuk-date-input__input merit-time" + (" govuk-input--error" if self.errors else ""),
        )
        after = Markup('<div class="govuk-date-input__item">{}</div><p class="merit-zone">{}</p>')
        zone = after.format(time, translate(say("%(zone)s time", zone=self.zone.replace("_", " "))))
        return given | {"formGroup": {"afterInputs": {"html": zone}}}


def parse_time(text: str) -> dt.time | None:
    """Read `17:00`, `5 pm`, `5:00pm`, `noon` or `midnight`; None when it is none of these."""
    words = text.strip().lower()
    words = re.sub(r"^12(:00)? (noon|midnight)$", r"\2", words)
    if words in ("noon", "midday", "midnight"):
        return dt.time(0 if words == "midnight" else 12)
    found = _TIME.fullmatch(words)
    if not found or (found[2] is None and found[3] is None):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 4 else None


def _month(text: str) -> int | None:
    number = _number(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    typed = text.casefold()
    named = [
        place
        for names in (MONTHS, month_names())
        for place, name in enumerate(names, 1)
        if len(typed) >= 3 and name.casefold().startswith(typed)
    ]
    return named[0] if named else None
