"""Examinations: the plan, the items and the candidates."""
