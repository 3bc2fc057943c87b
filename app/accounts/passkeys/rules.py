"""When a passkey's counter tells of a copy, and how long a question waits for its answer."""

from __future__ import annotations

import datetime as dt

# A person may have to fetch the key, plug it in and remember its PIN.
ANSWER_WITHIN = dt.timedelta(minutes=5)
MOST = 20


def is_regression(*, kept: int, told: int) -> bool:
    """Tell whether a counter ran backward or stood still, as that of a copied key does.

    A device that does not count tells zero every time (Web Authentication Level 3, section 6.1.1, read
    2026-11-22).
    """
    return (kept > 0 or told > 0) and told <= kept
