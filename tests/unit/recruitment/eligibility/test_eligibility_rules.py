"""Which answers bar, which are only explained, and what makes a question."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from app.platform.errors import Invalid
from app.recruitment.eligibility import rules

AGE = SimpleNamespace(id="age", lawful=["Yes"], unlawful=["No"], is_advisory=False)
NIGHTS = SimpleNamespace(id="nights", lawful=["Yes"], unlawful=["No", "Not sure"], is_advisory=True)
QUESTIONS = [AGE, NIGHTS]


@pytest.mark.parametrize(
    ("answers", "explained", "barring", "answered"),
    [
        ({"age": "Yes", "nights": "Yes"}, [], [], True),
        ({"age": "No", "nights": "Yes"}, [AGE], [AGE], True),
        ({"age": "Yes", "nights": "Not sure"}, [NIGHTS], [], True),
        ({"age": "No", "nights": "No"}, [AGE, NIGHTS], [AGE], True),
        ({"age": "Yes"}, [], [], False),
        ({"age": "Perhaps", "nights": "Yes"}, [], [], False),
        ({}, [], [], False),
    ],
)
def test_an_answer_bars_only_where_the_law_does(answers, explained, barring, answered):
    assert rules.refused(QUESTIONS, answers) == explained
    assert rules.bars(QUESTIONS, answers) == barring
    assert rules.is_answered(QUESTIONS, answers) is answered


@pytest.mark.parametrize(
    ("lawful", "unlawful", "field"),
    [
        ([], ["No"], "lawful"),
        (["Yes"], [], "unlawful"),
        (["Yes"], ["yes"], "unlawful"),
        (["Yes"], ["x" * 121], "unlawful"),
        (["Yes"], [str(number) for number in range(8)], "unlawful"),
    ],
)
def test_a_question_needs_both_kinds_of_answers_each_once(lawful, unlawful, field):
    with pytest.raises(Invalid) as refused:
        rules.check_answers(lawful, unlawful)
    assert set(refused.value.fields) == {field}
    rules.check_answers(["Yes"], ["No", "Not sure"])
