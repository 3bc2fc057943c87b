"""A hundred thousand vacancies as a large country would have them, made by chance from a seed."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.personnel.positions.states import PayPeriod
from app.platform import clock, ids
from app.platform.words import cut, fold, marked
from app.recruitment.postings.models import Posting
from app.recruitment.postings.rules import search_text, yearly
from app.recruitment.postings.states import Audience, EmploymentType, PostingState

AT = clock.now()  # the pages look at the clock, so what is open must be open now
BATCH = 2000

WORK = {
    "Engineering": "Civil Engineer,Bridge Inspector,Surveyor,Electrical Engineer,Traffic Planner",
    "Health": "Public Health Nurse,Epidemiologist,Dietitian,Laboratory Technician,Midwife,Pharmacist",
    "Administration": "Administrative Clerk,Records Analyst,Office Manager,Data Entry Clerk,Registrar",
    "Finance": "Accountant,Auditor,Budget Analyst,Payroll Officer,Tax Examiner,Procurement Officer",
    "Technology": "Software Developer,Database Administrator,Network Technician,Web Designer",
    "Safety": "Firefighter,Police Officer,Emergency Dispatcher,Correction Officer,Fire Inspector",
    "Transport": "Bus Operator,Track Worker,Mechanic,Signal Maintainer,Ferry Deckhand",
    "Education": "School Teacher,Librarian,Counsellor,Teaching Assistant,Museum Educator",
    "Social services": "Case Worker,Youth Counsellor,Shelter Supervisor,Interpreter,Community Organiser",
    "Environment": "Park Ranger,Forester,Water Plant Operator,Sanitation Worker,Air Quality Scientist",
    "Legal": "Attorney,Paralegal,Court Clerk,Hearing Officer,Investigator",
    "Buildings": "Custodian,Carpenter,Plumber,Elevator Mechanic,Housing Inspector,Painter",
}
LEVELS = ("", "", "", "Senior ", "Assistant ", "Principal ", "Trainee ", "Chief ", "Deputy ")
PLACES = (
    "Harbor City",
    "Northport",
    "Saint Albans",
    "Kingsbridge",
    "Lake Merrow",
    "Eastfield",
    "Old Mill",
    "Fort Ashby",
    "Río Verde",
    "Köllen",
    "Grand Prairie",
    "Port Elisa",
    "Sandhurst",
    "West Haven",
    "Mount Ida",
    "Cedar Falls",
)
STREETS = ("Main Street", "Harbor Street", "Court Square", "Station Road", "Mill Lane", "Church Avenue")
OFFICES = ("Department of", "Office of", "Bureau of", "Board of")
SUBJECTS = [
    "Bridges",
    "Public Works",
    "Health",
    "Finance",
    "Parks",
    "Housing",
    "Transit",
    "Education",
    "Records",
    "Fire Protection",
    "Water",
    "Social Care",
    "Technology",
    "Courts",
    "Elections",
    "Libraries",
    "Forests",
    "Ports",
    "Buildings",
    "Statistics",
]
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "za",
    "tion",
    "ment",
    "er",
    "ing",
    "al",
    "ic",
]


def vocabulary(dice: random.Random) -> tuple[list[str], list[int]]:
    """Give 8,000 words of notices with their weights: few are common, most are rare, as in any language."""
    known = [
        "experience",
        "degree",
        "site",
        "report",
        "team",
        "public",
        "law",
        "safety",
        "write",
        "inspect",
        "repair",
        "record",
        "plan",
        "teach",
        "care",
    ]
    made = {"".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(9000)}
    words = known + sorted(made)[: 8000 - len(known)]
    return words, [100_000 // (rank + 3) for rank in range(len(words))]


def fill(session: Session, count: int, *, seed: str = "postings") -> dict[str, list[str]]:
    """Write agencies and `count` open postings; give the words and values that searches may ask for."""
    dice = random.Random(seed)
    agencies = _agencies(session, dice)
    words, weights = vocabulary(dice)
    rows = _rows(dice, agencies, words, list(itertools.accumulate(weights)))
    for start in range(0, count, BATCH):
        session.connection().execute(insert(Posting), list(itertools.islice(rows, min(BATCH, count - start))))
    return {
        "agencies": [own for own, _ in agencies],
        "common": words[:12],
        "rare": words[3000:3060],
        "titles": sorted({title for titles in WORK.values() for title in titles.split(",")}),
        "categories": sorted(WORK),
        "places": list(PLACES),
    }


def _agencies(session: Session, dice: random.Random) -> list[tuple[str, str]]:
    made = []
    for number, (office, subject) in enumerate(itertools.product(OFFICES, SUBJECTS)):
        name = f"{dice.choice(PLACES)} {office} {subject}"
        agency = Agency(
            id=ids.new_id("agy"),
            code=f"A{number:03d}",
            name=f"{name} {number}",
            time_zone="America/New_York",
            address="1 Main Street",
            contact_email="jobs@agency.example",
            contact_phone="555 0100",
        )
        session.add(agency)
        made.append((agency.id, agency.name))
    session.flush()
    return made


def _rows(
    dice: random.Random, agencies: Sequence[tuple[str, str]], words: list[str], weights: list[int]
) -> Iterator[dict[str, Any]]:
    categories = list(WORK)
    for number in itertools.count():
        category = dice.choice(categories)
        base = dice.choice(WORK[category].split(","))
        title = f"{dice.choice(LEVELS)}{base}" + (
            f" {dice.choice(['I', 'II', 'III', 'IV'])}" if number % 3 else ""
        )
        agency_id, agency = agencies[min(int(dice.expovariate(0.06)), len(agencies) - 1)]
        place = PLACES[min(int(dice.expovariate(0.35)), len(PLACES) - 1)]
        prose = " ".join(dice.choices(words, cum_weights=weights, k=dice.randint(90, 220)))
        yield _row(dice, number, title, base, category, agency_id, agency, place, prose)


def _row(
    dice: random.Random,
    number: int,
    title: str,
    base: str,
    category: str,
    agency_id: str,
    agency: str,
    place: str,
    prose: str,
) -> dict[str, Any]:
    opened = AT - dt.timedelta(minutes=dice.randrange(60 * 24 * 60))
    period = dice.choice((PayPeriod.YEAR, PayPeriod.YEAR, PayPeriod.HOUR))
    least = dice.randrange(35, 160) * 100_000 if period is PayPeriod.YEAR else dice.randrange(1500, 7000)
    code = f"{hash_of(base):05d}"
    location = f"{dice.randrange(1, 400)} {dice.choice(STREETS)}, {place}"
    text = search_text(title, agency, category, location, prose)
    found = [
        *marked("=", title),
        *marked("#", f"{code} {base}"),
        *marked("@", location),
        *cut(f"{title}\n{code} {base}\n{location}\n{text}"),
    ]
    return {
        "id": ids.new_id("pst"),
        "number": f"VAC-2026-{number:06d}",
        "agency_id": agency_id,
        "title": title,
        "title_key": fold(title),
        "class_code": code,
        "class_title": base,
        "grade": str(dice.randrange(1, 16)),
        "category": category,
        "employment_type": dice.choice(list(EmploymentType)),
        "audience": Audience.EMPLOYEES if number % 9 == 0 else Audience.EVERYONE,
        "summary": prose[:180],
        "duties": prose,
        "qualifications": prose[180:360],
        "preferred": "",
        "how_to_apply": "",
        "unit": "",
        "location": location,
        "pay_min_minor": least,
        "pay_max_minor": least + least // 4,
        "pay_currency": "USD",
        "pay_period": period,
        "pay_year_minor": yearly(least, period),
        "openings": dice.randrange(1, 9),
        "opens_at": opened,
        "closes_at": AT + dt.timedelta(minutes=dice.randrange(10, 60 * 24 * 60)),
        "time_zone": "America/New_York",
        "announced_on": opened.date(),
        "state": PostingState.PUBLISHED,
        "created_at": opened,
        "published_at": opened,
        "source": "bench",
        "search_text": text,
        "search_words": " ".join(found),
    }


def hash_of(text: str) -> int:
    """Give a class code that is the same in each run."""
    return sum(place * ord(letter) for place, letter in enumerate(text, start=7)) % 100_000
