"""What an officer may send when screening an application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.recruitment.postings.models import Criterion
from app.recruitment.screening.models import (
    CriterionDecision,
    Outcome,
    ScreeningCorrection,
    ScreeningOutcome,
)
from app.recruitment.screening.rules import Decision
from app.web.forms import MeritumForm, RadiosField, SubmitField, TextAreaField, TextField

MET = [("met", "Met"), ("not_met", "Not met")]


class ScreeningForm(MeritumForm):
    """A decision on each criterion, and the outcome; the fields of the criteria are the posting's own."""

    criteria: Sequence[Criterion] = ()

    outcome = RadiosField(
        "Outcome",
        choices=[("eligible", "Eligible"), ("ineligible", "Not eligible")],
        inline=True,
        missing="Select the outcome",
    )
    reason = TextAreaField(
        "Reason for the outcome", max_length=1000, rows=3, hint="The applicant can read this."
    )
    submit = SubmitField("Save and screen the next")
    stop = SubmitField("Save and stop", kind="secondary")

    @classmethod
    def about(
        cls, criteria: Sequence[Criterion], reasons: Mapping[str, Sequence[str]]
    ) -> type[ScreeningForm]:
        """Make the form that decides these criteria; `reasons` are offered again while one types."""
        fields: dict[str, Any] = {"criteria": tuple(criteria), "reasons": reasons}
        for number, criterion in enumerate(criteria, start=1):
            fields[f"met_{criterion.id}"] = RadiosField(
                f"Requirement {number}: is it met?",
                choices=MET,
                inline=True,
                missing=f"Select whether requirement {number} is met",
            )
            fields[f"reason_{criterion.id}"] = TextField(
                f"Reason for requirement {number}",
                max_length=1000,
                missing=f"Give the reason for requirement {number}",
            )
        return type("PostingScreeningForm", (cls,), fields)

    def decisions(self) -> dict[str, Decision]:
        """Give what was decided, by criterion."""
        return {
            criterion.id: Decision(
                self[f"met_{criterion.id}"].data == "met", self[f"reason_{criterion.id}"].data
            )
            for criterion in self.criteria
        }

    def chosen(self) -> Outcome:
        """Give the outcome that was chosen."""
        return Outcome(self.outcome.data)

    def entered(self) -> dict[str, Any]:
        """Give what a service asks of a screening."""
        return {"decisions": self.decisions(), "outcome": self.chosen(), "reason": self.reason.data}

    def draw(self, criterion_id: str) -> tuple[Any, Any]:
        """Draw the two fields of a criterion, the reason with the list of reasons given before."""
        reason = self[f"reason_{criterion_id}"](attributes={"list": f"reasons-{criterion_id}"})
        return self[f"met_{criterion_id}"](), reason


class CorrectionForm(ScreeningForm):
    """The same, filled in as it stands, and why it is corrected."""

    correction_reason = TextAreaField(
        "Why is the screening corrected?", max_length=1000, rows=3, hint="It is kept with both versions."
    )
    submit = SubmitField("Save the correction")


def as_data(outcome: ScreeningOutcome | None, decisions: Mapping[str, CriterionDecision]) -> dict[str, Any]:
    """Give a recorded screening as what its form shows."""
    data: dict[str, Any] = {}
    if outcome is not None:
        data |= {"outcome": outcome.outcome.value, "reason": outcome.reason}
    for criterion_id, decision in decisions.items():
        data[f"met_{criterion_id}"] = "met" if decision.is_met else "not_met"
        data[f"reason_{criterion_id}"] = decision.reason
    return data


def differences(correction: ScreeningCorrection) -> list[tuple[str, str, str]]:
    """Give what a correction changed: the criterion's id (or "outcome"), and how it read before and after."""
    before, after = correction.before, correction.after
    changed = []
    for criterion_id in after["decisions"]:
        old, new = before["decisions"].get(criterion_id), after["decisions"][criterion_id]
        if old != new:
            changed.append((criterion_id, _decision(old), _decision(new)))
    old_outcome, new_outcome = _outcome(before), _outcome(after)
    if old_outcome != new_outcome:
        changed.append(("outcome", old_outcome, new_outcome))
    return changed


def _decision(decision: Mapping[str, Any] | None) -> str:
    if decision is None:
        return "Not decided"
    return f"{'Met' if decision['is_met'] else 'Not met'}: {decision['reason']}"


def _outcome(picture: Mapping[str, Any]) -> str:
    return f"{'Eligible' if picture['outcome'] == 'eligible' else 'Not eligible'}: {picture['reason']}"
