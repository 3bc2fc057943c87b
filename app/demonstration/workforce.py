"""The two thousand who serve the invented city: units, crews and careers, entered from the old register."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from dataclasses import replace

from app.demonstration import accounts, careers, occupations, places
from app.demonstration.accounts import OFFICERS
from app.demonstration.occupations import Occupation
from app.demonstration.office import Office
from app.demonstration.people import NAMES
from app.demonstration.places import HEALTH, LAKES, MAIN
from app.demonstration.timeline import Story
from app.personnel.actions.states import ActionKind
from app.personnel.positions.rules import PositionValues
from app.personnel.registers.rules import Entrant, Line
from app.personnel.registers.services import enter_register
from app.platform import clock

# How many serve in each occupation besides those whom the office enters one by one, without their leaders.
CREWS = {
    "administrative-clerk": 186, "bus-operator": 270, "civil-engineer": 38, "data-analyst": 12, "plumber": 34,
    "electrician": 32, "building-inspector": 42, "accountant": 38, "sanitation-worker": 196,
    "purchasing-agent": 18, "network-technician": 34, "emergency-dispatcher": 54, "custodian": 76,
    "registered-nurse": 162, "librarian": 56, "library-assistant": 88, "lifeguard": 40,
    "health-inspector": 44, "social-worker": 78, "forester": 44, "park-ranger": 86, "water-scientist": 24,
    "equipment-operator": 58, "map-technician": 18,
}  # fmt: skip
HEADS = {
    MAIN: "Commissioner of City Services",
    HEALTH: "Director of Health and Libraries",
    LAKES: "Director of Lakes and Forests",
}
# The crew of the cast's supervisor: those of the cast who serve in the field report to this post.
FIELD = "field"
FIELD_TITLE = "Field Operations Supervisor"
FIELD_CREW = ("plumber", "plumber", "electrician", "electrician", "sanitation-worker", "sanitation-worker")
FIRST_NUMBER = {MAIN: 1001, HEALTH: 1001, LAKES: 1001}
CREW = (6, 13)
LEFT_BEFORE, MOVED, EMPTY = 0.07, 0.03, 0.03
YEARS = 24


def enter(office: Office) -> Story:
    """Enter the establishment of each agency and who serves in it, on the office's first day."""
    session, at = yield office.timeline.before(days=accounts.BEGAN - 1)
    for code in places.ZONES:
        today = clock.local_date(at, places.ZONES[code])
        staff = _Staff(office, code, today)
        staff.fill()
        session, at = yield at + dt.timedelta(minutes=5)
        holders = enter_register(
            session,
            agency_id=office.agencies[code],
            posts=list(staff.posts.values()),
            people=staff.people,
            actor=office.member(session, OFFICERS[code][0]),
            at=at,
        )
        if code == MAIN:
            office.employees[FIELD] = [holders[office.superiors[FIELD][0]]]


class _Staff:
    """The posts and people of one agency while they are invented."""

    def __init__(self, office: Office, code: str, today: dt.date) -> None:
        self.office, self.code, self.today = office, code, today
        self.dice = office.dice(f"workforce:{code}")
        self.posts: dict[str, PositionValues] = {}
        self.people: list[Entrant] = []
        self.next = FIRST_NUMBER[code]
        self.names = _names(self.dice)
        self.budget = 400

    def fill(self) -> None:
        """Invent the head, a chief for each unit, and crews with a supervisor each."""
        own = [one for one in occupations.load().values() if one.agency == self.code]
        head = self._leader(own[-1], HEADS[self.code], "X-02", 2.4, "", unit="Head Office")
        self._direct(head)
        for unit in dict.fromkeys(one.unit for one in own):
            within = [one for one in own if one.unit == unit]
            self.budget += 10
            best = max(within, key=lambda one: one.pay_max_minor)
            chief = self._leader(best, f"Head of {unit}", "M-05", 1.6, head)
            self._direct(chief)
            for occupation in within:
                self._crews(occupation, chief)
        if self.code == MAIN:
            self._field(head)
        self._establish()

    def _establish(self) -> None:
        """Establish each post with the budget year before that in which it was first held."""
        first: dict[str, dt.date] = {}
        for line in (line for person in self.people for line in person.lines if line.position):
            first[line.position] = min(first.get(line.position, line.effective_on), line.effective_on)
        for number, day in first.items():
            year = day.year - (day < dt.date(day.year, 7, 1))
            self.posts[number] = replace(self.posts[number], established_on=dt.date(year, 7, 1))

    def _field(self, head: str) -> None:
        occupation = occupations.find("plumber")
        number = self._leader(occupation, FIELD_TITLE, "S-11", 1.2, head, unit="Field Operations")
        self.office.superiors[FIELD] = [number]
        person = self.office.people["supervisor"]
        lines = self._direct_lines(number, 9)
        account = self.office.accounts["supervisor"]
        self.people.append(
            Entrant(name=person.name, email=person.email, account_id=account, lines=tuple(lines))
        )
        for key in FIELD_CREW:
            worker = self._worker(occupations.find(key), number)
            self._enter(self._career(worker, self._hired(None), self.today))

    def _crews(self, occupation: Occupation, chief: str) -> None:
        left, leaders = CREWS.get(occupation.key, 0), []
        while left > 0:
            size = min(left, self.dice.randint(*CREW))
            if left - size < CREW[0] // 2:
                size = left
            leader = self._leader(occupation, f"{occupation.title} Supervisor", "", 1.2, chief)
            leaders.append(leader)
            self._man(leader, [self._worker(occupation, leader) for _ in range(size)])
            left -= size
        self.office.superiors[occupation.key] = leaders or [chief]

    def _man(self, leader: str, crew: list[str]) -> None:
        """Fill a crew: its leader rose from one of its seats, some were held before, a few are empty."""
        floors: dict[int, dt.date] = {}
        place = self.dice.randrange(len(crew))
        rose = self._ago(1.3, 12)
        floors[place] = rose
        first = self._career(crew[place], self._before(rose, 3, 11), rose)
        self._enter([*first, *self._career(leader, rose, self.today, ActionKind.PROMOTION)])
        for own, number in enumerate(crew):
            floor = floors.get(own)
            if floor is None and self.dice.random() < LEFT_BEFORE:
                floor = self._leave(number, self._ago(0.3, 9))
            if self.dice.random() < EMPTY:
                if floor is None:
                    self._leave(number, self.today - dt.timedelta(days=self.dice.randrange(20, 400)))
                continue
            begins = self._hired(floor)
            if own + 1 < len(crew) and own + 1 not in floors and floor is None and self._chance(MOVED):
                moved = begins + (self.today - begins) / 2
                floors[own + 1] = moved
                before = self._career(crew[own + 1], begins, moved)
                self._enter([*before, *self._career(number, moved, self.today, ActionKind.TRANSFER)])
                continue
            self._enter(self._career(number, begins, self.today))

    def _leave(self, number: str, last_day: dt.date) -> dt.date:
        """Let somebody have held a seat until a day, and give the day after."""
        lines = list(self._career(number, self._before(last_day, 1, 14), last_day))
        lines.append(careers.leave_service(self.dice, self.posts[number], last_day))
        self._enter(lines)
        return last_day + dt.timedelta(days=1)

    def _direct(self, number: str) -> None:
        self._enter(self._direct_lines(number, self.dice.randint(3, 14)))

    def _direct_lines(self, number: str, years: int) -> list[Line]:
        return list(self._career(number, self._ago(years, years + 0.9), self.today))

    def _career(
        self, number: str, begins: dt.date, ends: dt.date, kind: ActionKind = ActionKind.APPOINTMENT
    ) -> Iterator[Line]:
        return careers.serve(self.dice, self.posts[number], kind, begins, ends)

    def _enter(self, lines: Iterator[Line] | list[Line]) -> None:
        name = next(self.names)
        email = f"{re.sub(r'[^a-z.]', '', name.lower().replace('. ', '.').replace(' ', '.'))}@post.example"
        self.people.append(Entrant(name=name, email=email, lines=tuple(lines)))

    def _leader(
        self,
        occupation: Occupation,
        title: str,
        grade: str,
        factor: float,
        superior: str,
        unit: str = "",
    ) -> str:
        letter, level = occupation.grade.split("-")
        grade = grade or f"{letter}-{int(level) + 2:02d}"
        return self._post(occupation, title, grade, factor, superior, unit)

    def _worker(self, occupation: Occupation, superior: str) -> str:
        return self._post(occupation, occupation.title, occupation.grade, 1, superior)

    def _post(
        self, occupation: Occupation, title: str, grade: str, factor: float, superior: str, unit: str = ""
    ) -> str:
        number = f"{self.code}-{self.next:04d}"
        self.next += 1
        self.posts[number] = PositionValues(
            number=number,
            title=title,
            class_code=occupation.class_code,
            class_title=occupation.title,
            grade=grade,
            duty_station=occupation.station,
            pay_min_minor=int(occupation.pay_min_minor * factor),
            pay_max_minor=int(occupation.pay_max_minor * factor),
            pay_currency="USD",
            pay_period=occupation.period,
            unit=unit or occupation.unit,
            funding=f"General Fund 10-{self.budget}",
            established_on=dt.date(self.today.year - YEARS - 1, 7, 1),
            superior=superior,
        )
        return number

    def _chance(self, share: float) -> bool:
        return self.dice.random() < share

    def _ago(self, least: float, most: float) -> dt.date:
        return self.today - dt.timedelta(days=int(365 * self.dice.uniform(least, most)))

    def _before(self, day: dt.date, least: int, most: int) -> dt.date:
        return day - dt.timedelta(days=int(365 * self.dice.uniform(least, most)))

    def _hired(self, floor: dt.date | None) -> dt.date:
        """Give the first of a month up to 24 years back, more of them lately, or some time after a day."""
        if floor is not None:
            return floor + dt.timedelta(days=int((self.today - floor).days * self.dice.uniform(0.1, 0.7)))
        back = int(2 + (YEARS * 12 - 4) * self.dice.random() ** 1.4)
        year, month = divmod(self.today.year * 12 + self.today.month - 1 - back, 12)
        return dt.date(year, month + 1, 1)


def _names(dice: random.Random) -> Iterator[str]:
    """Invent names with a middle initial, which nobody whom the office enters one by one has."""
    taken: set[str] = set()
    rows = [(given.split(), families.split()) for given, families in NAMES]
    while True:
        given, families = dice.choice(rows)
        name = f"{dice.choice(given)} {dice.choice('ABCDEFGHJKLMNPRSTW')}. {dice.choice(families)}"
        if name not in taken:
            taken.add(name)
            yield name
