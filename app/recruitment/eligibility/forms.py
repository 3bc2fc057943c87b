"""The questions as a person answers them, and as an officer writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.platform.sentences import say
from app.recruitment.drafts.forms import DraftForm
from app.recruitment.eligibility.models import EligibilityQuestion
from app.recruitment.eligibility.rules import check_answers, check_matches
from app.recruitment.eligibility.states import About
from app.web.forms import CheckboxField, MeritumForm, RadiosField, SubmitField, TextAreaField, TextField


class QuestionsForm(DraftForm):
    """The questions that a posting asks first; the fields are the posting's own."""

    def theirs_listed(self, questions: Sequence[EligibilityQuestion]) -> list[dict[str, str]]:
        """Give the answers that were saved elsewhere meanwhile, each with its question."""
        theirs = self.theirs or {}
        return [
            {"key": question.question, "value": theirs.get(question.id) or say("No answer")}
            for question in questions
        ]

    @classmethod
    def asking(cls, questions: Sequence[EligibilityQuestion]) -> type[QuestionsForm]:
        """Make the form of these questions, in their order, each under its id."""
        fields = {
            question.id: RadiosField(
                question.question,
                choices=[(answer, answer) for answer in (*question.lawful, *question.unlawful)],
                missing=say("Select an answer to each question"),
            )
            for question in questions
        }
        return type("PostingQuestionsForm", (cls,), fields)


class QuestionForm(MeritumForm):
    """One question as an officer writes it; answers stand a line each."""

    question = TextField("Question", max_length=300, hint="For example, Are you at least 18 years old?")
    lawful = TextAreaField(
        "Answers with which a person may apply",
        max_length=1000,
        rows=3,
        hint="An answer a line. For example, Yes.",
    )
    unlawful = TextAreaField(
        "Answers that are explained", max_length=1000, rows=3, hint="An answer a line. For example, No."
    )
    explanation = TextAreaField(
        "What a person is told who gives one of these",
        max_length=1000,
        rows=3,
        hint="Say why, in plain words. For example, The law sets a lowest age of 18 for this post.",
    )
    source = TextField("The law that says so", max_length=300, hint="Cite it, for example, 5 CFR 338.601.")
    is_advisory = CheckboxField(
        "Advisory only",
        hint="The person reads the explanation and may go on. Leave this unticked where the answer bars.",
    )
    about = RadiosField(
        "Does a person’s profile answer it?",
        choices=[
            ("none", "No"),
            (About.RESIDENCE.value, "Yes, where they live", "The town, the region or the country"),
            (
                About.LICENCE.value,
                "Yes, a licence that they hold",
                "Its title; an expired one does not count",
            ),
        ],
        required=False,
        hint="Then “Open to me” leaves the vacancy out for people whose profile says otherwise.",
    )
    matches = TextAreaField(
        "Places or licences with which a person may apply",
        max_length=1500,
        rows=3,
        required=False,
        hint="A name a line, as people write it. For example, New York and NY.",
    )
    submit = SubmitField("Save the question")

    @property
    def match(self) -> tuple[About, list[str]] | None:
        """Give what in a profile answers the question, with the names that do; Invalid when half is given."""
        about = None if self.about.data in ("", "none") else About(self.about.data)
        names = _lines(self.matches.data)
        check_matches(about, names)
        return None if about is None else (about, names)

    def values(self) -> dict[str, Any]:
        """Give what the service stores; Invalid where the answers do not make a question."""
        lawful, unlawful = _lines(self.lawful.data), _lines(self.unlawful.data)
        check_answers(lawful, unlawful)
        return {
            "question": self.question.data,
            "lawful": lawful,
            "unlawful": unlawful,
            "explanation": self.explanation.data,
            "source": self.source.data,
            "is_advisory": bool(self.is_advisory.data),
        }


class RemoveForm(MeritumForm):
    """Confirms that a question is taken out."""

    submit = SubmitField("Remove it", kind="warning")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
