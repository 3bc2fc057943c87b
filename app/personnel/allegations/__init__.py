"""Allegations and their investigations, seen by those who look into them alone."""
