"""What a browser may send about a decision."""

from __future__ import annotations

from typing import Any

from app.personnel.decisions.rules import SEVERITY, Specification
from app.personnel.decisions.services import Ruling
from app.personnel.discipline.regimes import Regime
from app.personnel.discipline.rules import LONGEST_SUSPENSION
from app.personnel.discipline.states import Action
from app.web.forms import (
    DateField,
    IntegerField,
    MeritumForm,
    MoneyField,
    RadiosField,
    SubmitField,
    TextAreaField,
    TextField,
)

NOTHING = "nothing"
SUSTAINED = "sustained"
_FINDINGS = [(SUSTAINED, "Sustained"), ("not_sustained", "Not sustained")]


class DecideForm(MeritumForm):
    """What is decided; a subclass made by `decide_form` asks for each specification."""

    action = RadiosField("Decision", missing="Select what is decided")
    days = IntegerField(
        "Days of suspension", minimum=1, maximum=LONGEST_SUSPENSION, required=False, hint="Calendar days."
    )
    effective_on = DateField("Takes effect on", required=False, hint="Leave empty where nothing is done.")
    reasons = TextAreaField(
        "Reasons",
        max_length=10000,
        rows=8,
        hint="They stand in the letter: what the evidence shows, and what you say to the employee’s answer. "
        "One reason a line.",
        missing="Enter the reasons of the decision",
    )
    submit = SubmitField("Decide and send the letter", kind="warning")
    specifications: tuple[tuple[str, Specification], ...] = ()

    def offer(self, regime: Regime, proposed: Action) -> None:
        """Offer the penalties of the rulebook that are no heavier than the one proposed, and none at all."""
        known = {action for law in regime.procedures for action in law.actions}
        lighter = [one for one in Action if one in known and SEVERITY[one] <= SEVERITY[proposed]]
        self.action.choices = [(action.value, action.title) for action in lighter]
        self.action.choices += [(NOTHING, "No action")]

    def findings(self) -> list[Any]:
        """Give the fields of the specifications, in the order of the notice."""
        return [self[name] for name, _ in self.specifications]

    def ruling(self) -> Ruling:
        """Give what is decided, after the form was validated."""
        action = None if self.action.data == NOTHING else Action(self.action.data)
        return Ruling(
            action=action,
            days=self.days.data if action else None,
            effective_on=self.effective_on.data if action else None,
            sustained={key: self[name].data == SUSTAINED for name, key in self.specifications},
            reasons=self.reasons.data,
        )


def decide_form(noticed: list[tuple[str, Specification]]) -> DecideForm:
    """Make a form that asks of each specification of the notice, by its label, whether it is sustained."""
    names = tuple((f"finding_{place}", key) for place, (_, key) in enumerate(noticed))
    fields: dict[str, Any] = {
        name: RadiosField(label, choices=_FINDINGS, missing=f"Say whether {label} is sustained")
        for (name, _), (label, _) in zip(names, noticed, strict=True)
    }
    made: DecideForm = type("DecideForm", (DecideForm,), fields | {"specifications": names})()
    return made


class NotEnteredForm(MeritumForm):
    """Why what was decided stays without effect."""

    grade = TextField("New grade", max_length=20, required=False)
    pay_minor = MoneyField("New pay", currency="USD", required=False)
    reason = TextAreaField(
        "What follows from this, and why",
        max_length=2000,
        rows=4,
        hint="It stays in the file, and the employee reads it.",
        missing="Enter what follows from this, and why",
    )
    submit = SubmitField("Record that it cannot be entered", kind="warning")


class CarryOutForm(MeritumForm):
    """To what a demotion leads; nothing is asked for any other penalty."""

    grade = TextField("New grade", max_length=20, required=False)
    pay_minor = MoneyField("New pay", currency="USD", required=False)
    submit = SubmitField("Carry it out", kind="warning")
