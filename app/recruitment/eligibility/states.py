"""What part of a profile may answer a question of eligibility."""

from __future__ import annotations

import enum


class About(enum.Enum):
    """What a profile says that a question asks for."""

    RESIDENCE = "residence"
    LICENCE = "licence"
