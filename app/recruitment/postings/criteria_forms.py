"""The list of requirements as one form: added to, taken from and put in order without being saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.recruitment.postings.models import Criterion
from app.recruitment.postings.services import Asked
from app.recruitment.postings.states import CriterionKind
from app.web.forms import MeritumForm, RadiosField, SelectField, TextAreaField

MOST = 30
LONGEST_STATEMENT = 1000
_ACT = re.compile(r"(up|down|remove)-([0-9]{1,2})")
_NAME = re.compile(r"statement-([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement as it stands in the browser, right or wrong."""

    kind: str = ""
    statement: str = ""
    weight: str = "essential"


def lines_of(criteria: Sequence[Criterion]) -> list[Line]:
    """Give the stored requirements as lines; an empty line where there are none."""
    return [
        Line(
            criterion.kind.value, criterion.statement, "essential" if criterion.is_essential else "desirable"
        )
        for criterion in criteria
    ] or [Line()]


def lines_sent(sent: MultiDict[str, str]) -> list[Line]:
    """Give the lines that a browser sent, in order, at most MOST."""
    numbers = sorted(int(found[1]) for name in sent if (found := _NAME.fullmatch(name)))
    return [
        Line(
            sent.get(f"kind-{number}", ""),
            sent.get(f"statement-{number}", ""),
            sent.get(f"weight-{number}", "essential"),
        )
        for number in numbers[:MOST]
    ]


def rearrange(lines: Sequence[Line], act: str) -> list[Line]:
    """Do what a button asks: `add`, `remove-2`, `up-2` or `down-2`; anything else leaves the lines alone."""
    lines = list(lines)
    if act == "add" and len(lines) < MOST:
        return [*lines, Line()]
    found = _ACT.fullmatch(act)
    if not found or int(found[2]) >= len(lines):
        return lines
    place = int(found[2])
    if found[1] == "remove":
        return lines[:place] + lines[place + 1 :]
    other = place - 1 if found[1] == "up" else place + 1
    if 0 <= other < len(lines):
        lines[place], lines[other] = lines[other], lines[place]
    return lines


def criteria_form(lines: Sequence[Line], *, is_sent: bool) -> MeritumForm:
    """Make the form of so many lines; when it `is_sent` it reads the browser, else it shows the lines."""
    fields: dict[str, object] = {}
    shown: dict[str, str] = {}
    for place, line in enumerate(lines):
        fields |= _fields(place)
        shown |= {
            f"kind-{place}": line.kind,
            f"statement-{place}": line.statement,
            f"weight-{place}": line.weight,
        }
    made: MeritumForm = type("CriteriaForm", (MeritumForm,), fields)(
        formdata=MultiDict(shown) if is_sent else None, data=shown
    )
    return made


def asked(form: MeritumForm, count: int) -> list[Asked]:
    """Give the requirements of a valid form."""
    return [
        Asked(
            CriterionKind(form[f"kind-{place}"].data),
            form[f"statement-{place}"].data,
            form[f"weight-{place}"].data == "essential",
        )
        for place in range(count)
    ]


def _fields(place: int) -> dict[str, object]:
    number = place + 1
    return {
        f"statement-{place}": TextAreaField(
            f"Requirement {number}",
            max_length=LONGEST_STATEMENT,
            rows=2,
            missing=f"Enter requirement {number}, or remove it",
        ),
        f"kind-{place}": SelectField(
            f"Kind of requirement {number}",
            choices=[(kind.value, kind.title) for kind in CriterionKind],
            prompt="Choose a kind",
        ),
        f"weight-{place}": RadiosField(
            f"Weight of requirement {number}",
            choices=[("essential", "Essential: without it nobody is examined"), ("desirable", "Desirable")],
        ),
    }
