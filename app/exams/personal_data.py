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
    columns="id import_id candidate_id item doubt seen first second answer decided_at needs_second "
    "confirmed_at",
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
    columns="id certificate_id entry_id position outcome code reason evidence_name evidence_digest"
    " evidence_type position_id decided_at approved_at",
    fate=Fate.KEPT, why=LIST, withheld={"decided_by": OURS, "approved_by": OURS},
    file="evidence_digest", filename="evidence_name",
)  # fmt: skip
hold(
    "offers", say("Offers that were made to you"),
    link="certificate_entry_id", to="certificate_entries.id",
    columns="id certificate_entry_id position_id kind starts_on reply_by state made_at ended_at code reason",
    fate=Fate.KEPT, why=LIST, withheld={"made_by": OURS},
)  # fmt: skip
hold(
    "reserve_entries", say("Reserve lists on which you stand or stood"),
    link="entry_id", to="merit_list_entries.id", columns="id reserve_id entry_id position",
    fate=Fate.KEPT, why=LIST,
)  # fmt: skip
hold(
    "reserve_calls", say("How you were called from a reserve list"),
    link="reserve_entry_id", to="reserve_entries.id", columns="id reserve_entry_id made_id called_at",
    fate=Fate.KEPT, why=LIST,
    withheld={
        "called_by": OURS,
        **dict.fromkeys(
            ("place_id", "cause", "free_since", "reason", "evidence_name"),
            "About somebody else, whose place fell free.",
        ),
        **dict.fromkeys(
            ("evidence_digest", "evidence_type"),
            "About somebody else, whose place fell free.",
        ),
    },
)  # fmt: skip
hold(
    "preferred_entries", say("Your place on a preferred list"),
    link="employee_id", to="employees.id",
    columns="id employee_id action_id agency_id regime class_code class_title seniority_from separated_on"
    " expires_on state placed_at position_id starts_on offered_at reason ended_at",
    fate=Fate.KEPT, why=say("It shows that those whose positions were given up came first."),
    withheld={"offered_by": OURS, "answered_by": OURS},
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
    "objection_submissions", say("When you objected to a key"),
    link="candidate_id", to="candidates.id",
    columns="id examination_id candidate_id filed_at answered_at", fate=Fate.KEPT, why=LIST,
)  # fmt: skip
hold(
    "objections", say("Your objections to a key"),
    link="candidate_id", to="candidates.id",
    columns="id examination_id candidate_id submission_id item series claim grounds document_digest"
    " document_name document_type state filed_at is_well_founded ruling ruled_at confirmed_at challenge_id",
    fate=Fate.KEPT, why=LIST, withheld={"ruled_by": OURS, "confirmed_by": OURS},
    file="document_digest", filename="document_name",
)  # fmt: skip
RATERS = "Raters are not named, so that they judge freely."
hold(
    "scripts", say("What you were rated on by a panel"),
    link="candidate_id", to="candidates.id",
    columns="id panel_id candidate_id state numerator denominator is_disputed absence entered_at",
    fate=Fate.KEPT, why=LIST,
    withheld={"code": "Raters know you by it alone.", "salt": "It keeps the code from being guessed."},
)  # fmt: skip
hold(
    "script_files", say("Your scripts"),
    link="script_id", to="scripts.id",
    columns="id script_id filename media_type size digest uploaded_at removed_at",
    fate=Fate.KEPT, why=LIST, withheld={"uploaded_by": OURS, "removed_by": OURS},
    file="digest", filename="filename",
)  # fmt: skip
hold(
    "script_assignments", say("Ratings of you by panels"),
    link="script_id", to="scripts.id",
    columns="id script_id turn state points assigned_at submitted_at confirmed_at",
    fate=Fate.KEPT, why=LIST,
    withheld={"member_id": RATERS, "rated_by": RATERS, "confirmed_by": RATERS, "returned": RATERS},
)  # fmt: skip
hold(
    "script_marks", say("Marks by criterion"),
    link="assignment_id", to="script_assignments.id",
    columns="assignment_id criterion_id units note saved_at", fate=Fate.KEPT, why=LIST,
)  # fmt: skip
hold(
    "mark_corrections", say("Corrections of your marks"),
    link="assignment_id", to="script_assignments.id",
    columns="id assignment_id criterion_id units_before units_after reason state proposed_at decided_at",
    fate=Fate.KEPT, why=LIST, withheld={"proposed_by": OURS, "decided_by": OURS},
)  # fmt: skip
hold(
    "recusals", say("Raters who were kept from rating you"),
    link="script_id", to="scripts.id", columns="id script_id made_at", fate=Fate.KEPT, why=LIST,
    withheld={"member_id": RATERS, "basis": RATERS, "reason": RATERS, "made_by": OURS},
)  # fmt: skip
hold(
    "interview_slots", say("Times of your interviews"),
    link="script_id", to="scripts.id", columns="id panel_id script_id starts_at minutes place invited_at",
    fate=Fate.KEPT, why=LIST,
)  # fmt: skip
hold(
    "panel_members", say("Panels for which you rate, and what you declared"),
    link="account_id",
    columns="id panel_id account_id added_at declared_at surnames address postcode employers left_at"
    " left_reason",
    fate=Fate.KEPT, why=say("It shows that those who rated were free to judge."),
    withheld={"added_by": OURS},
)  # fmt: skip
hold(
    "panel_relations", say("People whom you named to a panel"),
    link="member_id", to="panel_members.id",
    columns="id member_id name kind details state declared_at settled_at",
    fate=Fate.KEPT, why=say("It shows that those who rated were free to judge."),
    withheld={"settled_by": OURS},
)  # fmt: skip
leave_out(
    "About panels as a whole, without anybody's data.", "panels", "panel_criteria", "interview_terms",
)  # fmt: skip
hold(
    "component_marks", say("Your marks in parts without answer sheets"),
    link="candidate_id", to="candidates.id", columns="record_id candidate_id numerator denominator digest",
    fate=Fate.KEPT, why=LIST,
)  # fmt: skip
leave_out(
    "About plans and rulebooks as a whole.", "exam_plans", "mark_records", "rulebook_versions",
    "bank_items", "bank_item_versions", "bank_item_uses", "booklet_series", "exam_paper_items", "exam_papers",
    "booklet_prints",
)  # fmt: skip
hold(
    "considerations", say("Considerations that the office owes you"),
    link="application_id", to="applications.id",
    columns="id application_id agency_id class_code reason source state proposed_at decided_at"
    " decision_reason used_on used_at outcome",
    fate=Fate.KEPT, why=LIST, withheld={"proposed_by": OURS, "decided_by": OURS, "used_by": OURS},
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
leave_out(
    "About examinations, keys and lists as a whole.",
    "examinations", "exam_arrangements", "exam_items", "key_releases", "key_versions", "response_imports",
    "merit_lists", "certificates", "extensions", "name_requests", "selection_audits",
    "joint_requests", "joint_parts", "reserve_lists",
)  # fmt: skip
hold(
    "spot_check_sheets", say("Second readings of your answer sheet"),
    link="candidate_id", to="candidates.id",
    columns="id check_id candidate_id position outcome differences read_at finding settled_at",
    fate=Fate.KEPT, why=LIST, withheld={"read_by": OURS, "settled_by": OURS},
)  # fmt: skip
hold(
    "list_notes", say("What officers noted on your place on a list"),
    link="candidate_id", to="candidates.id",
    columns="id list_id candidate_id agency_id audience text written_at",
    fate=Fate.KEPT, why=LIST, withheld={"written_by": OURS},
)  # fmt: skip
hold(
    "voluntary_answers", say("What you said of yourself of your own will, for statistics"),
    link="application_id", to="applications.id",
    columns="application_id sex background disability answered_at", fate=Fate.ON_REQUEST,
)  # fmt: skip
leave_out(
    "About the publication of lists, samples and trials as a whole.",
    "publications", "list_policies", "list_columns", "sandboxes", "spot_checks",
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
leave_out(
    "Lists of other offices as their files give them: people without an account here, asked at the office.",
    "outside_lists", "outside_names",
)  # fmt: skip
