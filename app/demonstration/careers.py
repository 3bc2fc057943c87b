"""Careers as an office finds them in its old register: hired, raised, away for a time, promoted, gone."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from app.personnel.actions import authorities
from app.personnel.actions.states import ActionKind
from app.personnel.positions.rules import PositionValues
from app.personnel.registers.rules import Line
from app.personnel.within_grade import regimes
from app.personnel.within_grade.rules import pay_period_after

# The register followed the usual rule: 52 weeks for each of the first three steps, then 104, then 156.
RULE = regimes.find(regimes.USUAL)
LAST_STEP = 10
LEAVE, AWAY_NOW, PART_TIME = 0.07, 0.006, 0.05
PART_TIMES = (1200, 1440, 1800)
LEAVINGS = ("Retired.", "Resigned.", "Resigned to move away.", "Retired after a long service.")
LEAVES = ("Care of a parent.", "Study.", "Birth of a child.", "Family in another state.")


def pay_at(post: PositionValues, step: int) -> int:
    """Give the pay of a step: ten even steps from the lowest pay of the post to the highest."""
    return post.pay_min_minor + (post.pay_max_minor - post.pay_min_minor) * (step - 1) // (LAST_STEP - 1)


def serve(
    dice: random.Random, post: PositionValues, kind: ActionKind, begins: dt.date, ends: dt.date
) -> Iterator[Line]:
    """Tell what happened in one post from the first day until before a day: steps, leave, hours."""
    yield _line(kind, begins, post, position=post.number, step=1, pay_minor=post.pay_min_minor)
    leave = list(_leave(dice, post, begins, ends))
    lines = [*_steps(post, begins, ends, leave), *leave]
    if dice.random() < PART_TIME and (ends - begins).days > 400:
        day = begins + dt.timedelta(days=dice.randrange(200, (ends - begins).days - 100))
        lines.append(_line(ActionKind.CHANGE_OF_HOURS, day, post, weekly_minutes=dice.choice(PART_TIMES)))
    yield from sorted(lines, key=lambda line: line.effective_on)


def leave_service(dice: random.Random, post: PositionValues, last_day: dt.date) -> Line:
    """Tell how somebody left."""
    return _line(ActionKind.SEPARATION, last_day, post, reason=dice.choice(LEAVINGS))


def _steps(post: PositionValues, begins: dt.date, ends: dt.date, leave: list[Line]) -> Iterator[Line]:
    """Tell each step on the day that the rule gives; time without pay beyond what counts moves it."""
    day = begins
    for step in range(2, LAST_STEP + 1):
        wait = RULE.waits[step]
        due = day + dt.timedelta(weeks=wait.weeks)
        for away in leave:
            if away.ends_on is not None and day <= away.effective_on < due:
                unpaid = (away.ends_on - away.effective_on).days + 1 - wait.unpaid_weeks * 7
                due = max(due + dt.timedelta(days=max(unpaid, 0)), away.ends_on + dt.timedelta(days=1))
        day = pay_period_after(RULE, due)
        if day >= ends:
            return
        kind = ActionKind.WITHIN_GRADE_INCREASE
        yield _line(kind, day, post, step=step, pay_minor=pay_at(post, step))


def _leave(dice: random.Random, post: PositionValues, begins: dt.date, ends: dt.date) -> Iterator[Line]:
    served = (ends - begins).days
    if served < 800:
        return
    chance, kind = dice.random(), ActionKind.LEAVE_WITHOUT_PAY
    if chance < AWAY_NOW:
        day = ends - dt.timedelta(days=dice.randrange(20, 90))
        last = ends + dt.timedelta(days=dice.randrange(60, 200))
        yield _line(kind, day, post, ends_on=last, reason=dice.choice(LEAVES))
    elif chance < LEAVE:
        day = begins + dt.timedelta(days=dice.randrange(300, served - 400))
        back = day + dt.timedelta(days=dice.randrange(60, 330))
        yield _line(kind, day, post, ends_on=back - dt.timedelta(days=1), reason=dice.choice(LEAVES))
        yield _line(ActionKind.RETURN_TO_DUTY, back, post)


def _line(kind: ActionKind, day: dt.date, post: PositionValues, **said: object) -> Line:
    law = next(one for one in authorities.list_for(kind) if one.citation.startswith("Larkhaven"))
    return Line(
        kind=kind,
        effective_on=day,
        authority_code=law.code,
        authority=law.citation,
        **said,  # type: ignore[arg-type]
    )
