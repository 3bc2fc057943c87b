"""The papers on a person's file; see app/platform/personal_data.py."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold
from app.platform.sentences import say

OURS = "Says who in the office did it."

hold(
    "personnel_documents", say("Papers on your personnel file"),
    link="employee_id", to="employees.id", only="kind <> 'investigation'",
    columns="id employee_id action_id kind title filename media_type size digest added_at removed_at "
    "removal_reason",
    file="digest", filename="filename",
    fate=Fate.KEPT, why=say("Your personnel file is kept while you serve and for two years after."),
    withheld={"added_by": OURS, "removed_by": OURS},
)  # fmt: skip
