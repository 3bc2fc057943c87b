"""What applicants write of themselves: schools, posts, and how they meet what is asked."""

from __future__ import annotations

import random
from typing import Any

from app.demonstration import places
from app.recruitment.postings.states import CriterionKind

_SCHOOLING = (
    ("secondary", "High school diploma"),
    ("vocational", "Trade certificate"),
    ("associate", "Associate of Applied Science"),
    ("bachelor", "Bachelor of Arts"),
    ("bachelor", "Bachelor of Science"),
    ("master", "Master of Public Administration"),
)
_POSTS = (
    ("Cashier", "Served customers, counted the drawer and closed the shop on Sundays."),
    ("Office assistant", "Kept the files, answered the telephone and wrote the weekly list of payments."),
    ("Team leader", "Planned the shifts of eight people, trained new ones and reported to the owner."),
    ("Technician", "Found and mended faults, kept the stock of parts, and wrote up each job."),
    ("Driver", "Drove a fixed round each day, checked the load and kept the log."),
    ("Coordinator", "Arranged visits and deliveries for three sites and settled complaints."),
    ("Volunteer", "Helped residents with forms and letters, two evenings a week."),
    ("Assistant", "Prepared rooms and material, and noted what was used and what was missing."),
)
_MET = {
    CriterionKind.EDUCATION: (
        "I finished at {school} in {year}. A copy of the diploma can be brought on any day.",
        "Yes. {school}, {year}.",
        "I hold this from {school}, awarded in {year}, and took two further courses after that.",
    ),
    CriterionKind.EXPERIENCE: (
        "I did this at {employer} from {year} on, full time, and was asked to train others.",
        "At {employer} since {year}. My manager there will confirm what I did and for how long.",
        "{years} years, first at {employer} and then on my own account.",
    ),
    CriterionKind.LICENCE: (
        "I have held it since {year}. It is valid, and nothing was ever entered against it.",
        "Yes, issued in {year} and renewed on time.",
    ),
    CriterionKind.SKILL: (
        "I use this every day at {employer}. In {year} I showed it to a class of twelve.",
        "Yes. I passed a test in {year} and have practiced since then.",
    ),
    CriterionKind.RESIDENCE: ("I have lived in the city since {year}.",),
    CriterionKind.OTHER: (
        "Yes, I can, and did so at {employer} for {years} years.",
        "Yes. Nothing stands in the way of it.",
    ),
}
_UNMET = {
    CriterionKind.EDUCATION: "I left {school} in {year}, one term before the end.",
    CriterionKind.EXPERIENCE: "I have about four months so far, at {employer}, and I learn fast.",
    CriterionKind.LICENCE: "Not yet. I am booked for the test in spring.",
    CriterionKind.SKILL: "I have not done this at work, but I would like to learn it.",
    CriterionKind.RESIDENCE: "I live outside the city and would move.",
    CriterionKind.OTHER: "Not on all days, for reasons at home.",
}


def career(dice: random.Random, year: int) -> list[tuple[str, dict[str, Any]]]:
    """Give the entries of education and experience, as (section, values), up to a year."""
    level, qualification = dice.choice(_SCHOOLING)
    finished = year - dice.randrange(2, 22)
    school = {
        "level": level,
        "institution": dice.choice(places.SCHOOLS),
        "qualification": qualification,
        "progress": "awarded",
        "year": finished,
    }
    employers = dice.sample(places.EMPLOYERS, 2)
    posts = [_post(dice, employers[0], max(finished - 1, year - 6), None)]
    if year - finished > 15:  # who finished long ago held another post before
        posts.append(_post(dice, employers[1], finished, year - 6))
    return [("education", school), *(("experience", post) for post in posts)]


def _post(dice: random.Random, employer: str, began: int, ended: int | None) -> dict[str, Any]:
    title, duties = dice.choice(_POSTS)
    return {
        "employer": employer,
        "job_title": title,
        "start_month": str(dice.randrange(1, 13)) if ended else "1",
        "start_year": began,
        "is_current": ended is None,
        "end_month": "" if ended is None else "12",
        "end_year": ended,
        "hours": dice.choice((20, 32, 38, 40, 40)),
        "duties": duties,
    }


def answer(dice: random.Random, kind: CriterionKind, year: int, *, is_met: bool) -> str:
    """Say in a year how a criterion of a kind is met, or why it is not."""
    text = dice.choice(_MET[kind]) if is_met else _UNMET[kind]
    return text.format(
        school=dice.choice(places.SCHOOLS),
        employer=dice.choice(places.EMPLOYERS),
        year=year - dice.randrange(2, 18),
        years=dice.randrange(2, 14),
    )
