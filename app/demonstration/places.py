"""The invented city: its agencies, streets and towns. No such place exists."""

from __future__ import annotations

from dataclasses import dataclass

CITY = "Larkhaven"
STATE = "Merrow"
COUNTRY = "United States"
AREA_CODE = "555"  # no area has it


@dataclass(frozen=True, slots=True)
class Place:
    """An agency as an administrator enters it."""

    code: str
    name: str
    time_zone: str
    address: str
    contact_email: str
    contact_phone: str


# The third one lies across the line between two time zones, so that its deadlines read an hour apart.
AGENCIES = (
    Place(
        "LCS",
        "Larkhaven Department of City Services",
        "America/New_York",
        "City Hall, Room 210\n40 Harbor Street\nLarkhaven, Merrow 00140",
        "careers@city-services.larkhaven.example",
        f"+1 {AREA_CODE} 555 0110",
    ),
    Place(
        "LHL",
        "Larkhaven Health and Libraries Board",
        "America/New_York",
        "Health House\n3 Almond Street\nLarkhaven, Merrow 00141",
        "jobs@health-libraries.larkhaven.example",
        f"+1 {AREA_CODE} 555 0120",
    ),
    Place(
        "LFO",
        "Larkhaven Lakes and Forests Office",
        "America/Chicago",
        "Ranger Station\n1 Pine Road\nUpper Larkhaven, Merrow 00177",
        "office@lakes-forests.larkhaven.example",
        f"+1 {AREA_CODE} 555 0130",
    ),
)
MAIN, HEALTH, LAKES = (place.code for place in AGENCIES)
ZONES = {place.code: place.time_zone for place in AGENCIES}

STREETS = (
    "Harbor Street",
    "Almond Street",
    "Mill Street",
    "Quarry Road",
    "Orchard Avenue",
    "Lantern Square",
    "Foundry Lane",
    "Tannery Road",
    "Signal Hill",
    "Pine Road",
    "Ropewalk",
    "Saltmarsh Way",
    "Old Ferry Road",
    "Juniper Court",
    "Cooper Row",
    "Heron Lane",
    "Bellfounder Street",
    "Terrace Gardens",
)
TOWNS = (
    (CITY, "00140"),
    (CITY, "00141"),
    (CITY, "00142"),
    (CITY, "00145"),
    ("Upper Larkhaven", "00177"),
    ("Saltmarsh", "00152"),
    ("Quarry Bridge", "00158"),
    ("Westgate", "00161"),
)
EMPLOYERS = (
    "Harborside Grocers",
    "Bellfounder Printing",
    "Saltmarsh Shipping",
    "Lantern Bay Hotel",
    "Quarry Stone Works",
    "Orchard Street Pharmacy",
    "Larkhaven Daily",
    "Heron Lane Nursery School",
    "Merrow Mutual Insurance",
    "Foundry Repairs",
    "Ropewalk Theater",
    "Old Ferry Line",
    "Mirror Lake Outfitters",
    "Cooper & Daughters Carpentry",
)
SCHOOLS = (
    "Larkhaven High School",
    "Westgate High School",
    "Merrow Community College",
    "Quarry Bridge Technical School",
    "Merrow State University",
    "Saltmarsh College",
    "Upper Larkhaven Academy",
)
