"""Compliance reports, one module each."""
