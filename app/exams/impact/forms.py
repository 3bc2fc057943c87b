"""What a browser may send about groups."""

from __future__ import annotations

from app.exams.impact.rules import BACKGROUND, DISABILITY, SEX
from app.platform.sentences import say
from app.web.forms import MeritumForm, RadiosField, SubmitField

RATHER_NOT = ("", say("I would rather not say"))


class VoluntaryForm(MeritumForm):
    """Three questions that nobody has to answer."""

    sex = RadiosField(say("What is your sex?"), required=False, choices=[*SEX.items(), RATHER_NOT])
    background = RadiosField(
        say("Which of these describes you?"), required=False, choices=[*BACKGROUND.items(), RATHER_NOT]
    )
    disability = RadiosField(
        say("Do you have a disability?"), required=False, choices=[*DISABILITY.items(), RATHER_NOT]
    )
    submit = SubmitField(say("Save"))
