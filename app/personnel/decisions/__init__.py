"""Deciding a disciplinary case, and carrying out what was decided."""
