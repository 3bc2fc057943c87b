"""How the rows of accounts themselves go when two accounts are joined."""

from __future__ import annotations

from app.accounts.holdings import moves, stays

moves("notification_preferences.account_id", "Choices of mail", once_by=("kind",), asks=False)
stays("accounts.merged_into_id", "It says into which account a closed one went.")
stays("account_merges.absorbed_id", "It says which account was closed.")
stays("account_merges.kept_id", "It says which account went on.")
stays("merge_consents.account_id", "It says what the owner of that mailbox said.")
stays("address_changes.account_id", "Where mail went, and when, is the closed account's own history.")
stays("distinct_people.first_id", "What was found of an account holds for that account.")
stays("distinct_people.second_id", "What was found of an account holds for that account.")
stays(
    "identities.account_id", "What opened the closed account opens nothing any more; it can be linked again."
)
stays("known_devices.account_id", "A browser is known to the account that was opened with it.")
stays("match_keys.account_id", "They are computed anew.")
stays("passkey_challenges.account_id", "They live for minutes.")
stays(
    "passkeys.account_id",
    "What opened the closed account opens nothing any more; a passkey is made in seconds.",
)
stays("password_resets.account_id", "What opened the closed account opens nothing any more.")
stays("recovery_codes.account_id", "What opened the closed account opens nothing any more.")
stays("role_grants.account_id", "Whose account has a role in the office is not closed by joining it.")
stays("saved_views.account_id", "Whose account has a role in the office is not closed by joining it.")
stays("sign_in_sessions.account_id", "They end with the closed account.")
