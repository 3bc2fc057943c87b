"""What recruitment holds about a person; see app/platform/personal_data.py."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

OURS = "Says who in the office did it."
FILE = say("What was received is part of the vacancy's file.")

hold(
    "profiles", say("Your profile"),
    link="account_id", columns="account_id started_at saved_at", fate=Fate.ON_REQUEST,
)  # fmt: skip
hold(
    "profile_sections", say("What you entered in your profile"),
    link="account_id", columns="account_id section data saved_at", fate=Fate.ON_REQUEST,
    withheld={"writer": "Tells two windows of your own browser apart."},
)  # fmt: skip
hold(
    "papers", say("Papers in your profile"),
    link="account_id",
    columns="id kind filename media_type size digest expires_on uploaded_at removed_at",
    fate=Fate.ON_REQUEST, withheld={"account_id": "Your account, above."},
    file="digest", filename="filename",
)  # fmt: skip
hold(
    "person_claims", say("Claims in your profile"),
    link="account_id", columns="id kind made_at ended_at", fate=Fate.ON_REQUEST,
    withheld={"account_id": "Your account, above."},
)  # fmt: skip
hold(
    "person_claim_papers", say("Which paper proves which claim"),
    link="claim_id", to="person_claims.id", columns="claim_id paper_id", fate=Fate.ON_REQUEST,
)  # fmt: skip
hold(
    "applications", say("Your applications"),
    link="account_id",
    columns="id number version changes_id posting_id submission screening assessment standing placement"
    " started_at saved_at submitted_at withdrawn_at withdrawal_reason applicant_name applicant_email snapshot"
    " snapshot_digest",
    fate=Fate.WITH_DRAFT, why=FILE, withheld={"account_id": "Your account, above."},
)  # fmt: skip
hold(
    "application_versions", say("Each version that we received"),
    link="application_id", to="applications.id",
    columns="application_id version snapshot digest submitted_at", fate=Fate.WITH_DRAFT, why=FILE,
)  # fmt: skip
hold(
    "application_sections", say("What you entered, step by step"),
    link="application_id", to="applications.id",
    columns="application_id section data is_complete saved_at", fate=Fate.WITH_DRAFT, why=FILE,
    withheld={"writer": "Tells two windows of your own browser apart."},
)  # fmt: skip
hold(
    "application_documents", say("Documents of your applications"),
    link="application_id", to="applications.id",
    columns="id application_id kind filename media_type size digest expires_on uploaded_at removed_at",
    fate=Fate.WITH_DRAFT, why=FILE, file="digest", filename="filename",
)  # fmt: skip
hold(
    "application_claims", say("Your claims to preference"),
    link="application_id", to="applications.id",
    columns="id application_id kind state document_id reason valid_until decided_at",
    fate=Fate.WITH_DRAFT, why=FILE, withheld={"decided_by": OURS},
)  # fmt: skip
hold(
    "claim_evidence", say("Evidence for them"),
    link="claim_id", to="application_claims.id", columns="claim_id document_id added_at",
    fate=Fate.WITH_DRAFT, why=FILE,
)  # fmt: skip
hold(
    "claim_decisions", say("Decisions on them"),
    link="claim_id", to="application_claims.id",
    columns="id claim_id version state reason valid_until decided_at",
    fate=Fate.WITH_DRAFT, why=FILE,
    withheld={"decided_by": OURS, "based_on": "Digests of the papers that are listed above."},
)  # fmt: skip
hold(
    "claim_appeals", say("Your appeals against those decisions"),
    link="claim_id", to="application_claims.id", columns="id claim_id version text made_at",
    fate=Fate.WITH_DRAFT, why=FILE,
)  # fmt: skip
hold(
    "application_fees", say("Fees of your applications"),
    link="application_id", to="applications.id",
    columns="application_id slip_number amount_minor currency state ground note chosen_at settled_at",
    fate=Fate.WITH_DRAFT, why=FILE,
)  # fmt: skip
hold(
    "fee_entries", say("What was paid, waived or given back"),
    link="application_id", to="application_fees.application_id",
    columns="id application_id act amount_minor number reference reason recorded_at",
    fate=Fate.WITH_DRAFT, why=FILE, withheld={"recorded_by": OURS},
)  # fmt: skip
hold(
    "draft_reminders", say("Reminders of drafts"),
    link="application_id", to="applications.id", columns="application_id kind closes_at sent_at",
    fate=Fate.WITH_DRAFT, why=FILE,
)  # fmt: skip
hold(
    "message_threads", say("Threads of messages"),
    link="application_id", to="applications.id", columns="application_id agency_id last_at waiting_since",
    fate=Fate.WITH_DRAFT, why=FILE,
)  # fmt: skip
hold(
    "messages", say("Messages between you and the office"),
    link="application_id", to="message_threads.application_id",
    columns="id application_id is_from_office body sent_at read_at", fate=Fate.WITH_DRAFT, why=FILE,
    withheld={"author_id": OURS, "author_name": OURS, "salt": "Guards the message against being changed."},
)  # fmt: skip
hold(
    "message_files", say("Files that came with them"),
    link="message_id", to="messages.id", columns="id message_id filename media_type size digest",
    fate=Fate.WITH_DRAFT, why=FILE, file="digest", filename="filename",
)  # fmt: skip
hold(
    "criterion_decisions", say("What was found of each requirement"),
    link="application_id", to="applications.id",
    columns="id application_id criterion_id is_met reason decided_at", fate=Fate.WITH_DRAFT, why=FILE,
    withheld={"decided_by": OURS},
)  # fmt: skip
hold(
    "screening_outcomes", say("Whether you were found eligible"),
    link="application_id", to="applications.id",
    columns="id application_id outcome reason version decided_at", fate=Fate.WITH_DRAFT, why=FILE,
    withheld={"decided_by": OURS},
)  # fmt: skip
hold(
    "screening_corrections", say("Corrections of that"),
    link="outcome_id", to="screening_outcomes.id",
    columns="id outcome_id version before after reason corrected_at", fate=Fate.WITH_DRAFT, why=FILE,
    withheld={"corrected_by": OURS},
)  # fmt: skip
hold(
    "saved_searches", say("Searches that you saved"),
    link="account_id", columns="id name query frequency state created_at deleted_at", fate=Fate.ON_REQUEST,
    withheld={"account_id": "Your account, above."},
)  # fmt: skip
hold(
    "saved_search_alerts", say("Vacancies that we told you of"),
    link="search_id", to="saved_searches.id", columns="search_id posting_id told_at", fate=Fate.ON_REQUEST,
)  # fmt: skip
hold(
    "saved_search_marks", say("How far those searches have come"),
    link="search_id", to="saved_searches.id", columns="search_id first_key seen_key mailed_at",
    fate=Fate.ON_REQUEST,
)  # fmt: skip
leave_out(
    "About vacancies, their questions, fees and deadlines, not about who applies.",
    "requisitions", "requisition_positions", "postings", "posting_criteria", "posting_entries",
    "posting_fees", "fee_waiver_grounds", "eligibility_questions", "eligibility_matches", "claim_closings",
    "interruptions", "moved_closings",
)  # fmt: skip
