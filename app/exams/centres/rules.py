"""What a centre and a room must be, how a file of them is read, and how seats are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from app.exams import csv_files
from app.exams.csv_files import CsvFile

MOST_SEATS, MOST_PER_ROW = 2000, 60
MILLION = 1_000_000
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]*")
ROOM_COLUMNS = ("centre", "name", "address", "room", "capacity", "seats per row")
ROOM_OPTIONS = ("latitude", "longitude", "directions", "accessible seats")
POSTCODE_COLUMNS = ("postcode", "latitude", "longitude")
LONGEST = {"centre": 20, "name": 200, "address": 500, "room": 40, "directions": 200, "postcode": 20}


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room as a file tells it."""

    capacity: int
    seats_per_row: int
    accessible_seats: int
    directions: str


@dataclass(slots=True)
class CentreRow:
    """A centre as a file tells it, with its rooms by code."""

    name: str
    address: str
    place: tuple[int, int] | None
    rooms: dict[str, RoomRow] = field(default_factory=dict)


def is_code(text: str) -> bool:
    """Tell whether a text can name a centre on cards and lists."""
    return len(text) <= LONGEST["centre"] and _CODE.fullmatch(text) is not None


def read_degrees(text: str, most: int) -> int | None:
    """Read a latitude (`most` 90) or longitude (180) into millionths of a degree; None when it is neither."""
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) > most:
        return None
    return int((value * MILLION).to_integral_value())


def place_name(place: int, seats_per_row: int) -> str:
    """Name a place by row and seat, such as B7; rows after Z are AA, AB and so on."""
    row, seat = divmod(place - 1, seats_per_row)
    letters = ""
    row += 1
    while row:
        row, letter = divmod(row - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{seat + 1}"


def clean_postcode(text: str) -> str:
    """Give a postcode in the one form in which it is compared."""
    return "".join(text.upper().split())[: LONGEST["postcode"]]


def read_rooms(content: bytes) -> tuple[dict[str, CentreRow], CsvFile]:
    """Read centres by code with their rooms, a row a room, and what was wrong; nothing with faults."""
    found = csv_files.read(content, ROOM_COLUMNS, ROOM_OPTIONS)
    centres: dict[str, CentreRow] = {}
    for line, row in found.rows:
        before = found.problem_count
        _check_texts(line, row, found)
        place, numbers = _read_place(line, row, found), _read_numbers(line, row, found)
        if found.problem_count > before:
            continue
        told = CentreRow(row["name"], row["address"], place)
        centre = centres.setdefault(row["centre"], told)
        if (centre.name, centre.address, centre.place) != (told.name, told.address, told.place):
            found.fault(line, "centre", f"{row['centre']} is described differently in an earlier row.")
        elif row["room"] in centre.rooms:
            found.fault(line, "room", f"Room {row['room']} of {row['centre']} stands in the file twice.")
        else:
            centre.rooms[row["room"]] = RoomRow(*numbers, row.get("directions", ""))
    return ({} if found.problem_count else centres), found


def read_postcodes(content: bytes) -> tuple[dict[str, tuple[int, int]], CsvFile]:
    """Read where postcodes lie, and what was wrong; nothing with faults."""
    found = csv_files.read(content, POSTCODE_COLUMNS)
    places: dict[str, tuple[int, int]] = {}
    for line, row in found.rows:
        before = found.problem_count
        postcode, place = clean_postcode(row["postcode"]), _read_place(line, row, found)
        if not postcode:
            found.fault(line, "postcode", "The postcode is empty.")
        elif postcode in places:
            found.fault(line, "postcode", f"{csv_files.shown(postcode)} stands in the file twice.")
        elif place is None and found.problem_count == before:
            found.fault(line, "latitude", "Enter where the postcode lies.")
        if found.problem_count == before and place is not None:
            places[postcode] = place
    return ({} if found.problem_count else places), found


def _check_texts(line: int, row: dict[str, str], found: CsvFile) -> None:
    for column in ("centre", "name", "address", "room", "directions"):
        text = row.get(column, "")
        if not text and column != "directions":
            found.fault(line, column, "This cell is empty.")
        elif len(text) > LONGEST[column] or not text.isprintable():
            found.fault(line, column, f"Use {LONGEST[column]} letters at most.")
    if row["centre"] and not is_code(row["centre"]):
        found.fault(line, "centre", "Use letters, digits, dots and dashes for the code of a centre.")


def _read_place(line: int, row: dict[str, str], found: CsvFile) -> tuple[int, int] | None:
    texts = row.get("latitude", ""), row.get("longitude", "")
    if not any(texts):
        return None
    latitude, longitude = read_degrees(texts[0], 90), read_degrees(texts[1], 180)
    if latitude is None:
        found.fault(line, "latitude", "Enter degrees from -90 to 90, such as 40.7128.")
    if longitude is None:
        found.fault(line, "longitude", "Enter degrees from -180 to 180, such as -74.006.")
    return None if latitude is None or longitude is None else (latitude, longitude)


def _read_numbers(line: int, row: dict[str, str], found: CsvFile) -> tuple[int, int, int]:
    limits = {"capacity": (1, MOST_SEATS), "seats per row": (1, MOST_PER_ROW)}
    limits["accessible seats"] = (0, MOST_SEATS)
    numbers = []
    for column, (least, most) in limits.items():
        text = row.get(column) or ("0" if column == "accessible seats" else "")
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1
        if not least <= number <= most:
            found.fault(line, column, f"Enter a whole number from {least} to {most}.")
        numbers.append(number)
    if numbers[2] > numbers[0] > 0:
        found.fault(line, "accessible seats", "There cannot be more accessible seats than seats.")
    return numbers[0], numbers[1], numbers[2]
