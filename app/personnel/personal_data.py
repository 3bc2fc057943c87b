"""What the personnel file holds about a person; see app/platform/personal_data.py."""

from __future__ import annotations

from app.personnel.actions import personal_data as _actions  # noqa: F401
from app.personnel.contacts import personal_data as _contacts  # noqa: F401
from app.personnel.course_enrolments import personal_data as _training  # noqa: F401
from app.personnel.discipline import personal_data as _discipline  # noqa: F401
from app.personnel.documents import personal_data as _documents  # noqa: F401
from app.personnel.enrolments import personal_data as _enrolments  # noqa: F401
from app.personnel.flexible_work import personal_data as _flexible_work  # noqa: F401
from app.personnel.grievances import personal_data as _grievances  # noqa: F401
from app.personnel.leave import personal_data as _leave  # noqa: F401
from app.personnel.performance import personal_data as _performance  # noqa: F401
from app.personnel.policies import personal_data as _policies  # noqa: F401
from app.personnel.retirements import personal_data as _retirements  # noqa: F401
from app.personnel.separations import personal_data as _separations  # noqa: F401
from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

OURS = "Says who in the office did it."
EMPLOYED = say("Your personnel file is kept while you serve and for two years after.")

hold(
    "employees", say("Your personnel record"),
    link="account_id", columns="id number name email agency_id hired_on separated_on state",
    fate=Fate.KEPT, why=EMPLOYED,
    withheld={"account_id": "Your account, above.", "search_text": "Your name and number in small letters."},
)  # fmt: skip
hold(
    "appointments", say("Your appointments"),
    link="employee_id", to="employees.id",
    columns="id employee_id position_id agency_id kind authority source starts_on term_ends_on entered_on "
    "probation_ends_on ended_on end_reason created_at",
    fate=Fate.KEPT, why=EMPLOYED, withheld={"appointed_by": OURS},
)  # fmt: skip
hold(
    "appointment_proposals", say("What was proposed about your appointments"),
    link="appointment_id", to="appointments.id",
    columns="id appointment_id agency_id position_id act state name email kind authority_code authority "
    "starts_on term_ends_on reason late_reason proposed_at decided_at decision_reason",
    fate=Fate.KEPT, why=EMPLOYED, withheld={"proposed_by": OURS, "decided_by": OURS},
)  # fmt: skip
hold(
    "probation_reviews", say("Decisions on your probation"),
    link="appointment_id", to="appointments.id",
    columns="id appointment_id agency_id starts_on ends_on decide_by recommended grounds state reviewed_at "
    "outcome last_day decided_at reason",
    fate=Fate.KEPT, why=EMPLOYED, withheld={"reviewed_by": OURS, "decided_by": OURS},
)  # fmt: skip
leave_out("About agencies: under which rule their probations run.", "probation_regimes")
leave_out("About posts; who sits on one stands in your appointments.", "positions")
leave_out("About posts: their class, grade and pay; no person is named.", "reclassifications")
