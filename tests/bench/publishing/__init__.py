"""A list from answers to letters and a correction, beside the ORM row by row."""
