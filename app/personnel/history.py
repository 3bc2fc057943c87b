"""What happened to a thing, from the audit trail, in words."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.platform.audit import AuditEvent
from app.web.dates import format_moment
from app.web.filters import words

MOST_SHOWN = 50
TITLES = {
    "personnel.benefit_plans.create": "Plan offered",
    "personnel.benefit_plans.propose_rates": "Rates proposed",
    "personnel.benefit_plans.decide_rates": "Rates decided",
    "personnel.benefit_plans.close": "Plan closed",
    "personnel.dependants.create": "Dependant named",
    "personnel.dependants.add_evidence": "Proof handed in",
    "personnel.dependants.decide": "Decided",
    "personnel.dependants.download": "Proof read",
    "personnel.dependants.end": "Coverage ended",
    "personnel.life_events.create": "Event reported",
    "personnel.life_events.open": "Choice opened by the clock",
    "personnel.life_events.decide": "Decided",
    "personnel.life_events.download": "Proof read",
    "personnel.life_events.withdraw": "Taken back",
    "personnel.separations.create": "Separation asked for or recorded",
    "personnel.separations.separate": "Separation opened by a decision",
    "personnel.separations.decide": "Separation decided",
    "personnel.separations.take_back": "Asked to take it back",
    "personnel.separations.answer_taking_back": "Request to stay answered",
    "personnel.separations.sign_off": "Step signed off",
    "personnel.separations.name_signer": "Somebody named to sign a step",
    "personnel.separations.waive": "Step waived",
    "personnel.separations.effect": "Service ended",
    "personnel.separations.answer": "Questions answered",
    "personnel.separations.withdraw": "Taken back",
    "personnel.separations.finish": "Finished",
    "personnel.positions.create": "Position created",
    "personnel.positions.edit": "Position changed",
    "personnel.positions.abolish": "Position abolished",
    "personnel.reclassifications.propose": "Reclassification proposed",
    "personnel.reclassifications.decide": "Reclassification decided",
    "personnel.reclassifications.cancel": "Reclassification cancelled",
    "personnel.reclassifications.take_effect": "Classified anew",
    "personnel.appointments.appoint": "Appointment made",
    "personnel.appointments.end": "Appointment ended",
    "personnel.appointments.enter": "Entered on duty",
    "personnel.appointment_proposals.propose": "Appointment proposed",
    "personnel.appointment_proposals.take_back": "Proposed to take the appointment back",
    "personnel.appointment_proposals.decide": "Proposal decided",
    "personnel.appointment_proposals.withdraw": "Proposal withdrawn",
    "personnel.discipline.open": "Case opened",
    "personnel.discipline.edit": "Draft changed",
    "personnel.discipline.add_charge": "Charge added",
    "personnel.discipline.edit_charge": "Charge changed",
    "personnel.discipline.remove_charge": "Charge removed",
    "personnel.discipline.propose": "Action proposed",
    "personnel.discipline.withdraw": "Case withdrawn",
    "personnel.deliveries.record": "Notice delivered",
    "personnel.deliveries.record_decision": "Decision delivered",
    "personnel.replies.name_representative": "Representative named",
    "personnel.replies.refuse_representative": "Representative refused",
    "personnel.replies.ask_more_time": "More time asked for",
    "personnel.replies.decide_more_time": "Request for more time answered",
    "personnel.replies.reply": "Written answer given",
    "personnel.replies.record_heard": "Employee heard",
    "personnel.case_files.add": "File added",
    "personnel.case_files.remove": "File removed",
    "personnel.case_files.download": "File read",
    "personnel.penalty_factors.answer": "Factors answered",
    "personnel.penalty_factors.weigh": "Factors weighed",
    "personnel.decisions.decide": "Case decided",
    "personnel.decisions.carry_out": "Decision carried out",
    "personnel.decisions.record_not_entered": "Recorded that it could not be entered",
    "personnel.case_appeals.record": "Appeal recorded",
    "personnel.case_appeals.record_outcome": "Outcome of the appeal recorded",
    "personnel.case_appeals.apply_remedy": "Service record put right",
    "personnel.case_appeals.close": "Case closed",
    "personnel.allegations.record": "Allegation taken in",
    "personnel.allegations.assign": "Investigator named",
    "personnel.allegations.write_plan": "Plan written",
    "personnel.allegations.add_interview": "Interview written down",
    "personnel.allegations.add_file": "File added",
    "personnel.allegations.download": "File read",
    "personnel.allegations.report": "Findings handed in",
    "personnel.allegations.close": "Closed without action",
    "personnel.allegations.open_case": "Case opened on the findings",
}


def list_history(session: Session, subjects: Collection[str]) -> list[AuditEvent]:
    """List the newest events about any of the subjects (typed ids), newest first."""
    return list(
        session.scalars(
            select(AuditEvent)
            .where(AuditEvent.subject.in_(subjects))
            .order_by(AuditEvent.index.desc())
            .limit(MOST_SHOWN)
        )
    )


def timeline(events: Collection[AuditEvent], zone: str) -> list[dict[str, str]]:
    """Turn events into the entries of a timeline, moments in the named zone."""
    return [
        {
            "title": TITLES.get(event.action, words(event.action.rpartition(".")[2])),
            "at": format_moment(event.at, zone),
            "by": event.actor_name,
            "text": _text(event),
        }
        for event in events
    ]


def _text(event: AuditEvent) -> str:
    changed = event.details.get("changed")
    return f"Changed: {', '.join(words(name).lower() for name in changed)}." if changed else ""
