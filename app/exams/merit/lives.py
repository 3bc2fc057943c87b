"""How long a list, a certificate or a reserve lives."""

from dataclasses import dataclass
from datetime import date

from app.exams.merit.reading import Node
from app.platform.calendars import add_days, add_months


@dataclass(frozen=True, slots=True)
class Life:
    """A span of months and days; both nought means without end."""

    months: int
    days: int

    def ends_on(self, start: date) -> date | None:
        """Give the last day, None without end."""
        if not self.months and not self.days:
            return None
        return add_days(add_months(start, self.months), self.days)


def read_life(node: Node) -> Life:
    """Read { years = 1, months = 6, days = 0 }."""
    life = Life(12 * node.whole("years", 0) + node.whole("months", 0), node.whole("days", 0))
    node.finish()
    return life
