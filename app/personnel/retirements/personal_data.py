"""What is held of somebody's birth; see app/platform/personal_data.py."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold
from app.platform.sentences import say

hold(
    "employee_births", say("Your date of birth in the personnel file"),
    link="employee_id", to="employees.id",
    columns="employee_id born_on recorded_at",
    fate=Fate.KEPT, why=say("Your personnel file is kept while you serve and for two years after."),
    withheld={"recorded_by": "Says who in the office did it."},
)  # fmt: skip
