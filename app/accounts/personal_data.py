"""What accounts and the platform hold about a person; see app/platform/personal_data.py."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

SECRET = "Made from a secret: it opens the account, and tells nothing about you."  # noqa: S105
SEALED = "Sealed one way, so that it can be compared and never read."
OURS = "Says who in the office did it."

hold(
    "accounts", say("Your account"),
    link="id", columns="id email name state language totp_confirmed_at created_at merged_into_id",
    fate=Fate.WITH_ACCOUNT,
    withheld={"password_hash": SECRET, "totp_secret": SECRET, "totp_last_step": SECRET},
)  # fmt: skip
hold(
    "notification_preferences", say("What you want to be told by email"),
    link="account_id", columns="kind is_wanted changed_at", fate=Fate.ON_REQUEST,
    withheld={"account_id": "Your account, above."},
)  # fmt: skip
hold(
    "saved_views", say("Views of lists that you keep"),
    link="account_id", columns="id page name query saved_at", fate=Fate.ON_REQUEST,
    withheld={"account_id": "Your account, above."},
)  # fmt: skip
hold(
    "sign_in_sessions", say("Where you were signed in"),
    link="account_id",
    columns="id started_at seen_at ended_at is_awaiting_code is_strong proved_at place browser",
    fate=Fate.WITH_ACCOUNT,
    withheld={"token_digest": SECRET, "account_id": "Your account, above."},
)  # fmt: skip
hold(
    "known_devices", say("Browsers that you signed in with before"),
    link="account_id", columns="seen_at", fate=Fate.WITH_ACCOUNT,
    withheld={"digest": SEALED, "account_id": "Your account, above."},
)  # fmt: skip
hold(
    "passkeys", say("Your passkeys"),
    link="account_id", columns="id name transports is_backed_up sign_count created_at used_at halted_at",
    fate=Fate.WITH_ACCOUNT,
    withheld={"account_id": "Your account, above.", "credential_id": SECRET, "public_key": SECRET},
)  # fmt: skip
hold(
    "passkey_challenges", say("Passkeys that you began to use"),
    link="account_id", columns="purpose asked_at", fate=Fate.WITH_ACCOUNT,
    withheld={"account_id": "Your account, above.", "digest": SECRET},
)  # fmt: skip
hold(
    "recovery_codes", say("Your recovery codes"),
    link="account_id", columns="id made_at used_at", fate=Fate.WITH_ACCOUNT,
    withheld={"account_id": "Your account, above.", "digest": SECRET},
)  # fmt: skip
hold(
    "identities", say("Other services that you sign in with"),
    link="account_id", columns="id issuer subject email linked_at used_at", fate=Fate.WITH_ACCOUNT,
    withheld={"account_id": "Your account, above."},
)  # fmt: skip
hold(
    "address_changes", say("Changes of your email address"),
    link="account_id",
    columns="id email asked_at old_confirmed_at new_confirmed_at done_at ended_at",
    fate=Fate.WITH_ACCOUNT,
    withheld={"account_id": "Your account, above.", "old_token_digest": SECRET, "new_token_digest": SECRET},
)  # fmt: skip
hold(
    "password_resets", say("Times you asked for a new password"),
    link="account_id", columns="id asked_at used_at", fate=Fate.WITH_ACCOUNT,
    withheld={"account_id": "Your account, above.", "token_digest": SECRET},
)  # fmt: skip
hold(
    "role_grants", say("Roles that you hold or held in the office"),
    link="account_id",
    columns="id role agency_id state granted_at decided_at decision_reason ended_at end_reason",
    fate=Fate.KEPT, why=say("Who could decide what, and when, is part of each decision's file."),
    withheld={
        "account_id": "Your account, above.", "granted_by": OURS, "decided_by": OURS, "ended_by": OURS,
    },
)  # fmt: skip
hold(
    "match_keys", say("Marks by which a second account of yours is found"),
    link="account_id", columns="kind", fate=Fate.ON_REQUEST,
    withheld={"account_id": "Your account, above.", "digest": SEALED},
)  # fmt: skip
hold(
    "account_merges", say("Joining of your accounts"),
    link="kept_id",
    columns="id kept_id absorbed_id state reason choices moved proposed_at decided_at decision_reason"
    " undone_at undo_reason",
    fate=Fate.KEPT, why=say("It says which rows came from which account, so that the joining can be undone."),
    withheld={"proposed_by": OURS, "decided_by": OURS, "undone_by": OURS},
)  # fmt: skip
hold(
    "merge_consents", say("What you said to the joining of accounts"),
    link="account_id", columns="merge_id asked_at answered_at agrees", fate=Fate.KEPT,
    why=say("It says that both mailboxes agreed."),
    withheld={"account_id": "Your account, above.", "token_digest": SEALED},
)  # fmt: skip
leave_out("About agencies and their days, not about people.", "agencies", "agency_holidays")
leave_out(
    "Kept for hours, under sealed keys: tries to sign in, forms that wait for a sign-in, forms sent twice.",
    "sign_in_failures", "typed_texts", "form_submissions",
)  # fmt: skip
leave_out(
    "Somebody who began to register and has no account yet; gone when it is finished or too old.",
    "registrations",
)
leave_out("Says only that two accounts belong to two people.", "distinct_people")
leave_out("Work that is promised; what it is about stands in the tables above.", "jobs")
leave_out("Counters, and proofs that the service runs.", "number_sequences", "intake_proofs", "intake_faults")
leave_out("Findings of the virus scanner by the files' own digests.", "scanned_files")
