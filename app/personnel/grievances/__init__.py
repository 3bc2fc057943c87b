"""Grievances: filed by the person, answered step by step, escalated by the clock, kept apart."""
