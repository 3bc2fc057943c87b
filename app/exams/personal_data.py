"""What examinations hold about a person; see app/platform/personal_data.py."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

OURS = "Says who in the office did it."
LIST = say("Each place on a list follows from everybody's answers: none can be taken out while it is in use.")
SEATED = say("Says how the examination was held: it must be proved as long as its list may be contested.")
PUBLISHED = "list_id IN (SELECT id FROM merit_lists WHERE state IN ('published', 'superseded'))"

hold(
    "candidates", say("Your candidacies"),
    link="application_id", to="applications.id",
    columns="id examination_id application_id number attendance", fate=Fate.KEPT, why=LIST,
)  # fmt: skip
hold(
    "response_sheets", say("Your answers"),
    link="candidate_id", to="candidates.id", columns="import_id candidate_id answers series bundle digest",
    fate=Fate.KEPT, why=LIST,
)  # fmt: skip
hold(
    "doubtful_marks", say("Marks on your answer sheet that somebody looked at"),
    link="candidate_id", to="candidates.id",
    columns="id import_id candidate_id item doubt seen first second answer decided_at needs_second confirmed_at",
    fate=Fate.KEPT, why=LIST, withheld={"decided_by": OURS, "confirmed_by": OURS},
)  # fmt: skip
hold(
    "merit_list_entries", say("Your places on published lists"),
    link="application_id", to="applications.id", only=PUBLISHED,
    columns="id list_id candidate_id application_id place rank marks preference final denominator is_passed"
    " has_preference tier category derivation",
    fate=Fate.KEPT, why=LIST,
)  # fmt: skip
hold(
    "certificate_entries", say("Lists on which your name went to an agency"),
    link="entry_id", to="merit_list_entries.id",
    columns="id certificate_id entry_id position outcome code reason position_id decided_at approved_at",
    fate=Fate.KEPT, why=LIST, withheld={"decided_by": OURS, "approved_by": OURS},
)  # fmt: skip
hold(
    "offers", say("Offers that were made to you"),
    link="certificate_entry_id", to="certificate_entries.id",
    columns="id certificate_entry_id position_id kind starts_on reply_by state made_at ended_at code reason",
    fate=Fate.KEPT, why=LIST, withheld={"made_by": OURS},
)  # fmt: skip
hold(
    "appeals", say("Your appeals"),
    link="application_id", to="applications.id",
    columns="id application_id agency_id subject grounds state filed_at decided_at decision",
    fate=Fate.KEPT, why=LIST, withheld={"decided_by": OURS},
)  # fmt: skip
hold(
    "calendar_links", say("Your link to a calendar of examination days"),
    link="account_id", columns="id created_at", fate=Fate.ON_REQUEST,
    withheld={"account_id": "Your account, above."},
)  # fmt: skip
hold(
    "objections", say("Your objections to a key"),
    link="candidate_id", to="candidates.id",
    columns="id examination_id candidate_id item series claim grounds document_digest document_name"
    " document_type state filed_at is_well_founded ruling ruled_at confirmed_at challenge_id",
    fate=Fate.KEPT, why=LIST, withheld={"ruled_by": OURS, "confirmed_by": OURS},
    file="document_digest", filename="document_name",
)  # fmt: skip
hold(
    "objection_fees", say("Fees of your objections"),
    link="objection_id", to="objections.id",
    columns="objection_id slip_number amount_minor currency state ground asked_at settled_at",
    fate=Fate.KEPT, why=LIST,
)  # fmt: skip
hold(
    "objection_fee_entries", say("What the office recorded of fees of your objections"),
    link="objection_id", to="objections.id",
    columns="id objection_id act reference reason recorded_at",
    fate=Fate.KEPT, why=LIST, withheld={"recorded_by": OURS},
)  # fmt: skip
leave_out(
    "Decisions on keys and what they moved, by candidate number, for examinations as a whole.",
    "challenges", "what_ifs", "corrections", "correction_flags", "objection_terms",
)  # fmt: skip
hold(
    "component_marks", say("Your marks in parts without answer sheets"),
    link="candidate_id", to="candidates.id", columns="record_id candidate_id numerator denominator digest",
    fate=Fate.KEPT, why=LIST,
)  # fmt: skip
leave_out(
    "About plans and rulebooks as a whole.", "exam_plans", "mark_records", "rulebook_versions",
)  # fmt: skip
leave_out(
    "About examinations, keys and lists as a whole.",
    "examinations", "exam_arrangements", "exam_items", "key_releases", "key_versions", "response_imports",
    "merit_lists", "certificates",
)  # fmt: skip
hold(
    "photographs", say("Your photograph for admit cards"),
    link="account_id", columns="id uploaded_at removed_at digest", fate=Fate.ON_REQUEST,
    withheld={"account_id": "Your account, above."}, file="digest",
)  # fmt: skip
hold(
    "centre_wishes", say("The examination centres that you named"),
    link="candidate_id", to="candidates.id", columns="candidate_id position centre_id named_at",
    fate=Fate.KEPT, why=SEATED,
)  # fmt: skip
hold(
    "accommodations", say("What you asked for in order to be examined on equal terms"),
    link="candidate_id", to="candidates.id",
    columns="id examination_id candidate_id need grounds document_digest document_name document_type state"
    " requested_at extra_minutes reason decided_at",
    fate=Fate.KEPT, why=SEATED, withheld={"decided_by": OURS},
    file="document_digest", filename="document_name",
)  # fmt: skip
hold(
    "seats", say("Your seats at examinations"),
    link="candidate_id", to="candidates.id",
    columns="candidate_id session_id place extra_minutes assigned_at", fate=Fate.KEPT, why=SEATED,
)  # fmt: skip
hold(
    "seat_moves", say("How your seats were changed"),
    link="candidate_id", to="candidates.id",
    columns="id candidate_id from_session_id from_place to_session_id to_place reason moved_at",
    fate=Fate.KEPT, why=SEATED, withheld={"moved_by": OURS},
)  # fmt: skip
hold(
    "attendance_marks", say("When you were marked present, absent or excused"),
    link="candidate_id", to="candidates.id",
    columns="id candidate_id attendance way reason arrived_at marked_at", fate=Fate.KEPT, why=SEATED,
    withheld={"marked_by": OURS},
)  # fmt: skip
hold(
    "identity_doubts", say("Doubts whether you are who your admit card says"),
    link="candidate_id", to="candidates.id",
    columns="id candidate_id note state raised_at finding settled_at", fate=Fate.KEPT, why=SEATED,
    withheld={"raised_by": OURS, "settled_by": OURS},
)  # fmt: skip
hold(
    "incident_people", say("Incidents at examinations that touched you"),
    link="candidate_id", to="candidates.id", columns="incident_id candidate_id", fate=Fate.KEPT, why=SEATED,
)  # fmt: skip
leave_out(
    "About files of answers, and what was found in all of them together.",
    "response_checks", "second_readings", "alarm_runs", "alarms", "item_analyses",
)  # fmt: skip
leave_out(
    "About the places and times of examinations, and what happened there; who it touched is told apart.",
    "centres", "rooms", "postcode_places", "exam_shifts", "exam_sessions", "seating_plans", "incidents",
)  # fmt: skip
