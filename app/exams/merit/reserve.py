"""Who is kept in reserve behind those who are certified, for how long, and when one of them is called."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.exams.merit.exact import plain
from app.exams.merit.lives import Life, read_life
from app.exams.merit.reading import Node
from app.exams.merit.rounding import MODES, round_whole
from app.platform.calendars import add_days

# Why a place falls free again: who was certified declined it, was appointed and did not report for duty, or
# reported and left.
CAUSES = ("declined", "not-reported", "left")


@dataclass(frozen=True, slots=True)
class Reserve:
    """How many of the next people in list order are kept in reserve, and how long.

    The count is `percent` of the vacancies, plus `plus`. The reserve lives from the day of issue, which is
    its first day where `first_day_counts`. Nobody is called for a place that fell free by another cause
    than one of `when`.
    """

    percent: Fraction
    plus: Fraction
    rounding: str
    life: Life
    first_day_counts: bool
    when: tuple[str, ...]
    citation: str

    def count(self, vacancies: int) -> int:
        """Give how many people are kept."""
        return round_whole(self.percent * vacancies / 100 + self.plus, self.rounding)

    def ends_on(self, issued_on: date) -> date:
        """Give the last day on which somebody may be called."""
        last = self.life.ends_on(issued_on)
        if last is None:
            raise ValueError("A reserve has an end; the rulebook was not checked.")
        return add_days(last, -1) if self.first_day_counts else last

    @property
    def sentence(self) -> str:
        """Say the rule in words, without its end."""
        share = f"as many people as {plain(self.percent)} % of the vacancies"
        if not self.percent:
            share = f"{plain(self.plus)} people"
        elif self.plus:
            share += f", and {plain(self.plus)} more"
        return f"The next on the list are kept in reserve, in their order: {share}."


def read_reserve(node: Node | None) -> Reserve | None:
    """Read [certification.reserve]."""
    if node is None:
        return None
    reserve = Reserve(
        percent=node.number("percent", 0),
        plus=node.number("plus", 0),
        rounding=node.text("rounding", "ceiling", MODES),
        life=read_life(node.table("life")),
        first_day_counts=node.flag("first_day_counts", False),
        when=node.texts("when", CAUSES),
        citation=node.text("citation"),
    )
    if reserve.percent < 0 or reserve.plus < 0 or reserve.percent + reserve.plus == 0:
        node.fault("The reserve keeps nobody; give percent or plus, above 0.", "percent")
    if reserve.life == Life(0, 0):
        node.fault("A reserve lapses; give its life.", "life")
    unknown = [cause for cause in reserve.when if cause not in CAUSES]
    if unknown or not reserve.when:
        node.fault(f"'when' must name one or more of {', '.join(CAUSES)}.", "when")
    node.finish()
    return reserve


def next_in_line(order: Sequence[str], called: Collection[str], gone: Collection[str]) -> str | None:
    """Give who is called next: the first in order who was not called yet and can still be considered."""
    return next((one for one in order if one not in called and one not in gone), None)
