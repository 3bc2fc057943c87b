"""Searches that people keep, and the mail that tells them once of each vacancy that fits."""
