"""Appeals against decisions, what comes of them, and the end of a case."""
