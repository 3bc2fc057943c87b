"""What the examination office does around the day: rules, plan, centres, shifts, seats, roll, panel."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from tests.browser.people import Person
from tests.browser.steps_exams import opens_the_examination

ZONE = ZoneInfo("America/New_York")
HOURS = {"Morning": ("08:00", "08:50", "09:00", "11:00"), "Afternoon": ("12:00", "12:50", "13:00", "15:00")}
TIMES = ("doors_open_at", "doors_close_at", "starts_at", "ends_at")


def uploads_the_rulebook(officer: Person, text: str) -> None:
    officer.opens("/staff/rulebooks")
    officer.presses("Upload a rulebook")
    officer.page.get_by_label("Agency that uses it").select_option(index=1)
    broken = text.replace('weight = "40"', 'weight = "30"')
    for content in (broken, text):
        officer.page.get_by_label("Rulebook, a TOML file").set_input_files(
            {"name": "two-shifts.toml", "mimeType": "application/toml", "buffer": content.encode()}
        )
        officer.presses("Check and upload")
        if content is broken:
            officer.reads("This rulebook cannot be used", "weights add up to 90, not to 100")
            officer.page.get_by_label("Agency that uses it").select_option(index=1)
    officer.reads("You uploaded this rulebook, so a second person decides about it.")


def approves_the_rulebook(second: Person, title: str) -> None:
    second.opens("/staff/rulebooks")
    second.follows(title)
    second.presses("Decide on it")
    second.ticks("Approve", within="Decision")
    second.types("What you compared, or what is wrong", "Compared with ordinance 12, line by line.")
    second.presses("Save the decision")
    second.reads("Approved")


def writes_the_plan(officer: Person, path: str) -> None:
    officer.opens(path)
    officer.reads("The plan is sealed when the posting is announced.", "Interview", "60 %", "40 %")
    officer.opens(f"{path}/edit")
    officer.types("Interview: what applicants should know", "Half an hour, before two raters.")
    officer.presses("Save the plan")
    officer.reads("Exam plan saved.")


def enters_a_centre(officer: Person, code: str, rooms: tuple[str, ...]) -> None:
    officer.opens("/staff/centres")
    officer.presses("Enter a centre")
    officer.page.get_by_label("Agency", exact=True).select_option(index=1)
    officer.types("Code", code)
    officer.types("Name", f"School {code}")
    officer.types("Address", f"1 {code} Street")
    officer.presses("Save the centre")
    for room in rooms:
        officer.presses("Add a room")
        officer.types("Room", room, exact=True)
        officer.types("Seats", "3", exact=True)
        officer.types("Seats in a row", "3")
        officer.presses("Save the room")
    officer.reads(*rooms)


def divides_into_shifts(officer: Person, examination: str, on: dt.date) -> None:
    """Use each room of the centre for everyone in one shift of the day."""
    opens_the_examination(officer, examination)
    officer.follows("Sessions and seats")
    for name, hours in HOURS.items():
        officer.presses("Add a shift")
        officer.types("Name", name)
        for field, hour in zip(TIMES, hours, strict=True):
            parts = {"day": on.day, "month": on.month, "year": on.year, "time": hour}
            officer.fills(**{f"{field}-{part}": str(value) for part, value in parts.items()})
        officer.presses("Save the shift")
        officer.reads("Shift added. Choose its rooms now.")
        officer.page.get_by_role("checkbox").first.check()
        officer.presses("Use these rooms")
    officer.reads(*HOURS)


def seats_everyone_by_lot(officer: Person, examination: str) -> dict[str, list[str]]:
    """Give the candidates' numbers by shift, in order."""
    opens_the_examination(officer, examination)
    officer.follows("Sessions and seats")
    officer.follows("Seats", exact=True)
    officer.follows("Centres to name, and what to bring")
    officer.types("What to bring, and what to leave at home", "This card\nA black pen")
    officer.presses("Save")
    officer.presses("Preview and fix the seats")
    officer.types("Public seed", "04 11 17 23 38 42")
    officer.presses("Fix the seats")
    officer.reads("The seats are fixed.")
    officer.presses("Release the admit cards")
    officer.reads("The admit cards are released.")
    officer.follows("Compute the seats again")
    officer.reads("The rule gives the same seats again")
    opens_the_examination(officer, examination)
    officer.follows("Sessions and seats")
    officer.follows("Seats", exact=True)
    officer.follows("List of seats")
    shifts: dict[str, list[str]] = {name: [] for name in HOURS}
    for row in officer.page.locator("tbody tr").all():
        number = row.get_by_role("rowheader").inner_text()
        name = next(name for name in HOURS if name in row.inner_text())
        shifts[name].append(number)
    return {name: sorted(numbers) for name, numbers in shifts.items()}


def calls_the_roll(officer: Person, examination: str, absent: set[str]) -> None:
    """Mark who is absent, then everyone else present, room by room."""
    opens_the_examination(officer, examination)
    officer.follows("Attendance and completeness")
    officer.reads("Something is open. The list is locked.")
    rooms = officer.page.locator("main a[href*='/staff/sessions/'][href$='/attendance']")
    for address in [link.evaluate("link => link.href") for link in rooms.all()]:
        officer.opens(address)
        for number in absent:
            row = officer.page.get_by_role("row").filter(has_text=number)
            if row.count():
                row.get_by_role("combobox").select_option("absent")
        officer.presses("Save the marks")
        officer.presses("Mark everyone present who is not marked yet")


def sets_the_panel_up(officer: Person, examination: str, raters: list[str]) -> str:
    """Set up the panel of the interview with two criteria of ten, and give its address."""
    opens_the_examination(officer, examination)
    officer.follows("Panels of raters")
    officer.presses("Set a panel up")
    officer.picks("Which part of the examination?", "Interview")
    officer.ticks("Structured interview", within="What do raters have before them?")
    officer.types("Seed of the draw", "Bus 7, tram 4")
    officer.presses("Set the panel up")
    for title in ("Knowledge", "Judgement"):
        officer.presses("Add a criterion")
        officer.types("What is rated?", title)
        officer.types("Highest mark", "10")
        officer.types("Anchors", "5: Half of it\n10: All of it")
        officer.presses("Save")
    for email in raters:
        officer.presses("Add a rater")
        officer.types("Email address of the rater", email)
        officer.presses("Add to the panel")
    return officer.page.url


def declares_and_waits(rater: Person) -> None:
    rater.opens("/staff/marking")
    rater.follows("Interview")
    rater.presses("Declare your relations")
    rater.types("Your surnames, now and before", "Rater")
    rater.types("First line of your home address", "1 Far Road")
    rater.presses("Declare")
    rater.reads("Your declaration is kept.")


def rates_everyone(rater: Person, marks: tuple[str, ...], people: int) -> None:
    """Rate one candidate after the other, with a note of what was said for each mark."""
    rater.opens("/staff/marking")
    rater.follows("Interview")
    rater.presses("Go on rating")
    for done in range(1, people + 1):
        rater.reads(f"Number {done} of {people}")
        for place, mark in enumerate(marks):
            row = rater.page.locator("[data-marking-row]").nth(place)
            row.get_by_label(mark, exact=True).check()
            row.get_by_label("What was said").fill("Names each step, and why.")
        rater.presses("Submit and go on to the next")
    rater.opens("/staff/marking")
    rater.follows("Interview")
    rater.reads(f"{people} of {people} submitted.")
