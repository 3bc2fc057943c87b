"""Choosing benefits: open seasons, choices in versions, and corrections by two people."""
