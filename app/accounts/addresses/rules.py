"""How long the change of a mail address waits for both addresses."""

from __future__ import annotations

import datetime as dt

HOLDS = dt.timedelta(hours=24)
