"""What grievances hold about the person who filed them; who a complaint is about is not told by this way."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

OURS = "Says who in the office did it."
WHY = say("The file of a grievance is kept for four years after it is closed.")
OTHERS = "Names another person, whom the complaint is about."

hold(
    "grievances", say("Grievances you filed"),
    link="employee_id", to="employees.id",
    columns="id number employee_id agency_id procedure matter statement remedy_sought provisions happened_on "
    "late_reason representative_name representative_contact state level filed_at filed_on appeal_due_on "
    "ending ended_at ending_note closed_at",
    fate=Fate.KEPT, why=WHY, withheld={"about_id": OTHERS},
)  # fmt: skip
hold(
    "grievance_steps", say("Answers to your grievances"),
    link="grievance_id", to="grievances.id",
    columns="id grievance_id level moved appeal opened_at due_on state outcome findings remedy remedy_due_on "
    "decided_at",
    fate=Fate.KEPT, why=WHY, withheld={"decider_id": OURS, "decided_by": OURS},
)  # fmt: skip
hold(
    "grievance_agreements", say("What was proposed and agreed in your grievances"),
    link="grievance_id", to="grievances.id",
    columns="id grievance_id kind side terms until_on state proposed_at answered_at",
    fate=Fate.KEPT, why=WHY, withheld={"proposed_by": OURS, "answered_by": OURS},
)  # fmt: skip
hold(
    "grievance_remedies", say("What was promised in your grievances"),
    link="grievance_id", to="grievances.id",
    columns="id grievance_id what due_on promised_at done_on done_note",
    fate=Fate.KEPT, why=WHY, withheld={"done_by": OURS},
)  # fmt: skip
hold(
    "grievance_hearings", say("Hearings and awards on your grievances"),
    link="grievance_id", to="grievances.id",
    columns="grievance_id asked_at reason arbitrator hearing_on place award_on outcome award",
    fate=Fate.KEPT, why=WHY, withheld={"recorded_by": OURS},
)  # fmt: skip
hold(
    "grievance_files", say("Papers of your grievances"),
    link="grievance_id", to="grievances.id",
    columns="id grievance_id side filename media_type size digest added_at",
    fate=Fate.KEPT, why=WHY, withheld={"added_by": OURS}, file="digest", filename="filename",
)  # fmt: skip
leave_out(
    "Who of the office gave up an answer, and why; it says nothing of the grievant.", "grievance_recusals"
)
leave_out("About agencies: by which procedure grievances are filed.", "grievance_procedures")
