"""What disciplinary cases hold about a person."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

OURS = "Says who in the office did it."
CASE = say(
    "The file of a disciplinary case is kept for seven years after the case is closed, that of a reprimand "
    "for four; then two people end it."
)
STEPS = say("Steps of those cases")
# Who decides weighs the factors before anything is decided; until then that is a draft.
IS_SAID = "stage = 'proposal' OR case_id IN (SELECT case_id FROM case_decisions)"

hold(
    "disciplinary_cases", say("Disciplinary cases about you"),
    link="employee_id", to="employees.id", only="proposed_at IS NOT NULL",
    columns="id number employee_id agency_id action days state penalty_reasons notice_days reply_days"
    " opened_at proposed_at delivered_on reply_due_on effective_from_on notice_id withdrawn_at"
    " regime procedure effective_on closed_at closing_note retained_until purged_at",
    fate=Fate.KEPT, why=CASE,
    withheld={
        "opened_by": OURS, "proposed_by": OURS, "deciding_official_id": OURS,
        "summary": "Written for the office; what it proposes and why stands in the notice.",
        "withdrawal_reason": "Written for the office; the employee is told that nothing follows.",
        "allegation_id": "Names an investigation, which is read by those who look into it alone.",
    },
)  # fmt: skip
hold(
    "charges", say("Charges in those cases"),
    link="case_id", to="disciplinary_cases.id", columns="id case_id position label specification evidence",
    fate=Fate.KEPT, why=CASE,
)  # fmt: skip
hold(
    "case_files", say("Files of those cases"),
    link="case_id", to="disciplinary_cases.id",
    columns="id case_id purpose title filename media_type size digest added_at",
    fate=Fate.KEPT, why=CASE, withheld={"added_by": OURS}, file="digest", filename="filename",
)  # fmt: skip
hold(
    "penalty_factors", STEPS,
    link="case_id", to="disciplinary_cases.id", only=IS_SAID,
    columns="id case_id stage factor weight answer answered_at",
    fate=Fate.KEPT, why=CASE, withheld={"answered_by": OURS},
)  # fmt: skip
hold(
    "case_deliveries", STEPS,
    link="case_id", to="disciplinary_cases.id",
    columns="case_id way delivered_on delivered_by proof recorded_at",
    fate=Fate.KEPT, why=CASE, withheld={"recorded_by": OURS},
)  # fmt: skip
hold(
    "decision_deliveries", STEPS,
    link="case_id", to="disciplinary_cases.id",
    columns="case_id way delivered_on delivered_by proof recorded_at",
    fate=Fate.KEPT, why=CASE, withheld={"recorded_by": OURS},
)  # fmt: skip
hold(
    "case_representatives", STEPS,
    link="case_id", to="disciplinary_cases.id",
    columns="id case_id name organization contact state named_at ground refusal ended_at",
    fate=Fate.KEPT, why=CASE, withheld={"named_by": OURS, "ended_by": OURS},
)  # fmt: skip
hold(
    "reply_extensions", STEPS,
    link="case_id", to="disciplinary_cases.id",
    columns="id case_id was_due_on until_on reason state asked_at answer decided_at",
    fate=Fate.KEPT, why=CASE, withheld={"asked_by": OURS, "decided_by": OURS},
)  # fmt: skip
hold(
    "case_replies", STEPS,
    link="case_id", to="disciplinary_cases.id",
    columns="id case_id kind given_on text heard_by_name recorded_at",
    fate=Fate.KEPT, why=CASE, withheld={"recorded_by": OURS},
)  # fmt: skip
hold(
    "case_decisions", STEPS,
    link="case_id", to="disciplinary_cases.id",
    columns="id case_id action days effective_on reasons decided_at decided_on notice_id carried_out_at"
    " not_entered_at not_entered_reason refusal",
    fate=Fate.KEPT, why=CASE,
    withheld={"decided_by": OURS, "carried_out_by": OURS, "not_entered_by": OURS},
)  # fmt: skip
hold(
    "case_findings", STEPS,
    link="decision_id", to="case_decisions.id", columns="decision_id charge_id specification is_sustained",
    fate=Fate.KEPT, why=CASE,
)  # fmt: skip
hold(
    "case_appeals", STEPS,
    link="case_id", to="disciplinary_cases.id",
    columns="id case_id forum docket filed_on due_on recorded_at outcome action days decided_on reasons "
    "remedy back_pay_from back_pay_to remedied_at",
    fate=Fate.KEPT, why=CASE, withheld={"recorded_by": OURS, "remedied_by": OURS},
)  # fmt: skip
leave_out("About agencies: under which rulebook their cases run.", "discipline_regimes")
leave_out(
    "Investigations are read by those who look into them alone; what a case relies on stands in its files.",
    "allegations", "allegation_interviews", "allegation_files", "allegation_investigators",
)  # fmt: skip
