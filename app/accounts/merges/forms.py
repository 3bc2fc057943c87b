"""What officers may send about two accounts of one person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.accounts.merges.queries import Clash
from app.accounts.models import Account
from app.platform.sentences import say
from app.web.forms import (
    CheckboxField,
    EmailField,
    FilterForm,
    MeritumForm,
    RadiosField,
    SubmitField,
    TextAreaField,
)

REASON = 2000
CLASH = "clash_"


class ProposeForm(MeritumForm):
    """Asks which account goes on; what clashes is asked beside it, by names made from the rows."""

    keep = RadiosField("Which account goes on?", choices=[], missing="Select the account that goes on")
    reason = TextAreaField(
        "How do you know that both are one person’s?",
        max_length=REASON,
        missing="Enter how you know that both are one person’s",
    )
    submit = SubmitField("Propose to join them")

    def offer(self, pair: Sequence[Account]) -> None:
        """Name the two accounts among which is chosen."""
        self.keep.choices = [
            (value, f"{which} account: {account.name}, {account.email}")
            for value, which, account in zip(("first", "second"), ("First", "Second"), pair, strict=True)
        ]

    def questions(self) -> list[RadiosField]:
        """Give the questions about what clashes, in order."""
        return [field for field in self if str(field.name).startswith(CLASH)]

    def values(self, first_id: str, second_id: str, clashes: Sequence[Clash]) -> dict[str, Any]:
        """Give what the service asks for: which account goes on, and for each clash which row does."""
        is_first = self.keep.data == "first"
        kept, absorbed = (first_id, second_id) if is_first else (second_id, first_id)
        answers = [field.data == self.keep.data for field in self.questions()]
        choices = {
            clash.name: "kept" if is_kept else "absorbed"
            for clash, is_kept in zip(clashes, answers, strict=True)
        }
        return {"kept_id": kept, "absorbed_id": absorbed, "reason": self.reason.data, "choices": choices}


class PairFilter(FilterForm):
    """Names two accounts that were not found by themselves."""

    one = EmailField("Email address of one account", required=False)
    other = EmailField("Email address of the other account", required=False)


class DecideForm(MeritumForm):
    decision = RadiosField(
        "Your decision",
        choices=[("accept", "Join the two accounts"), ("refuse", "Refuse")],
        missing="Select your decision",
    )
    reason = TextAreaField(
        "Reason",
        max_length=REASON,
        required=False,
        hint="Needed when you refuse, or where a mailbox has not answered.",
    )
    submit = SubmitField("Save the decision")


class AnswerForm(MeritumForm):
    """What the owner of a mailbox says."""

    answer = RadiosField(
        say("Do both accounts belong to you?"),
        choices=[
            ("yes", say("Yes, both are mine. Join them.")),
            ("no", say("No, I have one account only, or I do not know of another.")),
        ],
        missing=say("Select whether both accounts belong to you"),
    )
    submit = SubmitField(say("Send my answer"))


class UndoForm(MeritumForm):
    reason = TextAreaField("Reason", max_length=REASON, missing="Enter the reason for undoing it")
    owner_objects = CheckboxField(
        "The owner of the closed account objects: undo it whatever was done from the other account since"
    )
    submit = SubmitField("Undo", kind="warning")


class ApartForm(MeritumForm):
    reason = TextAreaField(
        "How do you know that they are two people?",
        max_length=REASON,
        missing="Enter how you know that they are two people",
    )
    submit = SubmitField("Do not list them again")


def with_clashes(clashes: list[Clash]) -> type[ProposeForm]:
    """Give the form with one question for each clash, in their order."""
    fields: dict[str, Any] = {
        f"{CLASH}{number}": RadiosField(
            clash.title,
            choices=[
                ("first", f"First account: {clash.kept}"),
                ("second", f"Second account: {clash.absorbed}"),
            ],
            hint="One person can have one of these. The other one stays with the closed account.",
            missing=f"Select which one goes on: {clash.title}",
        )
        for number, clash in enumerate(clashes)
    }
    return type("ProposeFormWithClashes", (ProposeForm,), fields)
