"""The twelve factors: Douglas v. Veterans Administration, 5 M.S.P.R. 280, 305-306 (1981), read 2026-11-22."""

from __future__ import annotations

from collections.abc import Collection

from app.platform.errors import Conflict

LAW = "Douglas v. Veterans Administration, 5 M.S.P.R. 280 (1981)"
FACTORS = (
    "The nature and seriousness of the offense, and how it bears on the employee’s duties",
    "The employee’s job level and type of work, with any authority over others or contact with the public",
    "Past discipline",
    "The past work record: length of service, performance, dependability, getting along with others",
    "The effect on the employee’s ability to do the work, and on the supervisor’s trust in it",
    "Consistency with what was done to others for the same or similar offenses",
    "Consistency with the agency’s table of penalties, where it has one",
    "How widely the offense is known, and what it does to the agency’s reputation",
    "How clearly the employee had been told of the rule, or warned about the conduct",
    "The potential for rehabilitation",
    "Mitigating circumstances: tension at work, illness, provocation, malice of others",
    "Whether a lighter or another measure would be enough to deter such conduct",
)


def missing(answered: Collection[int]) -> list[int]:
    """List the numbers of the factors without an answer."""
    return [number for number in range(1, len(FACTORS) + 1) if number not in answered]


def demand_all(answered: Collection[int], act: str) -> None:
    """Raise Conflict while a factor has no answer; `act` says what cannot be done yet."""
    if left := missing(answered):
        numbers = ", ".join(str(number) for number in left)
        raise Conflict(f"{act} before each of the twelve factors is answered. Missing: {numbers} ({LAW}).")
