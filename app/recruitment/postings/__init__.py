"""Postings: what is advertised, until the clock closes it."""
