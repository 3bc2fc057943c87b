"""What leaving service leaves about a person; see app/platform/personal_data.py."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

OURS = "Says who in the office did it."
EMPLOYED = say("Your personnel file is kept while you serve and for two years after.")

hold(
    "separations", say("Your separation from service"),
    link="employee_id", to="employees.id",
    columns="id employee_id agency_id position_id kind state last_day reason born_on eligibility source "
    "requested_at decided_at decision_reason withdrawal_asked_at withdrawal_answer withdrawn_at effected_at "
    "finished_at",
    fate=Fate.KEPT, why=EMPLOYED,
    withheld={"requested_by": OURS, "decided_by": OURS, "finished_by": OURS},
)  # fmt: skip
hold(
    "clearance_items", say("The steps of your clearance"),
    link="separation_id", to="separations.id",
    columns="id separation_id position title owner signer due_on state settled_at note",
    fate=Fate.KEPT, why=EMPLOYED, withheld={"settled_by": OURS, "signer_id": OURS},
)  # fmt: skip
hold(
    "exit_interviews", say("What you said when you left"),
    link="separation_id", to="separations.id",
    columns="separation_id answers comment answered_at", fate=Fate.KEPT, why=EMPLOYED,
)  # fmt: skip
leave_out("Who of the office signs for a desk; it says nothing of a leaver.", "clearance_signers")
leave_out(
    "About agencies: by which rule people leave, and what is cleared with them.",
    "separation_regimes", "clearance_standards",
)  # fmt: skip
