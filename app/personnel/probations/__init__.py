"""Probation: looked at in time, decided by two people, and never ended by forgetting."""
