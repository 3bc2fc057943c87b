"""What happened to an examination, a list or a certificate, from the audit trail, in words."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.platform.audit import AuditEvent
from app.web.amounts import plural
from app.web.dates import format_moment
from app.web.filters import words

MOST_EVENTS = 50
TITLES = {
    "exams.examinations.create": "Examination created, rulebook frozen",
    "exams.examinations.edit": "Plan changed",
    "exams.examinations.register": "Candidates registered",
    "exams.keys.propose": "Key proposed",
    "exams.plans.edit": "Plan completed",
    "exams.plans.seal": "Plan sealed at the announcement",
    "exams.plans.record_marks": "Marks of a part recorded",
    "exams.rulebook_versions.upload": "Rulebook uploaded",
    "exams.rulebook_versions.decide": "Rulebook decided on",
    "exams.rulebook_versions.withdraw": "Rulebook withdrawn",
    "exams.item_bank.create": "Item written",
    "exams.item_bank.edit": "Item reworded",
    "exams.item_bank.review": "Version reviewed",
    "exams.item_bank.retire": "Item retired",
    "exams.item_bank.fill_figures": "Figures given to the item bank",
    "exams.booklets.assemble": "Paper assembled",
    "exams.booklets.use": "Taken for an examination",
    "exams.booklets.make_series": "Booklet series made",
    "exams.booklets.print_booklet": "Booklet opened",
    "exams.keys.adopt": "Key changed by a decision on challenges",
    "exams.what_ifs.create": "What-if worked out",
    "exams.what_ifs.show": "Looked at",
    "exams.what_ifs.download": "People downloaded",
    "exams.corrections.correct": "List corrected",
    "exams.corrections.decide": "What follows of a correction decided",
    "exams.objections.release": "Provisional key published",
    "exams.alarms.examine": "Answers looked at for mix-ups",
    "exams.alarms.clear": "Alarm cleared",
    "exams.item_analysis.make": "Items analysed",
    "exams.item_analysis.download": "Figures of items downloaded",
    "exams.readings.compare": "Two readings compared",
    "exams.readings.decide": "Doubtful mark decided",
    "exams.responses.upload": "File of answers received",
    "exams.responses.check": "File of answers checked",
    "exams.responses.show_check": "Checked file imported",
    "exams.responses.download_report": "Report of rows downloaded",
    "exams.responses.confirm": "Answers imported",
    "exams.responses.download": "File of answers downloaded",
    "exams.merit_lists.draft": "List drafted",
    "exams.merit_lists.approve": "List approved",
    "exams.merit_lists.publish": "List published",
    "exams.merit_lists.discard": "List discarded",
    "exams.publications.undo": "Publication undone",
    "exams.publications.send": "Letters left",
    "exams.certificates.request_names": "Names asked for",
    "exams.certificates.issue": "Certificate issued",
    "exams.certificates.supplement": "More names within reach",
    "exams.certificates.discard": "Certificate discarded",
    "exams.certificates.close": "Certificate returned",
    "exams.certificates.expire": "Certificate expired",
    "exams.preferred_lists.place": "Put on the preferred list",
    "exams.preferred_lists.offer": "Position offered",
    "exams.preferred_lists.answer": "Answer recorded",
    "exams.preferred_lists.end": "Time on the list ended",
    "exams.reserves.call": "Called from the reserve",
    "exams.reserves.lapse": "The reserve lapsed",
    "exams.reserves.download": "Paper of a call downloaded",
    "exams.selections.appoint": "Appointed",
    "exams.selections.decline": "Declined",
    "exams.selections.pass_over": "Passed over",
}


def load_timeline(session: Session, subject: str, zone: str) -> list[dict[str, str]]:
    """Load what happened to a thing as the entries of a timeline, newest first, moments in the named zone."""
    events = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.subject == subject)
        .order_by(AuditEvent.index.desc())
        .limit(MOST_EVENTS)
    )
    return [
        {
            "title": _title(event),
            "at": format_moment(event.at, zone),
            "by": event.actor_name,
            "text": _text(event.details),
        }
        for event in events
    ]


def _title(event: AuditEvent) -> str:
    if "decision" in event.details:
        return f"{'Key' if 'keys' in event.action else 'Pass-over'} {event.details['decision']}"
    return TITLES.get(event.action, words(event.action.rpartition(".")[2]))


def _text(details: dict[str, Any]) -> str:
    said = []
    if "version" in details:
        said.append(f"Version {details['version']}.")
    if "candidates" in details:
        said.append(f"{plural(details['candidates'], 'candidate')}.")
    if "sheets" in details:
        said.append(f"{plural(details['sheets'], 'sheet')}, {details['absent']} absent.")
    if "letters" in details:
        said.append(f"{plural(details['letters'], 'letter')} promised.")
    if "candidate" in details:
        said.append(f"Candidate {details['candidate']}.")
    if isinstance(details.get("names"), list):
        said.append(f"Candidates {', '.join(details['names'][:10])}.")
    if "why" in details:
        said.append(str(details["why"]))
    return " ".join(said)
