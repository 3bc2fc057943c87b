"""What an objection may cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.platform.errors import Invalid

MOST_GROUNDS = 8
NEEDED = {
    "currency": "Select a currency",
    "authority": "Enter the law that sets the fee",
    "where_to_pay": "Enter where the fee is paid",
}


def check_terms(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Give what is stored of a fee, None where there is none; Invalid for what is missing with an amount."""
    if not values.get("amount_minor"):
        return None
    missing = {name: text for name, text in NEEDED.items() if not values.get(name)}
    grounds = [line.strip() for line in str(values.get("grounds") or "").splitlines() if line.strip()]
    if len(grounds) > MOST_GROUNDS or any(len(line) > 300 for line in grounds):
        missing["grounds"] = f"Enter {MOST_GROUNDS} grounds at most, each of 300 characters at most."
    if missing:
        raise Invalid(**missing)
    return {"amount_minor": values["amount_minor"], "grounds": grounds} | {
        name: values[name] for name in NEEDED
    }
