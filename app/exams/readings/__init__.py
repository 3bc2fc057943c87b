"""Readings: two of the same sheets compared, and marks that a person has to look at."""
