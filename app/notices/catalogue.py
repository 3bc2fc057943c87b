"""Every letter by the name of its template, who in the office may read it, and in which languages it is sent.

Each subject has its letters in a file of its own, `<subject>_letters.py`, and a line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.notices import (
    appointment_letters,
    benefit_letters,
    discipline_letters,
    examination_letters,
    grievance_letters,
    leave_letters,
    letters,
    performance_letters,
    personnel_letters,
    samples,
    selection_letters,
    separation_letters,
    training_letters,
)
from app.notices.letters import Letter

LETTERS: Mapping[str, type[Letter]] = MappingProxyType(
    {
        **letters.LETTERS,
        **appointment_letters.LETTERS,
        **benefit_letters.LETTERS,
        **discipline_letters.LETTERS,
        **examination_letters.LETTERS,
        **grievance_letters.LETTERS,
        **leave_letters.LETTERS,
        **performance_letters.LETTERS,
        **selection_letters.LETTERS,
        **separation_letters.LETTERS,
        **training_letters.LETTERS,
        **personnel_letters.LETTERS,
    }
)
"""The fields of each letter, by the name of its template in templates/notices/."""

SAMPLES: Mapping[str, dict[str, Any]] = MappingProxyType(
    {
        **samples.SAMPLES,
        **appointment_letters.SAMPLES,
        **benefit_letters.SAMPLES,
        **discipline_letters.SAMPLES,
        **examination_letters.SAMPLES,
        **grievance_letters.SAMPLES,
        **leave_letters.SAMPLES,
        **performance_letters.SAMPLES,
        **personnel_letters.SAMPLES,
        **selection_letters.SAMPLES,
        **separation_letters.SAMPLES,
        **training_letters.SAMPLES,
    }
)
"""What a preview of each letter is filled with."""

# To people in service, and full of an officer's own words.
ENGLISH_ONLY = frozenset(
    {
        "proposed_action",
        *appointment_letters.LETTERS,
        *benefit_letters.LETTERS,
        *discipline_letters.LETTERS,
        *grievance_letters.LETTERS,
        *leave_letters.LETTERS,
        *performance_letters.LETTERS,
        *personnel_letters.LETTERS,
        *separation_letters.LETTERS,
        *training_letters.LETTERS,
    }
)

# Letters about a person's conduct are read by those who may read the case, not by all of the office; where no
# permission is named, by nobody but the person.
GUARDED = MappingProxyType(
    {
        "benefit_statement": "personnel.enrolments.show_record",
        "proposed_action": "personnel.discipline.show",
        "disciplinary_decision": "personnel.discipline.show",
        "personnel_action": "personnel.actions.show",
        "leave_statement": "personnel.leave.show",
        "final_leave_statement": "personnel.leave.show",
        "increase_denied": "personnel.within_grade.show",
        "probation_decision": "personnel.probations.show",
        "performance_opportunity": "personnel.improvement.show",
        "rating_of_record": "personnel.performance_plans.show_staff",
        **dict.fromkeys(grievance_letters.LETTERS, ""),
    }
)
