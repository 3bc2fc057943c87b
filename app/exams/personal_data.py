"""What examinations hold about a person; see app/platform/personal_data.py."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

OURS = "Says who in the office did it."
LIST = say("Each place on a list follows from everybody's answers: none can be taken out while it is in use.")
PUBLISHED = "list_id IN (SELECT id FROM merit_lists WHERE state IN ('published', 'superseded'))"

hold(
    "candidates", say("Your candidacies"),
    link="application_id", to="applications.id",
    columns="id examination_id application_id number attendance", fate=Fate.KEPT, why=LIST,
)  # fmt: skip
hold(
    "response_sheets", say("Your answers"),
    link="candidate_id", to="candidates.id", columns="import_id candidate_id answers digest",
    fate=Fate.KEPT, why=LIST,
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
    columns="id examination_id candidate_id item claim grounds document_digest document_name document_type"
    " state filed_at is_well_founded ruling ruled_at confirmed_at",
    fate=Fate.KEPT, why=LIST, withheld={"ruled_by": OURS, "confirmed_by": OURS},
    file="document_digest", filename="document_name",
)  # fmt: skip
leave_out(
    "About examinations, keys and lists as a whole.",
    "examinations", "exam_arrangements", "exam_items", "key_releases", "key_versions", "response_imports",
    "merit_lists", "certificates",
)  # fmt: skip
