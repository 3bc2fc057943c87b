"""Invented data that fills every page, the same each time."""
