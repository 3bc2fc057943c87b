"""What a browser may send about the factors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.personnel.penalty_factors.models import PenaltyFactor, Weight
from app.personnel.penalty_factors.rules import FACTORS
from app.personnel.penalty_factors.services import Answer
from app.web.forms import MeritumForm, SelectField, SubmitField, TextAreaField

NUMBERS = range(1, len(FACTORS) + 1)


class FactorsForm(MeritumForm):
    """An answer to each factor; one may be left for later, and all are asked for before anything is done."""

    submit = SubmitField("Save the answers")

    def pairs(self) -> list[tuple[int, Any, Any]]:
        """Give the fields of each factor with its number: which way it weighs, and why."""
        return [(number, self[f"weight_{number}"], self[f"answer_{number}"]) for number in NUMBERS]

    def answers(self) -> dict[int, Answer]:
        """Give the answers by the number of the factor, after the form was validated."""
        return {
            number: Answer(Weight(weight.data or Weight.NEUTRAL.value), answer.data or "")
            for number, weight, answer in self.pairs()
        }


for _number in NUMBERS:
    setattr(
        FactorsForm,
        f"weight_{_number}",
        SelectField(
            f"How does factor {_number} weigh?",
            required=False,
            prompt="Choose",
            choices=[(weight.value, weight.title) for weight in Weight],
        ),
    )
    setattr(
        FactorsForm,
        f"answer_{_number}",
        TextAreaField(f"What is to be said of factor {_number}", max_length=2000, rows=3, required=False),
    )


def filled(answers: Mapping[int, PenaltyFactor]) -> dict[str, Any]:
    """Give the data of a form that shows what was answered until now."""
    found: dict[str, Any] = {}
    for number, row in answers.items():
        found |= {f"weight_{number}": row.weight, f"answer_{number}": row.answer}
    return found
