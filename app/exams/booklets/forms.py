"""What a browser may send about papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.accounts.models import Agency
from app.exams.booklets.rules import MOST_ITEMS, SERIES, Wish
from app.exams.examinations.models import Examination
from app.exams.item_bank.forms import SPOKEN
from app.exams.item_bank.states import Difficulty
from app.platform.languages import ENGLISH
from app.web.forms import (
    DateField,
    FilterForm,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    SelectField,
    SubmitField,
    TextField,
    named,
)


class PickForm(FilterForm):
    """Whose bank a paper is made from."""

    agency = SelectField("Agency", required=False, prompt="Choose an agency")
    language = SelectField("Language", required=False, prompt="Choose a language", choices=SPOKEN)

    def __init__(self, *, agencies: Sequence[Agency]) -> None:
        super().__init__(choices={"agency": named(agencies)})
        if len(agencies) == 1:
            self.agency.data = agencies[0].id
        if not self.language.data:
            self.language.data = ENGLISH


class BlueprintForm(MeritumForm):
    """A paper by a blueprint; the fields of its cells are added for the bank at hand."""

    idempotency_key = IdempotencyKeyField()
    title = TextField("Title", max_length=200, hint="As it stands on the booklets.")
    seed = TextField(
        "Seed of the choice", max_length=80, hint="The same seed and bank give the same paper again."
    )
    unused_since = DateField(
        "Leave out items that were asked on this day or later",
        required=False,
        missing="Enter the day from which on an item counts as used lately",
    )
    submit = SubmitField("Assemble the paper")
    cells: tuple[tuple[str, Difficulty], ...] = ()

    def wishes(self) -> list[Wish]:
        """Give the blueprint, after the form was validated; empty cells ask for nothing."""
        return [
            Wish(subject, difficulty, self[f"cell_{place}"].data or 0)
            for place, (subject, difficulty) in enumerate(self.cells)
        ]


def blueprint_form(counts: Iterable[tuple[str, Difficulty, int]]) -> BlueprintForm:
    """Make the form for the cells of a bank, each with how many usable items it holds."""
    fields: dict[str, Any] = {"cells": ()}
    cells = []
    for place, (subject, difficulty, count) in enumerate(counts):
        cells.append((subject, difficulty))
        label = f"{subject}, {difficulty.value} ({count} in the bank)"
        fields[f"cell_{place}"] = IntegerField(label, minimum=0, maximum=MOST_ITEMS, required=False)
    fields["cells"] = tuple(cells)
    made: BlueprintForm = type("OwnBlueprintForm", (BlueprintForm,), fields)()
    return made


class UseForm(MeritumForm):
    """The examination that asks a paper."""

    examination_id = SelectField("Examination", prompt="Choose an examination")
    submit = SubmitField("Use the paper")

    def offer(self, examinations: Sequence[Examination]) -> None:
        """Offer the examinations of the paper's agency that are still planned."""
        self.examination_id.choices = [(row.id, f"{row.title} ({row.number})") for row in examinations]


class SeriesForm(MeritumForm):
    """How many series there are, and the seed by which they are shuffled."""

    count = SelectField(
        "Series",
        choices=[(str(count), " ".join(SERIES[:count])) for count in range(2, len(SERIES) + 1)],
    )
    seed = TextField("Seed of the shuffling", max_length=80, hint="The same seed gives the same series.")
    submit = SubmitField("Make the series")
