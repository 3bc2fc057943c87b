"""What an officer may look for in a what-if."""

from __future__ import annotations

from app.web.forms import FilterForm, TextField


class FindForm(FilterForm):
    """One candidate among those who would move."""

    candidate = TextField("Candidate number", max_length=40, required=False)
