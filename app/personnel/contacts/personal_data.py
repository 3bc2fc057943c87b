"""What the contacts hold about a person; see app/platform/personal_data.py."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold
from app.platform.sentences import say

hold(
    "employee_contacts", say("How your office reaches you"),
    link="employee_id", to="employees.id",
    columns="employee_id telephone address first_name first_relation first_telephone second_name "
    "second_relation second_telephone changed_at",
    fate=Fate.ON_REQUEST,
)  # fmt: skip
