"""Employees: the record that begins with an appointment."""
