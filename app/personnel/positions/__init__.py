"""Positions: title, class, grade, agency, and an incumbent or a vacancy."""
