"""What a browser may send about development plans."""

from __future__ import annotations

from collections.abc import Sequence

from app.web.forms import (
    DateField,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
)

Choices = Sequence[tuple[str, str]]


class PlanForm(MeritumForm):
    """For which time a plan is."""

    idempotency_key = IdempotencyKeyField()
    starts_on = DateField("First day", missing="Enter the first day of the plan")
    ends_on = DateField("Last day", missing="Enter the last day of the plan")
    submit = SubmitField("Begin the plan")


class GoalForm(MeritumForm):
    """A goal, perhaps a level of a competency."""

    goal = TextAreaField("Goal", max_length=2000, rows=3, hint="What you want to be able to do.")
    competency = SelectField("Competency that it builds", required=False, prompt="None")
    level = IntegerField("Level to reach", minimum=1, maximum=5, required=False, width=2)
    submit = SubmitField("Add the goal")

    def __init__(self, *, competencies: Choices) -> None:
        super().__init__()
        self.competency.choices = list(competencies)


class ActivityForm(MeritumForm):
    """What is done towards a goal, and by when."""

    activity = TextAreaField("Activity", max_length=2000, rows=2, missing="Enter what you will do")
    course = SelectField("Course of the catalogue", required=False, prompt="None")
    by_on = DateField("By", missing="Enter the day by which it is done")
    submit = SubmitField("Add the activity")

    def __init__(self, *, courses: Choices) -> None:
        super().__init__()
        self.course.choices = list(courses)


class DoneForm(MeritumForm):
    """When an activity was done."""

    done_on = DateField("Done on", missing="Enter the day on which it was done")
    submit = SubmitField("Save")


class AnswerForm(MeritumForm):
    """What the supervisor says to a plan."""

    decision = RadiosField(
        "Your answer", choices=[("agree", "Agree"), ("return", "Send it back")], missing="Select an answer"
    )
    remark = TextAreaField(
        "Remark", max_length=2000, rows=3, required=False, hint="Needed when you send it back."
    )
    submit = SubmitField("Answer")


class ReviewForm(MeritumForm):
    """What was reached."""

    review = TextAreaField(
        "What was reached, and what comes next", max_length=4000, missing="Say what was reached"
    )
    submit = SubmitField("Close the plan", kind="warning")
