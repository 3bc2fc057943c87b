"""How the column of candidates may be headed in a file of answers."""

CANDIDATE_HEADINGS = frozenset({"candidate", "candidate number", "candidate id", "candidate_number"})
