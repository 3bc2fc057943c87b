"""Two accounts of one person: found by what they have in common, joined by two officers, and undone."""
