"""What letters hold about a person; see app/platform/personal_data.py."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

hold(
    "notices", say("Letters that we sent you"),
    link="account_id",
    columns="id number code template title subject agency_id recipient_name recipient_email language context"
    " state promised_at issued_at html_digest pdf_digest",
    fate=Fate.KEPT,
    why=say("A letter belongs to the file of what it decided."),
    withheld={
        "account_id": "Your account, above.", "wording_id": "Which version of the text it has.",
        "key": "Keeps the letter from being sent twice."},
    file="pdf_digest", filename="number",
)  # fmt: skip
leave_out(
    "Texts of the office for letters to everybody; nobody is named in them but who wrote.",
    "letter_wordings",
    "letter_wording_writers",
)
